package decode

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"runtime"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"

	"uptree/generator/diag"
)

// dump reads all of a flat stream into lines: "2: id=a title=-" for a record, with its
// values in the notation of show, and "3! reason" for a reject.
func dump(t testing.TB, format, text string, fields ...string) []string {
	t.Helper()
	r, ok := Flat(format, strings.NewReader(text), Options{File: "in." + format, Fields: fields})
	if !ok {
		t.Fatalf("no format %q", format)
	}
	return dumpAll(t, r, fields)
}

func dumpAll(t testing.TB, r Reader, fields []string) []string {
	t.Helper()
	var out []string
	for r.Next() {
		s := fmt.Sprintf("%d:", r.Record().Line)
		for i, v := range r.Record().Values {
			s += " " + fields[i] + "=" + show(v)
		}
		out = append(out, s)
	}
	if err := r.Err(); err != nil {
		t.Fatal(err)
	}
	for _, x := range r.Rejects() {
		out = append(out, fmt.Sprintf("%d! %s", x.Line, x.Reason))
	}
	for _, p := range r.Problems() {
		out = append(out, fmt.Sprintf("%s %s %s", p.Code, strings.TrimPrefix(p.Pos.String(), p.Pos.File+":"), p.Text))
	}
	return out
}

func show(v Value) string {
	switch v.Kind {
	case Absent:
		return "-"
	case String:
		return fmt.Sprintf("%q", v.Text)
	case Null:
		return "null"
	}
	return string(v.Text)
}

func TestCSV(t *testing.T) {
	cases := []struct {
		name, in string
		want     []string
	}{
		{"picks fields by name in any order", "b,a\n1,2\n", []string{`2: a="2" b="1"`}},
		{"last line without a line end", "a,b\n1,2", []string{`2: a="1" b="2"`}},
		{"CRLF", "a,b\r\n1,2\r\n", []string{`2: a="1" b="2"`}},
		{"byte order mark", "\ufeffa,b\n1,2\n", []string{`2: a="1" b="2"`}},
		{"blank lines are no records", "\na,b\n\n1,2\n   \n\r\n3,4\n\n", []string{`4: a="1" b="2"`, `7: a="3" b="4"`}},
		{"quotes, doubled quotes, separators inside", "a,b\n\"x,y\",\"say \"\"hi\"\"\"\n", []string{`2: a="x,y" b="say \"hi\""`}},
		{"line end inside quotes", "a,b\n\"x\r\ny\n\nz\",1\n2,3\n", []string{`2: a="x\ny\n\nz" b="1"`, `6: a="2" b="3"`}},
		{"empty cells are empty strings", "a,b\n,\"\"\n", []string{`2: a="" b=""`}},
		{"semicolons", "a;b\n1,5;2\n", []string{`2: a="1,5" b="2"`}},
		{"tabs", "a\tb\n1;5\t2\n", []string{`2: a="1;5" b="2"`}},
		{"spaces around names of columns", "a , b\n1,2\n", []string{`2: a="1" b="2"`}},
		{"wrong number of cells", "a,b\n1\n1,2,3\n1,2\n", []string{`4: a="1" b="2"`, "2! 1 cell where the header has 2", "3! 3 cells where the header has 2"}},
		{"a quote inside a cell", "a,b\n1\",2\n3,4\n", []string{`3: a="3" b="4"`, `2! cell 1: a quote inside a cell that does not start with one`}},
		{"text behind a quote", "a,b\n\"1\"x,2\n3,4\n", []string{`3: a="3" b="4"`, `2! cell 1: text behind a closing quote`}},
		{"a quote that is never closed", "a,b\n1,\"2\n3,4\n5,6\n", []string{`3: a="3" b="4"`, `4: a="5" b="6"`, "2! cell 2: the quote is not closed"}},
		{"a quote that is closed by a stray one", "a,b\n1,\"2\n3,4\n5,\"6\n7,8\n", []string{`3: a="3" b="4"`, `5: a="7" b="8"`, "2! cell 2: text behind a closing quote", "4! cell 2: the quote is not closed"}},
		{"NUL bytes are text", "a,b\n\x00,2\n", []string{`2: a="\x00" b="2"`}},
		{"bad UTF-8 is replaced and reported once", "a,b\n1,Malm\xf6\n\xff,2\n", []string{`2: a="1" b="Malm` + "\ufffd" + `"`, `3: a="` + "\ufffd" + `" b="2"`, "D105 2:7 byte 0xf6 is not valid UTF-8"}},
		{"header only", "a,b\n", nil},
		{"empty file", "", []string{"D103 1 the file is empty: it has no header"}},
		{"only blank lines", "\n\n", []string{"D103 3 the file is empty: it has no header"}},
		{"missing column", "a,c\n1,2\n", []string{`2: a="1" b=-`, `D102 1:3 column "c" is not used`, `D103 1 no column "b"`}},
		{"column given twice", "a,b,a\n1,2,3\n", []string{`2: a="1" b="2"`, `C105 1:5 column "a" stands twice: columns 1 and 3`}},
		{"column without a name", "a,b,\n1,2,\n", []string{`2: a="1" b="2"`, "D102 1:5 column 3 has no name"}},
		{"quoted names", "\"b\",\"a\"\n1,2\n", []string{`2: a="2" b="1"`}},
		{"a header that cannot be read", "a,\"b\nx,y\n", []string{"D103 1 the header cannot be read: cell 2: the quote is not closed"}},
		{"a header cell with a separator", "\"a,x\",b,a\n1,2,3\n1,2,3,4\n", []string{`2: a="3" b="2"`, "3! 4 cells where the header has 3", `D102 1:1 column "a,x" is not used`}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if d := cmp.Diff(c.want, dump(t, "csv", c.in, "a", "b")); d != "" {
				t.Error(d)
			}
		})
	}
}

func TestCSVHints(t *testing.T) {
	r, _ := Flat("csv", strings.NewReader("id,Severity,strated\n"), Options{File: "x.csv", Fields: []string{"id", "severity", "started", "note"}, Optional: []bool{false, true, false, true}})
	for r.Next() {
	}
	var out strings.Builder
	if err := diag.Text(&out, r.Problems(), false); err != nil {
		t.Fatal(err)
	}
	want := `x.csv:1: error[D103]: no column "started"
    id,Severity,strated
    hint: is it the column "strated"? then rename it in the file, or name it under columns
x.csv:1:4: warning[D102]: column "Severity" is not used
    id,Severity,strated
       ^
    hint: did you mean "severity"?
x.csv:1:13: warning[D102]: column "strated" is not used
    id,Severity,strated
                ^
    hint: did you mean "started"?
`
	if d := cmp.Diff(want, out.String()); d != "" {
		t.Error(d)
	}
}

func TestJSONL(t *testing.T) {
	cases := []struct {
		name, in string
		want     []string
	}{
		{"picks fields and leaves the others", `{"x":[1,{"a":2}],"b":"t","a":1.50}`, []string{`1: a=1.50 b="t"`}},
		{"kinds", `{"a":null,"b":true}` + "\n" + `{"a":[1, {"x":"y"}],"b":{}}`, []string{"1: a=null b=true", `2: a=[1, {"x":"y"}] b={}`}},
		{"escapes", `{"a":"\"\\\/\b\f\n\r\t\u00e9\ud83d\ude00","b":"\ud800x"}`, []string{`1: a="\"\\/\b\f\n\r\té😀" b="` + "\ufffd" + `x"`}},
		{"escaped keys", `{"\u0061":1}`, []string{"1: a=1 b=-"}},
		{"blank lines, CRLF, byte order mark, space", "\ufeff\r\n  { \"a\" : 1 } \r\n\n{}\n", []string{"2: a=1 b=-", "4: a=- b=-"}},
		{"keys change from record to record", "{\"a\":1,\"b\":2}\n{\"b\":3,\"a\":4}\n{\"a\":5}\n{\"a\":6,\"c\":0,\"b\":7}\n", []string{"1: a=1 b=2", "2: a=4 b=3", "3: a=5 b=-", "4: a=6 b=7"}},
		{"a key given twice", "{\"a\":1,\"b\":2}\n{\"a\":1,\"a\":2}\n{\"x\":1,\"\\u0078\":2}\n{\"a\":1,\"b\":2,\"b\":3}\n{\"a\":3}\n",
			[]string{"1: a=1 b=2", "5: a=3 b=-", `2! column 8: key "a" given twice`, `3! column 8: key "x" given twice`, `4! column 14: key "b" given twice`}},
		{"no object", "1\n[{}]\n\"a\"\n{\"a\":1}\n", []string{"4: a=1 b=-",
			"1! column 1: expected an object: every line is one, from { to }",
			"2! column 1: expected an object: every line is one, from { to }",
			"3! column 1: expected an object: every line is one, from { to }"}},
		{"not JSON", "{\"a\":01}\n{\"a\":1,}\n{a:1}\n{\"a\":'x'}\n{\"a\":1}x\n{\"a\":\"\\x\"}\n{\"a\":\n{\"a\":tru}\n{\"a\" 1}\n{\"a\":\"\x01\"}\n{\"a\":1.}\n{\"x\":[1}}\n", []string{
			`1! column 7: expected "," or "}"`, "2! column 8: expected a string in double quotes", "3! column 2: expected a string in double quotes",
			"4! column 6: expected a value", "5! column 8: text behind the object", "6! column 7: not an escape that JSON knows",
			"7! column 6: the text ends where a value is expected", "8! column 6: expected a value", `9! column 6: expected ":"`,
			"10! column 7: a control character inside a string", "11! column 8: expected a digit", `12! column 8: expected "," or "]"`}},
		{"bad UTF-8 is replaced and reported once", "{\"a\":\"Malm\xf6\"}\n{\"a\":\"\xff\"}\n", []string{`1: a="Malm` + "\ufffd" + `" b=-`, `2: a="` + "\ufffd" + `" b=-`, "D105 1:11 byte 0xf6 is not valid UTF-8"}},
		{"NUL bytes", "\x00\n{\"a\":1}\n", []string{"2: a=1 b=-", "1! column 1: expected an object: every line is one, from { to }"}},
		{"empty file", "", nil},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if d := cmp.Diff(c.want, dump(t, "jsonl", c.in, "a", "b")); d != "" {
				t.Error(d)
			}
		})
	}
}

func TestDeepNestingIsRejected(t *testing.T) {
	deep := func(n int) string {
		return `{"a":` + strings.Repeat("[", n) + strings.Repeat("]", n) + "}\n"
	}
	got := dump(t, "jsonl", deep(maxDepth-1)+deep(maxDepth)+deep(1_000_000), "b")
	want := []string{"1: b=-", "2! column 205: nested deeper than 200", "3! column 205: nested deeper than 200"}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

// TestLongLines asserts that a line of 50 MB costs no more memory than the longest record,
// and that reading goes on behind it.
func TestLongLines(t *testing.T) {
	long := func(start, end string) io.Reader {
		return io.MultiReader(strings.NewReader(start), io.LimitReader(endless{}, 50<<20), strings.NewReader(end))
	}
	cases := []struct {
		name, format string
		in           io.Reader
		want         []string
	}{
		{"csv", "csv", long("a,b\n1,", "\n3,4\n"), []string{`3: a="3" b="4"`, "2! longer than 8388608 bytes"}},
		{"csv in quotes", "csv", long("a,b\n1,\"", "\"\n3,4\n"), []string{`3: a="3" b="4"`, "2! longer than 8388608 bytes"}},
		{"csv header", "csv", long("a,b", "\n3,4\n"), []string{"D103 1 the header is longer than 8388608 bytes"}},
		{"jsonl", "jsonl", long(`{"a":"`, "\"}\n{\"a\":1}\n"), []string{"2: a=1 b=-", "1! longer than 8388608 bytes"}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			r, _ := Flat(c.format, c.in, Options{Fields: []string{"a", "b"}})
			if d := cmp.Diff(c.want, dumpAll(t, r, []string{"a", "b"})); d != "" {
				t.Error(d)
			}
			runtime.ReadMemStats(&after)
			if got := after.TotalAlloc - before.TotalAlloc; got > 4*DefaultMaxRecord {
				t.Errorf("allocated %d bytes", got)
			}
		})
	}
}

type endless struct{}

func (endless) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = 'x'
	}
	return len(p), nil
}

func TestRecordsOfSeveralLinesAreBounded(t *testing.T) {
	in := "a,b\n1,\"" + strings.Repeat("x\n", 60) + "\"\n3,4\n"
	r, _ := Flat("csv", strings.NewReader(in), Options{Fields: []string{"a", "b"}, MaxRecord: 100})
	want := []string{`63: a="3" b="4"`, "2! longer than 100 bytes"}
	if d := cmp.Diff(want, dumpAll(t, r, []string{"a", "b"})); d != "" {
		t.Error(d)
	}
}

func TestIOErrorsAreErrors(t *testing.T) {
	for _, format := range []string{"csv", "jsonl"} {
		in := map[string]string{"csv": "a,b\n1,2\n3,\"4", "jsonl": "{\"a\":1}\n{\"a\":"}[format]
		broken := errors.New("disk on fire")
		r, _ := Flat(format, io.MultiReader(strings.NewReader(in), iotest.ErrReader(broken)), Options{File: "f", Fields: []string{"a"}})
		n := 0
		for r.Next() {
			n++
		}
		if n != 1 || len(r.Rejects()) != 0 || !errors.Is(r.Err(), broken) || r.Err().Error() != "reading f: disk on fire" {
			t.Errorf("%s: %d records, rejects %v, error %v", format, n, r.Rejects(), r.Err())
		}
	}
}

func TestRecordsDoNotDependOnHowBytesArrive(t *testing.T) {
	inputs := map[string]string{"csv": string(incidentsCSV(3000)) + "a,\"b\n", "jsonl": string(incidentsJSONL(2000))}
	for format, in := range inputs {
		fields := []string{"id", "title", "services"}
		whole := dump(t, format, in, fields...)
		r, _ := Flat(format, iotest.HalfReader(iotest.DataErrReader(strings.NewReader(in))), Options{File: "in." + format, Fields: fields})
		if d := cmp.Diff(whole, dumpAll(t, r, fields)); d != "" {
			t.Errorf("%s: %s", format, d)
		}
	}
}

func TestNoAllocationPerRecord(t *testing.T) {
	for format, data := range map[string][]byte{"csv": incidentsCSV(2000), "jsonl": incidentsJSONL(2000)} {
		allocs := testing.AllocsPerRun(3, func() {
			r, _ := Flat(format, bytes.NewReader(data), Options{Fields: []string{"id", "title", "services"}})
			for r.Next() {
			}
		})
		if allocs > 100 {
			t.Errorf("%s: %v allocations for 2000 records", format, allocs)
		}
	}
}

func FuzzCSV(f *testing.F) {
	for _, s := range []string{"a,b\n1,2\n", "a,b\n\"1\n\"\"\",2\r\n", "a\n\"x\ny\n", "a,b\n\"\r\n\",\"\"\n", "\ufeffa\r\n1\r"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, in []byte) {
		in = bytes.ReplaceAll(bytes.ToValidUTF8(in, nil), []byte(bom), nil)
		in = append([]byte("a,b\n"), in...)
		r := openCSV(bytes.NewReader(in), Options{Fields: []string{"a", "b"}})
		var got [][]string
		for r.Next() {
			got = append(got, []string{string(r.rec.Values[0].Text), string(r.rec.Values[1].Text)})
		}
		if len(r.Rejects()) > 0 {
			return
		}
		std := csv.NewReader(bytes.NewReader(in))
		want, err := std.ReadAll()
		if err != nil && !bytes.Contains(in, []byte("\n ")) {
			t.Fatalf("encoding/csv refuses %q: %v", in, err)
		}
		if err == nil {
			if d := cmp.Diff(want[1:], got); d != "" && len(want)+len(got) > 1 {
				t.Fatalf("%q: %s", in, d)
			}
		}
	})
}

func FuzzJSONL(f *testing.F) {
	for _, s := range []string{`{"a":1}`, `{"a":"\u00e9\ud83d\ude00\n","b":[{}]}`, `{"a":-0.1e+5,"c":{"a":[]}}`, "{\"a\":\"\xff\"}", `{"a":tru}`} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, in []byte) {
		if bytes.ContainsAny(in, "\r\n") || len(in) > 1000 {
			return
		}
		r, _ := Flat("jsonl", bytes.NewReader(in), Options{Fields: []string{"a", "b"}})
		ok := r.Next()
		in = bytes.TrimPrefix(in, []byte(bom))
		var want map[string]json.RawMessage
		err := json.Unmarshal(in, &want)
		if blank := len(bytes.Trim(in, " \t")) == 0; blank || string(bytes.TrimSpace(in)) == "null" {
			return
		}
		if ok != (err == nil) {
			if err == nil && strings.Contains(r.Rejects()[0].Reason, "twice") || err == nil && strings.Contains(r.Rejects()[0].Reason, "deeper") {
				return
			}
			t.Fatalf("%q: read %v, encoding/json says %v, rejects %v", in, ok, err, r.Rejects())
		}
		if !ok {
			return
		}
		for i, f := range []string{"a", "b"} {
			compareJSON(t, r.Record().Values[i], want[f])
		}
	})
}

// compareJSON asserts that a value is what encoding/json makes of the raw text.
func compareJSON(t *testing.T, got Value, raw json.RawMessage) {
	t.Helper()
	text := string(got.Text)
	switch {
	case raw == nil:
		if got.Kind != Absent {
			t.Fatalf("got %s for an absent key", show(got))
		}
	case raw[0] == '"':
		var s string
		if err := json.Unmarshal(raw, &s); err != nil {
			t.Fatal(err)
		}
		if got.Kind != String || text != s && !strings.Contains(s, "\ufffd") {
			t.Fatalf("got %s, want %q", show(got), s)
		}
	case string(raw) == "null":
		if got.Kind != Null {
			t.Fatalf("got %s, want null", show(got))
		}
	case text != string(bytes.ToValidUTF8(raw, replacement)):
		t.Fatalf("got %s, want %s", text, raw)
	}
}
