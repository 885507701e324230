package source

import (
	"encoding/json"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"uptree/generator/config"
)

// FuzzFacts reads pages of any content: what is JSON has facts, and nothing panics or nests
// without end.
func FuzzFacts(f *testing.F) {
	for _, page := range []string{
		`[]`, `{"items":[1,{"a":[2]}],"meta":{"next":"x","more":true}}`, `{"meta":{"next":7}}`, `{"items":{"items":[]}}`,
		`[[`, `{"a"`, `{"meta":null}`, ``, `{} {}`, strings.Repeat("[", 300), `"a"`, `{"a":1,}`, "\xff",
	} {
		f.Add(page)
	}
	paging := &config.Paging{Items: []string{"items"}, More: []string{"meta", "more"}, Next: []string{"meta", "next"}}
	f.Fuzz(func(t *testing.T, page string) {
		facts, err := scanFacts(strings.NewReader(page), paging)
		var object struct {
			Items []json.RawMessage `json:"items"`
		}
		if err != nil || strings.Count(page, `"items"`) > 1 || strings.ContainsAny(page, `\`) || json.Unmarshal([]byte(page), &object) != nil {
			return
		}
		if n, known := facts.count(); known && n != len(object.Items) && facts.items != nil {
			t.Errorf("%d items, want %d", n, len(object.Items))
		}
	})
}

// FuzzHeaders reads what a server may say of waits, links and itself.
func FuzzHeaders(f *testing.F) {
	f.Add(`<a>; rel="next"`, "3", "0", "1e300")
	f.Add(`<`, "-1", "0", "NaN")
	f.Add(`<a>; rel=prev, <b>;rel="x next"`, "Thu, 20 Mar 2025 07:00:00 GMT", "1", "9999999999999")
	f.Fuzz(func(t *testing.T, link, after, remaining, reset string) {
		header := http.Header{"Link": {link}, "Retry-After": {after}, "Ratelimit-Remaining": {remaining}, "Ratelimit-Reset": {reset}}
		if wait, ok := asksToWait(header); wait < 0 || wait > 0 && !ok {
			t.Errorf("wait of %s, %t", wait, ok)
		}
		if next := nextLink(header); !strings.Contains(link, next) {
			t.Errorf("link to %q", next)
		}
		p := &pager{Paging: config.Paging{By: "link", MaxPages: 3}, seen: map[string]bool{}}
		home := &url.URL{Scheme: "https", Host: "api.example"}
		if more, err := p.follow(&http.Response{Request: &http.Request{URL: home}}, nextLink(header)); more && err == nil && p.url == nil {
			t.Error("leads nowhere")
		}
	})
}

// FuzzMeta reads descriptions of kept copies, which may come from a cache of others: no
// file outside the folder of the source is opened.
func FuzzMeta(f *testing.F) {
	f.Add(`{"version":1,"blobs":[{"name":"a","sha256":"../x"}]}`)
	f.Add(`{"version":1,"blobs":[{"sha256":"` + strings.Repeat("0", 64) + `"}]}`)
	f.Fuzz(func(t *testing.T, text string) {
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, "meta.json"), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		m, err := readMeta(dir)
		if err != nil {
			return
		}
		for i := range m.Blobs {
			if file := m.Blobs[i].file(); filepath.Base(file) != file {
				t.Errorf("leads to %q", file)
			}
		}
	})
}
