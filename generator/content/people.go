package content

import (
	"bytes"
	"regexp"
	"strings"

	"github.com/yuin/goldmark/ast"

	"uptree/generator/diag"
)

// A mail address; not one of an SSH remote (git@host:path).
var mailPattern = regexp.MustCompile(`[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)*\.\p{L}{2,}(:[^\s:]|)`)

// A handle stands at the start of a word; it is no package scope (@scope/name), and not
// a time or a number (@ 10, @3).
var handlePattern = regexp.MustCompile(`(?:^|[\s(\[{,;:"'“‘])(@\p{L}[\p{L}\p{N}_-]+)(/|)`)

const personHint = "write the role instead, such as \"the payments on-call\""

// person returns the first mail address or handle in a text and its offset.
func person(s string) (found string, offset int, ok bool) {
	found, offset, _, ok = findPerson(s)
	return found, offset, ok
}

func findPerson(s string) (found string, start, end int, ok bool) {
	if !strings.Contains(s, "@") {
		return "", 0, 0, false
	}
	for _, m := range mailPattern.FindAllStringSubmatchIndex(s, -1) {
		if m[2] == m[3] {
			return "mail address", m[0], m[1], true
		}
	}
	for _, m := range handlePattern.FindAllStringSubmatchIndex(s, -1) {
		if m[4] == m[5] {
			return "handle", m[2], m[3], true
		}
	}
	return "", 0, 0, false
}

// withoutPersons puts an ellipsis in the place of every mail address and handle.
func withoutPersons(s string) string {
	for {
		_, start, end, ok := findPerson(s)
		if !ok {
			return s
		}
		s = s[:start] + "…" + s[end:]
	}
}

// Redact takes out of a text what is not for publishing: mail addresses, handles and keys.
func Redact(text string) string {
	return withoutPersons(withoutSecrets(text, secretsIn(text)))
}

// people reports the persons in the prose of a body: one per run of text. Code and
// addresses of links are no prose.
func (r *rendering) people(root ast.Node) {
	run := textRun{report: r.person}
	ast.Walk(root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.Text:
			run.add(n.Segment.Start, n.Segment.Stop, r.src)
		case *ast.CodeSpan, *ast.RawHTML:
			return ast.WalkSkipChildren, nil
		case *ast.AutoLink:
			// A bare address is a link to the parser, in the middle of its text.
			if label := n.Label(r.src); n.AutoLinkType == ast.AutoLinkEmail {
				at := max(n.Pos(), 0)
				at += max(bytes.Index(r.src[at:], label), 0)
				run.add(at, at+len(label), r.src)
			}
		}
		return ast.WalkContinue, nil
	})
	run.flush(r.src)
}

func (r *rendering) person(found string, offset int) {
	r.report(diag.PersonInContext, offset, found+" in the text", personHint)
}

// textRun joins the neighbouring pieces of text that the parser cuts at characters with
// a meaning, such as the _ of an address.
type textRun struct {
	start, stop int
	report      func(found string, offset int)
}

func (t *textRun) add(start, stop int, src []byte) {
	if start != t.stop {
		t.flush(src)
		t.start = start
	}
	t.stop = stop
}

func (t *textRun) flush(src []byte) {
	if found, at, ok := person(string(src[t.start:t.stop])); ok {
		t.report(found, t.start+at)
	}
	t.start = t.stop
}
