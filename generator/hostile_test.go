package generator_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"uptree/generator/model"
)

// payloads are texts that would run, load or compute something where a page, a link or a
// spreadsheet took them for more than text.
var payloads = []string{
	`<script>alert(1)</script>`,
	`"><img src=x onerror=alert(1)>`,
	`' onmouseover='alert(1)' x='`,
	`</script></style></title></svg><script>alert(1)</script>`,
	`--><svg/onload=alert(1)>`,
	`javascript:alert(1)`,
	`data:text/html,<script>alert(1)</script>`,
	`{{.Page}} {n} ${1} <!-- ]]>`,
	`=HYPERLINK("http://evil.example/","x")`,
	`+1+cmd|' /C calc'!A0`, `-2+3`, `@SUM(1)`,
	`../../../etc/passwd`,
	`%2e%2e%2f`, "a\x00b", "\u202Eright to left\u2066",
}

const hostileClock = "2026-11-20T09:05:00Z"

// hostileRecord fills every field of a dataset that is not given: texts and addresses with
// the payload, other fields not at all.
func hostileRecord(d model.Dataset, payload string, given map[string]any) string {
	record := maps.Clone(given)
	for _, f := range model.Specs[d].Fields {
		if _, ok := record[f.Name]; !ok && (f.Kind == model.Text || f.Kind == model.Link) {
			record[f.Name] = payload
		}
	}
	line, err := json.Marshal(record)
	if err != nil {
		panic(err) // a record of texts and lists can always be written
	}
	return string(line) + "\n"
}

// hostileSite is a site with a node, service, journey, test, dependency and incident for
// each payload, the payload in every text of theirs and at the end of every id.
func hostileSite() map[string]string {
	records := map[model.Dataset]string{model.Nodes: `{"id":"acme","title":"Acme"}` + "\n"}
	for i, p := range payloads {
		id := strconv.Itoa(i) + p
		rows := map[model.Dataset]map[string]any{
			model.Nodes:        {"id": "n" + id, "parent": "acme", "successor": "s" + id},
			model.Services:     {"id": "s" + id, "owner": []string{"n" + id, "u" + id}, "aliases": []string{"a" + id}},
			model.Dependencies: {"from": "s" + id, "to": "s0" + payloads[0]},
			model.Journeys:     {"id": "j" + id, "services": []string{"s" + id, "gone" + id}},
			model.Incidents: {"id": "i" + id, "services": []string{"s" + id, "gone" + id}, "cause": []string{"s" + id},
				"started": "2026-11-10T10:00:00Z", "mitigated": "2026-11-10T11:00:00Z"},
			model.Synthetics: {"test": "t" + id, "service": "s" + id, "day": "2026-11-10", "passed": 9, "failed": 1},
		}
		for d, given := range rows {
			records[d] += hostileRecord(d, p, given)
		}
	}
	files := map[string]string{"site.toml": fmt.Sprintf("title = %q\n", payloads[0])}
	for d, lines := range records {
		name := d.String()
		files["data/"+name+".jsonl"] = lines
		files["site.toml"] += "[source." + name + "]\ntitle = '''" + payloads[1] + "'''\ndataset = \"" + name + "\"\npath = \"data/" + name + ".jsonl\"\n"
	}
	files["content/org/acme.md"] = hostileDocument()
	files["content/pages/hostile.md"] = "# " + strings.Join(payloads, "\n\n# ")
	return files
}

// hostileDocument tries what Markdown and front matter might let through.
func hostileDocument() string {
	var out strings.Builder
	fmt.Fprintf(&out, "+++\ntitle = '''%s'''\ntags = ['''%s''']\nlinks = [{ title = '''%s''', url = \"javascript:alert(1)\" }]\n", payloads[0], payloads[1], payloads[3])
	fmt.Fprintf(&out, "[[caveats]]\nmetric = \"incident_time\"\ntext = '''%s'''\n", payloads[1])
	fmt.Fprintf(&out, "[[marks]]\ndate = \"2026-11-10\"\ntext = '''%s'''\n+++\n", payloads[3])
	for _, p := range payloads {
		fmt.Fprintf(&out, "%s\n\n[link](<%s>) ![picture](<%s>) <%s> [ref][r%d]\n\n", p, p, p, p, len(p))
		fmt.Fprintf(&out, "[r%d]: <%s> '%s'\n\n| %s |\n|---|\n| `%s` |\n\n```%s\n%s\n```\n\n", len(p), p, p, p, p, p, p)
	}
	return out.String() + "[x](java\tscript:alert(1)) [y](JaVaScRiPt&colon;alert(1)) [z](vbscript:x) [n](node:../../x) [h](//evil.example)\n"
}

// writeSite puts files below a new folder and returns it.
func writeSite(t testing.TB, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, content := range files {
		at := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(at), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(at, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestTextsOfTheInputStayTexts(t *testing.T) {
	dir := writeSite(t, hostileSite())
	site := buildSite(t, dir, hostileClock, filepath.Join(dir, "out", "site"), 2)
	site.mustStand(t)
	for _, p := range site.problems {
		if strings.HasPrefix(string(p.Code), "P") {
			t.Errorf("%s: %s %s", p.Pos.File, p.Code, p.Text)
		}
	}
	for _, f := range site.manifest(t) {
		content := site.read(t, f.Path)
		switch path.Ext(f.Path) {
		case ".html":
			for _, part := range foreignParts(f.Path, content) {
				t.Errorf("%s: %s", f.Path, part)
			}
		case ".json":
			if !json.Valid(content) {
				t.Errorf("%s is no JSON", f.Path)
			}
		case ".csv":
			noFormula(t, f.Path, content)
		}
	}
	left, err := filepath.Glob(filepath.Join(dir, "out", "[^.]*"))
	if err != nil || len(left) > 1 {
		t.Errorf("files beside the site: %q, %v", left, err)
	}
}

// A page that dropped its texts would be safe and useless.
func TestHostileTitlesAreShownAsTheyAre(t *testing.T) {
	dir := writeSite(t, hostileSite())
	site := buildSite(t, dir, hostileClock, filepath.Join(dir, "public"), 2)
	site.mustStand(t)
	urls := map[string]string{}
	for _, s := range site.subjects(t) {
		urls[s.Kind+":"+s.ID] = s.URL
	}
	for i, p := range payloads[:8] {
		for kind, prefix := range map[string]string{"node": "n", "service": "s", "journey": "j"} {
			url, ok := urls[kind+":"+prefix+strconv.Itoa(i)+p]
			if !ok {
				t.Errorf("no page of the %s with the id %q", kind, p)
				continue
			}
			if got := heading(t, site.read(t, url)); got != p {
				t.Errorf("%s has the heading %q, not %q", url, got, p)
			}
		}
	}
}

// heading is the text of a page's h1.
func heading(t *testing.T, src []byte) string {
	t.Helper()
	doc, err := html.Parse(bytes.NewReader(src))
	if err != nil {
		t.Fatal(err)
	}
	for n := range doc.Descendants() {
		if n.Data != "h1" {
			continue
		}
		var out strings.Builder
		for in := range n.Descendants() {
			if in.Type == html.TextNode {
				out.WriteString(in.Data)
			}
		}
		return out.String()
	}
	return ""
}

// noFormula checks that no cell would compute anything in a spreadsheet.
func noFormula(t *testing.T, name string, content []byte) {
	t.Helper()
	r := csv.NewReader(bytes.NewReader(content))
	r.FieldsPerRecord = -1
	lines, err := r.ReadAll()
	if err != nil {
		t.Errorf("%s: %v", name, err)
	}
	for _, line := range lines {
		for _, cell := range line {
			if cell == "" || !strings.ContainsRune("=+-@\t\r", rune(cell[0])) {
				continue
			}
			if _, err := strconv.ParseFloat(cell, 64); err != nil {
				t.Errorf("%s: the cell %q is a formula", name, cell)
			}
		}
	}
}
