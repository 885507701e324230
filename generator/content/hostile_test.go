package content

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

// The only elements and attributes that a published document has.
var (
	allowedTags = []string{
		"a", "blockquote", "br", "code", "del", "em", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "li", "ol",
		"p", "pre", "strong", "table", "tbody", "td", "th", "thead", "tr", "ul",
	}
	allowedAttributes = []string{"class", "href", "id", "rel", "start", "title"}
	attribute         = regexp.MustCompile(`^ ([a-z]+)="([^"<>]*)"`)
	goodAddress       = regexp.MustCompile(`^(https?://[^/]|\.\./|#c-)`)
)

// unsafe says what is wrong with the markup of a document, or "". It is stricter than a
// browser: every < must begin a tag of the list, written as Render writes it.
func unsafe(markup string) string {
	if !utf8.ValidString(markup) || strings.Contains(markup, "\x00") {
		return "not text"
	}
	var open []string
	for {
		_, rest, ok := strings.Cut(markup, "<")
		if !ok {
			return strings.Join(open, ">")
		}
		inside, after, ok := strings.Cut(rest, ">")
		if !ok {
			return "a tag that does not end"
		}
		if fault := unsafeTag(inside, &open); fault != "" {
			return fault
		}
		markup = after
	}
}

func unsafeTag(inside string, open *[]string) string {
	if name, end := strings.CutPrefix(inside, "/"); end {
		n := len(*open)
		if n == 0 || (*open)[n-1] != name {
			return fmt.Sprintf("</%s> in %v", name, *open)
		}
		*open = (*open)[:n-1]
		return ""
	}
	name, _, _ := strings.Cut(inside, " ")
	if !slices.Contains(allowedTags, name) {
		return fmt.Sprintf("the tag <%s>", name)
	}
	if name != "br" && name != "hr" {
		if name == "a" && slices.Contains(*open, "a") {
			return "a link in a link"
		}
		*open = append(*open, name)
	}
	for rest := inside[len(name):]; rest != ""; {
		m := attribute.FindStringSubmatch(rest)
		if m == nil || !slices.Contains(allowedAttributes, m[1]) {
			return fmt.Sprintf("the attribute %q", rest)
		}
		if m[1] == "href" && !goodAddress.MatchString(m[2]) {
			return fmt.Sprintf("the address %q", m[2])
		}
		rest = rest[len(m[0]):]
	}
	return ""
}

// hostile is input that has broken Markdown renderers, or is meant to.
var hostile = []string{
	"<script>alert(1)</script>",
	"<SCRIPT SRC=//x>",
	"a <img src=x onerror=alert(1)> b",
	"<img src=x onerror=alert(1)//",
	"<svg/onload=alert(1)>",
	"<a href='javascript:alert(1)'>x</a>",
	"<!-- --!><script>alert(1)</script> -->",
	"<!--><script>alert(1)</script>-->",
	"<![CDATA[<script>alert(1)</script>]]>",
	"<?php <script> ?>",
	"<style>*{display:none}</style>",
	"<div style=\"x\" onclick=y>\n\n[a](javascript:b)\n\n</div>",
	"<javascript:alert(1)>",
	"<data:text/html,<script>>",
	"javascript:alert(1)",
	"[a](javascript:alert(1))",
	"[a](&#x6A&#x61&#x76&#x61;script:alert(1))",
	"[a](&#0000106;avascript:alert(1))",
	"[a](javascript&#58;alert(1))",
	"[a](javascript&amp;#58;alert(1))",
	"[a](\u0000javascript:alert(1))",
	"[a](\u00a0javascript:alert(1))",
	"[a](java\u200bscript:alert(1))",
	"[a]( <javascript:alert(1)> )",
	"[a](https://x/\" onmouseover=\"alert(1))",
	"[a](<https://x/\" onmouseover=\"alert(1)>)",
	"[a](https://x/&quot; onmouseover=&quot;alert(1))",
	"[a](https://x 'b\" onmouseover=\"alert(1)')",
	"[a](https://x \"b&quot; onmouseover=&quot;alert(1)\")",
	"[a](https://x:javascript)",
	"[a](https://[::1]/)",
	"[a](https://exa<mple.com/)",
	"[a][b]\n\n[b]: javascript:alert(1)",
	"[b]: <data:text/html,<script>alert(1)</script>> '<script>'\n\n[b] ![b]",
	"![a](javascript:alert(1))",
	"![\"onerror=alert(1)](https://x)",
	"![a](https://x \"b\\\" onerror=alert(1)\")",
	"[![a [b](https://c)](d.png)](https://e)",
	"[a [b](https://c)](https://d)",
	"[a https://b c](https://d)",
	"<https://x/\"onmouseover=alert(1)>",
	"https://x/\"onmouseover=alert(1)",
	"www.x.com/<script>",
	"``` \"onclick=alert(1) <script>\nx\n```",
	"```<script>\nx\n```",
	"~~~ &quot;&gt;&lt;script&gt;\n~~~",
	"# a\" onclick=\"alert(1)",
	"# <script>alert(1)</script>",
	"# a {#b onclick=alert(1) style=c}",
	"|<script>|`|`|\n|:-|-:|\n|a|<b onclick=c>|",
	"- [x](javascript:y)\n- [ ] <input>",
	"&lt;script&gt; &#60;script&#62; &#x3c;script> &#0; &#xD800; &#x110000;",
	"\\<script\\>",
	"`<script>`",
	"a\xff\xfe<\xc0\xbc>\xed\xa0\x80",
	"a\r<script>\r\nb",
	"{{template \"x\"}} ${x} <%= x %>",
	"+++\ntitle = \"<script>\"\n+++\n<script>",
	"+++\nnot closed\n<script>",
	"[](node:payments)[](node:x\"y)<node:z'\">",
	"\u202e<script>\u2066",
}

func TestHostileInputStaysText(t *testing.T) {
	for _, in := range hostile {
		checkSafe(t, in)
		checkSafe(t, "> - "+in+"\n\n| a |\n|---|\n| "+in+" |\n")
	}
}

func checkSafe(t *testing.T, in string) {
	t.Helper()
	d, _ := page(in)
	got, problems := markup(d, shown)
	if fault := unsafe(string(got)); fault != "" {
		t.Errorf("%s\nof   %q\nfrom %q", fault, got, in)
	}
	for _, p := range problems {
		if p.Pos.Line < 1 || p.Pos.Line > 1+strings.Count(d.text, "\n") || p.Pos.Col < 1 || p.Pos.Col > len(p.Line)+1 {
			t.Errorf("a problem is at no place of the document: %+v", p)
		}
	}
	if text := Excerpt(d, Options{}); utf8.RuneCountInString(text) > 200 {
		t.Errorf("excerpt is too long: %q", text)
	}
	Links(d, known)
}

func TestTheSafetyCheckSeesWhatIsUnsafe(t *testing.T) {
	for _, markup := range []string{
		"<script>", "<p onclick=\"x\"></p>", "<p style=\"x\"></p>", "<a href=\"javascript:x\"></a>", "<a href=x></a>",
		"<p", "<p>", "</p>", "<img src=\"x\">", "a < b", "<a href=\"https://x\"><a href=\"https://x\"></a></a>",
	} {
		if unsafe(markup) == "" {
			t.Errorf("%s counts as safe", markup)
		}
	}
}

func FuzzRender(f *testing.F) {
	for _, in := range hostile {
		f.Add(in)
	}
	f.Fuzz(func(t *testing.T, in string) {
		if len(in) < 1<<16 {
			checkSafe(t, in)
		}
	})
}
