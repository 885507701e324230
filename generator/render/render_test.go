package render

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/jba/templatecheck"

	"uptree/generator/report"
	"uptree/themes"
)

var bundle = fstest.MapFS{"site.js": {Data: []byte("1")}, "charts.js": {Data: []byte("2")}}

func TestTheTemplatesFitTheirData(t *testing.T) {
	for kind, layout := range theme(t, bundle).layouts {
		if err := templatecheck.CheckHTML(layout.Lookup("page"), &View{}); err != nil {
			t.Errorf("%s: %v", kind, err)
		}
	}
}

func TestAnyNumberOfJobsGivesTheSameBytes(t *testing.T) {
	plan, th := tiny(t, asOf), theme(t, bundle)
	if one, eight := files(t, plan, th, 1), files(t, plan, th, 8); !maps.Equal(one, eight) {
		t.Error("the files differ")
	}
}

func TestAFileIsDrawnAloneAsWithAllOthers(t *testing.T) {
	plan, th := tiny(t, asOf), theme(t, bundle)
	for name, want := range files(t, plan, th, 2) {
		if name == "build.json" || name == "build.js" {
			continue // of the build
		}
		if got, problems := File(plan, th, name); string(got) != want || len(problems) > 0 {
			t.Errorf("%s differs: %v", name, problems)
		}
	}
	if got, _ := File(plan, th, "org/gone/index.html"); got != nil {
		t.Errorf("a page that is not there: %.80s", got)
	}
}

func TestARebuildWritesNoPageButThoseWithAnOpenIncident(t *testing.T) {
	th := theme(t, bundle)
	now, later := files(t, tiny(t, asOf), th, 2), files(t, tiny(t, asOf.Add(10*time.Minute)), th, 2)
	var changed []string
	for p := range now {
		if path.Base(p) == "index.html" && now[p] != later[p] {
			changed = append(changed, p)
		}
	}
	slices.Sort(changed)
	want := []string{"index.html", "journey/pay/index.html", "map/2/7d/index.html", "map/2/index.html", "map/7d/index.html", "map/index.html", "org/cards/index.html", "org/payments/index.html", "org/payouts/index.html",
		"org/platform/index.html", "service/card-api/index.html", "service/payout-run/index.html", "service/store/index.html"}
	if !slices.Equal(changed, want) {
		t.Errorf("changed %q\nwant %q", changed, want)
	}
	if now["build.json"] == later["build.json"] || now["build.js"] == later["build.js"] {
		t.Error("the clock is in neither build.json nor build.js")
	}
}

// tag finds what a browser would read as an element of the given names.
var tag = regexp.MustCompile(`(?i)<\s*(script|b|style|iframe|object|img)[\s>]`)

func TestHostileNamesStayText(t *testing.T) {
	for p, html := range files(t, tiny(t, asOf), theme(t, fstest.MapFS{}), 1) {
		if path.Ext(p) != ".html" {
			continue
		}
		text := strings.NewReplacer(`<script type="application/json" data-chart-data>`, "", `<b>`, "", `<b class="waiting">`, "").Replace(html)
		if strings.Contains(html, `alert("x")`) || strings.Contains(html, "<b>&") || strings.Contains(html, "javascript:") {
			t.Errorf("%s holds a name as markup", p)
		}
		if found := tag.FindString(text); found != "" {
			t.Errorf("%s holds %s", p, found)
		}
	}
}

func TestPagesHoldNothingInline(t *testing.T) {
	inline := regexp.MustCompile(`(?i) style="| on[a-z]+="|<style|<script>|<script [^>]*>[^<{]`)
	for p, html := range files(t, tiny(t, asOf), theme(t, bundle), 1) {
		if found := inline.FindString(html); path.Ext(p) == ".html" && found != "" {
			t.Errorf("%s: %s", p, found)
		}
	}
}

var (
	idOf = regexp.MustCompile(` id="([^"]+)"`)
	ref  = regexp.MustCompile(`(?:href|src)="([^"]+)"`)
)

func TestEveryLinkLeadsToAFileAndAnAnchor(t *testing.T) {
	out := files(t, tiny(t, asOf), theme(t, bundle), 2)
	ids := map[string]bool{}
	for p, html := range out {
		for _, m := range idOf.FindAllStringSubmatch(html, -1) {
			if key := p + "#" + m[1]; path.Ext(p) == ".html" {
				if ids[key] {
					t.Errorf("%s stands twice", key)
				}
				ids[key] = true
			}
		}
	}
	for p, html := range out {
		if path.Ext(p) != ".html" {
			continue
		}
		for _, m := range ref.FindAllStringSubmatch(html, -1) {
			if bad := broken1(out, ids, p, m[1]); bad != "" {
				t.Errorf("%s links to %s", p, bad)
			}
		}
	}
}

// broken1 returns the target of a link where nothing is there.
func broken1(out map[string]string, ids map[string]bool, from, href string) string {
	if strings.Contains(href, "://") || strings.HasPrefix(href, "#period=") {
		return ""
	}
	file, anchor, _ := strings.Cut(href, "#")
	to := from
	if file != "" {
		to = path.Join(path.Dir(from), file)
	}
	if _, ok := out[to]; !ok {
		return to
	}
	if anchor != "" && !ids[to+"#"+anchor] {
		return to + "#" + anchor
	}
	return ""
}

func TestWithoutABundlePagesAskForNoScript(t *testing.T) {
	th := theme(t, fstest.MapFS{})
	if th.Interactive() {
		t.Fatal("it has a script from nowhere")
	}
	for p, html := range files(t, tiny(t, asOf), th, 1) {
		if path.Ext(p) == ".html" && strings.Contains(html, "<script defer") {
			t.Errorf("%s asks for a script", p)
		}
	}
}

func TestASiteShadowsAFileAndFillsASlot(t *testing.T) {
	site := fstest.MapFS{
		"partials/slots.html": {Data: []byte(`{{define "head"}}{{end}}{{define "before-content"}}<p>hello</p>{{end}}{{define "after-content"}}{{end}}{{define "footer"}}{{end}}`)},
		"assets/own.css":      {Data: []byte("body{color:red}")},
	}
	th, _ := LoadTheme(themes.Default(), site, bundle)
	if th == nil {
		t.Fatal("no theme")
	}
	out := files(t, tiny(t, asOf), th, 1)
	if !strings.Contains(out["index.html"], "<p>hello</p>") {
		t.Error("the slot is empty")
	}
	if !strings.Contains(out[th.paths.Style], "body{color:red}") {
		t.Error("the style sheet of the site is missing")
	}
}

func TestAThemeThatCannotBeUsed(t *testing.T) {
	for _, c := range []struct{ name, file, text string }{
		{"a template that does not parse", "partials/tree.html", `{{define "tree"}}{{end}`},
		{"a theme made for other blocks", "theme.toml", "blocks = 99"},
	} {
		t.Run(c.name, func(t *testing.T) {
			site := fstest.MapFS{c.file: {Data: []byte(c.text)}}
			th, problems := LoadTheme(themes.Default(), site, bundle)
			if th != nil || !problems.HasErrors() || problems[0].Pos.File != c.file {
				t.Errorf("theme %v, problems %+v", th != nil, problems)
			}
		})
	}
}

func TestALayoutThatDoesNotFitIsOneProblem(t *testing.T) {
	site := fstest.MapFS{"layouts/service.html": {Data: []byte(`{{define "main"}}{{.Page.Nonsense}}{{end}}`)}}
	th, _ := LoadTheme(themes.Default(), site, bundle)
	problems, err := Render(context.Background(), tiny(t, asOf), th, func(string, []byte) error { return nil }, 2)
	if err != nil || len(problems) != 1 || !strings.Contains(problems[0].Text, "Nonsense") {
		t.Errorf("%+v %v", problems, err)
	}
}

func TestAFailedWriteStopsTheBuild(t *testing.T) {
	full := errors.New("disk full")
	_, err := Render(context.Background(), tiny(t, asOf), theme(t, bundle), func(string, []byte) error { return full }, 4)
	if !errors.Is(err, full) {
		t.Errorf("%v", err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Render(ctx, tiny(t, asOf), theme(t, bundle), func(string, []byte) error { return nil }, 4); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}

func TestTheTwinOfANode(t *testing.T) {
	out := files(t, tiny(t, asOf), theme(t, bundle), 1)
	var twin struct {
		Schema, ID, Kind, Parent string
		Path, Children           []string
		Metrics                  map[string]map[string]struct {
			Value        *float64
			Reason, Unit string
			N            int
			Parts        map[string]float64
			Segments     map[string]float64
			By           map[string]map[string]float64
			Conservation *struct {
				Children       map[string]float64
				Direct, Shared float64
			}
			Coverage *struct{ Covered, Of int }
		}
		Attention []struct{ Code, Lever, Text, Ref string }
	}
	if err := json.Unmarshal([]byte(out["org/payments/index.json"]), &twin); err != nil {
		t.Fatal(err)
	}
	if twin.Schema != "uptree/node/1" || twin.ID != "payments" || twin.Parent != "acme" || !slices.Equal(twin.Path, []string{"acme", "payments"}) {
		t.Errorf("%+v", twin)
	}
	count := twin.Metrics["incident_count"]["28d"]
	if count.Value == nil || *count.Value != 3 || count.Conservation.Shared != 1 || count.Conservation.Children["cards"] != 2 || count.Coverage.Of != 2 {
		t.Errorf("%+v", count)
	}
	if phases := twin.Metrics["phase_duration"]["28d"]; phases.Value != nil || phases.Reason == "" {
		t.Errorf("a distribution has a value: %+v", phases)
	}
	if len(twin.Attention) == 0 || twin.Attention[0].Lever != "platform" || strings.Contains(twin.Attention[0].Text, "{") {
		t.Errorf("%+v", twin.Attention)
	}
}

func TestAllTwinsAreValid(t *testing.T) {
	for p, text := range files(t, tiny(t, asOf), theme(t, bundle), 1) {
		switch path.Ext(p) {
		case ".json":
			if !json.Valid([]byte(text)) {
				t.Errorf("%s is no JSON", p)
			}
		case ".csv":
			rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
			if err != nil || len(rows) < 1 {
				t.Errorf("%s: %v", p, err)
			}
		}
	}
}

func TestNoSpreadsheetTakesANameForAFormula(t *testing.T) {
	for in, want := range map[string]string{
		"=1+1": "'=1+1", "+1": "'+1", "-1": "'-1", "@a": "'@a", "plain": "plain", "": "",
		`a "b", c`: `"a ""b"", c"`, "=\"x\"": `"'=""x"""`,
	} {
		if got := string(appendField(nil, in)); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

func TestIDsNameEveryPageOfASubject(t *testing.T) {
	out := files(t, tiny(t, asOf), theme(t, bundle), 1)
	var list struct {
		IDs []struct{ Kind, ID, URL string }
	}
	if err := json.Unmarshal([]byte(out["ids.json"]), &list); err != nil {
		t.Fatal(err)
	}
	for _, id := range list.IDs {
		file, _, _ := strings.Cut(id.URL, "#")
		if _, ok := out[file]; !ok {
			t.Errorf("%s %s: no file %s", id.Kind, id.ID, file)
		}
	}
	if len(list.IDs) < 15 {
		t.Errorf("%d ids", len(list.IDs))
	}
}

func TestAddressesThatAreNotHTTPAreNoLinks(t *testing.T) {
	words, _ := report.LoadWords(themes.Default(), nil, "")
	for href, want := range map[string]string{
		"https://a.example/x": `<a href="https://a.example/x" class="away">name</a>`,
		"HTTP://a.example":    `<a href="HTTP://a.example" class="away">name</a>`,
		"javascript:alert(1)": `name`, "data:text/html,x": `name`, "//a.example": `name`, "javascript://%0aalert(1)": `name`,
	} {
		w := writer{words: words}
		if got := string(w.span(report.Span{Text: "name", Href: href, Away: true, Name: true}).dst); got != want {
			t.Errorf("%s: %s", href, got)
		}
	}
}
