package decode

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"uptree/generator/diag"
)

// icalReader reads the events of an iCalendar file (RFC 5545), each as one document:
//
//	{"summary": "Database upgrade", "dtstart": "2025-03-01T20:00:00Z",
//	 "dtend": "2025-03-01T22:00:00Z", "all_day": false, "exdate": [], "categories": [],
//	 "calendar": {"x_wr_calname": "Maintenance"},
//	 "properties": [{"name": "dtstart", "params": {"tzid": "Europe/Oslo"}, "value": "20250301T210000"}, …]}
//
// Every property is there by its name in lower case, with _ for -: as a list where the
// standard makes it one, else the first of that name. Times are RFC 3339 in UTC; those of
// no zone, and days, are local times without an offset, which the site's zone completes.
// dtend is exclusive, and follows from the duration where that is given instead. Rules of
// repetition are not expanded. Components other than events are passed over.
type icalReader struct {
	*findings
	lines    icalLines
	zones    icalZones
	open     []string       // components around the line
	calendar map[string]any // properties of the calendar, those before its events
	heading  bool           // no event of the calendar has been read
	rooted   bool           // a calendar has been opened
	ended    bool
}

func openICal(f *findings, text []byte) func() (Document, bool) {
	c := &icalReader{findings: f, lines: icalLines{text: text}, zones: readZones(f, text)}
	return c.next
}

func (c *icalReader) next() (Document, bool) {
	for {
		line, raw, ok := c.lines.next()
		if !ok {
			c.end()
			return Document{}, false
		}
		p, ok := parseProperty(c.repair(line, raw))
		switch {
		case !ok:
		case p.name == "begin" && strings.EqualFold(p.value, "vevent") && c.rooted:
			event, reason := c.event()
			switch reason {
			case "":
				return Document{line, event}, true
			case unended:
				c.rejectRest(line, diag.BadRecord, reason)
			default:
				c.reject(line, diag.BadRecord, reason)
			}
		default:
			c.outside(p)
		}
	}
}

func (c *icalReader) end() {
	if !c.rooted && !c.ended {
		c.rejectRest(1, diag.BadRecord, "it holds no BEGIN:VCALENDAR")
	}
	c.ended = true
}

// outside notes what stands around the events.
func (c *icalReader) outside(p property) {
	switch p.name {
	case "begin":
		if strings.EqualFold(p.value, "vcalendar") {
			c.rooted, c.heading, c.open, c.calendar = true, true, nil, map[string]any{}
		}
		if len(c.open) < maxDepth {
			c.open = append(c.open, p.value)
		}
	case "end":
		if n := len(c.open); n > 0 {
			c.open = c.open[:n-1]
		}
	default:
		if c.heading && len(c.open) == 1 && len(c.calendar) < maxProps {
			c.calendar[p.name] = unescapeText(p.value)
		}
	}
}

// icalLists are the properties that are lists, by commas and by being repeated.
var icalLists = []string{"categories", "exdate", "rdate", "resources"}

// unended says that the file ends in an event.
const unended = "an event without its end"

// event reads an event to its end, or says why it cannot be read.
func (c *icalReader) event() (value map[string]any, reason string) {
	c.heading = false
	e := map[string]any{"calendar": c.calendar, "all_day": false}
	for _, name := range icalLists {
		e[name] = []any{}
	}
	var all []any
	for inner := 0; ; {
		line, raw, ok := c.lines.next()
		if !ok {
			return nil, unended
		}
		p, ok := parseProperty(c.repair(line, raw))
		switch {
		case !ok && len(bytes.TrimSpace(raw)) > 0 && inner == 0:
			reason = "a line of an event without a colon"
		case p.name == "begin":
			inner++
		case p.name == "end" && inner > 0:
			inner--
		case p.name == "end":
			e["properties"] = all
			c.settle(e, all)
			return e, reason
		case inner > 0 || !ok:
		case len(all) == maxProps:
			reason = fmt.Sprintf("an event of more than %d properties", maxProps)
		default:
			c.note(e, p)
			all = append(all, p.document())
		}
	}
}

// note puts a property into an event.
func (c *icalReader) note(e map[string]any, p property) {
	if slices.Contains(icalLists, p.name) {
		list := e[p.name].([]any)
		for _, item := range splitList(p.value) {
			list = append(list, c.value(p, item))
		}
		e[p.name] = list
		return
	}
	if _, has := e[p.name]; !has {
		e[p.name] = c.value(p, p.value)
	}
}

// icalTimes are the properties that hold times.
var icalTimes = []string{"dtstart", "dtend", "due", "completed", "created", "dtstamp", "last_modified", "recurrence_id", "exdate", "rdate"}

func (c *icalReader) value(p property, text string) string {
	if slices.Contains(icalTimes, p.name) {
		if t, ok := c.zones.moment(p.param("tzid"), text); ok {
			return t.text()
		}
	}
	return unescapeText(text)
}

// settle adds what follows from the properties of an event.
func (c *icalReader) settle(e map[string]any, all []any) {
	start, ok := c.momentOf(all, "dtstart")
	if !ok {
		return
	}
	e["all_day"] = start.day
	_, given := c.momentOf(all, "dtend")
	switch length, has := e["duration"].(string); {
	case given:
	case has:
		if d, ok := icalDuration(length); ok {
			e["dtend"] = start.add(d).text()
		}
	case start.day:
		e["dtend"] = start.add(icalLength{days: 1}).text()
	}
}

// momentOf returns the time that the first property of a name holds.
func (c *icalReader) momentOf(all []any, name string) (icalMoment, bool) {
	for _, p := range all {
		p := p.(map[string]any)
		if p["name"] == name {
			zone, _ := p["params"].(map[string]any)["tzid"].(string)
			return c.zones.moment(zone, p["value"].(string))
		}
	}
	return icalMoment{}, false
}
