package generator_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"encoding/json"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"uptree/generator/diag"
)

// sampleRows reads a CSV of the sample organisation by itself, as rows by column.
func sampleRows(t *testing.T, name string) (out []map[string]string) {
	t.Helper()
	f, err := os.Open(filepath.Join("..", "data", name))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	lines, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range lines[1:] {
		row := map[string]string{}
		for i, column := range lines[0] {
			row[column] = line[i]
		}
		out = append(out, row)
	}
	return out
}

func TestEveryIDOfTheDataHasAPageWithBothTwins(t *testing.T) {
	site := sampleSite(t)
	known := map[string]subject{}
	for _, s := range site.subjects(t) {
		known[s.Kind+":"+s.ID] = s
	}
	for kind, file := range map[string]string{"node": "org.csv", "service": "services.csv", "journey": "journeys.csv"} {
		for _, row := range sampleRows(t, file) {
			if row["valid_to"] != "" && row["valid_to"] < sampleClock[:10] {
				continue // ended before the build's day
			}
			s, ok := known[kind+":"+row["id"]]
			if !ok {
				t.Errorf("%s %q of %s is not in ids.json", kind, row["id"], file)
				continue
			}
			var twin struct{ Schema, ID, Title string }
			site.decode(t, path.Join(path.Dir(s.URL), "index.json"), &twin)
			if twin.Schema != "uptree/"+kind+"/1" || twin.ID != row["id"] || twin.Title != s.Title {
				t.Errorf("the twin of %s %q says %+v", kind, row["id"], twin)
			}
			if !bytes.Contains(site.read(t, s.URL), []byte("<h1>")) {
				t.Errorf("%s has no heading", s.URL)
			}
		}
	}
	if root := known["node:acme"]; root.URL != "index.html" {
		t.Errorf("the root is at %q", root.URL)
	}
	for _, own := range []string{"cracks", "themes", "metrics", "data", "guide"} {
		site.read(t, own+"/index.html")
	}
}

func TestTheManifestNamesEveryFileOnceWithItsHash(t *testing.T) {
	site := sampleSite(t)
	var paths []string
	for _, f := range site.manifest(t) {
		content := site.read(t, f.Path)
		sum := sha256.Sum256(content)
		if f.Bytes != len(content) || f.SHA256 != hex.EncodeToString(sum[:]) {
			t.Errorf("%s is not what the manifest says", f.Path)
		}
		paths = append(paths, f.Path)
	}
	if !slices.IsSorted(paths) {
		t.Error("the manifest is not sorted")
	}
	var found []string
	err := fs.WalkDir(os.DirFS(site.dir), ".", func(name string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() && name != "manifest.json" {
			found = append(found, name)
		}
		return err
	})
	slices.Sort(found)
	if err != nil || !slices.Equal(found, paths) {
		t.Errorf("%d files in the folder, %d in the manifest (%v)", len(found), len(paths), err)
	}
}

func TestBuildJSONSaysWhatEachSourceGave(t *testing.T) {
	type counts struct {
		Status                                     string
		FetchedAt                                  time.Time `json:"fetched_at"`
		Read, Accepted, Merged, Rejected, Unmapped int
	}
	var got struct {
		Schema, Version string
		AsOf            time.Time `json:"as_of"`
		Periods         map[string]struct{ From, To time.Time }
		Sources         map[string]counts
		Problems        map[diag.Code]int
	}
	site := sampleSite(t)
	site.decode(t, "build.json", &got)
	if got.Schema != "uptree/build/1" || got.Version != "test" || got.AsOf.Format(time.RFC3339) != sampleClock {
		t.Errorf("schema %q, version %q, as of %s", got.Schema, got.Version, got.AsOf)
	}
	if len(got.Periods) != 4 || !got.Periods["28d"].To.Equal(got.AsOf) || got.Periods["28d"].From.Format(time.DateTime) != "2026-10-24 00:00:00" {
		t.Errorf("periods: %+v", got.Periods)
	}
	if n := len(site.result.Sources); n < 10 || len(got.Sources) != n {
		t.Errorf("%d sources of %d", len(got.Sources), n)
	}
	for name, s := range got.Sources {
		written := name == "site.toml" // by hand, and read at every build
		if s.Status != "ok" || s.FetchedAt.IsZero() != written || s.Read == 0 || s.Read != s.Accepted+s.Merged+s.Rejected {
			t.Errorf("source %s: %+v", name, s)
		}
	}
	for code, n := range site.problems.ByCode() {
		if got.Problems[code] != n {
			t.Errorf("build.json counts %d problems %s, the build said %d", got.Problems[code], code, n)
		}
	}
}

// The build walks its own pages: links, anchors, ids that stand twice, inline code, and
// totals that do not reconcile all have codes of P.
func TestTheSampleHasNoProblemOfTheOutput(t *testing.T) {
	for _, p := range sampleSite(t).problems {
		if strings.HasPrefix(string(p.Code), "P") || p.Severity() == diag.Error {
			t.Errorf("%s: %s %s", p.Pos.File, p.Code, p.Text)
		}
	}
}

func TestNoPersonNamedInTheDataIsInTheOutput(t *testing.T) {
	site := sampleSite(t)
	var names []string
	for _, row := range sampleRows(t, "services.csv") {
		for owner := range strings.SplitSeq(row["owner"], ";") {
			if person, ok := strings.CutPrefix(owner, "user:"); ok {
				names = append(names, path.Base(person))
			}
		}
	}
	if len(names) == 0 {
		t.Fatal("the sample has lost its service that is owned by a person")
	}
	for _, f := range site.manifest(t) {
		if strings.HasPrefix(f.Path, "assets/") {
			continue
		}
		content := site.read(t, f.Path)
		for _, name := range append(names, "user:") {
			if bytes.Contains(content, []byte(name)) {
				t.Errorf("%s names %q", f.Path, name)
			}
		}
	}
}

// figure is what index.json says of a metric over a period, as far as data.csv repeats it.
type figure struct {
	Value    *json.Number // of money a text
	Unit     string
	N        *int
	Sum      *float64
	Previous *float64
	Exported *float64
	Parts    map[string]float64
	Segments map[string]float64
	By       map[string]map[string]float64
}

// rows are the lines of data.csv that a figure makes, by part.
func (f *figure) rows() map[string]float64 {
	out := map[string]float64{}
	if f.Value != nil {
		out[""], _ = f.Value.Float64()
	}
	for part, v := range map[string]*float64{"sum": f.Sum, "previous": f.Previous, "exported": f.Exported} {
		if v != nil {
			out[part] = *v
		}
	}
	for _, named := range []map[string]float64{f.Parts, f.Segments} {
		for part, v := range named {
			out[part] = v
		}
	}
	for dimension, named := range f.By {
		for part, v := range named {
			out[dimension+":"+part] = v
		}
	}
	return out
}

func TestDataCSVHoldsTheFiguresOfIndexJSON(t *testing.T) {
	site := sampleSite(t)
	for _, s := range site.subjects(t) {
		if !slices.Contains([]string{"node", "service", "journey"}, s.Kind) {
			continue
		}
		dir := path.Dir(s.URL)
		var twin struct{ Metrics map[string]map[string]figure }
		site.decode(t, path.Join(dir, "index.json"), &twin)
		table := csvFigures(t, site.read(t, path.Join(dir, "data.csv")))
		for metric, periods := range twin.Metrics {
			for period, f := range periods {
				for part, want := range f.rows() {
					got, ok := table[metric+" "+period+" "+part]
					if !ok || got.value != want || got.unit != f.Unit {
						t.Fatalf("%s/data.csv has %s %s %q = %+v, index.json %v %s", dir, metric, period, part, got, want, f.Unit)
					}
				}
				if f.N != nil && f.Value != nil && table[metric+" "+period+" "].n != strconv.Itoa(*f.N) {
					t.Fatalf("%s/data.csv has another n for %s %s", dir, metric, period)
				}
			}
		}
	}
}

type csvFigure struct {
	value   float64
	unit, n string
}

func csvFigures(t *testing.T, src []byte) map[string]csvFigure {
	t.Helper()
	lines, err := csv.NewReader(bytes.NewReader(src)).ReadAll()
	if err != nil || strings.Join(lines[0], ",") != "metric,period,part,value,unit,n" {
		t.Fatalf("data.csv: %v, first line %q", err, lines)
	}
	out := map[string]csvFigure{}
	for _, line := range lines[1:] {
		if line[3] == "" {
			continue
		}
		value, err := strconv.ParseFloat(line[3], 64)
		if err != nil {
			t.Fatalf("data.csv: %q: %v", line, err)
		}
		out[strings.Join(line[:3], " ")] = csvFigure{value, line[4], line[5]}
	}
	return out
}

func TestIndexJSONHasTheKeysOfTheContract(t *testing.T) {
	site := sampleSite(t)
	for name, keys := range map[string]string{
		"index.json":                      "schema id title kind parent path children metrics objectives services journeys attention",
		"service/checkout-api/index.json": "schema id title owner contributors home tier dependencies metrics objectives",
	} {
		var twin map[string]json.RawMessage
		site.decode(t, name, &twin)
		for key := range strings.FieldsSeq(keys) {
			if _, ok := twin[key]; !ok {
				t.Errorf("%s has no %q", name, key)
			}
		}
	}
}
