package decode

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// dumpDocs reads all documents: "1: JSON" for each, "3! reason" for a reject, then problems.
func dumpDocs(t testing.TB, format string, in io.Reader, o DocOptions) []string {
	t.Helper()
	d, ok := Documents(format, in, o)
	if !ok {
		t.Fatalf("no format %q", format)
	}
	var out []string
	for d.Next() {
		text, err := json.Marshal(d.Doc().Value)
		if err != nil {
			text = fmt.Append(nil, d.Doc().Value)
		}
		out = append(out, fmt.Sprintf("%d: %s", d.Doc().Line, text))
	}
	if err := d.Err(); err != nil {
		t.Fatal(err)
	}
	for _, x := range d.Rejects() {
		out = append(out, fmt.Sprintf("%d! %s", x.Line, x.Reason))
	}
	for _, p := range d.Problems() {
		out = append(out, fmt.Sprintf("%s %d:%d %s", p.Code, p.Pos.Line, p.Pos.Col, p.Text))
	}
	return out
}

func TestDocuments(t *testing.T) {
	cases := []struct {
		name, format, in string
		want             []string
	}{
		{"json keeps the text of numbers", "json", "\ufeff\n {\"a\":[1.10,12345678901234567890,-0,1e400],\"b\":\"\\u00e9\\ud83d\\ude00\",\"c\":{\"d\":null,\"e\":true}}\n", []string{`2: {"a":[1.10,12345678901234567890,-0,1e400],"b":"é😀","c":{"d":null,"e":true}}`}},
		{"json of a scalar", "json", "1", []string{"1: 1"}},
		{"json that is broken", "json", "{\n \"a\": 1,\n \"b\" 2\n}", []string{`3! column 6: expected ":"`}},
		{"json of several values", "json", "{}\n{}", []string{"2! column 1: text behind the document; a file with one value per line is of the format jsonl"}},
		{"json that is empty", "json", " \n", []string{"2! column 1: the text ends where a value is expected"}},
		{"json with bad UTF-8", "json", "[\n\"\xff\"]", []string{"1: [\"\ufffd\"]", "D105 2:2 byte 0xff is not valid UTF-8"}},
		{"jsonl", "jsonl", "{\"a\":1}\n\n[2]\n{\n3\n", []string{`1: {"a":1}`, "3: [2]", "5: 3", "4! column 2: expected a string in double quotes"}},
		{"a column that stands several times is a list", "csv", "a,b,a,a\n1,x,,3\n", []string{`2: {"a":["1","","3"],"b":"x"}`}},
		{"csv rows are objects of strings", "csv", "a,b\n1,x\n2\n,\"y\"\n", []string{`2: {"a":"1","b":"x"}`, `4: {"a":"","b":"y"}`, "3! 1 cell where the header has 2"}},
		{"toml", "toml", "a = 1\nb = [1.5, inf]\n[c]\nd = 2025-10-01\ne = 2025-10-01T10:00:00Z\nf = 10:00:00\n[[g]]\nh = [{i = true}]\n", []string{
			`1: map[a:1 b:[1.5 +Inf] c:map[d:2025-10-01 e:2025-10-01T10:00:00Z f:10:00:00] g:[map[h:[map[i:true]]]]]`}},
		{"text", "text", "\ufeff\n* @a/b\n\xff\r\n", []string{"2: \"\\n* @a/b\\n\ufffd\\r\\n\"", "D105 3:1 byte 0xff is not valid UTF-8"}},
		{"toml that is broken", "toml", "a = 1\nb = \n", []string{"2! column 5: expected value but found '\\n' instead"}},
		{"yaml scalars are not guessed", "yaml", "a: no\nb: 2025-03-01\nc: 1.10\nd: 007\ne: 0x1F\nf: 1_000\ng: 12:30:45\nh: ~\ni:\nj: TRUE\nk: '1'\nl: !!str 12\nm: +1\nn: 1e5\no: .5\n1: x\ntrue: y\n", []string{
			`1: {"1":"x","a":"no","b":"2025-03-01","c":1.10,"d":"007","e":"0x1F","f":"1_000","g":"12:30:45","h":null,"i":null,"j":true,"k":"1","l":"12","m":"+1","n":1e5,"o":".5","true":"y"}`}},
		{"yaml of several documents", "yaml", "# first\na: 1\n---\n# nothing\n---\n\nb: 2\n...\n# more\n---\nc: 3\n", []string{`2: {"a":1}`, `7: {"b":2}`, `11: {"c":3}`}},
		{"yaml of one bad document among good ones", "yaml", "a: 1\n---\nb: 2\nc: [1\n---\nd: |\n  x\n  ---\n  y\n---\ne: 5\ne: 6\n---\nf: 7\n", []string{
			`1: {"a":1}`, `6: {"d":"x\n---\ny\n"}`, `14: {"f":7}`, `4! column 4: sequence end token ']' not found`, `12! column 1: key "e" given twice`}},
		{"yaml anchors and tags where they may stand", "yaml", "a: &l\n- &v x\n- *v\nb: *l\n--- !set\nc: !!str 1\nd: &m\n  e: 1\nf: {g: &n h, i: *n}\n", []string{
			`1: {"a":["x","x"],"b":["x","x"]}`, `5: {"c":"1","d":{"e":1},"f":{"g":"h","i":"h"}}`}},
		{"yaml directives", "yaml", "%YAML 1.2\n# x\n---\na: 1\n", []string{`4: {"a":1}`}},
		{"yaml aliases and merge keys", "yaml", "x: &x {a: 1, b: 2}\ny: *x\nz:\n  b: 3\n  <<: *x\n", []string{`1: {"x":{"a":1,"b":2},"y":{"a":1,"b":2},"z":{"a":1,"b":3}}`}},
		{"yaml aliases without an anchor", "yaml", "a: *x\n---\n&a [*a]\n", []string{"1! column 4: alias *x stands before the end of its anchor, or has none", "3! column 5: alias *a stands before the end of its anchor, or has none"}},
		{"yaml with CRLF and a byte order mark", "yaml", "\ufeffa: 1\r\nb: x\r\n---\r\nc: 2\r\n", []string{`1: {"a":1,"b":"x"}`, `4: {"c":2}`}},
		{"yaml keys that are no scalars", "yaml", "? [a]\n: 1\n", []string{"2! column 1: found an invalid key for this map"}},
		{"yaml that is empty", "yaml", "", nil},
		{"yaml with a number of one word", "yaml", "5", []string{"1: 5"}},
		{"yaml text in folds", "yaml", "a: >\n  x\n  y\nb: \"q\\n\"\n", []string{`1: {"a":"x y\n","b":"q\n"}`}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if d := cmp.Diff(c.want, dumpDocs(t, c.format, strings.NewReader(c.in), DocOptions{File: "in"})); d != "" {
				t.Error(d)
			}
		})
	}
}

func laughs(levels int) string {
	var b strings.Builder
	b.WriteString("a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol]\n")
	for i := 1; i < levels; i++ {
		fmt.Fprintf(&b, "a%d: &a%d [%s]\n", i, i, strings.TrimSuffix(strings.Repeat(fmt.Sprintf("*a%d, ", i-1), 9), ", "))
	}
	return b.String()
}

func aliasTower(levels int) string {
	var b strings.Builder
	b.WriteString("a0: &a0 [x]\n")
	for i := 1; i < levels; i++ {
		fmt.Fprintf(&b, "a%d: &a%d [*a%d]\n", i, i, i-1)
	}
	return b.String()
}

// TestHostileDocuments asserts that what could exhaust memory, stack or time is refused in
// a second or two, and that the document behind it is still read where there is one.
func TestHostileDocuments(t *testing.T) {
	const mb = 1 << 20
	deep := "nested deeper than 200"
	cases := []struct{ name, format, in, want string }{
		{"billion laughs", "yaml", laughs(10) + "---\nb: 1\n", "the aliases stand for more than 16 MiB"},
		{"a tower of aliases", "yaml", aliasTower(1000) + "---\nb: 1\n", "nested deeper than 200 with its aliases"},
		{"yaml brackets", "yaml", strings.Repeat("[", mb) + "\n---\nb: 1\n", deep},
		{"yaml braces", "yaml", strings.Repeat("{a: ", mb/4) + "\n---\nb: 1\n", deep},
		{"yaml dashes", "yaml", strings.Repeat("- ", mb/2) + "\n---\nb: 1\n", deep},
		{"yaml question marks", "yaml", strings.Repeat("? ", mb/2) + "\n---\nb: 1\n", deep},
		{"yaml keys of one mapping", "yaml", keys(100_000, "k%d: v\n") + "---\nb: 1\n", "mappings of too many keys: write them as JSON"},
		{"yaml keys of anchors", "yaml", keys(100_000, "&a k%d: v\n") + "---\nb: 1\n", "mappings of too many keys: write them as JSON"},
		{"yaml keys in an open bracket", "yaml", "[\n" + keys(100_000, "k%d: v\n") + "\n---\nb: 1\n", "mappings of too many keys: write them as JSON"},
		{"yaml of 50 MB in one line", "yaml", "a: " + strings.Repeat("x", 50*mb) + "\n---\nb: 1\n", "longer than 4194304 bytes"},
		{"yaml of 50 MB in many lines", "yaml", "a: |\n" + strings.Repeat("  xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\n", 50*mb/35) + "---\nb: 1\n", "longer than 4194304 bytes"},
		{"yaml blank lines", "yaml", "a: |\n" + strings.Repeat("  \n", mb) + "---\nb: 1\n", "more than 100 blank lines in a row"},
		{"yaml tabs in quotes", "yaml", "a: \"" + strings.Repeat("-\t", mb) + "\n---\nb: 1\n", "too many tabs in long lines"},
		{"yaml empty entries", "yaml", strings.Repeat("- \n", mb) + "---\nb: 1\n", "too many empty entries"},
		{"yaml empty entries in braces", "yaml", strings.Repeat("- {a, b: }\n", mb/10) + "---\nb: 1\n", "too many empty entries"},
		{"yaml tags without values", "yaml", strings.Repeat("- a: !x\n", mb/8) + "---\nb: 1\n", "an anchor or tag without a value"},
		{"yaml question marks in lines", "yaml", keys(100_000, "? k%d\n") + "---\nb: 1\n", "mappings of too many keys: write them as JSON"},
		{"json depth", "json", strings.Repeat("[", 10*mb), deep},
		{"json number", "json", strings.Repeat("1", mb), "a number of more than 1000 digits"},
		{"toml arrays", "toml", "a = " + strings.Repeat("[", mb), deep},
		{"toml inline tables", "toml", "a = " + strings.Repeat("{a=", mb), deep},
		{"toml dotted key", "toml", strings.Repeat("a.", mb) + "a = 1", deep},
		{"toml header", "toml", "[" + strings.Repeat("a.", mb) + "a]", deep},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			start := time.Now()
			d, _ := Documents(c.format, strings.NewReader(c.in), DocOptions{})
			read := 0
			for d.Next() {
				read++
			}
			if len(d.Rejects()) != 1 || !strings.Contains(d.Rejects()[0].Reason, c.want) {
				t.Errorf("rejects %v, want one for %q", d.Rejects(), c.want)
			}
			if behind := strings.Count(c.in, "\n---\n"); read != behind {
				t.Errorf("read %d documents, want %d", read, behind)
			}
			if took := time.Since(start); took > 60*time.Second {
				t.Errorf("took %v", took)
			}
		})
	}
}

func keys(n int, format string) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, format, i)
	}
	return b.String()
}

func TestLargeYAMLOfUsualShapeIsRead(t *testing.T) {
	objects := "[\n" + strings.Repeat(` {"id": "x", "n": 1, "list": [1, 2]},`+"\n", 30_000) + "]\n"
	list := strings.Repeat("- id: x\n  n: 1\n  sub:\n    k: v\n", 30_000)
	for _, in := range []string{objects, list} {
		d, _ := Documents("yaml", strings.NewReader(in), DocOptions{})
		if !d.Next() {
			t.Fatal(d.Rejects())
		}
		if n := len(d.Doc().Value.([]any)); n != 30_000 {
			t.Errorf("%d elements", n)
		}
	}
}

func FuzzDocuments(f *testing.F) {
	f.Add("yaml", "a: &x [1, {b: !!str c}]\nd: *x\n<<: {z: 1}\n---\n? x\n: |\n  y\n")
	f.Add("yaml", "- - a: 'x'\n    b: \"y\\n\"\n- ? k\n")
	f.Add("yaml", laughs(3))
	f.Add("toml", "a = 1\n[b]\nc = [{d=1}]\n[[e]]\n")
	f.Add("json", `{"a":[1,"x",null]}`)
	f.Add("csv", "a,b\n1,2\n")
	f.Add("yaml", "\r0")
	f.Fuzz(func(t *testing.T, format, in string) {
		d, ok := Documents(format, strings.NewReader(in), DocOptions{})
		if !ok || format == "parquet" { // which has no lines, and a target of its own
			return
		}
		for d.Next() {
			if _, err := json.Marshal(d.Doc().Value); err != nil && !strings.Contains(err.Error(), "unsupported value") {
				t.Fatal(err)
			}
			if line := d.Doc().Line; line < 1 || line > 1+strings.Count(in, "\n") {
				t.Fatalf("line %d of %q", line, in)
			}
		}
	})
}

func BenchmarkDocuments(b *testing.B) {
	inputs := []struct {
		format string
		data   []byte
	}{
		{"jsonl", incidentsJSONL(10_000)},
		{"json", append(append([]byte("["), bytes.Join(bytes.Split(bytes.TrimSpace(incidentsJSONL(10_000)), newline), []byte(","))...), ']')},
		{"csv", incidentsCSV(10_000)},
		{"yaml", []byte(strings.Repeat("kind: Component\nmetadata:\n  name: cards\n  tags: [a, b]\nspec:\n  owner: group:payments\n---\n", 1000))},
	}
	for _, in := range inputs {
		b.Run(in.format, func(b *testing.B) {
			b.SetBytes(int64(len(in.data)))
			for b.Loop() {
				d, _ := Documents(in.format, bytes.NewReader(in.data), DocOptions{})
				for d.Next() {
				}
			}
		})
	}
}
