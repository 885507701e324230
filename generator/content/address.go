package content

import (
	"fmt"
	"net/url"
	"path"
	"slices"
	"strings"

	"uptree/generator/diag"
)

// maxAddress bounds the address of a link, in bytes.
const maxAddress = 2048

// Target is what a Resolver knows of an id.
type Target struct {
	URL   string // of a known id: from the page that is being made, or http or https
	Title string // may be empty
	Near  string // of an unknown id: the known one that may be meant, or ""
	Heir  string // of a node that has ended: the one that stands for it, whose URL and Title these are; else ""
}

// A Resolver says where an id is published, and whether there is such an id. It is
// called with every kind that a typed link can have, and must be safe for concurrent use.
type Resolver func(kind Kind, id string) (Target, bool)

// destination is where a link leads, ready to be published.
type destination struct {
	url      string
	title    string // of the subject; empty for other hosts
	external bool
}

// fault is why a link cannot be published.
type fault struct {
	code       diag.Code
	text, hint string
}

func broken(hint, format string, args ...any) *fault {
	return &fault{diag.BrokenLink, fmt.Sprintf(format, args...), hint}
}

func unsafeLink(format string, args ...any) *fault {
	return &fault{diag.UnsafeLink, fmt.Sprintf(format, args...), "links are http, https, typed (service:checkout) or to another document"}
}

// resolveAddress says where an address leads: another host or a typed id. Everything
// else is a fault; relative is called for addresses without a scheme.
func resolveAddress(address string, resolve Resolver, relative func(string) (destination, *fault)) (destination, *fault) {
	address = strings.TrimSpace(address)
	if len(address) > maxAddress {
		return destination{}, unsafeLink("address of the link is longer than %d bytes", maxAddress)
	}
	if strings.ContainsFunc(address, func(r rune) bool { return r < ' ' || r == 0x7f || r == 0xFFFD }) {
		return destination{}, unsafeLink("address of the link holds control characters")
	}
	word, rest, ok := cutScheme(address)
	switch {
	case !ok && (strings.HasPrefix(address, "//") || strings.Contains(address, `\`)):
		return destination{}, unsafeLink("link to another host without http or https")
	case !ok:
		return relative(address)
	case word == "http" || word == "https":
		return external(address)
	case isLinkKind(word):
		return typed(Kind(word), rest, resolve)
	case isOtherScheme(word, rest):
		return destination{}, unsafeLink("links with %q are not published", word+":")
	}
	hint := diag.DidYouMean(word, linkKinds)
	if hint == "" {
		hint = "kinds of links are " + strings.Join(linkKinds, ", ")
	}
	return destination{}, broken(hint, "unknown kind of link %q", clip(word))
}

// cutScheme splits an address at the colon of its scheme, which is returned in lower case.
func cutScheme(address string) (word, rest string, ok bool) {
	word, rest, ok = strings.Cut(address, ":")
	if !ok || word == "" {
		return "", "", false
	}
	for i, c := range []byte(strings.ToLower(word)) {
		letter := c >= 'a' && c <= 'z'
		if !letter && (i == 0 || !strings.ContainsRune("0123456789+-.", rune(c))) {
			return "", "", false
		}
	}
	return strings.ToLower(word), rest, true
}

// otherSchemes are the schemes without a "//" that a browser or a desktop acts upon;
// others are taken for a mistyped kind.
var otherSchemes = []string{
	"about", "blob", "callto", "cid", "data", "file", "javascript", "livescript", "magnet", "mailto",
	"mhtml", "mocha", "sms", "tel", "urn", "vbscript", "view-source", "xmpp",
}

func isOtherScheme(word, rest string) bool {
	return strings.HasPrefix(rest, "//") || slices.Contains(otherSchemes, word)
}

// isRelative reports whether an address leads to no other host.
func isRelative(address string) bool {
	_, _, ok := cutScheme(strings.TrimSpace(address))
	return !ok && !strings.HasPrefix(strings.TrimSpace(address), "//")
}

func external(address string) (destination, *fault) {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || strings.Contains(u.Host, `\`) {
		return destination{}, unsafeLink("address %q is not valid", clip(address))
	}
	if u.User != nil {
		return destination{}, unsafeLink("address of the link holds a user name")
	}
	return destination{url: u.String(), external: true}, nil
}

// typed resolves an id written as it is, or with the % escapes of a URL.
func typed(kind Kind, id string, resolve Resolver) (destination, *fault) {
	target, ok := resolve(kind, id)
	if plain, err := url.PathUnescape(id); !ok && err == nil && plain != id {
		id = plain
		target, ok = resolve(kind, id)
	}
	if !ok {
		hint := ""
		if target.Near != "" {
			hint = fmt.Sprintf("did you mean %q?", target.Near)
		}
		return destination{}, broken(hint, "there is no %s %q", kind, clip(id))
	}
	return published(target, id)
}

// published is the destination of a known id. An incident may be published elsewhere, at
// an address that stands in someone's data.
func published(target Target, id string) (destination, *fault) {
	title := target.Title
	if title == "" {
		title = id
	}
	word, _, absolute := cutScheme(target.URL)
	if !absolute {
		return destination{url: target.URL, title: title}, nil
	}
	if word != "http" && word != "https" {
		return destination{}, unsafeLink("%q is published at an address that is not http or https", clip(id))
	}
	to, fault := external(target.URL)
	to.title = title
	return to, fault
}

const relativeHint = "link to another document (../service/checkout.md), or write a typed link (service:checkout)"

// document resolves a relative address to another document's page.
func document(address string, from subject, resolve Resolver) (destination, *fault) {
	file, fragment, _ := strings.Cut(address, "#")
	name, err := url.PathUnescape(file)
	if err != nil || strings.HasPrefix(name, "/") || !strings.HasSuffix(name, ".md") {
		return destination{}, broken(relativeHint, "link to %q leads nowhere", clip(address))
	}
	rel := path.Join(from.dir(), name)
	if strings.HasPrefix(rel, "../") {
		return destination{}, broken(relativeHint, "link to %q leads out of the documents", clip(address))
	}
	s, err := subjectOf(rel)
	if err != nil {
		return destination{}, broken(relativeHint, "link to %q leads to no document: %v", clip(address), err)
	}
	to, fault := typed(s.kind, s.id, resolve)
	if fault == nil && fragment != "" {
		to.url += anchor(DefaultAnchor, fragment)
	}
	return to, fault
}

// anchor returns the URL of an id on a page. The id may come with % escapes.
func anchor(prefix, id string) string {
	if plain, err := url.PathUnescape(id); err == nil {
		id = plain
	}
	return (&url.URL{Fragment: prefix + id}).String()
}

// clip shortens what a message cites.
func clip(s string) string { return shorten(s, 80) }
