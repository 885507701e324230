package author

import (
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"uptree/generator/config"
)

var update = flag.Bool("update", false, "take the recipes from the guide")

// begun is a first site in a folder of its own.
func begun(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	if _, err := Init(dir, time.Date(2026, 11, 20, 0, 0, 0, 0, time.UTC)); err != nil {
		t.Fatal(err)
	}
	return dir
}

func text(t *testing.T, path ...string) string {
	t.Helper()
	src, err := os.ReadFile(filepath.Join(path...))
	if err != nil {
		t.Fatal(err)
	}
	return string(src)
}

// What waits in comments is worth nothing if it is wrong once the # is taken away.
func TestSourcesInCommentsAreRight(t *testing.T) {
	dir := begun(t)
	waits := regexp.MustCompile(`(?m)^#(\S)`)
	before := text(t, dir, "site.toml")
	after := waits.ReplaceAllString(before, "$1")
	if n := len(waits.FindAllString(before, -1)); n < 20 {
		t.Fatalf("%d lines wait in comments", n)
	}
	if err := os.WriteFile(filepath.Join(dir, "site.toml"), []byte(after), 0o600); err != nil {
		t.Fatal(err)
	}
	site, problems, err := config.Load(os.DirFS(dir), dir, "site.toml")
	if err != nil || len(problems) > 0 {
		t.Fatalf("%v %v", problems, err)
	}
	kinds := map[string]bool{}
	for _, s := range site.Sources {
		kinds[s.Kind] = true
	}
	for _, kind := range []string{"file", "http", "postgres", "prometheus"} {
		if !kinds[kind] {
			t.Errorf("no source of the kind %s waits", kind)
		}
	}
	if site.BaseURL == "" || site.EditURL == "" {
		t.Error("base_url or edit_url does not wait")
	}
}

// The recipes are those of the guide, whose tests read them as the systems would.
func TestRecipesAreThoseOfTheGuide(t *testing.T) {
	dir := begun(t)
	guide := text(t, "..", "..", "content", "pages", "running-in-ci.md")
	found := 0
	for _, m := range regexp.MustCompile("(?ms)^```[a-z]*\n(.*?)^```$").FindAllStringSubmatch(guide, -1) {
		first, _, _ := strings.Cut(m[1], "\n")
		name := strings.TrimPrefix(first, "# ")
		if !strings.HasPrefix(name, ".git") {
			continue
		}
		found++
		if got := text(t, dir, filepath.FromSlash(name)); got == m[1] {
			continue
		}
		if !*update {
			t.Errorf("%s is not that of the guide: run the test with -update", name)
		} else if err := os.WriteFile(filepath.Join("site", "dot-"+filepath.FromSlash(name[1:])), []byte(m[1]), 0o644); err != nil {
			t.Error(err)
		}
	}
	if found != 4 {
		t.Errorf("%d recipes are of the guide, want 4", found)
	}
}
