package report

import (
	"slices"
	"strings"

	"uptree/generator/model"
)

// maxRejects bounds how many rejected records of a source are listed.
const maxRejects = 20

// composeData says of every source how it fared. It is the one page that names the moment
// of a source's data.
func composeData(p *Plan, _ int) *Page {
	a := &Article{Name: p.Words.Plain(say(wNavData)), Lead: say(wDataLead)}
	if t := p.coverageTable(); len(t.Rows) > 0 {
		lead := Cell{words(say(wCoverageLead))}
		a.addSection(ArticleSection{ID: "coverage", Title: words(say(wCoverage)), Count: -1, Paras: []Cell{lead}, Table: t})
	}
	for i := range p.model.Sources {
		a.addSection(p.sourceSection(&p.model.Sources[i]))
	}
	return &Page{Path: dataPath, Title: a.Name, Article: a, Trail: []Span{p.nodeLink(0)}, Tree: p.tree(0, false)}
}

func (p *Plan) sourceSection(s *model.SourceInfo) ArticleSection {
	out := ArticleSection{ID: sourceAnchor(s), Title: name(sourceTitle(s)), Count: -1, Facts: p.sourceFacts(s)}
	if s.Reason != "" {
		out.Paras = append(out.Paras, Cell{marked(MarkRisk, name(s.Reason))})
	}
	for _, warning := range s.Warnings {
		out.Paras = append(out.Paras, Cell{marked(MarkRisk, words(say(wSourceWarns, arg("text", name(warning)))))})
	}
	if s.Pilot {
		out.Paras = append(out.Paras, Cell{words(say(wPilotSource))})
	}
	if s.Rejected > 0 {
		out.Table = rejectTable(s)
	}
	return out
}

func (p *Plan) sourceFacts(s *model.SourceInfo) Facts {
	var f Facts
	f.add(wState, Cell{stateSpan(s)})
	f.add(wDataOf, Cell{p.fetchedAt(s)})
	f.add(wComesFrom, p.origin(s))
	f.add(wGives, Cell{text(datasets(s))})
	f.add(wRead, Cell{words(say(wReadOf, argCount("read", s.Read), argCount("accepted", s.Accepted),
		argCount("merged", s.Merged), argCount("rejected", s.Rejected)))})
	if s.Remembered > 0 {
		f.add(wRemembered, Cell{words(sayN(wRememberedRecords, s.Remembered))})
	}
	if s.Unmapped > 0 {
		f.add(wUnmapped, cellCount(s.Unmapped))
	}
	if slices.ContainsFunc(s.Datasets, model.Dataset.Covers) {
		f.add(wCoversSubjects, cellCount(s.CoversCount))
	}
	if s.CoversFrom.Known() {
		f.add(wCoversFrom, Cell{text(p.Words.Day(p.model.Calendar.DayAt(s.CoversFrom)))})
	}
	p.addSchedule(&f, s)
	if src := p.configured(s); s.Definition != src.Kind+" "+src.Origin() {
		f.add(wDefined, Cell{name(s.Definition)})
	}
	return f
}

func (p *Plan) fetchedAt(s *model.SourceInfo) Span {
	if !s.FetchedAt.Known() {
		return words(say(wUnknownTime))
	}
	c := p.model.Calendar
	return Span{Text: p.Words.Moment(c, s.FetchedAt), Stamp: &Stamp{At: stamp(c, s.FetchedAt), Source: s.Name}}
}

func datasets(s *model.SourceInfo) string {
	var out []string
	for _, d := range s.Datasets {
		out = append(out, d.String())
	}
	return strings.Join(out, ", ")
}

func rejectTable(s *model.SourceInfo) Table {
	t := Table{
		ID: sourceAnchor(s) + "-rejects", Caption: sayN(wRejects, s.Rejected), Stack: true,
		Columns: []Column{{Head: say(wPlace)}, {Head: say(wWhyRejected)}},
	}
	for _, r := range s.Rejects[:min(len(s.Rejects), maxRejects)] {
		t.Rows = append(t.Rows, Row{Cells: []Cell{{name(r.File + ":" + plainInt(r.Line))}, {name(r.Reason)}}})
	}
	if more := s.Rejected - len(t.Rows); more > 0 {
		t.More = sayN(wMore, more)
	}
	return t
}
