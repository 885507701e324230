package report

import (
	"uptree/generator/content"
	"uptree/generator/model"
	"uptree/generator/rollup"
)

// maxCards bounds the objectives that a node's page shows with their budgets.
const maxCards = 6

// stateSpec is how a state of an objective is shown.
type stateSpec struct {
	mark  Mark
	alone Word // the state
	count Word // so many are in it
}

// stateSpecs is indexed by rollup.ObjectiveState.
var stateSpecs = [...]stateSpec{
	rollup.NoData:   {MarkQuiet, wStateNoData, wCountNoData},
	rollup.Met:      {MarkOK, wStateMet, wCountMet},
	rollup.AtRisk:   {MarkRisk, wStateAtRisk, wCountAtRisk},
	rollup.Breached: {MarkBad, wStateBreached, wCountBreached},
}

func objectiveState(s rollup.ObjectiveState) Span {
	return marked(stateSpecs[s].mark, words(say(stateSpecs[s].alone)))
}

func levelAnchor(id string) string { return "slo-" + content.EncodeID(id) }

// objectivePath is where an objective stands: its row on its subject's page.
func (p *Plan) objectivePath(i int32) string {
	o := &p.model.Objectives[i]
	if o.Subject.Unknown != "" {
		return cracksPath + "#objective-subject"
	}
	return p.path(objectiveSubject(o)) + "#" + levelAnchor(o.ID)
}

func (p *Plan) objectiveLink(i int32) Span {
	return link(p.model.Objectives[i].Title, p.objectivePath(i))
}

// levels are the objectives of the subject.
func (c *composer) levels() Levels {
	if c.rows.objectives < 0 || len(c.model.Objectives) == 0 || c.generated() && c.subject != rollup.OfNode(0) {
		return Levels{}
	}
	all := c.cube.Objectives(c.subject)
	l := Levels{Section: Section{ID: "levels", Title: say(wLevels), Lead: say(c.levelsLead())}}
	states := c.stats[c.rows.objectives][c.period].States
	if states != nil && len(all) > 0 {
		l.States = countedStates(states)
	}
	if c.subject.Kind == rollup.NodeSubject {
		c.nodeLevels(&l, all)
		return l
	}
	for _, i := range all {
		l.Full = append(l.Full, c.fullLevel(i))
	}
	if len(all) == 0 {
		l.Lead, l.Empty = Sentence{}, say(wLevelsEmpty)
	}
	return l
}

func (c *composer) levelsLead() Word {
	if c.subject.Kind == rollup.NodeSubject {
		return wLevelsLeadNode
	}
	return wLevelsLead
}

func (c *composer) nodeLevels(l *Levels, all []int32) {
	n := model.NodeIdx(c.subject.Index)
	for _, i := range all {
		if len(l.Cards) == maxCards || c.cube.Objective(i).State < rollup.AtRisk {
			break
		}
		l.Cards = append(l.Cards, c.levelCard(i))
	}
	l.Own = c.ownLevels(n, all)
	l.Journeys = c.journeyLevels(n)
	l.Without = c.without(n)
	if len(all) > 0 {
		l.More = Cell{words(sayN(wLevelsAll, len(all)))}
	} else {
		l.Lead, l.Empty = Sentence{}, say(wLevelsEmptyNode)
	}
}

// countedStates counts the objectives in each state, the gravest first.
func countedStates(s *rollup.StateCounts) Cell {
	var out []Span
	for _, of := range stateCounts(s) {
		if of.n > 0 {
			out = append(out, marked(stateSpecs[of.state].mark, words(sayN(stateSpecs[of.state].count, of.n))))
		}
	}
	return spaced(out)
}

// stateCount is how many objectives are in a state.
type stateCount struct {
	state rollup.ObjectiveState
	n     int
}

func stateCounts(s *rollup.StateCounts) []stateCount {
	return []stateCount{{rollup.Breached, s.Breached}, {rollup.AtRisk, s.AtRisk}, {rollup.Met, s.Met}, {rollup.NoData, s.NoData}}
}

// levelCard is an objective as it stands.
func (c *composer) levelCard(i int32) LevelCard {
	o, r := &c.model.Objectives[i], c.cube.Objective(i)
	card := LevelCard{Title: c.objectiveLink(i), State: objectiveState(r.State), Small: c.smallBurndown(i)}
	if s := objectiveSubject(o); o.Subject.Unknown == "" && s != c.subject {
		card.Subject = c.subjectLink(s)
	}
	card.Lines = append(card.Lines, c.budgetLine(o, r)...)
	card.Lines = append(card.Lines, c.reasonLine(o, r))
	if line := c.decisionLine(i); line != nil {
		card.Lines = append(card.Lines, line)
	}
	return card
}

// ownLevels lists the objectives that a node answers for itself.
func (c *composer) ownLevels(n model.NodeIdx, all []int32) Table {
	t := Table{
		ID: "objective-list", Caption: say(wLevelsOwn), Stack: true,
		Columns: []Column{{Head: say(wObjective)}, {Head: say(wOf)}, {Head: say(wState)}, {Head: say(wStatus), Number: true}, {Head: say(wTarget), Number: true}, {Head: say(wBudgetLeft), Number: true}},
	}
	for _, i := range all {
		o, r := &c.model.Objectives[i], c.cube.Objective(i)
		if o.Subject.Home != n || len(t.Rows) == maxServices {
			continue
		}
		t.Rows = append(t.Rows, Row{Cells: []Cell{
			{c.objectiveLink(i)}, {c.subjectLink(objectiveSubject(o))}, {objectiveState(r.State)},
			{text(statusText(o, r))}, {text(targetText(o))}, {text(leftText(r))},
		}})
	}
	return t
}

// without lists the services that a node answers for and that have no objective of their
// own; further up they are only counted.
func (c *composer) without(n model.NodeIdx) LevelWithout {
	states := c.stats[c.rows.objectives][c.period].States
	if states == nil || states.Without == 0 {
		return LevelWithout{}
	}
	out := LevelWithout{Open: sayN(wWithout, states.Without)}
	var services []Span
	for at := n; at < c.model.Nodes[n].End; at++ {
		for _, s := range c.model.Nodes[at].Services {
			if c.model.Services[s].Living && !c.model.ServiceCovered(model.SLOs, s) {
				services = append(services, c.serviceLink(s))
			}
		}
	}
	shown := services[:min(len(services), maxWithout)]
	if more := len(services) - len(shown); more > 0 {
		shown = append(shown[:len(shown):len(shown)], words(sayN(wMore, more)))
	}
	out.Services = joined(shown)
	return out
}

// maxWithout bounds the services that are named for having no objective.
const maxWithout = 20

// journeyLevels lists the journeys with an objective of which a node carries a part, with
// the state of that part beside the whole's.
func (c *composer) journeyLevels(n model.NodeIdx) Table {
	t := Table{
		ID: "journey-levels", Caption: say(wJourneyLevels), Stack: true,
		Columns: []Column{{Head: say(wJourney)}, {Head: say(wAnswers)}, {Head: say(wWhole)}, {Head: say(wPartHere)}, {Head: say(wServicesHere)}},
	}
	for _, part := range c.cube.JourneyParts(n) {
		if part.Whole.Objective == model.NoIndex || len(t.Rows) == maxJourneys {
			continue
		}
		var services []Span
		for _, s := range part.Services[:min(len(part.Services), maxHit)] {
			services = append(services, c.serviceLink(s))
		}
		if more := len(part.Services) - maxHit; more > 0 {
			services = append(services, words(sayN(wMore, more)))
		}
		t.Rows = append(t.Rows, Row{Cells: []Cell{
			{c.journeyLink(part.Journey)}, {c.nodeLink(c.model.Journeys[part.Journey].Home)}, c.gravest(part.Whole), c.gravest(part.Part), joined(services),
		}})
	}
	return t
}

// gravest is a state with the objective that stands so.
func (c *composer) gravest(g rollup.Gravest) Cell {
	if g.Objective == model.NoIndex {
		return Cell{words(say(wNoObjective))}
	}
	return Cell{objectiveState(g.State), text(" · "), c.objectiveLink(g.Objective)}
}
