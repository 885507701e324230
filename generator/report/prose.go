package report

import (
	"slices"
	"strings"

	"uptree/generator/content"
	"uptree/generator/rollup"
)

// Prose is a document on a page: markup, with charts between.
type Prose []ProsePart

// ProsePart is a run of markup, or a chart.
type ProsePart struct {
	HTML  content.HTML
	Chart *ChartFigure
}

// hasCharts reports whether a chart is among the words.
func (p Prose) hasCharts() bool {
	return slices.ContainsFunc(p, func(part ProsePart) bool { return part.Chart != nil })
}

// alertWords are the titles of quotations that ask for attention.
var alertWords = map[content.Alert]Word{
	"note": wAlertNote, "tip": wAlertTip, "important": wAlertImportant, "warning": wAlertWarning, "caution": wAlertCaution,
}

// prose renders a document on the page at path. Its figures are those of the subject that
// figures gives, which is asked only where there are any.
func (p *Plan) prose(doc *content.Doc, path string, o content.Options, figures func() *composer) Prose {
	body, _ := content.Render(doc, p.placed(path, o, figures))
	out := make(Prose, 0, len(body))
	for i, part := range body {
		if part.Chart == nil {
			out = append(out, ProsePart{HTML: part.HTML})
			continue
		}
		out = append(out, ProsePart{Chart: figures().proseChart(i, part.Chart)})
	}
	return out
}

// placed completes the options of a document on the page at path.
func (p *Plan) placed(path string, o content.Options, figures func() *composer) content.Options {
	o.Resolve, o.Periods, o.Drawn = p.resolver(path), p.PeriodNames(), p.Drawn
	up := strings.Repeat("../", strings.Count(path, "/"))
	o.Image = func(img *content.Image) string { return up + imagePath(img) }
	o.Alerts = map[content.Alert]string{}
	for kind, word := range alertWords {
		o.Alerts[kind] = p.Words.Plain(say(word))
	}
	o.Figure = func(metric, period string) content.Figure {
		return figures().inProse(metric, period, path, up)
	}
	return o
}

// excerpt is the beginning of the subject's words, as text.
func (c *composer) excerpt() string {
	if c.doc == nil {
		return ""
	}
	return content.Excerpt(c.doc, c.placed(c.path(c.subject), content.Options{}, func() *composer { return c }))
}

// words renders a document on the subject's own page.
func (c *composer) words(doc *content.Doc, o content.Options) Prose {
	return c.prose(doc, c.path(c.subject), o, func() *composer { return c })
}

// PeriodNames are the names of the site's periods, as documents write them.
func (p *Plan) PeriodNames() []string {
	var out []string
	for i := range p.cube.Periods {
		out = append(out, p.cube.Periods[i].Name)
	}
	return out
}

// Drawn reports whether a metric can be drawn over time.
func (p *Plan) Drawn(metric string) bool {
	m := p.cube.Metric(metric)
	return m >= 0 && p.metrics[m].HasDays()
}

// imagePath is where an image is published, from the site's root.
func imagePath(img *content.Image) string { return "img/" + img.Name }

// Images are the pictures that documents show, by their paths from the site's root.
func (p *Plan) Images(put func(path string, data []byte) error) error {
	for _, img := range p.docs.Images() {
		if err := put(imagePath(img), img.Data); err != nil {
			return err
		}
	}
	return nil
}

// periodIndex is the place of a period by its name; the page's for "".
func (c *composer) periodIndex(name string) int {
	if i := slices.Index(c.PeriodNames(), name); i >= 0 {
		return i
	}
	return c.period
}

// inProse is a figure of the subject among the words of the page at path.
func (c *composer) inProse(metric, period, path, up string) content.Figure {
	m, i := c.cube.Metric(metric), c.periodIndex(period)
	row, cell := &c.metrics[m], &c.stats[m][i]
	f := content.Figure{
		Title: c.Words.Plain(say(wFigureTitle, argText("metric", row.Title), arg("period", words(c.periods[i].long)))),
		URL:   up + metricsPath + "#" + metric,
	}
	if (row.Own != nil || !slices.Contains([]rollup.Operator{rollup.Distribution, rollup.PerService}, row.Operator)) && known(c.stats[m]) {
		f.URL = "#m-" + metric
		if own := c.path(c.subject); own != path {
			f.URL = up + own + f.URL
		}
	}
	value, ok := typical(row, cell)
	if !ok {
		value = c.Words.Plain(reason(cell.Reason))
	}
	f.Text = value
	return f
}

// proseChart is a chart among the words: of one period, else of the page's.
func (c *composer) proseChart(n int, named *content.Chart) *ChartFigure {
	m := c.cube.Metric(named.Metric)
	f := c.metricChart("c-chart-"+Count(n), m)
	if named.Period != "" {
		i := c.periodIndex(named.Period)
		f.Periods, f.Default = f.Periods[i:i+1], 0
	}
	return f
}

// metricChart is a chart of any metric that has days.
func (c *composer) metricChart(id string, m int) *ChartFigure {
	switch m {
	case c.rows.incidentTime:
		return c.incidentChart(id)
	case c.rows.synthetics:
		return c.testChart(id)
	case c.rows.cost:
		return c.costChart(id)
	case c.rows.deployments:
		return c.deploymentChart(id)
	case c.rows.findingsOpen:
		return c.findingsChart(id)
	}
	row := &c.metrics[m]
	return c.figure(id, m, func(period int, b ChartBuckets, s rollup.Series) Chart {
		chart := Chart{Kind: ChartStacked, Unit: chartUnit(row.Unit), Period: c.per(period, b), Title: row.Title}
		if row.Operator == rollup.RatioOf || row.Operator == rollup.Latest {
			chart.Kind = ChartLine // they do not add up
		}
		chart.Series = []ChartSeries{{Name: row.Title, Class: ClassPlain, Values: bucketed(b, s, row)}}
		chart.Summary = c.chartSummary(m, period)
		return chart
	})
}
