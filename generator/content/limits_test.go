package content

import (
	"strings"
	"testing"
	"time"
)

// inTime is far above what a document takes when it is kept from the parser, on a busy
// machine and under the race detector, and far below what it takes when it is let in.
const inTime = 45 * time.Second

// Each case takes the parser from seconds to minutes if it is let in.
func TestDocumentsThatExplodeAreShownInTimeAndMentioned(t *testing.T) {
	tests := []struct{ name, body string }{
		{"nested list on one line", strings.Repeat("- ", 100_000) + "a"},
		{"nested numbered list on one line", strings.Repeat("1. ", 100_000) + "a"},
		{"nested quotes", strings.Repeat(">", 500_000)},
		{"nested quotes with spaces", strings.Repeat("> ", 500_000)},
		{"link targets that never end", strings.Repeat("[a](", 250_000)},
		{"pointed link targets that never end", strings.Repeat("[a](<b", 100_000)},
		{"nested brackets", strings.Repeat("[", 500_000) + strings.Repeat("]", 500_000)},
		{"titles that never end", strings.Repeat("[a](b 'c ", 100_000)},
		{"titles that never end in lines", strings.Repeat("[a](b 'c\n", 100_000)},
		{"titles in brackets that never end in lines", strings.Repeat("[a](b (c\n", 100_000)},
		{"targets in long lines", strings.Repeat("[a](<b ) ", 100_000)},
		{"references", strings.Repeat("[a]: u\n", 100_000)},
		{"lists nested by lines", staircase()},
		{"table of empty cells", "|" + strings.Repeat("a|", 10_000) + "\n|" + strings.Repeat("-|", 10_000) + "\n" + strings.Repeat("|\n", 100_000)},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			began := time.Now()
			d, problems := newDoc("content/pages/x.md", subject{Page, "x"}, []byte(test.body))
			out, _ := markup(d, Options{})
			if took := time.Since(began); took > inTime {
				t.Errorf("took %v", took)
			}
			if len(problems) != 1 || problems[0].Code != "X109" {
				t.Errorf("problems = %v, want one X109", problems)
			}
			if !strings.HasPrefix(string(out), "<pre>") {
				t.Errorf("body is not shown as it stands: %.80s", out)
			}
		})
	}
}

// What people write, and large inputs that cost no more than their size, are rendered.
func TestLargeDocumentsOfOrdinaryShapesAreRendered(t *testing.T) {
	const size = maxFile / 8
	repeat := func(s string) string { return strings.Repeat(s, size/len(s)) }
	tests := []struct{ name, body string }{
		{"one long line", repeat("word ")},
		{"one long word", repeat("x")},
		{"links in one paragraph", strings.Repeat("[some text](https://example.com/a/path) ", 1000)},
		{"links in lines", repeat("A line with [some text](https://example.com/a/path) in it.\n")},
		{"titles", repeat("A line with [some text](https://example.com/a/path_(b) \"title\") in it.\n")},
		{"a table", "| a | b | c |\n|---|---|---|\n" + strings.Repeat("| [one](https://a.example/) | two | three |\n", 10_000)},
		{"opening brackets", repeat("[")},
		{"image openings", repeat("![")},
		{"emphasis that never ends", repeat("*a **a ")},
		{"underscores", repeat("_")},
		{"backticks", backticks(size)},
		{"HTML openings", repeat("<a ")},
		{"comments that never end", repeat("a <!-- ")},
		{"instructions that never end", repeat("a <? ")},
		{"ampersands", repeat("&")},
		{"strikethroughs", repeat("~~a ")},
		{"addresses", repeat("www.")},
		{"mail addresses", repeat("a@a.b")},
		{"addresses with brackets", repeat("http://a(((")},
		{"uses of one reference", "[a]: https://example.com/" + strings.Repeat("x", 2000) + "\n\n" + strings.Repeat("[a] ", 20_000)},
		{"references apart", repeat("[a]: u\n\n")},
		{"uses of a reference to an endless address", "[a]: https://example.com/" + strings.Repeat("x", 500_000) + "\n\n" + strings.Repeat("[a] ", 20_000)},
		{"references that never end", repeat("[a][")},
		{"list items", repeat("- a\n")},
		{"tasks", repeat("- [ ] a\n")},
		{"headings of one name", repeat("# a\n")},
		{"setext headings", repeat("a\n") + "==="},
		{"character references", repeat("&#x41;&amp;")},
		{"backslashes", repeat("\\[")},
		{"table cells in one line", repeat("|a")},
		{"dashes", repeat("- \n")},
		{"quotes in lines", repeat("> > > a\n")},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			began := time.Now()
			d, problems := newDoc("content/pages/x.md", subject{Page, "x"}, []byte(test.body))
			out, _ := markup(d, Options{})
			Excerpt(d, Options{})
			if took := time.Since(began); took > inTime {
				t.Errorf("took %v", took)
			}
			if len(out) > 64*maxFile {
				t.Errorf("output has %d bytes", len(out))
			}
			if len(problems) > 0 || strings.HasPrefix(string(out), "<pre>") {
				t.Errorf("not rendered: %v", problems)
			}
		})
	}
}

func backticks(size int) string {
	var b strings.Builder
	for i := 0; b.Len() < size; i++ {
		b.WriteString("e" + strings.Repeat("`", i))
	}
	return b.String()
}

func staircase() string {
	var b strings.Builder
	for i := 0; b.Len() < maxFile; i++ {
		b.WriteString(strings.Repeat(" ", i*2) + "- a\n")
	}
	return b.String()
}
