package report

import (
	"slices"

	"uptree/generator/model"
)

// crackSpec is how a kind of crack is explained.
type crackSpec struct {
	find  func(*Plan) []crack
	id    string // anchor and column kind of cracks/data.csv
	title Word
	why   Word // what it means and what to do next
}

// crackTable lists the kinds of cracks in the order of the page.
var crackTable = []crackSpec{
	{ofKind(model.CrackUnowned), "unowned", wCrackUnowned, wCrackUnownedWhy},
	{ofKind(model.CrackUnknownOwner), "unknown-owner", wCrackUnknownOwner, wCrackUnknownOwnerWhy},
	{ofKind(model.CrackUserOwner), "person-as-owner", wCrackUserOwner, wCrackUserOwnerWhy},
	{ofKind(model.CrackManyOwners), "many-owners", wCrackManyOwners, wCrackManyOwnersWhy},
	{ofKind(model.CrackNotCovered), "not-covered", wCrackNotCovered, wCrackNotCoveredWhy},
	{ofKind(model.CrackNoCause), "no-cause", wCrackNoCause, wCrackNoCauseWhy},
	{ofKind(model.CrackNoService), "no-service", wCrackNoService, wCrackNoServiceWhy},
	{ofKind(model.CrackUnknownService), "unknown-service", wCrackUnknownService, wCrackUnknownServiceWhy},
	{ofKind(model.CrackUnknownSubject), "unknown-subject", wCrackUnknownSubject, wCrackUnknownSubjectWhy},
	{silentBreaches, "breach-without-decision", wCrackSilent, wCrackSilentWhy},
	{promisesAbove, "promise-above", wCrackAbove, wCrackAboveWhy},
	{unknownPromises, "unknown-promise", wCrackUnknownPromise, wCrackUnknownPromiseWhy},
	{withoutObjective, "without-objective", wCrackWithout, wCrackWithoutWhy},
	{ofKind(model.CrackObjectiveSubject), "objective-subject", wCrackObjective, wCrackObjectiveWhy},
	{ofKind(model.CrackUnknownObjective), "unknown-objective", wCrackMeasured, wCrackMeasuredWhy},
	{ofKind(model.CrackUnknownDepEnd), "unknown-dependency", wCrackUnknownDep, wCrackUnknownDepWhy},
	{ofKind(model.CrackJourneyService), "journey-service", wCrackJourney, wCrackJourneyWhy},
	{ofKind(model.CrackDeployedService), "deployed-service", wCrackDeployed, wCrackDeployedWhy},
	{ofKind(model.CrackDeployedIncident), "deployed-incident", wCrackFollowed, wCrackFollowedWhy},
	{ofKind(model.CrackCostSubject), "cost-subject", wCrackCost, wCrackCostWhy},
	{ofKind(model.CrackUnallocated), "unallocated", wCrackUnallocated, wCrackUnallocatedWhy},
	{ofKind(model.CrackFoundService), "found-service", wCrackFound, wCrackFoundWhy},
	{ofKind(model.CrackUnknownParent), "unknown-parent", wCrackParent, wCrackParentWhy},
	{ofKind(model.CrackSeveralRoots), "several-roots", wCrackRoots, wCrackRootsWhy},
	{staleDecisions, "stale-decision", wCrackDecision, wCrackDecisionWhy},
	{staleAsks, "stale-ask", wCrackAsk, wCrackAskWhy},
	{staleWords, "stale-words", wCrackWords, wCrackWordsWhy},
}

// crack is a row of the page.
type crack struct {
	what, at, record Span
	given            string // as it stands in the record; "" for nothing
}

// ofKind finds the cracks of the model of a kind.
func ofKind(kind model.CrackKind) func(*Plan) []crack {
	return func(p *Plan) []crack {
		var out []crack
		for i := range p.model.Cracks {
			if c := &p.model.Cracks[i]; c.Kind == kind {
				out = append(out, crack{p.crackWhat(c), p.crackAt(c), p.record(c.Origin), c.Text})
			}
		}
		return out
	}
}

// maxCracks bounds one kind's rows on the page; data.csv beside it lists all.
const maxCracks = 100

func composeCracks(p *Plan, _ int) *Page {
	a := &Article{Name: p.Words.Plain(say(wNavCracks)), Lead: say(wCracksLead)}
	all := &Records{Path: "cracks/data.csv", Columns: []string{"kind", "what", "node", "given", "record"}}
	for _, spec := range crackTable {
		found := spec.find(p)
		if len(found) > 0 {
			a.addSection(crackSection(&spec, found))
		}
		for _, c := range found {
			all.Rows = append(all.Rows, []string{spec.id, p.plainSpan(c.what), p.plainSpan(c.at), c.given, p.plainSpan(c.record)})
		}
	}
	if len(a.Sections) == 0 {
		a.Lead = say(wCracksEmpty)
	}
	return &Page{
		Path: cracksPath, Title: a.Name, Article: a, Trail: []Span{p.nodeLink(0)}, Tree: p.tree(0, false),
		Records: all,
	}
}

// addSection appends a section and its line in the contents.
func (a *Article) addSection(s ArticleSection) {
	entry := s.Title
	entry.Href, entry.Away = "#"+s.ID, false
	a.Contents = append(a.Contents, entry)
	a.Sections = append(a.Sections, s)
}

func crackSection(spec *crackSpec, found []crack) ArticleSection {
	s := ArticleSection{
		ID: spec.id, Title: words(say(spec.title)), Count: len(found), Paras: []Cell{{words(say(spec.why))}},
		Table: Table{
			ID: spec.id + "-list", Caption: say(spec.title), Stack: true, Plain: true,
			Columns: []Column{{Head: say(wCrackWhat)}, {Head: say(wCrackAt)}, {Head: say(wCrackRecord)}, {Head: say(wCrackGiven)}},
		},
	}
	for _, c := range found[:min(len(found), maxCracks)] {
		s.Table.Rows = append(s.Table.Rows, Row{Cells: []Cell{{c.what}, {c.at}, {c.record}, {orDash(c.given)}}})
	}
	if !anyGiven(found) {
		s.Table.dropLast()
	}
	if more := len(found) - maxCracks; more > 0 {
		s.Table.More = sayN(wMoreIncidents, more, arg("file", linked(say(wRecordsCSV), beside("data.csv"))))
	}
	return s
}

func anyGiven(found []crack) bool {
	return slices.ContainsFunc(found, func(c crack) bool { return c.given != "" })
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

func (p *Plan) plainSpan(s Span) string { return string(p.Words.appendSpan(nil, s)) }
