package report

import (
	"sort"

	"uptree/generator/model"
	"uptree/generator/rollup"
)

// maxTests bounds the rows of the table of synthetic tests.
const maxTests = 12

// tests is the block of synthetic tests: the chart, and the tests with most failures.
func (c *composer) tests() Tests {
	if c.rows.synthetics < 0 || !known(c.stats[c.rows.synthetics]) {
		return Tests{}
	}
	rows := c.cube.Tests(c.subject, c.period)
	t := Tests{
		Section: Section{ID: "tests", Title: say(wTests)},
		Chart:   c.testChart("test-chart"),
		Table: Table{
			ID: "test-list", Caption: say(wTestList, c.periodArg()), Stack: true, Plain: true,
			Columns: []Column{
				{Head: say(wTest)}, {Head: say(wTestSubject)}, {Head: say(wSuccess), Number: true},
				{Head: say(wFailedOf), Number: true}, {Head: say(wLastFailure)},
			},
		},
	}
	for _, r := range rows[:min(len(rows), maxTests)] {
		t.Table.Rows = append(t.Table.Rows, Row{Cells: c.testCells(r)})
	}
	if more := len(rows) - maxTests; more > 0 {
		t.Table.More = sayN(wMoreTests, more)
	}
	return t
}

func (c *composer) testCells(r rollup.TestRow) []Cell {
	test := &c.model.Tests[r.Test]
	title := test.Title
	if title == "" {
		title = test.ID
	}
	valid := r.Good + r.Bad
	success := words(say(wNoData))
	if valid > 0 {
		success = text(Share(float64(r.Good)/float64(valid), valid))
	}
	failed := say(wOutOf, argText("num", Count(int(r.Bad))), argText("den", Count(int(valid))))
	return []Cell{{name(title)}, {c.testSubject(&test.Subject)}, {success}, {words(failed)}, {c.lastFailure(r)}}
}

func (p *Plan) testSubject(s *model.Subject) Span {
	switch {
	case s.Service != model.NoIndex:
		return p.serviceLink(s.Service)
	case s.Journey != model.NoIndex:
		return p.journeyLink(s.Journey)
	}
	return name(s.Unknown)
}

// lastFailure links the last result that failed, where its record has an address.
func (p *Plan) lastFailure(r rollup.TestRow) Span {
	if r.LastFail == model.None {
		return words(say(wNoFailure))
	}
	result := failedAt(&p.model.Tests[r.Test], r.LastFail)
	if result == nil || result.IsDay {
		return text(p.Words.Day(p.model.Calendar.DayAt(r.LastFail)))
	}
	s := text(p.recent(r.LastFail))
	if url := p.model.ResultURLs[result.URL]; url != "" {
		s.Href, s.Away = url, true
	}
	return s
}

// failedAt finds a failed result of the moment; results of a run are sorted by time.
func failedAt(t *model.Test, at model.Time) *model.Result {
	for i := range t.Runs {
		run := &t.Runs[i]
		j := sort.Search(run.Len(), func(k int) bool { return model.Time(run.Result(k).At) >= at })
		for ; j < run.Len() && model.Time(run.Result(j).At) == at; j++ {
			if r := run.Result(j); r.Failed > 0 {
				return &r
			}
		}
	}
	return nil
}
