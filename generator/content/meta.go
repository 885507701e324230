package content

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"uptree/generator/decode"
	"uptree/generator/diag"
)

// maxFrontMatter bounds front matter, in bytes.
const maxFrontMatter = 64 << 10

// readFrontMatter fills the document's Meta with what can be used of its front matter.
func (d *Doc) readFrontMatter(m matter) diag.List {
	if m.fault == "" && len(m.toml) > maxFrontMatter {
		m.fault, m.hint = "front matter is larger than 64 KiB", "write prose below it"
	}
	if m.fault != "" {
		return diag.List{d.Problem(diag.FrontMatter, diag.Pos{File: d.File, Line: 1}, m.fault, m.hint)}
	}
	t := decode.TOML(d.File, []byte(m.toml), 2)
	d.Meta.Title = prose(t, "title")
	d.Meta.ReviewBy = date(t, "review_by")
	d.Meta.Tags = tags(t)
	d.Meta.Links = readLinks(t)
	d.Meta.Marks = readMarks(t)
	d.Meta.Caveats = readCaveats(t)
	d.Meta.Asks = readAsks(t)
	d.Meta.Provides = readProvides(t)
	d.Meta.Decisions = readDecisions(t)
	d.Meta.Tradeoffs = readTradeoffs(t)
	d.withoutFigures(t)
	t.Unused()
	return t.Problems()
}

// withoutFigures drops what belongs beside figures in a document about something that has
// none, and what a level provides in one that is about no level.
func (d *Doc) withoutFigures(t *decode.Table) {
	if d.Kind == Page || d.Kind == Incident {
		d.refuse(t, "write them for the node or service whose figures they are about",
			"marks", "caveats", "asks", "decisions", "tradeoffs", "provides")
		d.Meta.Marks, d.Meta.Caveats = nil, nil
		d.Meta.Asks, d.Meta.Decisions, d.Meta.Tradeoffs, d.Meta.Provides = nil, nil, nil, nil
	}
	if d.Kind == Service || d.Kind == Journey {
		d.refuse(t, "write them for the node whose leader provides it", "provides")
		d.Meta.Provides = nil
	}
}

func (d *Doc) refuse(t *decode.Table, hint string, keys ...string) {
	for _, key := range keys {
		if t.Has(key) {
			t.Report(diag.FrontMatter, key, fmt.Sprintf("a document about a %s has no %s", d.Kind, key), hint)
		}
	}
}

func readLinks(t *decode.Table) []Link {
	var out []Link
	for _, link := range t.Array("links") {
		l := Link{Title: prose(link, "title"), URL: word(link, "url"), At: link.ValuePos("url")}
		if required(link, "url", l.URL) {
			out = append(out, l)
		}
	}
	return out
}

func readMarks(t *decode.Table) []Mark {
	var out []Mark
	for _, mark := range t.Array("marks") {
		m := Mark{
			Date: date(mark, "date"), Text: prose(mark, "text"),
			Metric: word(mark, "metric"), At: mark.ValuePos("metric"),
		}
		dated := required(mark, "date", m.Date.String())
		if required(mark, "text", m.Text) && dated {
			out = append(out, m)
		}
	}
	return out
}

func readCaveats(t *decode.Table) []Caveat {
	var out []Caveat
	for _, caveat := range t.Array("caveats") {
		kind, _ := oneOf(caveat, "kind", "kind of caveat", Note, Disputed, Pilot)
		c := Caveat{
			Metric: word(caveat, "metric"), Text: prose(caveat, "text"),
			Kind: kind, At: caveat.ValuePos("metric"),
		}
		c.Since, c.Until = term(caveat)
		named := required(caveat, "metric", c.Metric)
		if required(caveat, "text", c.Text) && named {
			out = append(out, c)
		}
	}
	return out
}

// term reads the first and the last day on which something holds.
func term(t *decode.Table) (since, until Date) {
	since, until = date(t, "since"), date(t, "until")
	if !since.IsZero() && !until.IsZero() && until.Before(since) {
		t.Report(diag.OutOfRange, "until", "until is before since", "until is the last day on which it holds")
		until = Date{} // better shown for too long than not at all
	}
	return since, until
}

// oneOf reads a word of a closed set. It is the first of them where it is absent or, which
// is a problem and not ok, none of them.
func oneOf[T ~string](t *decode.Table, key, what string, set ...T) (v T, ok bool) {
	given := T(word(t, key))
	if given == "" || slices.Contains(set, given) {
		return cmp.Or(given, set[0]), true
	}
	var names []string
	for _, v := range set {
		names = append(names, string(v))
	}
	hint := cmp.Or(diag.DidYouMean(string(given), names), "use one of "+strings.Join(names, ", "))
	t.Report(diag.OutOfRange, key, fmt.Sprintf("unknown %s %q", what, clip(string(given))), hint)
	return set[0], false
}

// required reports a key that is absent or empty. One of the wrong type has been
// reported already.
func required(t *decode.Table, key, value string) bool {
	if value == "" && (!t.Has(key) || t.Kind(key) == "a string") {
		t.Report(diag.MissingKey, key, fmt.Sprintf("%s has no %s", t.Label(), key), "")
	}
	return value != ""
}

// prose reads a string as one line of text. A person in it is reported, and taken out.
func prose(t *decode.Table, key string) string {
	s := word(t, key)
	if found, _, ok := person(s); ok {
		t.Report(diag.PersonInContext, key, found+" in "+key, personHint)
	}
	return withoutPersons(s)
}

// word reads a string as one line.
func word(t *decode.Table, key string) string {
	var s string
	t.String(key, &s)
	return oneLine(s)
}

func oneLine(s string) string {
	return strings.Join(strings.Fields(cleanText([]byte(s))), " ")
}

// dated reports a day that is absent. One that cannot be read has been reported already.
func dated(t *decode.Table, key string) bool {
	if !t.Has(key) {
		t.Report(diag.MissingKey, key, fmt.Sprintf("%s has no %s", t.Label(), key), "")
	}
	return t.Has(key)
}

func date(t *decode.Table, key string) Date {
	var at time.Time
	if !t.Date(key, &at) {
		return Date{}
	}
	return DateOf(at)
}

func tags(t *decode.Table) []string {
	var list, out []string
	t.Strings("tags", &list)
	for _, tag := range list {
		if found, _, ok := person(tag); ok {
			t.Report(diag.PersonInContext, "tags", found+" in tags", personHint)
		}
		if tag = oneLine(tag); tag != "" {
			out = append(out, tag)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}
