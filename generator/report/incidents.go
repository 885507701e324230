package report

import (
	"slices"

	"uptree/generator/model"
	"uptree/generator/rollup"
)

// maxIncidents bounds the rows of the table on a page; index.json lists more.
const maxIncidents = 12

// maxIncidentsAbove is the bound at a node with children, whose pages list theirs.
const maxIncidentsAbove = 10

// incidents is the block of a subject's incidents: chart, list, response, narratives.
func (c *composer) incidents() Incidents {
	rows := c.cube.Incidents(c.subject, c.period)
	if c.rows.incidentTime < 0 || len(rows) == 0 && !known(c.stats[c.rows.incidentTime]) {
		return Incidents{}
	}
	in := Incidents{
		Section: Section{ID: "incidents", Title: say(wIncidents), Lead: c.incidentLead()},
		Hours:   c.responseHours("response-hours"), Lengths: c.responseLengths("response-lengths"), Learned: c.learning(),
	}
	if in.Hours != nil {
		in.Behind = c.behindResponse()
	}
	if c.hadIncidents() {
		in.Chart = c.incidentChart("incident-chart")
	}
	if len(rows) == 0 {
		in.Empty = say(wIncidentsEmpty, c.periodArg())
		return in
	}
	shown := rows[:min(len(rows), c.maxIncidents())]
	in.Stories, in.Themes = c.stories(shown), c.themesHere()
	in.Table = c.incidentTable(shown)
	if more := len(rows) - len(shown); more > 0 {
		in.Table.More = sayN(wMoreIncidents, more, arg("file", linked(say(wRecordsJSON), beside("index.json"))))
	}
	return in
}

// hadIncidents reports whether there was incident time in any period of the page.
func (c *composer) hadIncidents() bool {
	return slices.ContainsFunc(c.stats[c.rows.incidentTime], func(cell rollup.Cell) bool { return cell.Value > 0 })
}

func (c *composer) maxIncidents() int {
	if c.subject.Kind == rollup.NodeSubject && len(c.model.Nodes[c.subject.Index].Children) > 0 {
		return maxIncidentsAbove
	}
	return maxIncidents
}

// incidentLead says where most of the time came from, when most of it came from one place.
func (c *composer) incidentLead() Sentence {
	cell := &c.stats[c.rows.incidentTime][c.period]
	if !cell.Known || cell.Value == 0 {
		return Sentence{}
	}
	for _, p := range cell.Segments {
		if spec := partOf(p.Name); spec != nil && p.Value > cell.Value/2 {
			return say(wMostTime, arg("part", words(say(spec.alone))), c.periodArg(),
				argText("value", Figure(rollup.Seconds, p.Value, 0)), argText("of", Figure(rollup.Seconds, cell.Value, 0)))
		}
	}
	return Sentence{}
}

func (c *composer) incidentTable(rows []rollup.Row) Table {
	t := Table{
		ID: "incident-list", Caption: say(wIncidentList, c.periodArg()), Stack: true,
		Columns: []Column{
			{Head: say(wIncident)}, {Head: say(wBegan)}, {Head: say(wSeverity)}, {Head: say(wLasted), Number: true},
			{Head: say(wCause)}, {Head: say(c.hitWord())}, {Head: say(wResponse), Number: true},
		},
	}
	for _, r := range rows {
		t.Rows = append(t.Rows, Row{Cells: c.incidentCells(r)})
	}
	return t
}

func (c *composer) incidentCells(r rollup.Row) []Cell {
	in := &c.model.Incidents[r.Incident]
	return []Cell{
		c.incidentTitle(in), {c.began(in)}, {c.severity(in)}, c.lasted(in),
		c.cause(r, in), c.hit(in), c.response(in),
	}
}

func (p *Plan) began(in *model.Incident) Span {
	return Span{Text: p.recent(in.Start()), Stamp: &Stamp{At: shortStamp(in.Start())}}
}

// recent prints a moment, with its year only where that is not the present one.
func (p *Plan) recent(t model.Time) string {
	c := p.model.Calendar
	if d := c.DayAt(t); d.Date().Year() == c.DayAt(p.model.AsOf).Date().Year() {
		return p.Words.ShortDay(d) + " " + clock(c, t)
	}
	return p.Words.Moment(c, t)
}

// incidentTitle links the record in the system it came from and, where a team wrote about
// the incident, its words further down.
func (c *composer) incidentTitle(in *model.Incident) Cell {
	out := Cell{incidentLink(in)}
	if in.Planned {
		out = append(out, text(" "), marked(MarkPlanned, words(say(wPlanned))))
	}
	if c.told[in.ID] {
		out = append(out, text(" "), linked(say(wStoryLink), "#"+storyAnchor(in.ID)))
	}
	return out
}

func incidentLink(in *model.Incident) Span {
	title := in.Title
	if title == "" {
		title = in.ID
	}
	if in.URL == "" {
		return name(title)
	}
	return away(title, in.URL)
}

func (p *Plan) severity(in *model.Incident) Span {
	return p.orNotRecorded(p.model.Severities[in.Severity])
}

func (p *Plan) orNotRecorded(word string) Span {
	if word == "" {
		return words(say(wNotRecorded))
	}
	return name(word)
}

// lasted is the whole length of the impact, not clipped to the period.
func (p *Plan) lasted(in *model.Incident) Cell {
	d := text(Duration(float64(in.End - in.Start())))
	if in.Open {
		return Cell{words(say(wSoFar, arg("duration", d)))}
	}
	return Cell{d}
}

// cause says where the cause lies, seen from here.
func (c *composer) cause(r rollup.Row, in *model.Incident) Cell {
	switch {
	case in.Planned:
		return Cell{text(dash)}
	case !r.Impacted:
		return Cell{marked(MarkExported, words(say(wExportedTo, arg("nodes", c.firstNode(in.Homes)))))}
	case r.Class == rollup.Own:
		return Cell{marked(MarkOwn, words(say(wOwn)))}
	case r.Class == rollup.Inherited && len(in.CauseHomes) > 0:
		return Cell{marked(MarkInherited, words(say(wInheritedFrom, arg("nodes", c.firstNode(in.CauseHomes)))))}
	}
	return Cell{marked(MarkUnrecorded, words(say(wUnrecorded)))}
}

// firstNode links the first of some nodes and counts the others.
func (p *Plan) firstNode(nodes []model.NodeIdx) Span {
	if len(nodes) == 0 {
		return text(dash)
	}
	if len(nodes) == 1 {
		return p.nodeLink(nodes[0])
	}
	return words(sayN(wAndMore, len(nodes)-1, arg("first", p.nodeLink(nodes[0]))))
}

// maxHit bounds how many of the parts that an incident hit are named.
const maxHit = 3

// hit names what an incident hit here: services, and at a node with children the children.
func (c *composer) hit(in *model.Incident) Cell {
	var spans []Span
	seen := map[rollup.Subject]bool{}
	for _, s := range in.Services {
		part, inside := c.partHit(s)
		if !inside || seen[part] {
			continue
		}
		seen[part] = true
		spans = append(spans, c.subjectLink(part))
	}
	switch {
	case len(spans) == 0:
		return Cell{text(dash)}
	case len(spans) > maxHit:
		more := words(sayN(wMore, len(spans)-maxHit))
		spans = append(spans[:maxHit], more)
	}
	return joined(spans)
}

// hitWord heads the column of what was hit: at a service the others, else the parts.
func (c *composer) hitWord() Word {
	if c.subject.Kind == rollup.ServiceSubject {
		return wAlsoHit
	}
	return wHitHere
}

// partHit is the part of the subject that holds a service: the child of a node, the service
// itself; at a service the other ones. It is false for what is not listed.
func (c *composer) partHit(s model.ServiceIdx) (rollup.Subject, bool) {
	switch c.subject.Kind {
	case rollup.ServiceSubject:
		return rollup.OfService(s), c.subject != rollup.OfService(s)
	case rollup.JourneySubject:
		return rollup.OfService(s), slices.Contains(c.model.Journeys[c.subject.Index].Services, s)
	}
	n, home := model.NodeIdx(c.subject.Index), c.model.Services[s].Home
	if !c.model.In(home, n) {
		return rollup.Subject{}, false
	}
	for _, child := range c.model.Nodes[n].Children {
		if c.model.In(home, child) {
			return rollup.OfNode(child), true
		}
	}
	return rollup.OfService(s), true
}

// response lists the lengths of the phases in order: detect, acknowledge, identify, mitigate.
func (c *composer) response(in *model.Incident) Cell {
	if in.Planned {
		return Cell{text(dash)}
	}
	var spans []Span
	missing := 0
	for m := model.Detected; m <= model.Mitigated; m++ {
		d, ok := phaseLength(in, m)
		if !ok {
			missing++
			d = dash
		}
		spans = append(spans, text(d))
	}
	if missing == len(spans) {
		return Cell{words(say(wNotRecorded))}
	}
	return spaced(spans)
}

func phaseLength(in *model.Incident, m model.Phase) (string, bool) {
	from, to := in.Moments[m-1], in.Moments[m]
	if !from.Known() || !to.Known() || to < from {
		return "", false
	}
	return Clock(float64(to - from)), true
}
