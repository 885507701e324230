package generator_test

import (
	"bytes"
	"cmp"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"uptree/generator"
	pages "uptree/generator/report"
	"uptree/generator/rollup"
)

// explainedSection is what a page says of one figure: its value, how many records are in
// each list, and those that are listed, as name, address and place.
type explainedSection struct {
	value   string
	counted int
	left    int
	listed  [][3]string
	hidden  int // that the lists count and do not have
}

// TestPagesExplainAsTheProgramDoes takes figures of the sample's pages and holds what stands
// behind them to what "uptree explain" prints of the same: the value, how many records count
// and how many are left out, and of those listed the name, the address and the place.
func TestPagesExplainAsTheProgramDoes(t *testing.T) {
	at, err := time.Parse(time.RFC3339, sampleClock)
	if err != nil {
		t.Fatal(err)
	}
	figures, _, problems, err := generator.Compute(t.Context(), generator.Options{
		Dir: "..", Config: "site.toml", Jobs: 2, Apart: true, AsOf: func(*time.Location) time.Time { return at },
	})
	if err != nil || figures == nil {
		t.Fatal(err, problems)
	}
	site, compared := sampleSite(t), 0
	for _, subject := range [][2]string{{"node", "acme"}, {"node", "consumer"}, {"node", "warehouse-control"}, {"service", "checkout-api"}, {"journey", "buy-online"}} {
		page := path.Join(path.Dir(urlOf(t, site, subject[0], subject[1])), "numbers.html")
		src, err := os.ReadFile(filepath.Join(site.dir, page))
		if err != nil {
			t.Fatal(err)
		}
		sections := explainedSections(t, src)
		for metric, got := range sections {
			e, err := figures.Explain(generator.Question{Subject: subject[0] + ":" + subject[1], Metric: metric})
			if err != nil {
				t.Fatal(err)
			}
			compared++
			agrees(t, page+"#"+metric, got, e)
		}
	}
	if compared < 60 {
		t.Errorf("only %d figures were compared", compared)
	}
}

func agrees(t *testing.T, where string, got explainedSection, e *generator.Explanation) {
	t.Helper()
	if plain := e.Cell.Known && len(e.Cell.Dists)+len(e.Cell.Spent) == 0 && e.Cell.Spread == nil; plain {
		if want := pages.Figure(e.Metric.Unit, e.Cell.Value, e.Cell.Den); !strings.HasPrefix(got.value, want) {
			t.Errorf("%s says %q, the program %q", where, got.value, want)
		}
	}
	counted := 0
	known := map[[3]string]int{}
	for i := range e.Records {
		if e.Records[i].Left == "" {
			counted++
		}
		known[recordOf(e, &e.Records[i])]++
	}
	if left := len(e.Records) - counted; got.counted != counted || got.left != left {
		t.Errorf("%s is made of %d records and leaves out %d, the program says %d and %d", where, got.counted, got.left, counted, left)
	}
	if len(got.listed)+got.hidden != len(e.Records) {
		t.Errorf("%s lists %d records and counts %d more, the program has %d", where, len(got.listed), got.hidden, len(e.Records))
	}
	for _, r := range got.listed {
		if known[r]--; known[r] < 0 {
			t.Errorf("%s lists %q, the program does not", where, r)
		}
	}
}

// recordOf is the name, address and place of a record, as far as pages publish it.
func recordOf(e *generator.Explanation, r *rollup.Record) [3]string {
	name := cmp.Or(r.Title, r.ID)
	switch r.Kind.String() {
	case "costs":
		at := map[string]string{"_not-owned": "(not owned)", "_third-party": "(third party)"}
		name = strings.TrimSuffix(cmp.Or(at[r.ID], r.ID)+" · "+r.As, " · ")
	case "findings":
		name = cmp.Or(r.As, "findings")
	}
	at := e.Model.Position(r.Origin)
	if at.Line == 0 {
		return [3]string{name, r.URL, "–"}
	}
	return [3]string{name, r.URL, at.File + ":" + strconv.Itoa(at.Line)}
}

func explainedSections(t *testing.T, src []byte) map[string]explainedSection {
	t.Helper()
	doc, err := html.Parse(bytes.NewReader(src))
	if err != nil || len(src) == 0 {
		t.Fatal("no page", err)
	}
	out := map[string]explainedSection{}
	for n := range doc.Descendants() {
		if n.Data != "section" || attribute(n, "class") != "explained" {
			continue
		}
		var s explainedSection
		id, left := "", false
		for c := range n.ChildNodes() {
			switch {
			case c.Data == "h2":
				id = attribute(c, "id")
			case c.Data == "p" && attribute(c, "class") == "value":
				s.value = textIn(c)
			case c.Data == "h3":
				left = strings.HasPrefix(textIn(c), "Left out")
				if n := numberIn(textIn(c)); left {
					s.left += n
				} else {
					s.counted += n
				}
			case c.Data == "ul":
				s.records(c)
			}
		}
		out[id] = s
	}
	return out
}

func (s *explainedSection) records(list *html.Node) {
	for li := range list.ChildNodes() {
		if attribute(li, "class") == "more" {
			s.hidden += numberIn(textIn(li))
			continue
		}
		var spans []*html.Node
		for c := range li.ChildNodes() {
			if c.Data == "span" {
				spans = append(spans, c)
			}
		}
		r := [3]string{textIn(spans[0]), "", textIn(spans[len(spans)-1])}
		for c := range spans[0].Descendants() {
			if c.Data == "a" {
				r[1] = attribute(c, "href")
			}
		}
		s.listed = append(s.listed, r)
	}
}

func attribute(n *html.Node, key string) string {
	at := slices.IndexFunc(n.Attr, func(a html.Attribute) bool { return a.Key == key })
	if at < 0 {
		return ""
	}
	return n.Attr[at].Val
}

func textIn(n *html.Node) string {
	var b strings.Builder
	for c := range n.Descendants() {
		if c.Type == html.TextNode {
			b.WriteString(c.Data)
		}
	}
	return b.String()
}

// numberIn is the last number in a text, which may be grouped by spaces that do not break.
func numberIn(text string) (n int) {
	text = strings.ReplaceAll(strings.ReplaceAll(text, "\u00a0", ""), "\u202f", "")
	for _, word := range strings.FieldsFunc(text, func(r rune) bool { return r < '0' || r > '9' }) {
		n, _ = strconv.Atoi(word)
	}
	return n
}
