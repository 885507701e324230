package generator_test

import (
	"maps"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/BurntSushi/toml"

	"uptree/generator/model"
	"uptree/generator/rollup"
)

// foreign puts Hebrew letters in the place of Latin ones, outside of arguments: a language
// that nobody speaks, written from right to left.
func foreign(sentence string) string {
	depth := 0
	return strings.Map(func(r rune) rune {
		switch {
		case r == '{':
			depth++
		case r == '}':
			depth--
		case depth == 0 && r >= 'a' && r <= 'z':
			return 'א' + (r-'a')%22
		case depth == 0 && r >= 'A' && r <= 'Z':
			return 'א' + (r-'A')%22
		}
		return r
	}, sentence)
}

// translated is the default words.toml in that language, with the texts of metrics.
func translated(t *testing.T) string {
	t.Helper()
	var words map[string]map[string]any
	if _, err := toml.DecodeFile("../themes/default/words.toml", &words); err != nil {
		t.Fatal(err)
	}
	for _, table := range words {
		for key, text := range table {
			switch text := text.(type) {
			case string:
				table[key] = foreign(text)
			case map[string]any:
				for form, text := range text {
					table[key].(map[string]any)[form] = foreign(text.(string))
				}
			}
		}
	}
	words["site"]["lang"], words["site"]["dir"] = "he", "rtl"
	for name, of := range map[string]func(rollup.Metric) string{
		"metric_title": func(m rollup.Metric) string { return m.Title }, "metric_formula": func(m rollup.Metric) string { return m.Formula },
		"metric_doc": func(m rollup.Metric) string { return m.Doc }, "metric_caveat": func(m rollup.Metric) string { return m.Caveat },
	} {
		words[name] = map[string]any{}
		for _, m := range rollup.Metrics {
			words[name][m.ID] = foreign(of(m))
		}
	}
	words["dimension"] = map[string]any{}
	for _, m := range rollup.Metrics {
		for _, by := range m.By {
			words["dimension"][by] = foreign(by)
		}
	}
	var out strings.Builder
	if err := toml.NewEncoder(&out).Encode(words); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// symbols are units, formats and ids, which are the same in every language, and the reasons
// for which records are rejected: they are those that the program prints.
func symbols() map[string]bool {
	out := map[string]bool{}
	add := func(text string) {
		for _, word := range latin.FindAllString(text, -1) {
			out[strings.ToLower(word)] = true
		}
	}
	add("uptree explain all metric period _not-owned min ms json csv Atom index data file low medium begins after as_of an amount of money such it says neither how many people there are nor how often they were paged names unknown node ~2fdesk")
	for _, m := range rollup.Metrics {
		add(m.ID)
	}
	for _, d := range model.Specs {
		add(d.Name)
	}
	return out
}

func TestASiteInAnotherLanguageHasNoEnglishButItsData(t *testing.T) {
	source := dated(t, "testdata/sites/org")
	if err := os.WriteFile(filepath.Join(source, "words.toml"), []byte(translated(t)), 0o600); err != nil {
		t.Fatal(err)
	}
	config, err := os.ReadFile(filepath.Join(source, "site.toml"))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(source, "site.toml"), append(config, "\n[theme]\nwords = \"words.toml\"\n"...), 0o600); err != nil {
		t.Fatal(err)
	}
	site := buildSite(t, source, sampleClock, filepath.Join(source, "public"), 2)
	site.mustStand(t)
	data := wordsOf(t, source)
	maps.Copy(data, symbols())
	for _, f := range site.manifest(t) {
		if path.Ext(f.Path) != ".html" {
			continue
		}
		page := site.read(t, f.Path)
		if !strings.Contains(string(page[:300]), `dir="rtl"`) {
			t.Errorf("%s is not written from right to left", f.Path)
		}
		for line := range strings.Lines(plainText(t, page)) {
			for _, word := range latin.FindAllString(line, -1) {
				if !data[strings.ToLower(word)] {
					t.Errorf("%s: %q in %q", f.Path, word, strings.TrimSpace(line))
				}
			}
		}
	}
}

var latin = regexp.MustCompile(`[A-Za-z]{2,}`)

// wordsOf are the words of a site's own files.
func wordsOf(t *testing.T, dir string) map[string]bool {
	t.Helper()
	out := map[string]bool{}
	err := filepath.WalkDir(dir, func(name string, d os.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (d.Name() == "public" || d.Name() == ".uptree") {
			return filepath.SkipDir
		}
		for _, word := range latin.FindAllString(name, -1) {
			out[strings.ToLower(word)] = true
		}
		if d.IsDir() || d.Name() == "words.toml" {
			return nil
		}
		text, err := os.ReadFile(name)
		for _, word := range latin.FindAllString(string(text), -1) {
			out[strings.ToLower(word)] = true
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}
