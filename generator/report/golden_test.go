package report_test

import (
	"flag"
	"fmt"
	"os"
	"reflect"
	"strings"
	"testing"

	"uptree/generator/report"
)

var update = flag.Bool("update", false, "write the golden files anew")

// TestTheSiteSaysWhatItSaid holds pages of a small site, one of each kind, against a golden
// file, so that every change of what readers see is seen in review.
func TestTheSiteSaysWhatItSaid(t *testing.T) {
	plan := planOf(t, "testdata/tiny", asOf)
	d := dump{words: plan.Words}
	for _, path := range []string{"org/payments/index.html", "service/card-api/index.html", "journey/pay/index.html",
		"org/_not-owned/index.html", "conversations/index.html", "changes/index.html", "map/index.html", "cracks/index.html", "data/index.html", "guide/reading/index.html", "404.html"} {
		page := pageAt(t, plan, path)
		fmt.Fprintf(&d.out, "== %s: %s (%s)\n", page.Path, page.Title, page.Kind)
		page.Site, page.Tree, page.Periods, page.Twin = nil, nil, nil, nil
		if page.Path != "org/payments/index.html" {
			page.Beside = nil // one explains what the others do
		} else {
			page.Beside.Site, page.Beside.Tree = nil, nil
		}
		d.value(0, "", reflect.ValueOf(page).Elem())
	}
	const golden = "testdata/tiny.golden"
	if *update {
		if err := os.WriteFile(golden, []byte(d.out.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if at, got, old := firstDifference(d.out.String(), string(want)); at > 0 {
		t.Errorf("%s:%d\n got %s\nwant %s\n(go test -update writes it anew)", golden, at, got, old)
	}
}

func firstDifference(got, want string) (line int, g, w string) {
	a, b := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range max(len(a), len(b)) {
		g, w = at(a, i), at(b, i)
		if g != w {
			return i + 1, g, w
		}
	}
	return 0, "", ""
}

func at(lines []string, i int) string {
	if i < len(lines) {
		return lines[i]
	}
	return "(end)"
}

// dump prints the blocks of a page with their sentences, leaving out what is empty.
type dump struct {
	words   *report.Words
	details map[string]bool // formulas of the details that were printed
	out     strings.Builder
}

func (d *dump) seen(x report.Detail) {
	if d.details == nil {
		d.details = map[string]bool{}
	}
	d.details[x.Formula] = true
}

func (d *dump) line(depth int, name, text string) {
	fmt.Fprintf(&d.out, "%s%s: %s\n", strings.Repeat("  ", depth), name, plain(text))
}

func (d *dump) value(depth int, name string, v reflect.Value) {
	if v.IsZero() {
		return
	}
	switch x := v.Interface().(type) {
	case report.Sentence:
		d.line(depth, name, d.words.Plain(x))
		return
	case report.Span:
		d.line(depth, name, d.span(x))
		return
	case report.Cell:
		d.line(depth, name, d.cell(x))
		return
	case report.Row:
		var cells []string
		for _, c := range x.Cells {
			cells = append(cells, d.cell(c))
		}
		d.line(depth, name, strings.Join(cells, " | "))
		return
	case report.Detail:
		if d.details[x.Formula] {
			return // the first page shows it
		}
		d.seen(x)
	case report.Prose:
		for _, part := range x {
			d.value(depth, "HTML", reflect.ValueOf(string(part.HTML)))
			d.value(depth, "Chart", reflect.ValueOf(part.Chart))
		}
		return
	case report.Chart:
		d.line(depth, name, fmt.Sprintf("%s %q, %d points, %d series. %s", x.Kind, x.Title, len(x.X), len(x.Series), x.Summary))
		return
	}
	d.compound(depth, name, v)
}

func (d *dump) compound(depth int, name string, v reflect.Value) {
	switch v.Kind() {
	case reflect.Pointer:
		d.value(depth, name, v.Elem())
	case reflect.Struct:
		if name != "" {
			d.line(depth, name, "")
			depth++
		}
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				d.value(depth, v.Type().Field(i).Name, v.Field(i))
			}
		}
	case reflect.Slice:
		for i := range v.Len() {
			d.value(depth, name, v.Index(i))
		}
	default:
		d.line(depth, name, strings.TrimSpace(fmt.Sprint(v.Interface())))
	}
}

func (d *dump) span(s report.Span) string {
	out := s.Text
	if out == "" && s.Say != nil {
		out = d.words.Plain(*s.Say)
	}
	if s.Mark != report.NoMark {
		out = "[" + s.Mark.String() + "] " + out
	}
	if s.Href != "" {
		out += " <" + s.Href + ">"
	}
	return out
}

func (d *dump) cell(c report.Cell) string {
	var b strings.Builder
	for _, s := range c {
		b.WriteString(d.span(s))
	}
	return b.String()
}
