package check

import (
	"io/fs"
	"slices"
	"strings"
	"testing"

	"uptree/generator/config"
	"uptree/generator/diag"
	"uptree/generator/publish"
)

// folder is a written site in memory.
type folder map[string]string

func (f folder) Files() publish.Manifest {
	var out publish.Manifest
	for name := range f {
		out = append(out, publish.File{Path: name})
	}
	slices.SortFunc(out, func(a, b publish.File) int { return strings.Compare(a.Path, b.Path) })
	return out
}

func (f folder) Has(name string) bool { _, ok := f[name]; return ok }

func (f folder) ReadFile(name string) ([]byte, error) {
	if text, ok := f[name]; ok {
		return []byte(text), nil
	}
	return nil, fs.ErrNotExist
}

func TestDeepFindsWhatIsBrokenInThePages(t *testing.T) {
	const page = `<!doctype html><title>x</title><main id="top">`
	for name, c := range map[string]struct {
		body string
		want []diag.Code
	}{
		"nothing":                        {`<a href="#top">up</a> <a href="../index.html#top">root</a> <a href="https://other.example/x">out</a>`, nil},
		"a view for the script":          {`<a href="#period=7d">7 d</a>`, nil},
		"a file that is not published":   {`<a href="gone.html">x</a>`, []diag.Code{diag.BrokenInternal}},
		"out of the site":                {`<a href="../../etc/passwd">x</a>`, []diag.Code{diag.BrokenInternal}},
		"an anchor that is not there":    {`<a href="../index.html#nowhere">x</a>`, []diag.Code{diag.BrokenAnchor}},
		"an anchor of the page itself":   {`<a href="#nowhere">x</a>`, []diag.Code{diag.BrokenAnchor}},
		"an id twice":                    {`<p id="top">`, []diag.Code{diag.DuplicateAnchor}},
		"an inline script":               {`<script>alert(1)</script>`, []diag.Code{diag.InlineCode}},
		"data for the script":            {`<script type="application/json">{"a":"<nil>"}</script>`, nil},
		"an inline style":                {`<p style="color:red">x</p>`, []diag.Code{diag.InlineCode}},
		"a handler":                      {`<p onclick="x()">x</p>`, []diag.Code{diag.InlineCode}},
		"a picture without words":        {`<img src="../index.html">`, []diag.Code{diag.MissingAlt}},
		"what a template leaves behind":  {`<p>ZgotmplZ</p>`, []diag.Code{diag.OutputLeftover}},
		"an address that cannot be read": {`<a href="%zz">x</a>`, []diag.Code{diag.BrokenInternal}},
	} {
		t.Run(name, func(t *testing.T) {
			site := folder{"index.html": page, "org/index.html": page + c.body}
			var got []diag.Code
			for _, p := range Deep(Input{Site: &config.Site{}, Pages: site}) {
				got = append(got, p.Code)
				if p.Pos.File != "org/index.html" {
					t.Errorf("%s is said of %s", p.Code, p.Pos.File)
				}
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("got %v, want %v", got, c.want)
			}
		})
	}
}

func TestRunNamesWhatItSkipped(t *testing.T) {
	for _, r := range Rules {
		if r.Name == "" || r.Doc == "" {
			t.Errorf("rule %+v without a name or doc", r.Name)
		}
	}
	if why := needsPages(Input{}); !strings.Contains(why, "--deep") {
		t.Errorf("got %q", why)
	}
	if why := needsPublished(Input{}); !strings.Contains(why, "--against") {
		t.Errorf("got %q", why)
	}
}
