package content

import (
	"reflect"
	"strings"
	"testing"

	"uptree/generator/diag"
)

// team makes a document of an org node as Load does.
func team(text string) (*Doc, diag.List) {
	return newDoc("content/org/payments.md", subject{Node, "payments"}, []byte(text))
}

func TestFrontMatterIsRead(t *testing.T) {
	d, problems := team(`+++
title = "Payments  &\tmore"
review_by = 2026-12-10
tags = ["slow", " dns ", "slow"]
links = [{ title = "Dashboard", url = "https://x.example" }, { url = "service:a" }]

[[marks]]
date = "2026-10-01"
text = "New cluster"
metric = "incident_time"

[[caveats]]
metric = "incident_count"
text = "Counts drills"
since = 2026-01-02
until = 2026-02-03
kind = "disputed"

[[caveats]]
metric = "incident_time"
text = "By hand"
+++
Body`)
	if len(problems) != 0 {
		t.Fatalf("problems = %v", problems)
	}
	want := Meta{
		Title: "Payments & more", ReviewBy: Date{2026, 12, 10}, Tags: []string{"dns", "slow"},
		Links:   []Link{{Title: "Dashboard", URL: "https://x.example"}, {URL: "service:a"}},
		Marks:   []Mark{{Date: Date{2026, 10, 1}, Text: "New cluster", Metric: "incident_time"}},
		Caveats: []Caveat{{Metric: "incident_count", Text: "Counts drills", Since: Date{2026, 1, 2}, Until: Date{2026, 2, 3}, Kind: Disputed}, {Metric: "incident_time", Text: "By hand", Kind: Note}},
	}
	if at := d.Meta.Marks[0].At; at.Line != 10 {
		t.Errorf("the mark's metric is at %v, want line 10", at)
	}
	if got := withoutPlaces(d.Meta); !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
	if d.markdown() != "Body" {
		t.Errorf("body = %q", d.markdown())
	}
}

func withoutPlaces(m Meta) Meta {
	for i := range m.Links {
		m.Links[i].At = diag.Pos{}
	}
	for i := range m.Marks {
		m.Marks[i].At = diag.Pos{}
	}
	for i := range m.Caveats {
		m.Caveats[i].At = diag.Pos{}
	}
	for i := range m.Asks {
		m.Asks[i].At, m.Asks[i].ToAt, m.Asks[i].AgainstAt = diag.Pos{}, diag.Pos{}, diag.Pos{}
	}
	for i := range m.Provides {
		m.Provides[i].At = diag.Pos{}
	}
	for i := range m.Decisions {
		m.Decisions[i].At = diag.Pos{}
	}
	for i := range m.Tradeoffs {
		m.Tradeoffs[i].At = diag.Pos{}
	}
	return m
}

func TestWhatIsWrongWithFrontMatterLeavesTheBody(t *testing.T) {
	tests := []struct {
		name, matter string
		code         diag.Code
		at           string
		hint         string
	}{
		{"a key that does not exist", `titel = "x"`, diag.UnknownKey, ":2:1", `did you mean "title"?`},
		{"a key of a later version", "\nvotes = []", diag.UnknownKey, ":3:1", ""},
		{"a key that does not exist in a mark", "[[marks]]\ndate = 2026-01-01\ntext = \"x\"\nmetrik = \"y\"", diag.UnknownKey, ":5:1", `did you mean "metric"?`},
		{"a key in the wrong case", `Title = "x"`, diag.WrongCase, ":2:1", ""},
		{"a title that is a number", "title = 1", diag.WrongType, ":2:9", ""},
		{"a day that does not exist", `review_by = "2026-02-30"`, diag.OutOfRange, ":2:13", "2025-10-01"},
		{"a line that is no TOML", "title = \"x\"\n%%\n", diag.TOMLSyntax, ":3", ""},
		{"a link without an address", `links = [{ title = "x" }]`, diag.MissingKey, ":2:10", ""},
		{"a mark without a date", "[[marks]]\ntext = \"x\"", diag.MissingKey, ":2:", ""},
		{"a caveat without a text", "[[caveats]]\nmetric = \"x\"\ntext = \"\"", diag.MissingKey, ":4:8", ""},
		{"a caveat of an unknown kind", "[[caveats]]\nmetric = \"x\"\ntext = \"y\"\nkind = \"pilto\"", diag.OutOfRange, ":5:8", `did you mean "pilot"?`},
		{"a caveat that ends before it begins", "[[caveats]]\nmetric = \"x\"\ntext = \"y\"\nsince = 2026-02-01\nuntil = 2026-01-01", diag.OutOfRange, ":6:9", ""},
		{"a person in the title", `title = "Ask @kim"`, diag.PersonInContext, ":2:9", "role"},
		{"a person in a caveat", "[[caveats]]\nmetric = \"x\"\ntext = \"ask kim@acme.example\"", diag.PersonInContext, ":4:8", "role"},
		{"far too much", "# " + strings.Repeat("x", maxFrontMatter), diag.FrontMatter, ":1", ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			d, problems := team("+++\n" + test.matter + "\n+++\n\nBody *text*\n")
			if len(problems) != 1 || problems[0].Code != test.code {
				t.Fatalf("problems = %+v, want one %s", problems, test.code)
			}
			p := problems[0]
			if !strings.Contains(p.Pos.String(), "content/org/payments.md"+test.at) || !strings.Contains(p.Hint, test.hint) {
				t.Errorf("%v: %q, hint %q; want %q, hint %q", p.Pos, p.Text, p.Hint, test.at, test.hint)
			}
			if got, _ := markup(d, Options{}); got != "<p>Body <em>text</em></p>\n" {
				t.Errorf("body = %q", got)
			}
		})
	}
}

func TestFrontMatterThatIsNone(t *testing.T) {
	tests := []struct {
		name, in, body string
		hint           string // of the problem; empty for none
	}{
		{"no front matter", "A\n+++\nb\n+++\n", "A\n+++\nb\n+++\n", ""},
		{"empty front matter", "+++\n+++\nA", "A", ""},
		{"spaces behind the fences", "+++ \n+++\t\nA", "A", ""},
		{"behind a byte order mark", "\uFEFF+++\r\n+++\r\nA", "A", ""},
		{"nothing behind it", "+++\n+++", "", ""},
		{"not closed", "+++\n\nA", "\nA", "put a line of +++"},
		{"YAML", "---\ntitle: x\n---\nA", "A", "write it as TOML"},
		{"YAML that is not closed", "---\ntitle: x\n", "---\ntitle: x\n", "write it as TOML"},
		{"a rule before the text", "---\n\nA: b", "---\n\nA: b", ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			d, problems := team(test.in)
			if d.markdown() != test.body {
				t.Errorf("body = %q, want %q", d.markdown(), test.body)
			}
			switch {
			case test.hint == "" && len(problems) > 0:
				t.Errorf("problems = %v", problems)
			case test.hint != "" && (len(problems) != 1 || problems[0].Code != diag.FrontMatter || !strings.HasPrefix(problems[0].Hint, test.hint)):
				t.Errorf("problems = %+v, want the hint %q", problems, test.hint)
			}
		})
	}
}

func TestADocumentWithoutFiguresHasNoCaveats(t *testing.T) {
	d, problems := page("+++\n[[caveats]]\nmetric = \"x\"\ntext = \"y\"\n+++\n")
	if len(d.Meta.Caveats) != 0 || len(problems) != 1 || problems[0].Code != diag.FrontMatter {
		t.Errorf("caveats = %v, problems = %v", d.Meta.Caveats, problems)
	}
}

func TestLinksOfTheFrontMatter(t *testing.T) {
	d, problems := team(`+++
links = [
  { title = "Dashboard", url = "https://x.example/?a=b&c" },
  { url = "node:payments" },
  { url = "https://y.example" },
  { title = "z", url = "javascript:alert(1)" },
  { title = "z", url = "node:nothing" },
  { title = "z", url = "../service/a.md" },
]
+++
`)
	if len(problems) > 0 {
		t.Fatalf("problems = %v", problems)
	}
	got, problems := Links(d, known)
	want := []Reference{
		{"https://x.example/?a=b&c", "Dashboard", true},
		{"../../org/payments/", "Payments & more", false},
		{"https://y.example", "https://y.example", true},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
	for i, code := range []diag.Code{diag.UnsafeLink, diag.BrokenLink, diag.BrokenLink} {
		if len(problems) != 3 || problems[i].Code != code || problems[i].Pos.Line != 6+i || !strings.Contains(problems[i].Line, "url") {
			t.Fatalf("problems = %+v", problems)
		}
	}
}
