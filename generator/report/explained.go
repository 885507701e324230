package report

import (
	"path"
	"slices"

	"uptree/generator/model"
	"uptree/generator/rollup"
)

// Explained says how the figures of a subject came about over the default period: what
// opens behind each number, and what "uptree explain" prints.
type Explained struct {
	Name    string
	Lead    Sentence
	Command string // prints all records of one of them
	How     Sentence
	Figures []Explanation
}

// Explanation is how one figure was computed.
type Explanation struct {
	Metric  string // its id and its anchor
	Title   Span   // leads to the definition
	Value   Cell
	Formula string
	Caveat  string
	Periods Table // a column per period
	Facts   Facts
	Counted []RecordList
	Left    []RecordList // what was looked at and does not count
	None    Sentence     // instead of records
}

// RecordList are some records of one kind, the gravest first.
type RecordList struct {
	Head    Sentence
	Records []RecordLine
	More    Sentence
}

// RecordLine is one record: what it adds, what it is, when, and where it is kept.
type RecordLine struct {
	Worth, What, When, Where Span
}

const (
	explainedKind = "numbers"      // name of its row in Kinds
	explainedPath = "numbers.html" // beside the page of a subject
	mostRecords   = 6              // of each way to count
	fewRecords    = 3              // where there are several ways
	leftRecords   = 2              // for each reason to leave some out
	mostTerms     = 8              // children of a total, by name
)

// explainedAt is the path of the page that explains the figures of a subject.
func explainedAt(page string) string { return path.Join(path.Dir(page), explainedPath) }

// behind leads from a number to its explanation.
func behind(metric string, number Span) Span {
	number.Href = beside(explainedPath + "#" + metric)
	return number
}

// opens makes a figure in a table lead to what it is made of.
func (c *composer) opens(m int, number Cell) Cell {
	if len(number) == 0 || number[0].Text == dash || !c.tells(m) {
		return number
	}
	out := slices.Clone(number)
	out[0] = behind(c.metrics[m].ID, out[0])
	return out
}

// explained is the page below the subject's own that explains its figures; nil where it has
// none.
func (c *composer) explained(page *Page) *Page {
	e := &Explained{
		Name:    c.Words.Plain(say(wExplained, argText("subject", page.Title))),
		Lead:    say(wExplainedLead, c.periodArg()),
		Command: "uptree explain " + c.asked() + "/METRIC@PERIOD --all", How: say(wExplainedHow),
	}
	for m := range c.metrics {
		if c.tells(m) {
			e.Figures = append(e.Figures, c.explanation(m))
		}
	}
	if len(e.Figures) == 0 {
		return nil
	}
	trail := append(page.Trail[:len(page.Trail):len(page.Trail)], link(page.Title, page.Path))
	return &Page{Kind: explainedKind, Path: explainedAt(page.Path), Title: e.Name, Site: c.frame, Trail: trail, Tree: c.branch(), Explained: e}
}

// asked names the subject as "uptree explain" does.
func (c *composer) asked() string {
	switch c.subject.Kind {
	case rollup.ServiceSubject:
		return "service:" + c.model.Services[c.subject.Index].ID
	case rollup.JourneySubject:
		return "journey:" + c.model.Journeys[c.subject.Index].ID
	}
	return c.model.Nodes[c.subject.Index].ID
}

// branch is the org chart of a page that only shows where it hangs.
func (c *composer) branch() []TreeItem {
	t := treeList{plan: c.Plan, at: model.NoIndex}
	path := c.model.Path(c.home(c.subject))
	for i, n := range path {
		item := t.item(n, i)
		item.Below = i+1 == len(path) && len(c.model.Nodes[n].Children) > 0
		t.items = append(t.items, item)
	}
	t.left(path[:len(path)-1])
	return t.items
}

// tells reports whether there is something to say of a metric: a figure in any period, or
// records that make none.
func (c *composer) tells(m int) bool {
	if c.metrics[m].Own != nil && !c.tellsOwn(m) {
		return false
	}
	if known(c.stats[m]) {
		return true
	}
	made := c.made(m)
	return len(made.Counted)+len(made.Left) > 0
}

func (c *composer) explanation(m int) Explanation {
	metric, cell := &c.metrics[m], &c.stats[m][c.period]
	e := Explanation{
		Metric: metric.ID, Title: link(metric.Title, metricsPath+"#"+metric.ID), Formula: metric.Formula, Caveat: metric.Caveat,
		Value: c.explainedValue(metric, cell), Periods: c.figureTable(metric, c.stats[m]),
	}
	c.explainedFacts(&e.Facts, metric, cell)
	c.explainedRecords(&e, m)
	return e
}

// explainedValue is the value with what it is of.
func (c *composer) explainedValue(metric *rollup.Metric, cell *rollup.Cell) Cell {
	switch {
	case cell.Spread != nil && cell.Spread.N > 0:
		return c.spreadCell(metric, cell)
	case len(cell.Spent) > 0:
		return Cell{text(inAll(cell.Spent))}
	case !cell.Known:
		return Cell{words(reason(cell.Reason))}
	case len(cell.Dists) > 0:
		return spaced(medians(metric, cell.Dists))
	}
	value := Cell{text(Figure(metric.Unit, cell.Value, cell.Den))}
	if isRatio(metric, cell) {
		of := say(wOutOf, argText("num", Count(int(cell.Num))), argText("den", Count(int(cell.Den))))
		value = append(value, text(" · "), words(of))
	}
	return value
}

// medians are those of distributions that have values.
func medians(metric *rollup.Metric, dists []rollup.Dist) (out []Span) {
	for i := range dists {
		d := &dists[i]
		if d.N == 0 {
			continue
		}
		of := sayN(wMedianOf, d.N, argText("median", halves(metric.Unit, d.Median)))
		if len(dists) > 1 {
			out = append(out, words(say(wPartValue, arg("part", partName(d.Name)), arg("value", words(of)))))
		} else {
			out = append(out, words(of))
		}
	}
	if len(out) == 0 {
		out = []Span{words(say(wNoData))}
	}
	return out
}

// explainedFacts are the terms of the total, what stands beside it, and what it rests on.
func (c *composer) explainedFacts(f *Facts, metric *rollup.Metric, cell *rollup.Cell) {
	if cell.Known && len(cell.Parts) > 0 && len(cell.Spent) == 0 {
		f.add(wOfIt, c.parts(metric.Unit, cell.Parts))
	}
	if cell.Exported != nil && *cell.Exported > 0 {
		f.add(wRowExported, Cell{text(Figure(metric.Unit, *cell.Exported, 0))})
	}
	c.terms(f, metric, cell)
	if cell.Of > 0 {
		f.add(wCoverageFact, Cell{words(sayN(coverageWord(metric), cell.Of, argCount("covered", cell.Covered)))})
	}
	for _, n := range cell.Notes {
		if w, ok := noteWord(string(n.Code)); ok {
			f.add(wNote, Cell{words(sayN(w, n.Count, argText("metric", metric.Title)))})
		}
	}
	if sources := c.sourcesOf(metric.Dataset); len(sources) > 0 {
		f.add(wSources, sources)
	}
}

// terms are those of a node's total: they add up to it, less what is shared.
func (c *composer) terms(f *Facts, metric *rollup.Metric, cell *rollup.Cell) {
	cons := cell.Conserved
	if cons == nil || c.subject.Kind != rollup.NodeSubject || len(cons.Children) == 0 {
		return
	}
	var below []Span
	children, rest, others := c.model.Nodes[c.subject.Index].Children, 0.0, 0
	for i, part := range cons.Children {
		switch {
		case !(part.Value > 0) || i >= len(children): // NaN is not measured
		case len(below) == mostTerms:
			rest, others = rest+part.Value, others+1
		default:
			child := link(c.nodeTitle(children[i]), explainedAt(c.nodes[children[i]])+"#"+metric.ID)
			below = append(below, words(say(wPartValue, arg("part", child), argText("value", Figure(metric.Unit, part.Value, 0)))))
		}
	}
	if others > 0 {
		below = append(below, words(say(wPartValue, arg("part", words(sayN(wMore, others))), argText("value", Figure(metric.Unit, rest, 0)))))
	}
	if len(below) > 0 {
		f.add(wBelow, spaced(below))
	}
	f.add(wRowDirect, Cell{text(Figure(metric.Unit, cons.Direct, 0))})
	f.add(wRowShared, Cell{text(Figure(metric.Unit, cons.Shared, 0))})
}
