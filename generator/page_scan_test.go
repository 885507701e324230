package generator_test

import (
	"bytes"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// What a page may be made of: all that the templates, the writers and Markdown know. What
// is not listed came from the input.
var (
	ownElements = strings.Fields(`html head meta title link script small body header footer main nav section article div
		h1 h2 h3 h4 h5 h6 p ul ol li dl dt dd a span bdi b i em strong del code pre blockquote br hr img input time
		table caption thead tbody tr th td figure figcaption details summary button sup
		svg g path rect line circle text desc pattern defs`)
	ownAttributes = strings.Fields(`align alt charset checked class colspan content cx cy d datetime defer dir disabled
		fill height hidden href http-equiv id lang name patternunits preserveaspectratio property r rel role rowspan scope src start
		tabindex text-anchor title transform type viewbox width x x1 x2 y y1 y2`)
)

const contentPolicy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'"

// foreignParts parses a page as a browser does and lists what breaks its rules: elements,
// attributes and addresses that uptree does not write, code in the page, other hosts. Only
// the page for missing addresses may begin its links at the host.
func foreignParts(name string, src []byte) (out []string) {
	doc, err := html.Parse(bytes.NewReader(src))
	if err != nil {
		return []string{err.Error()}
	}
	policies := 0
	for n := range doc.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		if !slices.Contains(ownElements, n.Data) {
			out = append(out, "element <"+n.Data+">")
		}
		for _, a := range n.Attr {
			if why := foreignAttribute(n.Data, strings.ToLower(a.Key), a.Val, name == "404.html"); why != "" {
				out = append(out, why)
			}
			if a.Key == "content" && a.Val == contentPolicy {
				policies++
			}
		}
		if n.Data == "script" && !isData(n) && n.FirstChild != nil {
			out = append(out, "code in the page: "+n.FirstChild.Data)
		}
	}
	if policies != 1 {
		out = append(out, fmt.Sprintf("%d content security policies", policies))
	}
	return out
}

// isData reports whether a script element holds JSON.
func isData(n *html.Node) bool {
	return slices.ContainsFunc(n.Attr, func(a html.Attribute) bool { return a.Key == "type" && a.Val == "application/json" })
}

func foreignAttribute(element, key, value string, rooted bool) string {
	switch {
	case strings.HasPrefix(key, "data-"), strings.HasPrefix(key, "aria-"):
		return ""
	case !slices.Contains(ownAttributes, key):
		return fmt.Sprintf("attribute %s of <%s>", key, element)
	case key != "href" && key != "src":
		return ""
	}
	u, err := url.Parse(value)
	if err != nil {
		return fmt.Sprintf("address %q of <%s>: %v", value, element, err)
	}
	relative := u.Scheme == "" && u.Host == "" && (rooted || !strings.HasPrefix(value, "/")) && !strings.HasPrefix(value, `\`)
	if relative || element == "a" && (u.Scheme == "http" || u.Scheme == "https") && u.Host != "" {
		return ""
	}
	return fmt.Sprintf("address %q of <%s>", value, element)
}
