package decode

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestExposition(t *testing.T) {
	for _, c := range []struct {
		name, in string
		want     []string
	}{
		{"a family has its samples", "# HELP up Is it \\\\ up\\nor not\n# TYPE up gauge\nup{job=\"a\"} 1\nup{job=\"b\",} 0 1740823200000\n", []string{
			`1: {"help":"Is it \\ up\nor not","name":"up","samples":[{"labels":{"job":"a"},"name":"up","value":1},{"labels":{"job":"b"},"name":"up","timestamp":1740823200000,"value":0}],"type":"gauge"}`}},
		{"sum and count belong to their summary", "# TYPE d summary\nd_sum 1.50\nd_count 3\nd_total 1\n", []string{
			`1: {"name":"d","samples":[{"labels":{},"name":"d_sum","value":1.50},{"labels":{},"name":"d_count","value":3}],"type":"summary"}`,
			`4: {"name":"d_total","samples":[{"labels":{},"name":"d_total","value":1}],"type":"untyped"}`}},
		{"families without samples are passed over", "# TYPE a gauge\n# TYPE b gauge\n# a comment\n\nb 1\n# EOF\n", []string{`2: {"name":"b","samples":[{"labels":{},"name":"b","value":1}],"type":"gauge"}`}},
		{"labels hold anything", `a{x="\"\\\n,}= {",y="å"} 1`, []string{`1: {"name":"a","samples":[{"labels":{"x":"\"\\\n,}= {","y":"å"},"name":"a","value":1}],"type":"untyped"}`}},
		{"names in quotes", `{"my.metric","a label"="x"} 1`, []string{`1: {"name":"my.metric","samples":[{"labels":{"a label":"x"},"name":"my.metric","value":1}],"type":"untyped"}`}},
		{"of OpenMetrics exemplars are passed over", "# TYPE a counter\n# UNIT a seconds\na_total{x=\"1\"} 17.0 1740823200.5 # {trace=\"x\"} 0.7\n", []string{
			`1: {"name":"a","samples":[{"labels":{"x":"1"},"name":"a_total","timestamp":1740823200.5,"value":17.0}],"type":"counter","unit":"seconds"}`}},
		{"numbers of other shapes", "a .5\na +1e3\na 0x10p0\n", []string{`1: {"name":"a","samples":[{"labels":{},"name":"a","value":0.5},{"labels":{},"name":"a","value":1000},{"labels":{},"name":"a","value":16}],"type":"untyped"}`}},
		{"a bad line costs itself alone", "a 1\na x\na{b=\"1\n{} 1\na{b=\"1\",b=\"2\"} 1\na{b} 1\na{b=1} 1\na{b=\"1\" c=\"2\"} 1\na\na 1 2 3\na 1 x\n<html>\na 2\n", []string{
			`1: {"name":"a","samples":[{"labels":{},"name":"a","value":1},{"labels":{},"name":"a","value":2}],"type":"untyped"}`,
			`2! "a": "x" is not a value`, `3! the value of label "b" is not closed`, `4! a line without the name of a metric`, `5! label "b" given twice`, `6! label "b" has no value`,
			`7! the value of label "b" is not in quotes`, `8! expected a comma or } behind a label`, `9! "a": expected a value and at most a timestamp`,
			`10! "a": expected a value and at most a timestamp`, `11! "a": "x" is not a timestamp`, `12! "<html>": expected a value and at most a timestamp`}},
		{"CRLF and a byte order mark", "\ufeff# TYPE a gauge\r\na 1\r\n", []string{`1: {"name":"a","samples":[{"labels":{},"name":"a","value":1}],"type":"gauge"}`}},
		{"bytes that are no UTF-8", "a{b=\"\xff\"} 1\n", []string{"1: {\"name\":\"a\",\"samples\":[{\"labels\":{\"b\":\"\uFFFD\"},\"name\":\"a\",\"value\":1}],\"type\":\"untyped\"}", "D105 1:6 byte 0xff is not valid UTF-8"}},
		{"nothing", "", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			if d := cmp.Diff(c.want, dumpDocs(t, "prometheus", strings.NewReader(c.in), DocOptions{File: "in"})); d != "" {
				t.Error(d)
			}
		})
	}
}

func TestExpositionKeepsWhatIsNoNumber(t *testing.T) {
	d, _ := Documents("prometheus", strings.NewReader("a NaN\na +Inf\na -Inf\n"), DocOptions{})
	if !d.Next() {
		t.Fatal(d.Rejects())
	}
	for _, s := range d.Doc().Value.(map[string]any)["samples"].([]any) {
		if f, ok := s.(map[string]any)["value"].(float64); !ok || f-f == 0 {
			t.Errorf("value %v", s)
		}
	}
}

func TestFamilyThatIsTooLargeCostsItselfAlone(t *testing.T) {
	in := "a 1\n" + strings.Repeat("b{l=\"xxxxxxxxxx\"} 1\n", 100) + "c{l=\"" + strings.Repeat("x", 2000) + "\"} 1\nd 1\n"
	want := []string{`1: {"name":"a","samples":[{"labels":{},"name":"a","value":1}],"type":"untyped"}`,
		`103: {"name":"d","samples":[{"labels":{},"name":"d","value":1}],"type":"untyped"}`, "102! longer than 1000 bytes", "2! longer than 1000 bytes"}
	if d := cmp.Diff(want, dumpDocs(t, "prometheus", strings.NewReader(in), DocOptions{MaxBytes: 1000})); d != "" {
		t.Error(d)
	}
}

func FuzzExposition(f *testing.F) {
	f.Add("# HELP a b\\n\n# TYPE a histogram\na_bucket{le=\"+Inf\"} 1 2 # {x=\"y\"} 1\na_sum NaN\n")
	f.Add("{\"a b\",c=\"d\\\"\"} 0x1p-2\n# EOF")
	f.Fuzz(func(t *testing.T, in string) {
		d, _ := Documents("prometheus", strings.NewReader(in), DocOptions{})
		checkDocuments(t, d, in)
	})
}
