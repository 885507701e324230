package decode

import (
	"fmt"
	"strings"
	"testing"
)

// cases reads a report as "line name outcome" for each test case, then what is wrong.
func cases(t testing.TB, in string) string {
	t.Helper()
	d, _ := Documents("junit", strings.NewReader(in), DocOptions{File: "in"})
	var b strings.Builder
	for d.Next() {
		v := d.Doc().Value.(map[string]any)
		fmt.Fprintf(&b, "%d %v %v\n", d.Doc().Line, v["name"], v["outcome"])
	}
	for _, r := range d.Rejects() {
		fmt.Fprintf(&b, "%d! %s\n", r.Line, r.Reason)
	}
	for _, p := range d.Problems() {
		fmt.Fprintf(&b, "%d: %s\n", p.Pos.Line, p.Text)
	}
	return b.String()
}

func TestJUnit(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"a suite alone is a report", `<testsuite><testcase name="a"/></testsuite>`, "1 a passed\n"},
		{"suites nest", "<testsuites><testsuite><testcase name=\"a\"/>\n<testsuite><testcase name=\"b\"/></testsuite>\n<testcase name=\"c\"/></testsuite></testsuites>", "1 a passed\n2 b passed\n3 c passed\n"},
		{"the elements count, not the attributes", `<testsuite tests="9" failures="7"><testcase name="a" status="failed"/></testsuite>`, "1 a passed\n"},
		{"of several elements the gravest counts", `<testsuite><testcase name="a"><skipped/><system-out>x</system-out><error/></testcase><testcase name="b"><skipped/><rerunFailure/></testcase></testsuite>`, "1 a failed\n1 b skipped\n"},
		{"a case that passed on a rerun is flaky", `<testsuite><testcase name="a"><flakyFailure><stackTrace/></flakyFailure></testcase><testcase name="b"><failure/><rerunFailure/></testcase></testsuite>`, "1 a flaky\n1 b failed\n"},
		{"elements of other kinds are passed over", "<testsuite><system-out><testcase name=\"no\"/></system-out>\n<x:y xmlns:x=\"u\"/><testcase\n name=\"a\"><x><failure/></x></testcase></testsuite>", "2 a passed\n"},
		{"suites of cases are another format", `<suites><suite><cases><case/></cases></suite></suites>`, "1! the root element <suites> is not that of JUnit XML: <testsuites> or <testsuite>\n"},
		{"a page in its place", "<!DOCTYPE html><html><body>Sign in</body></html>", "1! the root element <html> is not that of JUnit XML: <testsuites> or <testsuite>\n"},
		{"a file that is empty", " \n", "1! it holds no XML element\n"},
		{"a file that breaks off keeps what came before", "<testsuite><testcase name=\"a\"/>\n<testcase name=\"b\">", "1 a passed\n2! not valid XML: unexpected EOF\n"},
		{"entities are not expanded", "<!DOCTYPE x [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]>\n<testsuite><testcase name=\"&b;\"/></testsuite>", "2! not valid XML: invalid character entity &b;\n"},
		{"control characters are spaces", "<testsuite><testcase name=\"a\x1b[31m\"><failure>&#27;&#x0;&#xFFFF;\xef\xbf\xbf</failure></testcase></testsuite>", "1 a [31m failed\n"},
		{"references to characters are read", `<testsuite><testcase name="&#x61;&#98;&amp;&#x1F600;"/></testsuite>`, "1 ab&😀 passed\n"},
		{"bytes that are no UTF-8 are replaced", "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>\n<testsuite><testcase name=\"caf\xe9\"/></testsuite>", "2 caf\uFFFD passed\n2: byte 0xe9 is not valid UTF-8\n"},
		{"suites are nested too deep", strings.Repeat("<testsuite>", maxDepth+1), "1! suites nested deeper than 200\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := cases(t, c.in); got != c.want {
				t.Errorf("got\n%swant\n%s", got, c.want)
			}
		})
	}
}

func TestJUnitDocument(t *testing.T) {
	const in = `<testsuites name="all"><testsuite name="shop" timestamp="2025-03-01T10:00:00" hostname="ci">
<properties><property name="browser" value="firefox"/><property name="service"> checkout
</property><property value="x"/></properties>
<testcase name="pays" classname="shop.Checkout" time="1.5"><properties><property name="journey" value="buy"/></properties>
<failure type="AssertionError" message="no receipt">at line 5</failure></testcase>
<testcase name="pays" classname="shop.Checkout"/>
<properties><property name="late" value="x"/></properties>
</testsuite></testsuites>`
	const suites = `"suites":[{"name":"all","properties":{}},{"hostname":"ci","name":"shop","properties":{"browser":"firefox","service":"checkout"},"timestamp":"2025-03-01T10:00:00"}]`
	want := []string{
		`4: {"classname":"shop.Checkout","name":"pays","occurrence":1,"outcome":"failed","properties":{"journey":"buy"},"results":[{"element":"failure","message":"no receipt","type":"AssertionError"}],` + suites + `,"time":"1.5"}`,
		`6: {"classname":"shop.Checkout","name":"pays","occurrence":2,"outcome":"passed","properties":{},"results":[],` + suites + `}`,
	}
	got := dumpDocs(t, "junit", strings.NewReader(in), DocOptions{})
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestJUnitIsBounded(t *testing.T) {
	for _, in := range []string{
		"<testsuite>" + strings.Repeat("<x>", 1<<20),
		"<testsuite><testcase name=\"" + strings.Repeat("&#27;", 1<<20) + "\"/></testsuite>",
		"<testsuite><testcase>" + strings.Repeat("<failure message=\"x\"/>", 100_000) + "</testcase></testsuite>",
		"<testsuite><properties>" + strings.Repeat("<property name=\"x\" value=\"y\"/>", 100_000) + "</properties></testsuite>",
		"<testsuite " + strings.Repeat("a=\"b\" ", 1<<18) + "/>",
	} {
		d, _ := Documents("junit", strings.NewReader(in), DocOptions{})
		for d.Next() {
			if n := len(d.Doc().Value.(map[string]any)["results"].([]any)); n > maxResults {
				t.Errorf("%d results of one case", n)
			}
		}
	}
	d, _ := Documents("junit", strings.NewReader("<testsuite>          </testsuite>"), DocOptions{MaxBytes: 20})
	if d.Next() || len(d.Rejects()) != 1 || d.Rejects()[0].Reason != "longer than 20 bytes" {
		t.Error(d.Rejects())
	}
}

func FuzzJUnit(f *testing.F) {
	f.Add(`<testsuites><testsuite name="s" timestamp="t"><properties><property name="a" value="b"/></properties><testcase name="c"><failure message="m"/></testcase></testsuite></testsuites>`)
	f.Add("<testsuite><testcase><properties><property name='a'>t</property></properties></testcase>&#27;\xff")
	f.Fuzz(func(t *testing.T, in string) {
		d, _ := Documents("junit", strings.NewReader(in), DocOptions{})
		checkDocuments(t, d, in)
	})
}

// checkDocuments reads all documents: their lines exist and grow, and nothing panics.
func checkDocuments(t *testing.T, d *DocReader, in string) {
	line := 1
	for d.Next() {
		at := d.Doc().Line
		if at < line || at > 1+strings.Count(in, "\n") {
			t.Fatalf("line %d behind line %d of %q", at, line, in)
		}
		line = at
	}
	if d.Next() || d.Err() != nil {
		t.Fatalf("there is more behind the end of %q: %v", in, d.Err())
	}
}
