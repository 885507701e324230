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
		return diag.List{d.problem(diag.FrontMatter, diag.Pos{File: d.File, Line: 1}, m.fault, m.hint)}
	}
	t := decode.TOML(d.File, []byte(m.toml), 2)
	d.Meta.Title = prose(t, "title")
	d.Meta.ReviewBy = date(t, "review_by")
	d.Meta.Tags = tags(t)
	d.Meta.Links = readLinks(t)
	d.Meta.Marks = readMarks(t)
	d.Meta.Caveats = readCaveats(t)
	d.withoutFigures(t)
	t.Unused()
	return t.Problems()
}

// withoutFigures drops what is said of figures in a document about something that has
// none.
func (d *Doc) withoutFigures(t *decode.Table) {
	if d.Kind != Page && d.Kind != Incident {
		return
	}
	for _, key := range []string{"marks", "caveats"} {
		if t.Has(key) {
			t.Report(diag.FrontMatter, key, fmt.Sprintf("a document about a %s has no %s", d.Kind, key),
				"write them for the node or service whose figures they are about")
		}
	}
	d.Meta.Marks, d.Meta.Caveats = nil, nil
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
		c := Caveat{
			Metric: word(caveat, "metric"), Text: prose(caveat, "text"),
			Since: date(caveat, "since"), Until: date(caveat, "until"),
			Kind: caveatKind(caveat), At: caveat.ValuePos("metric"),
		}
		if !c.Since.IsZero() && !c.Until.IsZero() && c.Until.Before(c.Since) {
			caveat.Report(diag.OutOfRange, "until", "until is before since", "until is the last day that the caveat is shown")
			c.Until = Date{} // better shown for too long than not at all
		}
		named := required(caveat, "metric", c.Metric)
		if required(caveat, "text", c.Text) && named {
			out = append(out, c)
		}
	}
	return out
}

// caveatKind is note unless something else is given.
func caveatKind(t *decode.Table) CaveatKind {
	kinds := []string{string(Note), string(Disputed), string(Pilot)}
	kind := cmp.Or(word(t, "kind"), string(Note))
	if slices.Contains(kinds, kind) {
		return CaveatKind(kind)
	}
	hint := diag.DidYouMean(kind, kinds)
	if hint == "" {
		hint = "kinds of caveats are " + strings.Join(kinds, ", ")
	}
	t.Report(diag.OutOfRange, "kind", fmt.Sprintf("unknown kind of caveat %q", clip(kind)), hint)
	return Note
}

// required reports a key that is absent or empty. One of the wrong type has been
// reported already.
func required(t *decode.Table, key, value string) bool {
	if value == "" && (!t.Has(key) || t.Kind(key) == "a string") {
		t.Report(diag.MissingKey, key, fmt.Sprintf("%s has no %s", t.Label(), key), "")
	}
	return value != ""
}

// prose reads a string as one line of text that names no person.
func prose(t *decode.Table, key string) string {
	s := word(t, key)
	if found, _, ok := person(s); ok {
		t.Report(diag.PersonInContext, key, found+" in "+key, personHint)
	}
	return s
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

func date(t *decode.Table, key string) Date {
	var at time.Time
	if !t.Date(key, &at) {
		return Date{}
	}
	return dateOf(at)
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
