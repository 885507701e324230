package ingest

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestGuide holds the pages of the guide to the presets: each stands in the page of its
// family and in no other.
func TestGuide(t *testing.T) {
	const root = "../../content/pages/"
	written := map[string]bool{}
	for _, f := range Families {
		page := Guide(f)
		if page == "" {
			continue
		}
		file := root + f.GuidePage() + ".md"
		written[file] = true
		if *update {
			if err := os.WriteFile(file, []byte(page), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		if got, err := os.ReadFile(file); err != nil || string(got) != page {
			t.Errorf("%s is not what the presets say (%v): go test ./generator/ingest -run TestGuide -update", file, err)
		}
		for _, p := range Presets() {
			if has := strings.Contains(page, "\npreset = \""+p.Name+"\"\n"); has != (p.Family == f.ID) {
				t.Errorf("%s of the family %s: in %s is %v", p.Name, p.Family, file, has)
			}
		}
	}
	files, err := filepath.Glob(root + "connect/*.md")
	if err != nil || len(files) != len(written) {
		t.Errorf("%d pages of %d families: %v", len(files), len(written), err)
	}
}
