package report

import (
	"cmp"
	"maps"
	"slices"

	"uptree/generator/model"
	"uptree/generator/rollup"
)

const (
	maxFlows       = 16 // of a picture
	maxMatrixParts = 10
	minMatrixPairs = 3 // fewer say the same in a list
)

// flowing is a pair in a picture or matrix.
type flowing struct {
	from, to model.NodeIdx
	value    float64
	series   int
	row      int // of the list
}

// caused are the pairs of incidents; the first series is between parts of the organisation.
func (m *mapper) caused() []flowing {
	var out []flowing
	for i := range m.crossed.Pairs {
		x := &m.crossed.Pairs[i]
		f := flowing{from: x.Cause, to: x.Impact, value: x.Seconds, row: i}
		if !m.ours(x.Cause) || !m.ours(x.Impact) {
			f.series = 1
		}
		out = append(out, f)
	}
	return out
}

func (m *mapper) causedFigure() *ChartFigure {
	c := Chart{
		ID: "caused-chart", Kind: ChartSankey, Unit: ChartDuration, Text: m.charts,
		Title: m.Words.Plain(say(wMapCausedTitle)), Period: m.Words.Plain(m.periods[m.period].long), Head: m.Words.Plain(say(wMapFromTo)),
		Series: []ChartSeries{
			{Name: m.Words.Plain(say(wMapOurs)), Class: ClassInherited}, {Name: m.Words.Plain(say(wMapOutside)), Class: ClassPlain},
		},
		Summary: m.Words.Plain(say(wMapCausedSummary)),
	}
	return m.figure(&c, m.caused())
}

// relied are the pairs of dependencies: what is relied on stands where a cause stands. The
// first series are hard ones.
func (m *mapper) relied() (pairs, hard []flowing) {
	for i := range m.relies {
		r := &m.relies[i]
		f := flowing{from: r.On, to: r.By, value: float64(len(r.Dependencies)), row: i}
		pairs = append(pairs, f)
		f.value = float64(r.Hard)
		hard = append(hard, f)
		f.value, f.series = float64(len(r.Dependencies)-r.Hard), 1
		hard = append(hard, f)
	}
	return pairs, hard
}

func (m *mapper) reliesFigure() *ChartFigure {
	c := Chart{
		ID: "relies-chart", Kind: ChartSankey, Unit: ChartCount, Text: m.charts,
		Title: m.Words.Plain(say(wMapReliesTitle)), Head: m.Words.Plain(say(wMapFromTo)),
		Series: []ChartSeries{
			{Name: m.Words.Plain(say(wMapHardOnes)), Class: ClassOwn}, {Name: m.Words.Plain(say(wMapSoftOnes)), Class: ClassPlain},
		},
		Summary: m.Words.Plain(say(wMapReliesSummary)),
	}
	_, flows := m.relied()
	return m.figure(&c, flows)
}

// figure draws the first pairs; nil where nothing has a size. Series that no flow is in are
// left out.
func (m *mapper) figure(c *Chart, flows []flowing) *ChartFigure {
	flows = slices.DeleteFunc(flows, func(f flowing) bool { return f.value == 0 })
	points := map[[2]model.NodeIdx]int{}
	left := 0
	for _, f := range flows {
		pair := [2]model.NodeIdx{f.from, f.to}
		at, seen := points[pair]
		switch {
		case !seen && len(c.X) == maxFlows:
			left++
			continue
		case !seen:
			at = m.point(c, pair)
			points[pair] = at
		}
		c.Series[f.series].Values[at] = f.value
	}
	c.Series = slices.DeleteFunc(c.Series, func(s ChartSeries) bool {
		return !slices.ContainsFunc(s.Values, func(v float64) bool { return v > 0 })
	})
	if len(c.Series) == 0 {
		return nil
	}
	if left > 0 {
		c.Note = m.Words.Plain(sayN(wMapLeft, left))
	}
	return oneChart(*c)
}

// point adds a point for a pair, with nothing in any series yet.
func (m *mapper) point(c *Chart, pair [2]model.NodeIdx) int {
	ends := ChartEnds{m.partName(pair[0]), m.partName(pair[1])}
	c.X = append(c.X, ChartPoint{Date: m.model.Nodes[pair[0]].ID + " → " + m.model.Nodes[pair[1]].ID, Label: ends.From + " → " + ends.To, Days: 1, Of: 1})
	c.Ends = append(c.Ends, ends)
	for i := range c.Series {
		c.Series[i].Values = append(c.Series[i].Values, 0)
	}
	return len(c.X) - 1
}

// causedMatrix ends each row and column with what the part caused or took in all: as a
// union, like the cells.
func (m *mapper) causedMatrix() Table {
	flows := m.caused()
	if len(flows) < minMatrixPairs {
		return Table{}
	}
	rows, columns := m.shown(flows)
	t := m.matrix(causedID, say(wMapCausedMatrix), wMapCausedCorner, flows, func(f flowing) Span {
		return Span{Text: Duration(f.value), Href: m.rowOf(causedID, f.row, f.from, f.to)}
	})
	t.Columns = append(t.Columns, Column{Head: say(wMapInAll), Number: true})
	for i, part := range rows {
		t.Rows[i].Cells = append(t.Rows[i].Cells, tollCell(m.crossed.Out[part]))
	}
	total := []Cell{{words(say(wMapInAll))}}
	for _, part := range columns {
		total = append(total, tollCell(m.crossed.In[part]))
	}
	t.Rows = append(t.Rows, Row{Cells: append(total, Cell{})})
	return t
}

func tollCell(t *rollup.Toll) Cell { return Cell{text(Duration(t.Seconds))} }

func (m *mapper) reliesMatrix() Table {
	pairs, _ := m.relied()
	if len(pairs) < minMatrixPairs {
		return Table{}
	}
	return m.matrix(reliesID, say(wMapReliesMatrix), wMapReliesCorner, pairs, func(f flowing) Span {
		return Span{Text: Count(int(f.value)), Href: m.rowOf(reliesID, f.row, f.to, f.from)}
	})
}

// shown are the rows and columns of a matrix: of the parts over whose borders most goes,
// those that something comes from and those that something goes to, in the order of the tree.
func (m *mapper) shown(flows []flowing) (rows, columns []model.NodeIdx) {
	weight := map[model.NodeIdx]float64{}
	for _, f := range flows {
		weight[f.from] += f.value
		weight[f.to] += f.value
	}
	parts := slices.Sorted(maps.Keys(weight))
	slices.SortStableFunc(parts, func(a, b model.NodeIdx) int { return cmp.Compare(weight[b], weight[a]) })
	parts = parts[:min(len(parts), maxMatrixParts)]
	slices.Sort(parts)
	from, to := map[model.NodeIdx]bool{}, map[model.NodeIdx]bool{}
	for _, f := range flows {
		if slices.Contains(parts, f.from) && slices.Contains(parts, f.to) {
			from[f.from], to[f.to] = true, true
		}
	}
	keep := func(in map[model.NodeIdx]bool) []model.NodeIdx {
		return slices.DeleteFunc(slices.Clone(parts), func(n model.NodeIdx) bool { return !in[n] })
	}
	return keep(from), keep(to)
}

// matrix is a row for each part that something comes from, a column for each that it goes
// to. A cell leads to the row of its pair.
func (m *mapper) matrix(id string, caption Sentence, corner Word, flows []flowing, cellOf func(flowing) Span) Table {
	rows, columns := m.shown(flows)
	t := Table{ID: id + "-matrix", Caption: caption, Stack: true, Matrix: true, Columns: []Column{{Head: say(corner)}}}
	at := map[[2]model.NodeIdx]flowing{}
	for _, f := range flows {
		at[[2]model.NodeIdx{f.from, f.to}] = f
	}
	for _, to := range columns {
		t.Columns = append(t.Columns, Column{Head: say(wMapPartHead, arg("part", m.part(to))), Number: true})
	}
	for _, from := range rows {
		cells := []Cell{{m.part(from)}}
		for _, to := range columns {
			cell := Cell{}
			if f, ok := at[[2]model.NodeIdx{from, to}]; ok {
				cell = Cell{cellOf(f)}
			}
			cells = append(cells, cell)
		}
		t.Rows = append(t.Rows, Row{Cells: cells})
	}
	if more := len(partsOf(flows)) - maxMatrixParts; more > 0 {
		t.More = sayN(wMapMoreParts, more)
	}
	return t
}

// partsOf are the distinct parts of some pairs.
func partsOf(flows []flowing) map[model.NodeIdx]bool {
	out := map[model.NodeIdx]bool{}
	for _, f := range flows {
		out[f.from], out[f.to] = true, true
	}
	return out
}
