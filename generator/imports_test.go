package generator_test

import (
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// allowed is the architecture: which packages of uptree a package may import.
var allowed = map[string]string{
	"generator/diag":                  "",
	"generator/model":                 "diag",
	"generator/decode":                "diag",
	"generator/publish":               "diag",
	"generator/published":             "",
	"generator/config":                "diag decode model",
	"generator/content":               "diag decode",
	"generator/source":                "diag config model",
	"generator/source/postgrestest":   "", // for tests alone
	"generator/source/prometheustest": "", // likewise
	"generator/history":               "diag published source",
	"generator/ingest":                "diag config decode model source content history",
	"generator/rollup":                "diag model",
	"generator/signal":                "diag model content rollup",
	"generator/report":                "diag config model content rollup signal",
	"generator/card":                  "",
	"generator/render":                "diag card report publish",
	"generator/check":                 "diag model decode publish published config content ingest rollup signal report render",
	"generator/serve":                 "diag",
	"generator/author":                "diag content",
	"generator":                       "diag model publish published config content source history ingest rollup signal report render check themes",
	"cmd/uptree":                      "generator author content diag model config source ingest rollup signal report render check publish published serve themes",
	"cmd/orggen":                      "",
	"themes":                          "",
}

// only says which package alone may import a library.
var only = map[string]string{
	"github.com/yuin/goldmark":              "generator/content",
	"github.com/go-echarts/go-echarts":      "generator/render",
	"github.com/gorilla/feeds":              "generator/render",
	"github.com/BurntSushi/toml":            "generator/decode generator/report",
	"github.com/goccy/go-yaml":              "generator/decode",
	"github.com/itchyny/gojq":               "generator/ingest",
	"github.com/gofrs/flock":                "generator/publish generator/source",
	"github.com/fsnotify/fsnotify":          "generator/serve",
	"golang.org/x/net/html":                 "generator/check",
	"golang.org/x/image":                    "generator/card",
	"github.com/klauspost/compress":         "generator/source generator/decode",
	"github.com/parquet-go/parquet-go":      "generator/decode",
	"github.com/hashicorp/go-retryablehttp": "generator/source",
	"github.com/jackc/pgx":                  "generator/source",
	"github.com/prometheus":                 "generator/source",
	"html/template":                         "generator/render",
	"github.com/spf13/cobra":                "cmd/uptree",
	"github.com/vbauerster/mpb":             "cmd/uptree",
}

func TestPackagesImportOnlyWhatTheArchitectureAllows(t *testing.T) {
	for dir, files := range sources(t) {
		may, listed := allowed[dir]
		if !listed {
			t.Errorf("%s is in no row of the table of allowed imports", dir)
			continue
		}
		for file, imports := range files {
			for _, path := range imports {
				if short, ours := strings.CutPrefix(path, "uptree/"); ours {
					name := strings.TrimPrefix(short, "generator/")
					if !slices.Contains(strings.Fields(may), name) {
						t.Errorf("%s imports %s, which %s may not", file, path, dir)
					}
				}
				for lib, homes := range only {
					if strings.HasPrefix(path, lib) && !slices.Contains(strings.Fields(homes), dir) {
						t.Errorf("%s imports %s, which has its home in %s", file, path, homes)
					}
				}
			}
		}
	}
}

// sources returns the imports of every Go file that is no test, by folder and file.
func sources(t *testing.T) map[string]map[string][]string {
	t.Helper()
	out := map[string]map[string][]string{}
	for _, root := range []string{"../cmd", "../generator", "../themes"} {
		err := filepath.WalkDir(root, func(path string, d os.DirEntry, err error) error {
			if err != nil || d.IsDir() && (d.Name() == "testdata" || d.Name() == "node_modules") {
				return filepath.SkipDir
			}
			if d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
				return nil
			}
			f, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ImportsOnly)
			if err != nil {
				return err
			}
			dir := strings.TrimPrefix(filepath.ToSlash(filepath.Dir(path)), "../")
			if out[dir] == nil {
				out[dir] = map[string][]string{}
			}
			for _, i := range f.Imports {
				out[dir][path] = append(out[dir][path], strings.Trim(i.Path.Value, `"`))
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return out
}
