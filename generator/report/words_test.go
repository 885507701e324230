package report_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"uptree/generator/report"
	"uptree/themes"
)

func TestTheDefaultWordsFitTheTableBothWays(t *testing.T) { words(t) }

func TestEveryWordIsUsedByThePages(t *testing.T) {
	used, declared := map[string]int{}, map[string]bool{}
	entries, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if !strings.HasSuffix(e.Name(), ".go") || strings.HasSuffix(e.Name(), "_test.go") || e.Name() == "words_table.go" {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), e.Name(), nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if id, ok := n.(*ast.Ident); ok {
				used[id.Name]++
				declared[id.Name] = declared[id.Name] || e.Name() == "words_keys.go" && strings.HasPrefix(id.Name, "w")
			}
			return true
		})
	}
	for name, is := range declared {
		if is && used[name] < 2 {
			t.Errorf("no page uses the word %s", name)
		}
	}
}

func TestWordsOfASite(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"a missing sentence is taken from the default", "[site]\nskip = \"Hoppa\"", ""},
		{"an unknown sentence is named with a hint", "[site]\nskipp = \"x\"", `site.skipp: unknown sentence`},
		{"an unknown argument is named", "[site]\nas_of = \"{dag} {day}\"", "has no argument {dag}; it has {day}"},
		{"an argument that is not used is named", "[site]\nas_of = \"now\"", "does not use its argument {day}"},
		{"an open brace is a problem", "[site]\nas_of = \"{day\"", "a { is not closed"},
		{"months are twelve", "[site]\nmonths = \"a b\"", "twelve names of months"},
		{"a number is no sentence", "[site]\nskip = 3", "a sentence is a text"},
		{"not TOML", "[site", "toml"},
	} {
		t.Run(c.name, func(t *testing.T) {
			site := fstest.MapFS{"w.toml": {Data: []byte(c.text)}}
			w, problems := report.LoadWords(themes.Default(), site, "w.toml")
			if w == nil {
				t.Fatal("no words")
			}
			var all []string
			for _, p := range problems {
				all = append(all, p.Text)
			}
			got := strings.Join(all, "\n")
			if c.want == "" && got != "" || !strings.Contains(got, c.want) {
				t.Errorf("problems %q, want %q", got, c.want)
			}
		})
	}
}

func TestAProblemOfWordsNamesItsLine(t *testing.T) {
	site := fstest.MapFS{"w.toml": {Data: []byte("[site]\nskip = \"ok\"\nas_of = \"now\"\n")}}
	_, problems := report.LoadWords(themes.Default(), site, "w.toml")
	if len(problems) != 1 || problems[0].Pos.Line != 3 || problems[0].Pos.File != "w.toml" {
		t.Errorf("%+v", problems)
	}
}
