package main

import (
	"path"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"uptree/generator/config"
	"uptree/generator/content"
	"uptree/generator/diag"
)

// TestGuideExamplesAreUnderstood reads every piece of site.toml and every document that the
// guide and the README show, as the program does: nothing in them is unknown to it.
func TestGuideExamplesAreUnderstood(t *testing.T) {
	seen := map[string]int{}
	for _, b := range blocks(t) {
		var problems diag.List
		switch {
		case b.language == "toml":
			problems = asConfig(t, b.text)
		case b.language == "markdown" && strings.HasPrefix(b.text, "+++"):
			problems = asDocument(t, b.text)
		default:
			continue
		}
		seen[b.language]++
		for _, p := range problems {
			if p.Severity() == diag.Error {
				t.Errorf("%s: %s\n%s", path.Base(filepath.ToSlash(b.file)), p.Text, b.text)
			}
		}
	}
	if seen["toml"] < 5 || seen["markdown"] < 2 {
		t.Errorf("the guide has more examples than %v", seen)
	}
}

// asConfig reads a piece of site.toml.
func asConfig(t *testing.T, text string) diag.List {
	t.Helper()
	_, problems, err := config.Load(fstest.MapFS{"site.toml": {Data: []byte(text)}}, t.TempDir(), "site.toml")
	if err != nil {
		t.Error(err)
	}
	return problems
}

// asDocument reads a document about a node of a site that knows all ids.
func asDocument(t *testing.T, text string) diag.List {
	t.Helper()
	docs, problems, err := content.Load(fstest.MapFS{"content/org/payments.md": {Data: []byte(text)}}, "content")
	if err != nil {
		t.Error(err)
	}
	all := func(_ content.Kind, id string) (content.Target, bool) {
		return content.Target{URL: "x", Title: id}, true
	}
	problems.Append(content.Check(docs, all, time.Date(2026, 11, 20, 0, 0, 0, 0, time.UTC)))
	for _, d := range docs.All() {
		_, found := content.Render(d, content.Options{Resolve: all})
		problems.Append(found)
	}
	return problems
}
