package generator_test

import (
	"bytes"
	"compress/gzip"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"uptree/generator/diag"
	"uptree/themes"
)

func TestPagesHoldNothingButTheirOwnParts(t *testing.T) {
	site := sampleSite(t)
	for _, name := range site.pages(t) {
		for _, part := range foreignParts(name, site.read(t, name)) {
			t.Errorf("%s: %s", name, part)
		}
	}
}

// The style sheet and the data files that pages load must not ask for more.
func TestStyleSheetsLoadNothing(t *testing.T) {
	site := sampleSite(t)
	loads := regexp.MustCompile(`(?i)url\(|@import|src\(`)
	for _, f := range site.manifest(t) {
		if path.Ext(f.Path) == ".css" && loads.Match(site.read(t, f.Path)) {
			t.Errorf("%s loads another file", f.Path)
		}
	}
}

func TestPagesNameOnlyAssetsWithTheirHash(t *testing.T) {
	site := sampleSite(t)
	hashed := regexp.MustCompile(`^assets/[a-z]+\.[0-9a-f]{8}\.(css|js|svg)$`)
	for _, f := range site.manifest(t) {
		if strings.HasPrefix(f.Path, "assets/") && !hashed.MatchString(f.Path) {
			t.Errorf("%s carries no hash", f.Path)
		}
	}
}

const kib = 1 << 10

// The weights of the design.
func TestPagesAreLight(t *testing.T) {
	site := sampleSite(t)
	for _, row := range sampleRows(t, "org.csv") {
		if row["kind"] != "team" || row["valid_to"] != "" {
			continue
		}
		page := site.read(t, urlOf(t, site, "node", row["id"]))
		if len(page) > 60*kib || packed(t, page) > 15*kib {
			t.Errorf("the page of team %s weighs %d KiB, packed %.1f KiB", row["id"], len(page)/kib, float64(packed(t, page))/kib)
		}
	}
	styles, scripts := 0, 0
	for _, f := range site.manifest(t) {
		if later := path.Base(f.Path) == "periods.js"; later && packed(t, site.read(t, f.Path)) > 15*kib {
			t.Errorf("%s weighs more than a page", f.Path)
		} else if later {
			continue // asked for by readers who choose another period
		}
		if f.Path == "tree.js" || f.Path == "search.js" {
			continue // asked for by readers who open a branch or search
		}
		switch path.Ext(f.Path) {
		case ".css":
			styles += packed(t, site.read(t, f.Path))
		case ".js": // those outside of assets hold data that is asked for in time of need
			if strings.HasPrefix(f.Path, "assets/") {
				scripts += packed(t, site.read(t, f.Path))
			}
		}
	}
	if styles > 15*kib {
		t.Errorf("the style sheet weighs %d KiB packed", styles/kib)
	}
	if scripts > 230*kib {
		t.Errorf("the scripts weigh %d KiB packed", scripts/kib)
	}
}

// urlOf returns where the page of a subject is.
func urlOf(t testing.TB, site *built, kind, id string) string {
	t.Helper()
	for _, s := range site.subjects(t) {
		if s.Kind == kind && s.ID == id {
			return s.URL
		}
	}
	t.Fatalf("the site has no %s %q", kind, id)
	return ""
}

// packed is the size of content as a server sends it.
func packed(t testing.TB, content []byte) int {
	t.Helper()
	var out bytes.Buffer
	w, err := gzip.NewWriterLevel(&out, gzip.BestCompression)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write(content); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Len()
}

func TestOneJobAndEightMakeTheSameBytes(t *testing.T) {
	eight := sampleSite(t)
	one := buildSite(t, "..", sampleClock, filepath.Join(t.TempDir(), "one"), 1)
	one.mustStand(t)
	if changed := changedFiles(t, eight, one); len(changed) > 0 {
		t.Errorf("files that differ: %q", changed)
	}
}

// changedFiles lists the files that two sites do not share byte by byte.
func changedFiles(t *testing.T, a, b *built) (out []string) {
	t.Helper()
	before := map[string]string{}
	for _, f := range a.manifest(t) {
		before[f.Path] = f.SHA256
	}
	for _, f := range b.manifest(t) {
		if before[f.Path] != f.SHA256 {
			out = append(out, f.Path)
		}
		delete(before, f.Path)
	}
	for gone := range before {
		out = append(out, gone)
	}
	return out
}

// past matches what is measured over periods that ended before as_of. Their ends move with
// the clock, so that a record of the same hour, periods ago, can enter them.
var past = regexp.MustCompile(`"(previous|usual)":(null|[-0-9.e]+|\[[^\]]*\])`)

func TestTenMinutesLaterOnlyPagesWithAnOpenIncidentChange(t *testing.T) {
	before := sampleSite(t)
	after := buildSite(t, "..", nextClock, filepath.Join(t.TempDir(), "after"), 8)
	after.mustStand(t)
	pages := 0
	for _, name := range changedFiles(t, before, after) {
		if name == "build.js" || name == "build.json" || strings.HasPrefix(name, "history/numbers.") {
			continue
		}
		if path.Ext(name) == ".html" {
			pages++
		}
		twin := path.Join(path.Dir(name), "index.json")
		if strings.HasPrefix(name, "map/") {
			twin = "index.json" // the map is of the whole organisation
		}
		if !explained(t, before, after, twin) {
			t.Errorf("%s changed, and nothing in its data did", name)
		}
	}
	if all := len(before.pages(t)); pages == 0 || pages > all/10 {
		t.Errorf("%d of %d pages changed", pages, all)
	}
}

// explained reports whether a twin lists an open incident, or differs by nothing but the
// figures of earlier periods.
func explained(t *testing.T, before, after *built, twin string) bool {
	t.Helper()
	var open struct{ Incidents []struct{ Ended *string } }
	before.decode(t, twin, &open)
	for _, in := range open.Incidents {
		if in.Ended == nil {
			return true
		}
	}
	was, is := before.read(t, twin), after.read(t, twin)
	return !bytes.Equal(was, is) && bytes.Equal(past.ReplaceAll(was, nil), past.ReplaceAll(is, nil))
}

func TestPagesNameTheChartsScriptOnlyWhereItIsBuiltIn(t *testing.T) {
	site := sampleSite(t)
	if named := bytes.Contains(site.read(t, "index.html"), []byte("assets/charts.")); named != themes.HasBundle() {
		t.Errorf("the page names the script: %t; it is built in: %t", named, themes.HasBundle())
	}
	if told := site.problems.ByCode()[diag.BundleMissing] == 1; told == themes.HasBundle() {
		t.Errorf("the build says that charts are static: %t", told)
	}
}

// TestWordsPastTheirReviewAreGrey: of the sample's documents one team's asks to be looked at
// again since June, another's does not yet.
func TestWordsPastTheirReviewAreGrey(t *testing.T) {
	site := sampleSite(t)
	for id, want := range map[string]bool{"search": true, "card-payments": false} {
		page := site.read(t, urlOf(t, site, "node", id))
		if got := bytes.Contains(page, []byte(`class="prose old"`)); got != want {
			t.Errorf("the words of %s are old: %t, want %t", id, got, want)
		}
	}
}
