package content

import (
	"bytes"
	"image"
	"image/color"
	"image/gif"
	"image/png"
	"strings"
	"testing"
	"testing/fstest"

	"uptree/generator/diag"
)

// shown is a page that has figures, images and words of its own.
var shown = Options{
	Resolve: known, Periods: []string{"28d", "month"},
	Figure: func(metric, period string) Figure {
		return Figure{Text: "4 h <12> min", Title: `Incident "time"`, URL: "#m-" + metric + period}
	},
	Image:  func(img *Image) string { return "../../img/" + img.Name },
	Alerts: map[Alert]string{"warning": "Achtung & halt"},
}

func TestFiguresInProse(t *testing.T) {
	link := func(period string) string {
		return `<a href="#m-incident_time` + period + `" title="Incident &#34;time&#34;">4 h &lt;12&gt; min</a>`
	}
	tests := []struct{ name, in, want string }{
		{"over a period", "We lost {{metric incident_time 28d}}.", "<p>We lost " + link("28d") + ".</p>\n"},
		{"over the page's", "{{ metric  incident_time }}", "<p>" + link("") + "</p>\n"},
		{"in a heading and a table", "# A {{metric incident_time}}\n\n|a|\n|-|\n|{{metric incident_time}}|", link("")},
		{"not in code", "`{{metric incident_time}}`", "<p><code>{{metric incident_time}}</code></p>\n"},
		{"not of other templates", "{{ .Values.x }} {{metrics}} {x", "<p>{{ .Values.x }} {{metrics}} {x</p>\n"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			d, _ := page(test.in)
			got, problems := markup(d, shown)
			if !strings.Contains(string(got), test.want) || len(problems) > 0 {
				t.Errorf("got  %s\nwant %s\n%v", got, test.want, problems)
			}
		})
	}
}

func TestFiguresThatAreNotThereStayAsWritten(t *testing.T) {
	tests := []struct{ name, in, hint string }{
		{"an unknown metric", "\n{{metric incidnt 28d}}", `did you mean "payments"?`},
		{"an unknown period", "\n{{metric incident_time 29d}}", `did you mean "28d"?`},
		{"a period like no other", "\n{{metric incident_time fortnight}}", "28d, month"},
		{"a chart of an unknown metric", "\n```chart\nincidnt\n```", "payments"},
		{"a chart of nothing", "\n```chart\n```", "incident_time 28d"},
		{"a chart of too much", "\n```chart\nincident_time 28d month\n```", "incident_time 28d"},
		{"a chart in a list", "\n- ```chart\n  incident_time\n  ```", "margin"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			d, _ := page(test.in)
			body, problems := Render(d, shown)
			if len(body) != 1 || body[0].Chart != nil {
				t.Errorf("got %+v", body)
			}
			if len(problems) != 1 || problems[0].Code != diag.BadReference || problems[0].Pos.Line != 2 || !strings.Contains(problems[0].Hint, test.hint) {
				t.Errorf("problems = %+v", problems)
			}
		})
	}
}

func TestAnIncidentHasNoFigures(t *testing.T) {
	d, _ := newDoc("content/incident/7.md", subject{Incident, "7"}, []byte("{{metric incident_time}}"))
	got, problems := markup(d, shown)
	if len(problems) != 1 || problems[0].Code != diag.BadReference || got != "<p>{{metric incident_time}}</p>\n" {
		t.Errorf("%s %+v", got, problems)
	}
}

func TestChartsStandBetweenTheText(t *testing.T) {
	d, _ := page("a\n\n```chart\nincident_time 28d\n```\nb\n```chart\nincident_time\n```\n" + strings.Repeat("```chart\nincident_time\n```\n", 7))
	body, problems := Render(d, shown)
	if len(body) != 11 || body[0].HTML != "<p>a</p>\n" || *body[1].Chart != (Chart{"incident_time", "28d"}) || body[2].HTML != "<p>b</p>\n" || *body[3].Chart != (Chart{"incident_time", ""}) {
		t.Errorf("body = %+v", body)
	}
	if len(problems) != 1 || problems[0].Code != diag.ContextTooLarge {
		t.Errorf("problems = %+v", problems)
	}
}

func TestAlerts(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"in the site's words", "> [!WARNING]\n> Mind *it*.", "<blockquote class=\"alert alert-warning\"><p class=\"alert-title\">Achtung &amp; halt</p>\n<p>Mind <em>it</em>.</p>\n</blockquote>\n"},
		{"in English", "> [!TIP]\n>\n> - a", "<blockquote class=\"alert alert-tip\"><p class=\"alert-title\">Tip</p>\n<ul>\n<li>a</li>\n</ul>\n</blockquote>\n"},
		{"of no known kind", "> [!BEWARE]\n> a", "<blockquote>\n<p>[!BEWARE]\na</p>\n</blockquote>\n"},
		{"with more on its line", "> [!NOTE] a", "<blockquote>\n<p>[!NOTE] a</p>\n</blockquote>\n"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			d, _ := page(test.in)
			if got, problems := markup(d, shown); string(got) != test.want || len(problems) > 0 {
				t.Errorf("got  %q\nwant %q\n%v", got, test.want, problems)
			}
		})
	}
}

func TestCodeIsColouredByClasses(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"a kind of word each", "```toml\n# a <b>\nkey = \"v\" \n```", `<span class="k-comment"># a &lt;b&gt;</span>`},
		{"values", "```json\n{\"a\": 12}\n```", `<span class="k-value">12</span>`},
		{"words of the language", "```go\nfunc f() {}\n```", `<span class="k-word">func</span>`},
		{"an unknown language", "```nonesuch\na <b>\n```", "<pre><code class=\"language-nonesuch\">a &lt;b&gt;\n</code></pre>"},
		{"a language that is none", "```\"><script>\na\n```", "<pre><code class=\"language-&quot;&gt;&lt;script&gt;\">a\n</code></pre>"},
		{"long code", "```go\n" + strings.Repeat("func f() {}\n", 2000) + "```", "<pre><code class=\"language-go\">func f() {}\n"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			d, _ := page(test.in)
			got, _ := markup(d, shown)
			if !strings.Contains(string(got), test.want) || strings.Contains(string(got), "style=") {
				t.Errorf("got  %.300s\nwant %s", got, test.want)
			}
		})
	}
}

// picture is a valid image of a size.
func picture(width, height int) string {
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewPaletted(image.Rect(0, 0, width, height), color.Palette{color.Black})); err != nil {
		panic(err)
	}
	return b.String()
}

func TestImagesBesideTheDocument(t *testing.T) {
	var animated bytes.Buffer
	if err := gif.Encode(&animated, image.NewPaletted(image.Rect(0, 0, 1, 1), color.Palette{color.Black}), nil); err != nil {
		t.Fatal(err)
	}
	all := fstest.MapFS{
		"content/org/a.md":         {Data: []byte("![Flow of *money*](flow%20one.png \"x\")\n![again](<flow one.png>)\n![near](flow-one.png)\n![up](../service/b.png)")},
		"content/org/flow one.png": {Data: []byte(picture(3, 2))},
		"content/org/copy.PNG":     {Data: []byte(picture(3, 2))},
		"content/service/b.png":    {Data: []byte(picture(1, 1))},
		"content/org/text.png":     {Data: []byte("<svg onload=alert(1)>")},
		"content/org/gif.png":      {Data: animated.Bytes()},
		"content/org/wide.png":     {Data: []byte(picture(10_001, 1))},
		"content/org/big.png":      {Data: []byte(picture(1, 1) + strings.Repeat("x", maxImage))},
		"content/org/draw.svg":     {Data: []byte("<svg/>")},
	}
	docs, problems, err := Load(all, "content")
	if err != nil {
		t.Fatal(err)
	}
	if n := problems.ByCode(); n[diag.BadImage] != 4 || n[diag.UnknownSubject] != 1 || len(problems) != 5 {
		t.Errorf("problems = %+v", problems)
	}
	images := docs.Images()
	if len(images) != 2 || images[0].Name == images[1].Name {
		t.Errorf("images = %+v", images)
	}
	got, faults := markup(docs.Get(Node, "a"), shown)
	want := `<img src="../../img/` + docs.img["content/org/flow one.png"].Name + `" alt="Flow of money" width="3" height="2" loading="lazy">`
	if !strings.Contains(string(got), want) || strings.Count(string(got), "<img") != 3 {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	if len(faults) != 1 || faults[0].Code != diag.BrokenLink || !strings.Contains(faults[0].Hint, `"flow one.png"`) {
		t.Errorf("problems = %+v", faults)
	}
}
