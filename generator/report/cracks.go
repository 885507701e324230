package report

import (
	"path/filepath"
	"slices"

	"uptree/generator/config"
	"uptree/generator/model"
)

// crackSpec is how a kind of crack is explained.
type crackSpec struct {
	find  func(*Plan) []crack
	id    string // anchor and column kind of cracks/data.csv
	title Word
	why   Word // what it means and what to do next
	given Word // heads crack.given
}

// crackTable lists the kinds of cracks in the order of the page: those that wait for words
// first, then what is missing in the catalogue and in other records.
var crackTable = []crackSpec{
	{silentBreaches, "breach-without-decision", wCrackSilent, wCrackSilentWhy, wBudgetLeft},
	{promisesAbove, "promise-above", wCrackAbove, wCrackAboveWhy, wRelies},
	{ofKind(model.CrackUnowned), "unowned", wCrackUnowned, wCrackUnownedWhy, wCrackGiven},
	{ofKind(model.CrackUnknownOwner), "unknown-owner", wCrackUnknownOwner, wCrackUnknownOwnerWhy, wCrackGiven},
	{ofKind(model.CrackUserOwner), "person-as-owner", wCrackUserOwner, wCrackUserOwnerWhy, wCrackGiven},
	{ofKind(model.CrackManyOwners), "many-owners", wCrackManyOwners, wCrackManyOwnersWhy, wCrackGiven},
	{ofKind(model.CrackNotCovered), "not-covered", wCrackNotCovered, wCrackNotCoveredWhy, wCrackGiven},
	{newest(ofKind(model.CrackNoCause)), "no-cause", wCrackNoCause, wCrackNoCauseWhy, wCrackGiven},
	{newest(ofKind(model.CrackNoService)), "no-service", wCrackNoService, wCrackNoServiceWhy, wCrackGiven},
	{ofKind(model.CrackUnknownService), "unknown-service", wCrackUnknownService, wCrackUnknownServiceWhy, wCrackGiven},
	{ofKind(model.CrackUnknownSubject), "unknown-subject", wCrackUnknownSubject, wCrackUnknownSubjectWhy, wCrackGiven},
	{unknownPromises, "unknown-promise", wCrackUnknownPromise, wCrackUnknownPromiseWhy, wRelies},
	{withoutObjective, "without-objective", wCrackWithout, wCrackWithoutWhy, wTier},
	{ofKind(model.CrackObjectiveSubject), "objective-subject", wCrackObjective, wCrackObjectiveWhy, wCrackGiven},
	{ofKind(model.CrackUnknownObjective), "unknown-objective", wCrackMeasured, wCrackMeasuredWhy, wCrackGiven},
	{ofKind(model.CrackUnknownDepEnd), "unknown-dependency", wCrackUnknownDep, wCrackUnknownDepWhy, wCrackGiven},
	{ofKind(model.CrackJourneyService), "journey-service", wCrackJourney, wCrackJourneyWhy, wCrackGiven},
	{ofKind(model.CrackDeployedService), "deployed-service", wCrackDeployed, wCrackDeployedWhy, wCrackGiven},
	{ofKind(model.CrackDeployedIncident), "deployed-incident", wCrackFollowed, wCrackFollowedWhy, wCrackGiven},
	{ofKind(model.CrackCostSubject), "cost-subject", wCrackCost, wCrackCostWhy, wCrackGiven},
	{ofKind(model.CrackUnallocated), "unallocated", wCrackUnallocated, wCrackUnallocatedWhy, wCrackGiven},
	{ofKind(model.CrackObservedSubject), "observed-subject", wCrackObserved, wCrackObservedWhy, wCrackGiven},
	{ofKind(model.CrackFoundService), "found-service", wCrackFound, wCrackFoundWhy, wCrackGiven},
	{ofKind(model.CrackUnknownParent), "unknown-parent", wCrackParent, wCrackParentWhy, wCrackGiven},
	{ofKind(model.CrackSeveralRoots), "several-roots", wCrackRoots, wCrackRootsWhy, wCrackGiven},
	{staleDecisions, "stale-decision", wCrackDecision, wCrackDecisionWhy, wCrackGiven},
	{staleAsks, "stale-ask", wCrackAsk, wCrackAskWhy, wCrackGiven},
	{staleWords, "stale-words", wCrackWords, wCrackWordsWhy, wCrackGiven},
}

// crack is a row of the page.
type crack struct {
	what, at, record Span
	given            string // as it stands in the record, or what the kind is about; "" for nothing
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

// newest turns cracks of incidents round: the latest can still be told by those who were there.
func newest(find func(*Plan) []crack) func(*Plan) []crack {
	return func(p *Plan) []crack {
		out := find(p)
		slices.Reverse(out)
		return out
	}
}

// How many rows of one kind are on the page: those at sight, and with those that open; the
// data.csv beside it lists all.
const (
	maxCracksShown = 10
	maxCracks      = 100
)

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
	a.Contents = append(a.Contents, ContentsLine{entry, s.Count})
	a.Sections = append(a.Sections, s)
}

func crackSection(spec *crackSpec, found []crack) ArticleSection {
	s := ArticleSection{ID: spec.id, Title: words(say(spec.title)), Count: len(found), Paras: []Cell{{words(say(spec.why))}}}
	shown := found
	if len(found) > maxCracksShown*3/2 { // a handful more is not worth opening
		shown = found[:maxCracksShown]
		s.Rest = crackRows(spec, found[maxCracksShown:min(len(found), maxCracks)], anyGiven(found))
		s.RestOpen = sayN(wMore, len(found)-maxCracksShown)
	}
	s.Table = crackRows(spec, shown, anyGiven(found))
	s.Table.ID = spec.id + "-list"
	if more := len(found) - maxCracks; more > 0 {
		s.Rest.More = sayN(wMoreIncidents, more, arg("file", linked(say(wRecordsCSV), beside("data.csv"))))
	}
	return s
}

// crackRows lists cracks of a kind, with what stands in the record where that says more.
func crackRows(spec *crackSpec, found []crack, given bool) Table {
	t := Table{
		Caption: say(spec.title), Stack: true, Plain: true,
		Columns: []Column{{Head: say(wCrackWhat)}, {Head: say(wCrackAt)}, {Head: say(wCrackRecord)}},
	}
	if given {
		t.Columns = append(t.Columns, Column{Head: say(spec.given)})
	}
	for _, c := range found {
		t.Rows = append(t.Rows, Row{Cells: []Cell{{c.what}, {c.at}, {c.record}, {orDash(c.given)}}[:len(t.Columns)]})
	}
	return t
}

func anyGiven(found []crack) bool {
	return slices.ContainsFunc(found, func(c crack) bool { return c.given != "" })
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

// record is the file and line of a record, linked where the file is the site's own.
func (p *Plan) record(o model.Origin) Span {
	if int(o.File) >= len(p.model.Files) || o.Line == 0 {
		return text(dash)
	}
	file, line := p.model.Files[o.File], int(o.Line)
	out := name(file + ":" + plainInt(line))
	if p.ownFiles[o.File] {
		out.Href = p.lineURL(file, line)
		out.Away = out.Href != ""
	}
	return out
}

// listOwnFiles says of each file of the model whether it is the site's own: others are copies
// of what was fetched, or lie elsewhere.
func (p *Plan) listOwnFiles() []bool {
	given := map[string]bool{}
	for i := range p.model.Sources {
		s := &p.model.Sources[i]
		at := slices.IndexFunc(p.site.Sources, func(of config.Source) bool { return of.Name == s.Name })
		if at >= 0 && (p.site.Sources[at].Kind != "file" || !filepath.IsLocal(p.site.Sources[at].Path)) {
			continue // what is in no table is site.toml itself
		}
		for _, name := range s.FileNames {
			given[name] = true
		}
	}
	own := make([]bool, len(p.model.Files))
	for i, name := range p.model.Files {
		own[i] = given[name]
	}
	return own
}

func (p *Plan) plainSpan(s Span) string { return string(p.Words.appendSpan(nil, s)) }
