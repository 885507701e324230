package render

import (
	"html/template"
	"strings"
	"testing"
)

// FuzzEscape holds the escaping of the writers equal to html/template's.
func FuzzEscape(f *testing.F) {
	for _, s := range []string{"", "Zażółć", `<script>alert("1")</script>`, "a&amp;b", "'+'", "\x00\xff\u2028", "]]>-->"} {
		f.Add(s)
	}
	frame := template.Must(template.New("").Parse(`<p>{{.}}</p><p title="{{.}}">`))
	f.Fuzz(func(t *testing.T, s string) {
		var want strings.Builder
		if err := frame.Execute(&want, s); err != nil {
			t.Fatal(err)
		}
		got := appendEscaped([]byte("<p>"), s)
		got = appendEscaped(append(got, `</p><p title="`...), s)
		if got := string(got) + `">`; got != want.String() {
			t.Errorf("escaped\n%q, html/template has\n%q", got, want.String())
		}
	})
}
