package report

import (
	"strings"

	"uptree/generator/rollup"
)

// composeMetrics prints the table of metrics: it cannot drift from what is computed.
func composeMetrics(p *Plan, _ int) *Page {
	a := &Article{Name: p.Words.Plain(say(wNavMetrics)), Lead: say(wMetricsLead)}
	for i := range p.metrics {
		a.addSection(p.metricSection(&p.metrics[i]))
	}
	return &Page{Path: metricsPath, Title: a.Name, Article: a, Trail: []Span{p.nodeLink(0)}, Tree: p.tree(0, false)}
}

func (p *Plan) metricSection(m *rollup.Metric) ArticleSection {
	s := ArticleSection{ID: m.ID, Title: text(m.Title), Count: -1}
	if m.Doc != "" {
		s.Paras = []Cell{{text(m.Doc)}}
	}
	f := &s.Facts
	f.add(wFormula, Cell{text(m.Formula)})
	f.add(wOperator, Cell{words(say(operatorWord(m.Operator)))})
	f.add(wUnit, ownUnit(m))
	f.add(wRecords, Cell{text(m.Dataset.String())})
	if len(m.By) > 0 {
		var by []string
		for _, d := range m.By {
			by = append(by, p.Words.dimension(d))
		}
		f.add(wDimensions, Cell{text(strings.Join(by, ", "))})
	}
	f.add(wBetter, Cell{words(say(betterWord(m.Better)))})
	if m.Caveat != "" {
		f.add(wCaveat, Cell{text(m.Caveat)})
	}
	f.add(wMetricID, Cell{text(m.ID)})
	p.definedSince(f, m)
	if sources := p.sourcesOf(m.Dataset); len(sources) > 0 {
		f.add(wSources, sources)
	}
	return s
}

func operatorWord(o rollup.Operator) Word {
	switch o {
	case rollup.Sum:
		return wOperatorSum
	case rollup.Set:
		return wOperatorSet
	case rollup.Time:
		return wOperatorTime
	case rollup.RatioOf:
		return wOperatorRatio
	case rollup.States:
		return wOperatorStates
	case rollup.Distribution:
		return wOperatorDistribution
	case rollup.PerService:
		return wOperatorServices
	}
	return wOperatorLatest
}

func unitWord(u rollup.Unit) Word {
	switch u {
	case rollup.Seconds:
		return wUnitTime
	case rollup.Ratio:
		return wUnitRatio
	case rollup.Currency:
		return wUnitMoney
	case rollup.PerPerson:
		return wUnitPerPerson
	}
	return wUnitCount
}

// ownUnit is the unit in the site's words; one of the organisation's own as it stands.
func ownUnit(m *rollup.Metric) Cell {
	if m.Own != nil && (!m.Unit.Known() || m.Unit.IsCurrency()) {
		return Cell{text(string(m.Unit))}
	}
	return Cell{words(say(unitWord(m.Unit)))}
}

func betterWord(b rollup.Better) Word {
	switch b {
	case rollup.Lower:
		return wBetterLower
	case rollup.Higher:
		return wBetterHigher
	}
	return wBetterNeither
}
