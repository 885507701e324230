package decode

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/BurntSushi/toml"
	"github.com/google/go-cmp/cmp"

	"uptree/generator/diag"
)

func problems(t *testing.T, list diag.List) string {
	t.Helper()
	var out strings.Builder
	if err := diag.Text(&out, list, false); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// readSite reads the tables that the tests below use, as config would.
func readSite(t *Table) {
	var s string
	var n int
	var b bool
	var d time.Duration
	var date time.Time
	var list []string
	t.String("title", &s)
	t.String("timezone", &s)
	for _, src := range t.Tables("source") {
		src.String("path", &s)
		src.Duration("interval", &d)
		src.Date("covers_from", &date)
		src.Bool("pilot", &b)
		src.Strings("covers", &list)
		if e, ok := src.Table("expect"); ok {
			e.Int("min_records", &n)
		}
	}
	for _, mark := range t.Array("marks") {
		mark.Date("date", &date)
		mark.String("text", &s)
	}
	t.Unused("severity")
}

func TestTOMLProblems(t *testing.T) {
	cases := []struct{ name, in, want string }{
		{"nothing wrong", "title = 'x'\n[source.a]\npath = 'p'\ninterval = '7d'\ncovers_from = 2025-10-01\nexpect = { min_records = 1 }\n[severity.incidents]\nx = 1\n", ""},
		{"unknown keys, near and far", "titel = 'x'\nzzz = 1\n[source.pagerduty]\nintervall = '5m'\nexpect = {min_recrods = 1}\n[sorce.x]\n", `site.toml:1:1: error[C103]: unknown key "titel"
    titel = 'x'
    ^
    hint: did you mean "title"?
site.toml:2:1: error[C103]: unknown key "zzz"
    zzz = 1
    ^
site.toml:4:1: error[C103]: unknown key "intervall" in [source.pagerduty]
    intervall = '5m'
    ^
    hint: did you mean "interval"?
site.toml:5:11: error[C103]: unknown key "min_recrods" in [source.pagerduty.expect]
    expect = {min_recrods = 1}
              ^
    hint: did you mean "min_records"?
site.toml:6:2: error[C103]: unknown key "sorce"
    [sorce.x]
     ^
    hint: did you mean "source"?
`},
		{"wrong case", "Title = 'x'\n[source.a]\nPATH = 'x'\n", `site.toml:1:1: error[C104]: key "Title" is written "title"
    Title = 'x'
    ^
    hint: keys are in lower case
site.toml:3:1: error[C104]: key "PATH" is written "path"
    PATH = 'x'
    ^
    hint: keys are in lower case
`},
		{"a key of the top below a header", "[source.a]\npath = 'x'\ntimezone = 'UTC'\n[[marks]]\ntitle = 'x'\n", `site.toml:3:1: error[C103]: unknown key "timezone" in [source.a]
    timezone = 'UTC'
    ^
    hint: this line stands inside [source.a]; move it above the first table
site.toml:5:1: error[C103]: unknown key "title" in [[marks]]
    title = 'x'
    ^
    hint: this line stands inside [[marks]]; move it above the first table
`},
		{"values of the wrong type", "title = 1\nmarks = 'x'\n[source.a]\ninterval = 5\npilot = 'yes'\ncovers = 'x'\ncovers_from = 2025-10-01T10:00:00Z\nexpect = { min_records = 1.5 }\n[source]\nb = 1\n", `site.toml:1:9: error[C102]: title: expected a string, found an integer
    title = 1
            ^
site.toml:2:9: error[C102]: marks: expected an array of tables, found a string
    marks = 'x'
            ^
    hint: write [[marks]] above each
site.toml:4:12: error[C102]: interval: expected a duration, found an integer
    interval = 5
               ^
    hint: write it as a string with a unit: "48h", "7d"
site.toml:5:9: error[C102]: pilot: expected true or false, found a string
    pilot = 'yes'
            ^
site.toml:6:10: error[C102]: covers: expected an array of strings, found a string
    covers = 'x'
             ^
    hint: write it in brackets: ["…", "…"]
site.toml:7:15: error[C102]: covers_from: expected a date, found a date with a time
    covers_from = 2025-10-01T10:00:00Z
                  ^
    hint: write it like 2025-10-01
site.toml:8:26: error[C102]: min_records: expected an integer, found a float
    expect = { min_records = 1.5 }
                             ^
site.toml:10:5: error[C102]: b: expected a table, found an integer
    b = 1
        ^
`},
		{"values that cannot be used", "[source.a]\ninterval = '7x'\ncovers_from = '2025-02-30'\n[source.b]\ninterval = '-1h'\n", `site.toml:2:12: error[C106]: interval: "7x" is not a duration
    interval = '7x'
               ^
    hint: write it like "90s", "48h", "7d"
site.toml:3:15: error[C106]: covers_from: "2025-02-30" is not a date
    covers_from = '2025-02-30'
                  ^
    hint: write it like 2025-10-01
site.toml:5:12: error[C106]: interval: "-1h" is not a duration
    interval = '-1h'
               ^
    hint: write it like "90s", "48h", "7d"
`},
		{"keys and tables given twice, and what else is wrong", "title = 'x'\ntitle = 'y'\n[source.a]\npath = 'x'\n[source.a]\npilot = 1\n[source.b]\npilot = 1\n", `site.toml:2:1: error[C105]: key "title" given twice: first in line 1
    title = 'y'
    ^
    hint: remove one of the two
site.toml:5:9: error[C105]: table [a] given twice: first in line 3
    [source.a]
            ^
    hint: write the keys of both under one header
site.toml:8:9: error[C102]: pilot: expected true or false, found an integer
    pilot = 1
            ^
`},
		{"several syntax errors, and what else is wrong", "title = x\n[source.a]\npath = \npilot = 1\n[source.b\npath = 2\n[source.c]\npath = 3\n", `site.toml:1:9: error[C101]: expected value but found "x" instead
    title = x
            ^
site.toml:3:8: error[C101]: expected value but found '\n' instead
    path = 
           ^
site.toml:4:9: error[C102]: pilot: expected true or false, found an integer
    pilot = 1
            ^
site.toml:5:10: error[C101]: expected '.' or ']' to end table name, but got '\n' instead
    [source.b
             ^
site.toml:8:8: error[C102]: path: expected a string, found an integer
    path = 3
           ^
`},
		{"a key that is both a table and a value", "title.x = 1\ntitle = 'x'\n", `site.toml:1:1: error[C102]: title: expected a string, found a table
    title.x = 1
    ^
site.toml:2:1: error[C105]: key "title" given twice: first in line 1
    title = 'x'
    ^
    hint: remove one of the two
`},
		{"UTF-16", "\xff\xfet\x00=\x001\x00", `site.toml:1: error[C101]: the file is UTF-16; save it as UTF-8
    ` + "\ufffdt = 1 " + `
`},
		{"empty file", "", ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			table := TOML("site.toml", []byte(c.in), 1)
			readSite(table)
			if d := cmp.Diff(c.want, problems(t, table.Problems())); d != "" {
				t.Error(d)
			}
		})
	}
}

func TestFrontMatterPositionsCountFromTheFile(t *testing.T) {
	table := TOML("a.md", []byte("title = 'x'\n[[marks]]\ndate = 1\n[[marks]]\ntext = 'x'\nwhen = 2\n"), 2)
	readSite(table)
	want := `a.md:4:8: error[C102]: date: expected a date, found an integer
    date = 1
           ^
    hint: write it like 2025-10-01
a.md:7:1: error[C103]: unknown key "when" in [[marks]]
    when = 2
    ^
    hint: did you mean "text"?
`
	want = strings.Replace(want, "    hint: did you mean \"text\"?\n", "", 1)
	if d := cmp.Diff(want, problems(t, table.Problems())); d != "" {
		t.Error(d)
	}
}

func TestTableValues(t *testing.T) {
	table := TOML("x", []byte(`
s = "a"
i = 3
f = 1
f2 = 0.25
d = "1d12h"
date = 2025-10-01
date2 = "2025-10-02"
one = "x"
many = ["x", "y"]
map = { id = "Key", "odd key" = "Opened at" }
[t.second]
[t.first]
[[a]]
x = 1
[[a.b]]
[[a]]
`), 1)
	var s string
	var i int
	var f, f2 float64
	var d time.Duration
	var date, date2 time.Time
	var one, many []string
	var m map[string]string
	for _, ok := range []bool{
		table.String("s", &s), table.Int("i", &i), table.Float("f", &f), table.Float("f2", &f2), table.Duration("d", &d), table.Date("date", &date),
		table.Date("date2", &date2), table.StringOrStrings("one", &one), table.StringOrStrings("many", &many), table.StringMap("map", &m),
	} {
		if !ok {
			t.Error("a key was not read")
		}
	}
	got := fmt.Sprint(s, i, f, f2, d, date.Format(time.RFC3339), date2.Format(time.RFC3339), one, many, m)
	if want := "a3 1 0.25 36h0m0s2025-10-01T00:00:00Z2025-10-02T00:00:00Z[x] [x y] map[id:Key odd key:Opened at]"; strings.ReplaceAll(got, " ", "") != strings.ReplaceAll(want, " ", "") {
		t.Errorf("got %s", got)
	}
	var names []string
	for _, named := range table.Tables("t") {
		names = append(names, named.Name())
	}
	if !slices.Equal(names, []string{"second", "first"}) {
		t.Errorf("tables in the order %v", names)
	}
	array := table.Array("a")
	if len(array) != 2 || array[0].Label() != "[[a]]" || array[0].Array("b")[0].Label() != "[[a.b]]" || array[1].Pos("").Line != 17 {
		t.Errorf("array: %v", array)
	}
	if table.Kind("i") != "an integer" || table.Kind("none") != "" || !table.Has("i") || table.String("none", &s) {
		t.Error("kinds")
	}
	if p := table.Problems(); len(p) > 0 {
		t.Error(problems(t, p))
	}
}

// checkPositions asserts that every key of the values has a position, at which the text is
// that key. It returns how many keys there are.
func checkPositions(t *testing.T, src []byte, n *tomlNode, v any) int {
	count := 0
	switch v := v.(type) {
	case map[string]any:
		if len(v) != len(n.keys) {
			t.Fatalf("%q: %d keys, %d positions", src, len(v), len(n.keys))
		}
		for key, value := range v {
			at := n.byKey[key]
			if at == nil {
				t.Fatalf("%q: no position for %q", src, key)
			}
			s := tomlScan{src: src, pos: at.at}
			if text, ok := s.keyPart(); !ok || text != key {
				t.Fatalf("%q: at the position of %q stands %q", src, key, text)
			}
			count += 1 + checkPositions(t, src, at, value)
		}
	case []map[string]any:
		for i, item := range v {
			count += checkPositions(t, src, n.items[i], item)
		}
	case []any:
		if len(v) != len(n.items) {
			t.Fatalf("%q: %d elements, %d positions", src, len(v), len(n.items))
		}
		for i, item := range v {
			if n.items[i] == nil {
				n.items[i] = &tomlNode{}
			}
			count += checkPositions(t, src, n.items[i], item)
		}
	}
	return count
}

var tomlSeeds = []string{
	"a = 1 # x = 2\nb.c.\"d e\" = '''\n[x]\ny = 1'''\n[t]\nk = \"\"\"a\\\"\"\"\"\"\n",
	"[a.b]\nc = {d = {e = 1}, f.g = [1, {h = 2}, [{i = 3}]]}\n[a]\nz = [ # ]\n 1,\n 2,\n]\n",
	"[[x]]\na = 1\n[[x.y]]\nb = 2\n[x.y.z]\nc = 3\n[[x]]\na = 1979-05-27 07:32:00\n",
	"\"\\u0061\" = 1\n'b' = 2\n1.2 = 3\n\"\" = 4\n",
	"t = {a = 1,\n  b = 2, # c\n}\ns = \"a#b\\\\\"\r\nu = '''x''''\n",
}

func TestEveryKeyHasAPosition(t *testing.T) {
	for _, in := range tomlSeeds {
		values, err := decodeTOML([]byte(in))
		if err != nil {
			t.Fatal(err)
		}
		if n := checkPositions(t, []byte(in), &scanTOML([]byte(in)).root, values); n < 3 {
			t.Errorf("only %d keys in %q", n, in)
		}
	}
}

func FuzzTOML(f *testing.F) {
	for _, s := range tomlSeeds {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, in []byte) {
		table := TOML("f", in, 1)
		readSite(table)
		in = table.file.src
		scan := scanTOML(in)
		values := map[string]any{}
		if scan.tooDeep {
			return
		}
		if _, err := toml.Decode(string(in), &values); err != nil {
			if len(table.Problems()) == 0 {
				t.Fatalf("%q: no problem for %v", in, err)
			}
			return
		}
		if strings.HasPrefix(string(in), "\xff\xfe") || strings.HasPrefix(string(in), "\xfe\xff") || strings.HasPrefix(string(in), bom) {
			return
		}
		if len(scan.twice) > 0 {
			t.Fatalf("%q: the parser sees nothing twice", in)
		}
		checkPositions(t, in, &scan.root, values)
	})
}
