package generator_test

import (
	"fmt"
	"path/filepath"
	"runtime"
	"runtime/metrics"
	"strings"
	"testing"
	"time"

	"uptree/generator"
	"uptree/generator/diag"
)

// small is a site with a tree, a service and two incidents; a case replaces files of it.
var small = map[string]string{
	"site.toml": `title = "Small"
[source.org]
dataset = "nodes"
path = "org.csv"
[source.catalogue]
dataset = "services"
path = "services.csv"
[source.incidents]
dataset = "incidents"
path = "incidents.*"
`,
	"org.csv":       "id,title,parent\nacme,Acme,\nteam,Team,acme\n",
	"services.csv":  "id,owner\nshop,team\n",
	"incidents.csv": "id,services,started,mitigated\nI1,shop,2026-11-10T10:00:00Z,2026-11-10T11:00:00Z\n",
}

// with returns the small site with other files; an empty text removes one.
func with(changes ...string) map[string]string {
	out := map[string]string{}
	for name, content := range small {
		out[name] = content
	}
	for i := 0; i < len(changes); i += 2 {
		if out[changes[i]] = changes[i+1]; changes[i+1] == "" {
			delete(out, changes[i])
		}
	}
	return out
}

// mapped is a mapping for the incidents.
func mapped(jq string) string { return small["site.toml"] + "map = '''" + jq + "'''\n" }

const header = "id,title,services,started,mitigated\n"

func TestFilesThatAreTooMuchAreBuiltOrRefused(t *testing.T) {
	// A mapping may take 1 GiB; the step that goes beyond can be one that doubles it.
	const most = 5 << 29
	good := "I1,,shop,2026-11-10T10:00:00Z,2026-11-10T11:00:00Z\n"
	long := strings.Repeat("x", 50<<20)
	record := `{"id":"I1","services":["shop"],"started":"2026-11-10T10:00:00Z","mitigated":"2026-11-10T11:00:00Z"}` + "\n"
	cases := []struct {
		name  string
		files map[string]string
		want  generator.Outcome
		code  diag.Code
		says  string
	}{
		{"a line of 50 MB in a CSV", with("incidents.csv", header+"I0,"+long+",shop,2026-11-10,\n"+good), generator.Built, diag.TooLarge, "rejected"},
		{"a line of 50 MB in JSONL", with("incidents.csv", "", "incidents.jsonl", `{"id":"I0","title":"`+long+"\"}\n"+record), generator.Built, diag.TooLarge, "rejected"},
		{"a quote that is never closed", with("incidents.csv", header+good+`I2,"`+strings.Repeat("a,b\n", 1<<20)), generator.Built, diag.BadRecord, ""},
		{"bytes that are no UTF-8", with("incidents.csv", header+"I2,caf\xe9 \xff\xfe,shop,2026-11-10T10:00:00Z,\n"+good), generator.Built, diag.BadEncoding, ""},
		{"NUL bytes", with("incidents.csv", header+"I\x002,a\x00b,shop,2026-11-10T10:00:00Z,\n"+good), generator.Built, "", ""},
		{"YAML that laughs a billion times", with("incidents.csv", "", "incidents.yaml", laughs()+"---\n"+strings.TrimSpace(record)+"\n"), generator.Built, diag.BadRecord, ""},
		{"a mapping that loops", with("site.toml", mapped("def f: f; f")), generator.Built, diag.MappingFailed, ""},
		{"a mapping that emits for ever", with("site.toml", mapped("repeat({id: .id, started: .started})")), generator.Built, diag.MappingFailed, ""},
		{"a mapping that builds a huge text", with("site.toml", mapped(`reduce range(60) as $i ("x"; . + .)`)), generator.Built, diag.MappingFailed, ""},
		{"a mapping that builds a huge list", with("site.toml", mapped(`[range(1000000000)]`)), generator.Built, diag.MappingFailed, ""},
		{"a mapping that multiplies a text", with("site.toml", mapped(`"x" * 4000000000`)), generator.Built, diag.MappingFailed, ""},
		{"a cycle in the tree", with("org.csv", "id,parent\nacme,\na,b\nb,c\nc,a\n"), generator.Unusable, diag.TreeCycle, "a → b → c → a"},
		{"a node that is its own parent", with("org.csv", "id,parent\nacme,acme\n"), generator.Unusable, diag.TreeCycle, "acme → acme"},
		{"successors in a circle", with("org.csv", "id,parent,successor\nacme,,\na,acme,b\nb,acme,a\n"), generator.Unusable, diag.SuccessorCycle, "a → b → a"},
		{"an id that leads out of the site", with("org.csv", "id,parent\nacme,\n..,acme\nteam,acme\n"), generator.Built, diag.BadID, `".."`},
		{"an id that is ours", with("org.csv", "id,parent\nacme,\n_not-owned,acme\nteam,acme\n"), generator.Built, diag.BadID, "_not-owned"},
		{"ids that are one on some disks", with("org.csv", "id,parent\nacme,\nteam,acme\nTEAM,acme\n"), generator.Built, diag.CollidingIDs, "TEAM"},
		{"an empty tree", with("org.csv", ""), generator.SourceFailed, diag.SourceFailed, "org.csv"},
		{"a tree of a header alone", with("org.csv", "id,parent\n"), generator.Unusable, diag.EmptyTree, ""},
		{"events of a header alone", with("incidents.csv", header), generator.Built, "", ""},
		{"front matter that is never closed", with("content/org/team.md", "+++\ntitle = 1\n"+strings.Repeat("a = [\n", 10_000)), generator.Built, diag.FrontMatter, ""},
		{"a document of brackets", with("content/org/team.md", strings.Repeat("[", 100_000)+strings.Repeat("*_", 100_000)), generator.Built, "", ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			dir := writeSite(t, c.files)
			peak := heapPeak()
			site := buildSite(t, dir, hostileClock, filepath.Join(dir, "public"), 2)
			if heap := peak(); heap > most {
				t.Errorf("the heap grew to %d MiB", heap>>20)
			}
			if site.err != nil || site.result.Outcome != c.want {
				t.Fatalf("outcome %d, error %v\n%.2000s", site.result.Outcome, site.err, site.said())
			}
			if !site.says(c.code, c.says) {
				t.Errorf("no %s with %q among\n%.2000s", c.code, c.says, site.said())
			}
		})
	}
}

// says reports whether a problem has the code and holds the text; without a code there is
// nothing to say.
func (b *built) says(code diag.Code, text string) bool {
	for _, p := range b.problems {
		if p.Code == code && strings.Contains(p.Text, text) {
			return true
		}
	}
	return code == ""
}

func laughs() string {
	out := "la: &la [x,x,x,x,x,x,x,x,x,x]\n"
	for c := 'b'; c < 'n'; c++ {
		out += fmt.Sprintf("l%c: &l%c [%s]\n", c, c, strings.Repeat(fmt.Sprintf("*l%c,", c-1), 10))
	}
	return out
}

// heapPeak watches the heap; the function that it returns stops and says how large the heap
// has been.
func heapPeak() func() uint64 {
	runtime.GC() // what the test before left
	done, most := make(chan struct{}), make(chan uint64)
	go func() {
		sample := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
		var peak uint64
		for {
			metrics.Read(sample)
			peak = max(peak, sample[0].Value.Uint64())
			select {
			case <-done:
				most <- peak
				return
			case <-time.After(5 * time.Millisecond):
			}
		}
	}()
	return func() uint64 { close(done); return <-most }
}

// deepTree is a tree without a branch, with a service and its incident at the bottom.
func deepTree(t *testing.T, depth int) string {
	org := "id,parent\nn0,\n"
	for i := 1; i < depth; i++ {
		org += fmt.Sprintf("n%d,n%d\n", i, i-1)
	}
	return writeSite(t, with("org.csv", org, "services.csv", fmt.Sprintf("id,owner\nshop,n%d\n", depth-1)))
}

func TestADeepTreeIsBuilt(t *testing.T) {
	dir := deepTree(t, 300)
	site := buildSite(t, dir, hostileClock, filepath.Join(dir, "public"), 2)
	site.mustStand(t)
	var root struct{ Metrics map[string]map[string]figure }
	site.decode(t, "index.json", &root)
	if f := root.Metrics["incident_time"]["28d"]; f.Value == nil || f.Value.String() != "3600" {
		t.Errorf("the hour at the bottom does not reach the root: %+v", f)
	}
}

// The pages of such a tree name all that is above them; to compute it is the test here.
func TestAVeryDeepTreeIsComputed(t *testing.T) {
	result, problems, err := generator.Build(t.Context(), generator.Options{
		Dir: deepTree(t, 5_000), Config: "site.toml", CheckOnly: true, Pinned: true,
		AsOf: func(zone *time.Location) time.Time { return time.Date(2026, 11, 20, 9, 5, 0, 0, zone) },
	})
	if err != nil || result.Outcome != generator.Built || problems.HasErrors() || result.Nodes < 5_000 {
		t.Errorf("outcome %d, %d nodes, error %v, problems %v", result.Outcome, result.Nodes, err, problems)
	}
}

func TestLongNamesOfManyScriptsAreBuilt(t *testing.T) {
	names := []string{"خدمة الدفع الإلكتروني", "支払いと決済の基盤", "Платёжный шлюз", "שירות ההזמנות", "सेवा", "👩‍🔧 🏳️‍🌈"}
	var org, services strings.Builder
	org.WriteString("id,title,parent\nacme,Acme,\n")
	services.WriteString("id,title,owner\nshop,,acme\n")
	for i := range 1_000 {
		name := names[i%len(names)]
		fmt.Fprintf(&org, "%s-%d,%s,acme\n", name, i, strings.Repeat(name+" ", 1+i%20))
		fmt.Fprintf(&services, "s%s-%d,%s,%s-%d\n", name, i, name, name, i)
	}
	dir := writeSite(t, with("org.csv", org.String(), "services.csv", services.String()))
	site := buildSite(t, dir, hostileClock, filepath.Join(dir, "public"), 2)
	site.mustStand(t)
	if site.result.Nodes != 1_003 || site.problems.HasErrors() {
		t.Errorf("%d nodes\n%.2000s", site.result.Nodes, site.said())
	}
}
