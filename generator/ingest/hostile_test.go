package ingest

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"uptree/generator/config"
	"uptree/generator/diag"
	"uptree/generator/history"
	"uptree/generator/model"
)

func testdata(t *testing.T, name string) string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestLongLineCostsItsRecordAlone(t *testing.T) {
	s := newSite(t)
	s.source(model.Incidents, "i.csv", "id,started,title\nA,2025-03-01,x\nB,2025-03-01,"+strings.Repeat("x", 50<<20)+"\nC,2025-03-01,x\n")
	m, problems := s.normalise()
	if got := account(m, "i"); got != "ok read 3 accepted 2 merged 0 rejected 1 unmapped 0" {
		t.Error(got)
	}
	has(t, problems, diag.TooLarge, "i.csv:3: 1 record rejected")
}

func TestBillionLaughsCostTheirDocumentAlone(t *testing.T) {
	var b strings.Builder
	b.WriteString("a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n")
	for i := 1; i < 12; i++ {
		b.WriteString(strings.NewReplacer("N", string(rune('a'+i)), "M", string(rune('a'+i-1))).Replace("lN: &lN [*lM,*lM,*lM,*lM,*lM,*lM,*lM,*lM,*lM,*lM]\n"))
	}
	laughs := strings.Replace(b.String(), "a0: &a0", "la: &la", 1)
	for _, program := range []string{"", `{id: .id, started: .started, services: (.ll // [])}`} {
		s := newSite(t)
		s.source(model.Incidents, "i.yaml", laughs+"---\nid: A\nstarted: 2025-03-01\n").Map = program
		m, _ := s.normalise()
		if _, ok := m.Incident("A"); !ok || m.Sources[2].Rejected != 1 {
			t.Errorf("program %q: %s", program, account(m, "i"))
		}
	}
}

func TestBytesThatAreNoUTF8AreReplaced(t *testing.T) {
	s := newSite(t)
	s.source(model.Incidents, "i.csv", "id,started,title\nA,2025-03-01,caf\xe9\n")
	m, problems := s.normalise()
	if i, ok := m.Incident("A"); !ok || m.Incidents[i].Title != "caf\uFFFD" {
		t.Error("the title is not repaired")
	}
	has(t, problems, diag.BadEncoding, "i.csv:2")

	s = newSite(t)
	s.source(model.Incidents, "i.csv", "id,started\nA,2025-03-01\n").Map = `{id, started, title: ("/////w==" | @base64d)}`
	m, _ = s.normalise()
	if i, ok := m.Incident("A"); !ok || strings.ToValidUTF8(m.Incidents[i].Title, "!") != m.Incidents[i].Title {
		t.Error("a mapping can make a title that is no UTF-8")
	}
}

// TestMarkupIsText: what looks like HTML is a text like any other; escaping is for the page.
func TestMarkupIsText(t *testing.T) {
	const script = `<script>alert(1)</script>`
	s := newSite(t)
	s.source(model.Incidents, "i.json", `[{"id": "`+script+`", "title": "`+script+`", "severity": "`+script+`", "type": "`+script+`", "services": ["`+script+`"], "review": "`+script+`", "started": "2025-03-01"}]`)
	m, _ := s.normalise()
	i, ok := m.Incident(script)
	if !ok || m.Incidents[i].Title != script || m.Incidents[i].Review != script || m.Incidents[i].Unknown.Services[0] != script {
		t.Errorf("incident %t %+v", ok, m.Incidents)
	}
}

// TestNothingElseIsKept: fields that the datasets do not have, such as names of people, go
// no further.
func TestNothingElseIsKept(t *testing.T) {
	s := newSite(t)
	s.source(model.Incidents, "i.json", `[{"id": "A", "started": "2025-03-01", "assignee": {"name": "Quill Ravensworth"}, "commander": "quill@example.com"}]`)
	m, _ := s.normalise()
	if text := incidents(m); strings.Contains(strings.ToLower(text), "quill") || len(m.Sources[2].Rejects) > 0 {
		t.Error(text)
	}
}

func TestManyDifferentFaultsAreBounded(t *testing.T) {
	var b strings.Builder
	b.WriteString("[")
	for i := range 3000 {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString(`{"id":"A","started":1740823230,"k` + strings.Repeat("x", i%900) + string(rune('a'+i%26)) + `":1}`)
	}
	b.WriteString("]")
	s := newSite(t)
	s.source(model.Incidents, "i.json", b.String())
	if _, problems := s.normalise(); len(problems) > maxFindings+10 {
		t.Errorf("%d problems", len(problems))
	}
}

// FuzzRecords: whatever a document holds, nothing panics
// and every record is accounted for.
func FuzzRecords(f *testing.F) {
	f.Add(`{"id": "a", "started": "2025-03-01", "services": ["x", 1, null], "planned": true}`)
	f.Add(`{"id": 1, "owner": "a;b", "aliases": [[]], "valid_from": {}, "third_party": "no"}`)
	f.Add(`{"test": "t", "service": "s", "day": 1740823230, "passed": 1e3, "duration": "PT1H", "url": "https://a"}`)
	z := testZones(f)
	f.Fuzz(func(t *testing.T, text string) {
		for d := range model.Specs {
			in := &intake{batch: &model.Batch{}, clock: clock{cal: z.site}, severities: &config.Severities{}, room: history.NewRoom()}
			_ = in.readDocuments(t.Context(), strings.NewReader(text), "json", model.Dataset(d))
			_ = in.readFlat(t.Context(), strings.NewReader(text), "jsonl", model.Dataset(d))
			_ = in.readFlat(t.Context(), strings.NewReader(text), "csv", model.Dataset(d))
			if len(in.rejects) > maxRejects || len(in.rejects) > in.rejected {
				t.Fatalf("%d rejects of %d", len(in.rejects), in.rejected)
			}
		}
	})
}
