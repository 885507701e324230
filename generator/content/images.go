package content

import (
	"strings"

	"github.com/yuin/goldmark/ast"

	"uptree/generator/diag"
)

// images replaces images by their descriptions. Pages ask no other host for anything,
// and files beside the documents are not published.
func (r *rendering) images(found *nodes) {
	for _, n := range found.images {
		r.image(n)
		replace(n, literal(plain(n, r.src)))
	}
}

func (r *rendering) image(n *ast.Image) {
	if strings.TrimSpace(plain(n, r.src)) == "" {
		r.report(diag.MissingAlt, n.Pos(), "image without a description", "write what it shows: ![description](…)")
	}
	address := unescape(n.Destination)
	if isRelative(address) {
		r.report(diag.BrokenLink, n.Pos(), "images are not published by this version",
			"the description is shown; put what matters into the text")
		return
	}
	r.report(diag.UnsafeLink, n.Pos(), "image from another host",
		"pages load nothing from elsewhere; link to the image instead")
}
