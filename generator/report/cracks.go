package report

import (
	"slices"

	"uptree/generator/model"
)

// crackSpec is how a kind of crack is explained.
type crackSpec struct {
	kind  model.CrackKind
	id    string // anchor and column kind of cracks/data.csv
	title Word
	why   Word // what it means and what to do next
}

// crackTable lists the kinds of cracks in the order of the page.
var crackTable = []crackSpec{
	{model.CrackUnowned, "unowned", wCrackUnowned, wCrackUnownedWhy},
	{model.CrackUnknownOwner, "unknown-owner", wCrackUnknownOwner, wCrackUnknownOwnerWhy},
	{model.CrackUserOwner, "person-as-owner", wCrackUserOwner, wCrackUserOwnerWhy},
	{model.CrackManyOwners, "many-owners", wCrackManyOwners, wCrackManyOwnersWhy},
	{model.CrackNotCovered, "not-covered", wCrackNotCovered, wCrackNotCoveredWhy},
	{model.CrackNoCause, "no-cause", wCrackNoCause, wCrackNoCauseWhy},
	{model.CrackNoService, "no-service", wCrackNoService, wCrackNoServiceWhy},
	{model.CrackUnknownService, "unknown-service", wCrackUnknownService, wCrackUnknownServiceWhy},
	{model.CrackUnknownSubject, "unknown-subject", wCrackUnknownSubject, wCrackUnknownSubjectWhy},
	{model.CrackObjectiveSubject, "objective-subject", wCrackObjective, wCrackObjectiveWhy},
	{model.CrackUnknownObjective, "unknown-objective", wCrackMeasured, wCrackMeasuredWhy},
	{model.CrackUnknownDepEnd, "unknown-dependency", wCrackUnknownDep, wCrackUnknownDepWhy},
	{model.CrackJourneyService, "journey-service", wCrackJourney, wCrackJourneyWhy},
	{model.CrackDeployedService, "deployed-service", wCrackDeployed, wCrackDeployedWhy},
	{model.CrackDeployedIncident, "deployed-incident", wCrackFollowed, wCrackFollowedWhy},
	{model.CrackUnknownParent, "unknown-parent", wCrackParent, wCrackParentWhy},
	{model.CrackSeveralRoots, "several-roots", wCrackRoots, wCrackRootsWhy},
}

// maxCracks bounds one kind's rows on the page; data.csv beside it lists all.
const maxCracks = 100

func composeCracks(p *Plan, _ int) *Page {
	a := &Article{Name: p.Words.Plain(say(wNavCracks)), Lead: say(wCracksLead)}
	byKind := p.cracksByKind()
	for _, spec := range crackTable {
		if found := byKind[spec.kind]; len(found) > 0 {
			a.addSection(p.crackSection(&spec, found))
		}
	}
	if len(a.Sections) == 0 {
		a.Lead = say(wCracksEmpty)
	}
	return &Page{
		Path: cracksPath, Title: a.Name, Article: a, Trail: []Span{p.nodeLink(0)}, Tree: p.tree(0, false),
		Records: p.crackRecords(byKind),
	}
}

// addSection appends a section and its line in the contents.
func (a *Article) addSection(s ArticleSection) {
	entry := s.Title
	entry.Href, entry.Away = "#"+s.ID, false
	a.Contents = append(a.Contents, entry)
	a.Sections = append(a.Sections, s)
}

func (p *Plan) cracksByKind() [model.NumCrackKinds][]*model.Crack {
	var out [model.NumCrackKinds][]*model.Crack
	for i := range p.model.Cracks {
		c := &p.model.Cracks[i]
		out[c.Kind] = append(out[c.Kind], c)
	}
	return out
}

func (p *Plan) crackSection(spec *crackSpec, found []*model.Crack) ArticleSection {
	s := ArticleSection{
		ID: spec.id, Title: words(say(spec.title)), Count: len(found), Paras: []Cell{{words(say(spec.why))}},
		Table: Table{
			ID: spec.id + "-list", Caption: say(spec.title), Stack: true, Plain: true,
			Columns: []Column{{Head: say(wCrackWhat)}, {Head: say(wCrackAt)}, {Head: say(wCrackRecord)}, {Head: say(wCrackGiven)}},
		},
	}
	for _, c := range found[:min(len(found), maxCracks)] {
		s.Table.Rows = append(s.Table.Rows, Row{Cells: []Cell{{p.crackWhat(c)}, {p.crackAt(c)}, {p.record(c.Origin)}, {orDash(c.Text)}}})
	}
	if !anyGiven(found) {
		s.Table.dropLast()
	}
	if more := len(found) - maxCracks; more > 0 {
		s.Table.More = sayN(wMoreIncidents, more, arg("file", linked(say(wRecordsCSV), beside("data.csv"))))
	}
	return s
}

func anyGiven(found []*model.Crack) bool {
	return slices.ContainsFunc(found, func(c *model.Crack) bool { return c.Text != "" })
}

// dropLast takes away the last column.
func (t *Table) dropLast() {
	t.Columns = t.Columns[:len(t.Columns)-1]
	for i := range t.Rows {
		t.Rows[i].Cells = t.Rows[i].Cells[:len(t.Columns)]
	}
}

// crackWhat is what fell between the nodes.
func (p *Plan) crackWhat(c *model.Crack) Span {
	switch {
	case c.Incident != model.NoIndex:
		return incidentLink(&p.model.Incidents[c.Incident])
	case c.Service != model.NoIndex:
		return p.serviceLink(c.Service)
	case c.Journey != model.NoIndex:
		return p.journeyLink(c.Journey)
	case c.Node != model.NoIndex:
		return p.nodeLink(c.Node)
	}
	return orDash(c.Text)
}

// crackAt is the node that can do something about it.
func (p *Plan) crackAt(c *model.Crack) Span {
	switch {
	case c.Incident != model.NoIndex:
		return p.firstNode(p.model.Incidents[c.Incident].Homes)
	case c.Service != model.NoIndex:
		return p.nodeLink(p.model.Services[c.Service].Home)
	case c.Journey != model.NoIndex:
		return p.nodeLink(p.model.Journeys[c.Journey].Home)
	case c.Node != model.NoIndex && p.model.Nodes[c.Node].Parent != model.NoIndex:
		return p.nodeLink(p.model.Nodes[c.Node].Parent)
	}
	return text(dash)
}

// record is the file and line of a record.
func (p *Plan) record(o model.Origin) Span {
	if int(o.File) >= len(p.model.Files) || o.Line == 0 {
		return text(dash)
	}
	return Span{Text: p.model.Files[o.File] + ":" + plainInt(int(o.Line)), Name: true}
}

// crackRecords are all cracks, for the CSV beside the page.
func (p *Plan) crackRecords(byKind [model.NumCrackKinds][]*model.Crack) *Records {
	r := &Records{Path: "cracks/data.csv", Columns: []string{"kind", "what", "node", "given", "record"}}
	for _, spec := range crackTable {
		for _, c := range byKind[spec.kind] {
			r.Rows = append(r.Rows, []string{
				spec.id, p.plainSpan(p.crackWhat(c)), p.plainSpan(p.crackAt(c)), c.Text, p.plainSpan(p.record(c.Origin)),
			})
		}
	}
	return r
}

func (p *Plan) plainSpan(s Span) string { return string(p.Words.appendSpan(nil, s)) }
