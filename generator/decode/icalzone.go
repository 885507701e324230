package decode

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"uptree/generator/diag"
)

// icalZones finds the zones that a calendar names: by the names of the zone database,
// which are right for all years, by those of Windows, and else by what the calendar itself
// says of the zone.
type icalZones struct {
	*findings
	byName  map[string]*time.Location // nil: not in the database
	own     map[string]ownZone
	unknown map[string]bool // reported
}

// maxUnknown bounds how many unknown zones are reported.
const maxUnknown = 20

// resolve places a local time in a zone. "" is no zone.
func (z *icalZones) resolve(zone string, local time.Time) (time.Time, bool) {
	if zone == "" {
		return time.Time{}, false
	}
	location, met := z.byName[zone]
	if !met {
		location = loadZone(zone)
		z.byName[zone] = location
	}
	if location != nil {
		y, m, d := local.Date()
		return time.Date(y, m, d, local.Hour(), local.Minute(), local.Second(), 0, location), true
	}
	if own, ok := z.own[zone]; ok {
		return local.Add(-own.offset(local)), true
	}
	if !z.unknown[zone] && len(z.unknown) < maxUnknown {
		z.unknown[zone] = true
		z.problems.Add(diag.Problem{
			Code: diag.BadValue, Pos: diag.Pos{File: z.file},
			Text: fmt.Sprintf("the time zone %q is known to nobody and not described in the calendar", shorten(zone)),
			Hint: "its times are read in the site's zone",
		})
	}
	return time.Time{}, false
}

// loadZone finds a zone in the database. Some programs put their own path before its name.
func loadZone(name string) *time.Location {
	if iana, ok := windowsZone(name); ok {
		name = iana
	}
	for name != "" && name != "Local" {
		if location, err := time.LoadLocation(name); err == nil {
			return location
		}
		rest := strings.TrimPrefix(name, "/")
		if rest == name {
			_, rest, _ = strings.Cut(name, "/")
		}
		if !strings.Contains(rest, "/") {
			return nil
		}
		name = rest
	}
	return nil
}

// ownZone is a zone as a calendar describes it.
type ownZone []observance

// observance is one of the offsets of a zone and when it begins: once, on some dates, or
// every year on the nth weekday of a month, counted from its end if negative.
type observance struct {
	start, until time.Time // local
	from, to     time.Duration
	dates        []time.Time
	yearly       bool
	month        time.Month
	nth          int
	weekday      time.Weekday
}

// offset is the offset from UTC that holds at a local time.
func (z ownZone) offset(local time.Time) time.Duration {
	var latest time.Time
	offset := z[0].from
	for i := range z {
		if at, ok := z[i].onset(local); ok && !at.Before(latest) {
			latest, offset = at, z[i].to
		}
	}
	return offset
}

// onset is when the observance last began, up to a local time.
func (o *observance) onset(local time.Time) (at time.Time, ok bool) {
	candidates := append([]time.Time{o.start}, o.dates...)
	if o.yearly {
		for year := local.Year() - 1; year <= local.Year(); year++ {
			if t := o.inYear(year); t.After(o.start) && (o.until.IsZero() || !t.After(o.until)) {
				candidates = append(candidates, t)
			}
		}
		// A rule that has ended leaves its last year behind.
		if t := o.inYear(o.until.Year()); !o.until.IsZero() && !t.After(o.until) {
			candidates = append(candidates, t)
		}
	}
	for _, t := range candidates {
		if !t.After(local) && !t.Before(at) {
			at, ok = t, true
		}
	}
	return at, ok
}

func (o *observance) inYear(year int) time.Time {
	first := time.Date(year, o.month, 1, o.start.Hour(), o.start.Minute(), o.start.Second(), 0, time.UTC)
	if o.nth > 0 {
		ahead := (int(o.weekday) - int(first.Weekday()) + 7) % 7
		return first.AddDate(0, 0, ahead+7*(o.nth-1))
	}
	last := first.AddDate(0, 1, -1)
	back := (int(last.Weekday()) - int(o.weekday) + 7) % 7
	return last.AddDate(0, 0, -back+7*(o.nth+1))
}

// maxZoneRules bounds the observances and dates of the zones of one calendar.
const maxZoneRules = 500

// readZones reads the zones that a calendar describes, which may stand behind its events.
func readZones(f *findings, text []byte) icalZones {
	z := icalZones{findings: f, byName: map[string]*time.Location{}, own: map[string]ownZone{}, unknown: map[string]bool{}}
	var name string
	var zone ownZone
	inside, rules := false, 0
	for lines := (icalLines{text: text}); rules < maxZoneRules; {
		_, raw, ok := lines.next()
		if !ok {
			break
		}
		p, _ := parseProperty(raw)
		switch kind := strings.ToLower(p.value); {
		case p.name == "begin" && kind == "vtimezone":
			inside, name, zone = true, "", nil
		case !inside:
		case p.name == "end" && kind == "vtimezone":
			if inside = false; len(zone) > 0 {
				z.own[name] = zone
			}
		case p.name == "begin":
			zone = append(zone, observance{})
			rules++
		case p.name == "tzid":
			name = p.value
		case len(zone) > 0:
			zone[len(zone)-1].note(p)
			rules++
		}
	}
	return z
}

// note reads a property of an observance.
func (o *observance) note(p property) {
	switch p.name {
	case "dtstart":
		o.start, _ = time.Parse(icalLocal, p.value)
	case "tzoffsetfrom":
		o.from = zoneOffset(p.value)
	case "tzoffsetto":
		o.to = zoneOffset(p.value)
	case "rdate":
		if t, err := time.Parse(icalLocal, p.value); err == nil {
			o.dates = append(o.dates, t)
		}
	case "rrule":
		o.rule(p.value)
	}
}

// zoneOffset reads +0100 or -075258.
func zoneOffset(text string) time.Duration {
	if len(text) < 5 {
		return 0
	}
	n, err := strconv.Atoi(text[1:] + "00"[:max(0, 7-len(text))])
	if err != nil || n < 0 || n > 235959 {
		return 0
	}
	d := time.Duration(n/10000)*time.Hour + time.Duration(n/100%100)*time.Minute + time.Duration(n%100)*time.Second
	if text[0] == '-' {
		return -d
	}
	return d
}

var icalWeekdays = []string{"SU", "MO", "TU", "WE", "TH", "FR", "SA"}

// rule reads FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU;UNTIL=20061029T090000Z. Zones have no other.
func (o *observance) rule(text string) {
	month := 0
	for part := range strings.SplitSeq(strings.ToUpper(text), ";") {
		key, value, _ := strings.Cut(part, "=")
		switch key {
		case "BYMONTH":
			month, _ = strconv.Atoi(value)
		case "BYDAY":
			if n := len(value); n >= 3 {
				o.nth, _ = strconv.Atoi(value[:n-2])
				o.weekday = time.Weekday(slices.Index(icalWeekdays, value[n-2:]))
			}
		case "UNTIL":
			if t, err := time.Parse(icalLocal, strings.TrimSuffix(value, "Z")); err == nil {
				o.until = t.Add(o.from) // given in UTC
			}
		}
	}
	o.month = time.Month(month)
	o.yearly = month >= 1 && month <= 12 && o.weekday >= 0 && o.nth >= -5 && o.nth <= 5 && o.nth != 0
}
