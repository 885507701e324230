package content

import (
	"strings"
	"sync"
	"testing"

	"uptree/generator/diag"
)

// page makes a document of a page as Load does.
func page(text string) (*Doc, diag.List) {
	return newDoc("content/pages/guide/start.md", subject{Page, "guide/start"}, []byte(text))
}

// markup is the body without its charts.
func markup(d *Doc, o Options) (HTML, diag.List) {
	body, problems := Render(d, o)
	return body.HTML(), problems
}

// known is a site of a few ids.
func known(kind Kind, id string) (Target, bool) {
	switch string(kind) + ":" + id {
	case "node:payments":
		return Target{URL: "../../org/payments/", Title: "Payments & more"}, true
	case "service:default/checkout":
		return Target{URL: "../../service/default~2fcheckout/", Title: "Checkout"}, true
	case "incident:7":
		return Target{URL: "../../incident/7/"}, true
	case "incident:elsewhere":
		return Target{URL: "HTTPS://status.example/8", Title: "Eight"}, true
	case "incident:bad":
		return Target{URL: "javascript:alert", Title: "Bad"}, true
	case "metric:incident_time":
		return Target{URL: "../../metrics/#incident_time", Title: "Incident time"}, true
	case "page:guide/other":
		return Target{URL: "../other/", Title: "Other"}, true
	}
	return Target{Near: "payments"}, false
}

func TestRenderMarkdown(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"emphasis and code", "*a* **b** ~~c~~ `<d>`", "<p><em>a</em> <strong>b</strong> <del>c</del> <code>&lt;d&gt;</code></p>\n"},
		{"a fenced block has its language as a class", "```go\nx := \"<b>\"\n```", "<pre><code class=\"language-go\">x := <span class=\"k-value\">&quot;&lt;b&gt;&quot;</span>\n</code></pre>\n"},
		{"columns are aligned by classes", "|a|b|\n|-:|-|\n|1|2|", "<table>\n<thead>\n<tr>\n<th class=\"align-right\">a</th>\n<th>b</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td class=\"align-right\">1</td>\n<td>2</td>\n</tr>\n</tbody>\n</table>\n"},
		{"tasks are characters, not form controls", "- [ ] open\n- [x] done", "<ul>\n<li>☐ open</li>\n<li>☑ done</li>\n</ul>\n"},
		{"attributes in braces are text", "# a {style=x onclick=y}", "<h2 id=\"c-a-style-x-onclick-y\">a {style=x onclick=y}</h2>\n"},
		{"text is escaped", `a & b < c "d"`, "<p>a &amp; b &lt; c &quot;d&quot;</p>\n"},
		{"Windows line ends are line ends", "a\r\nb\r\n\r\nc", "<p>a\nb</p>\n<p>c</p>\n"},
		{"an empty body is nothing", "", ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			d, loaded := page(test.in)
			got, problems := markup(d, Options{Resolve: known})
			if string(got) != test.want {
				t.Errorf("got  %q\nwant %q", got, test.want)
			}
			if len(loaded)+len(problems) > 0 {
				t.Errorf("problems: %v %v", loaded, problems)
			}
		})
	}
}

func TestHeadingsKeepTheOutlineOfThePage(t *testing.T) {
	tests := []struct {
		name, in string
		options  Options
		want     []string
	}{
		{"the highest heading is below the page's title", "# A\n## B\n# C", Options{}, []string{`<h2 id="c-a">`, `<h3 id="c-b">`, `<h2 id="c-c">`}},
		{"the caller says where it is", "# A\n## B", Options{Level: 4, Anchor: "note-"}, []string{`<h4 id="note-a">`, `<h5 id="note-b">`}},
		{"levels left out are closed up", "## A\n#### B\n### C\n# D", Options{}, []string{`<h2 id="c-a">`, `<h3 id="c-b">`, `<h3 id="c-c">`, `<h2 id="c-d">`}},
		{"no heading is deeper than six", "# A\n## B\n### C", Options{Level: 5}, []string{`<h5 id="c-a">`, `<h6 id="c-b">`, `<h6 id="c-c">`}},
		{"ids are unique whatever they collide with", "# A\n# A 2\n# A\n# A", Options{}, []string{`id="c-a"`, `id="c-a-2"`, `id="c-a-3"`, `id="c-a-4"`}},
		{"letters of any script make ids", "# Über 支払い!", Options{}, []string{`id="c-über-支払い"`}},
		{"markup makes no ids", "# `a` [b](node:payments) *c* &amp; <b>", Options{}, []string{`id="c-a-b-c-b"`}},
		{"headings without letters have ids", "# !\n# ?", Options{}, []string{`id="c-section"`, `id="c-section-2"`}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			d, _ := page(test.in)
			test.options.Resolve = known
			got, _ := markup(d, test.options)
			rest := string(got)
			for _, want := range test.want {
				_, after, ok := strings.Cut(rest, want)
				if !ok {
					t.Fatalf("%s is missing in %s", want, got)
				}
				rest = after
			}
		})
	}
}

func TestLinksThatAreGood(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"to another host", "[a](https://example.com/b?c=1&d=2)", `<a href="https://example.com/b?c=1&amp;d=2" class="external" rel="noopener">a</a>`},
		{"to another host, bare", "see https://example.com/b.", `see <a href="https://example.com/b" class="external" rel="noopener">https://example.com/b</a>.`},
		{"to another host, by www", "www.example.com", `<a href="http://www.example.com" class="external" rel="noopener">www.example.com</a>`},
		{"with a title", `[a](https://example.com "b \"&lt;c")`, `<a href="https://example.com" title="b &#34;&lt;c" class="external" rel="noopener">a</a>`},
		{"by reference", "[a][b]\n\n[b]: https://example.com", `<a href="https://example.com" class="external" rel="noopener">a</a>`},
		{"to a node", "[the team](node:payments)", `<a href="../../org/payments/">the team</a>`},
		{"to a node, which gives its name", "[](node:payments)", `<a href="../../org/payments/">Payments &amp; more</a>`},
		{"to a node in angle brackets", "<node:payments>", `<a href="../../org/payments/">Payments &amp; more</a>`},
		{"to an id with a slash", "[](service:default/checkout)", `<a href="../../service/default~2fcheckout/">Checkout</a>`},
		{"to an id with an escape", "[](service:default%2Fcheckout)", `<a href="../../service/default~2fcheckout/">Checkout</a>`},
		{"to something without a title", "[](incident:7)", `<a href="../../incident/7/">7</a>`},
		{"to something published elsewhere", "[](incident:elsewhere)", `<a href="https://status.example/8" class="external" rel="noopener">Eight</a>`},
		{"to a metric", "[](metric:incident_time)", `<a href="../../metrics/#incident_time">Incident time</a>`},
		{"to a page", "[](page:guide/other)", `<a href="../other/">Other</a>`},
		{"to a neighbouring document", "[x](other.md)", `<a href="../other/">x</a>`},
		{"to a document elsewhere", "[x](../../org/payments.md)", `<a href="../../org/payments/">x</a>`},
		{"to a document with an encoded name", "[x](../../service/default~2fcheckout.md)", `<a href="../../service/default~2fcheckout/">x</a>`},
		{"to a heading of a document", "[x](other.md#über-uns)", `<a href="../other/#c-%C3%BCber-uns">x</a>`},
		{"to a heading of this document", "[x](#now)\n\n# Now", `<a href="#mine-now">x</a>`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			d, _ := page(test.in)
			got, problems := markup(d, Options{Anchor: anchorOf(test.in), Resolve: known})
			if !strings.HasPrefix(string(got), "<p>"+test.want+"</p>") {
				t.Errorf("got  %s\nwant %s", got, test.want)
			}
			if len(problems) > 0 {
				t.Errorf("problems: %v", problems)
			}
		})
	}
}

func anchorOf(in string) string {
	if strings.Contains(in, "](#") {
		return "mine-"
	}
	return ""
}

func TestLinksThatAreRefusedLeaveTheirText(t *testing.T) {
	tests := []struct {
		name, in string
		code     diag.Code
		hint     string
	}{
		{"a script", "[a](javascript:alert)", diag.UnsafeLink, ""},
		{"a script in capitals", "[a](JaVaScRiPt:alert)", diag.UnsafeLink, ""},
		{"a script with references for letters", "[a](&#106;avascript&colon;alert)", diag.UnsafeLink, ""},
		{"a script with a tab inside", "[a](java&Tab;script:alert)", diag.UnsafeLink, ""},
		{"a script after a line end", "[a](&NewLine;javascript:alert)", diag.UnsafeLink, ""},
		{"a script after a control character", "[a](\x01javascript:alert)", diag.UnsafeLink, ""},
		{"a script behind a space", "[a](<  javascript:alert>)", diag.UnsafeLink, ""},
		{"a script with a backslash", `[a](javascript\:alert)`, diag.UnsafeLink, ""},
		{"a script by reference", "[a][b]\n\n[b]: javascript:alert", diag.UnsafeLink, ""},
		{"data", "[a](data:text/html,x)", diag.UnsafeLink, ""},
		{"Visual Basic", "[a](vbscript:x)", diag.UnsafeLink, ""},
		{"a file", "[a](file:///etc/passwd)", diag.UnsafeLink, ""},
		{"mail", "[a](mailto:x)", diag.UnsafeLink, ""},
		{"another protocol", "[a](ftp://example.com)", diag.UnsafeLink, ""},
		{"no protocol", "[a](//example.com)", diag.UnsafeLink, ""},
		{"no protocol, backslashes", `[a](\\\\example.com)`, diag.UnsafeLink, ""},
		{"no protocol, one backslash", `[a](/\\example.com)`, diag.UnsafeLink, ""},
		{"a password", "[a](https://u:p@example.com)", diag.UnsafeLink, ""},
		{"no host", "[a](https:)", diag.UnsafeLink, ""},
		{"a very long address", "[a](https://example.com/" + strings.Repeat("x", 3000) + ")", diag.UnsafeLink, ""},
		{"an id whose address in the data is a script", "[a](incident:bad)", diag.UnsafeLink, ""},
		{"an unknown id", "[a](node:paymets)", diag.BrokenLink, `did you mean "payments"?`},
		{"an unknown kind", "[a](servcie:x)", diag.BrokenLink, `did you mean "service"?`},
		{"a kind of a later version", "[a](budget:x)", diag.BrokenLink, "kinds of links are node, service"},
		{"a document that does not exist", "[a](nothing.md)", diag.BrokenLink, ""},
		{"a path out of the documents", "[a](../../../secret.md)", diag.BrokenLink, ""},
		{"an absolute path", "[a](/guide/)", diag.BrokenLink, "another document"},
		{"a file that is no document", "[a](data.csv)", diag.BrokenLink, "another document"},
		{"a heading that does not exist", "[a](#nwo)\n\n# Now", diag.BrokenLink, `did you mean "now"?`},
		{"nothing", "[a]()", diag.BrokenLink, ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			d, _ := page("\n" + test.in)
			got, problems := markup(d, Options{Resolve: known})
			if !strings.HasPrefix(string(got), "<p>a</p>\n") || strings.Contains(string(got), "href") {
				t.Errorf("got %s, want the text alone", got)
			}
			if len(problems) != 1 || problems[0].Code != test.code || !strings.Contains(problems[0].Hint, test.hint) {
				t.Fatalf("problems = %+v, want one %s with the hint %q", problems, test.code, test.hint)
			}
			if at := problems[0].Pos; at.Line != 2 || at.Col != 1 || !strings.HasPrefix(problems[0].Line, "[a]") {
				t.Errorf("problem is at %v in %q", at, problems[0].Line)
			}
		})
	}
}

func TestWhatIsNotPublishedIsShownAsTextAndMentioned(t *testing.T) {
	tests := []struct {
		name, in, want string
		code           diag.Code
	}{
		{"a block of HTML", "<script>\nalert(1)\n</script>", "<p>&lt;script&gt;\nalert(1)\n&lt;/script&gt;</p>\n", diag.RawHTML},
		{"a tag in a line", "a List<String> b", "<p>a List&lt;String&gt; b</p>\n", diag.RawHTML},
		{"a comment with something behind it", "<!-- a --><b>", "<p>&lt;!-- a --&gt;&lt;b&gt;</p>\n", diag.RawHTML},
		{"an image of another host", "![b](https://example.com/c.png)", "<p>b</p>\n", diag.UnsafeLink},
		{"an image that is not there", "![b *c*](c.png)", "<p>b c</p>\n", diag.BrokenLink},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			d, _ := page("+++\ntitle = \"x\"\n+++\n" + test.in)
			got, problems := markup(d, Options{Resolve: known})
			if string(got) != test.want {
				t.Errorf("got  %q\nwant %q", got, test.want)
			}
			if len(problems) != 1 || problems[0].Code != test.code || problems[0].Pos.Line != 4 {
				t.Errorf("problems = %+v, want one %s in line 4", problems, test.code)
			}
		})
	}
}

func TestAnImageWithoutADescriptionIsMentioned(t *testing.T) {
	d, _ := page("a ![](c.png)")
	_, problems := markup(d, Options{})
	if problems.ByCode()[diag.MissingAlt] != 1 {
		t.Errorf("problems = %v", problems)
	}
}

func TestCommentsAreLeftOutWithoutAWord(t *testing.T) {
	d, _ := page("a <!-- b --> c\n\n<!--\nd\n-->\n")
	got, problems := markup(d, Options{})
	if got != "<p>a  c</p>\n" || len(problems) > 0 {
		t.Errorf("got %q, %v", got, problems)
	}
}

func TestPersonsInTheText(t *testing.T) {
	tests := []struct {
		name, in string
		want     int
	}{
		{"a mail address", "ask kim.lee@acme.example now", 1},
		{"a mail address in angle brackets", "<kim@acme.example>", 1},
		{"a mail address with characters that Markdown knows", "ask kim_lee_x@acme.example", 1},
		{"a mail address as a link's text", "[kim@acme.example](https://acme.example)", 1},
		{"a handle", "ask @kim-lee", 1},
		{"a handle at the start of a cell", "|a|\n|-|\n|@kim|", 1},
		{"a handle in emphasis", "**@kim**", 1},
		{"a handle of another script", "ask @José", 1},
		{"a handle in the description of an image", "![@kim](a.png)", 1},
		{"a mail address in HTML", "<a href=\"mailto:kim@acme.example\">", 1},
		{"a package scope", "we use @acme/tokens", 0},
		{"code", "`@kim` and `kim@acme.example`", 0},
		{"a code block", "```\n@kim\n```", 0},
		{"an SSH remote", "clone git@git.acme.example:acme/site", 0},
		{"a time", "daily @ 10 and @10", 0},
		{"an at sign in a word", "a@b", 0},
		{"an address of a link", "[x](https://acme.example/@kim)", 0},
		{"a written out escape", `write \@kim`, 0},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			d, _ := page("\n\n" + test.in)
			_, problems := markup(d, Options{})
			if got := problems.ByCode()[diag.PersonInContext]; got != test.want {
				t.Errorf("%d problems, want %d: %v", got, test.want, problems)
			}
		})
	}
}

func TestAPersonIsReportedAtItsPlace(t *testing.T) {
	d, _ := page("one\ntwo @kim three")
	_, problems := markup(d, Options{})
	if len(problems) != 1 || problems[0].Pos.String() != "content/pages/guide/start.md:2:5" || !strings.Contains(problems[0].Hint, "role") {
		t.Errorf("problems = %+v", problems)
	}
}

func TestTextsThatAreNoTextAreMadeSafe(t *testing.T) {
	d, problems := page("\uFEFFa\x00b\x1b[31m\xff\xfec `d\x00`")
	got, _ := markup(d, Options{})
	if string(got) != "<p>a\uFFFDb\uFFFD[31m\uFFFDc <code>d\uFFFD</code></p>\n" {
		t.Errorf("got %q", got)
	}
	if len(problems) != 1 || problems[0].Code != diag.BadEncoding || problems[0].Pos.Line != 1 {
		t.Errorf("problems = %v", problems)
	}
}

func TestExcerpt(t *testing.T) {
	long := strings.Repeat("Wörter ", 60)
	tests := []struct{ name, in, want string }{
		{"the first paragraph as text", "# A\n\nFirst *b* `c`\n[d](node:x) &amp; <i>e.\n\nSecond", "First b c d & e."},
		{"a long paragraph is cut between words", long, strings.TrimSpace(strings.Repeat("Wörter ", 45)) + "…"},
		{"no paragraph", "# A\n\n- b", ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			d, _ := page(test.in)
			if got := Excerpt(d, Options{}); got != test.want {
				t.Errorf("got  %q\nwant %q", got, test.want)
			}
		})
	}
}

func TestRenderIsTheSameFromManyGoroutines(t *testing.T) {
	d, _ := page("# A\n\n[x](node:payments) [y](javascript:z) <b> @kim\n\n|a|\n|:-|\n|b|\n")
	want, wantProblems := markup(d, Options{Resolve: known})
	var wg sync.WaitGroup
	for range 16 {
		wg.Go(func() {
			got, problems := markup(d, Options{Resolve: known})
			if got != want || len(problems) != len(wantProblems) {
				t.Errorf("got %q, %v", got, problems)
			}
		})
	}
	wg.Wait()
}
