package content

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"image"
	_ "image/gif" // for their sizes
	_ "image/jpeg"
	_ "image/png"
	"maps"
	"net/url"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/yuin/goldmark/ast"

	"uptree/generator/diag"
)

// Image is a picture that stands beside documents. It is read-only.
type Image struct {
	File          string // from the site's folder, with slashes
	Name          string // as published: a hash of its bytes, and its type
	Data          []byte
	Width, Height int // in pixels
}

// imageTypes are the kinds of pictures by the ends of their names. SVG is none of them: a
// browser that is led to one runs the scripts in it.
var imageTypes = map[string]string{".png": "png", ".jpg": "jpeg", ".jpeg": "jpeg", ".gif": "gif"}

const (
	maxImage  = 1 << 20 // in bytes
	maxImages = 64 << 20
	maxSide   = 10_000 // in pixels
)

const imageHint = "images are PNG, JPEG or GIF"

// newImage reads the size of a picture; why says what is wrong with it.
func newImage(file string, data []byte) (img *Image, why string) {
	c, format, err := image.DecodeConfig(bytes.NewReader(data))
	switch {
	case err != nil:
		return nil, "image cannot be read"
	case format != imageTypes[strings.ToLower(path.Ext(file))]:
		return nil, "image is a " + format + " by its content and not by its name"
	case c.Width > maxSide || c.Height > maxSide:
		return nil, fmt.Sprintf("image of %d by %d pixels is larger than %d", c.Width, c.Height, maxSide)
	}
	sum := sha256.Sum256(data)
	return &Image{file, hex.EncodeToString(sum[:8]) + "." + format, data, c.Width, c.Height}, ""
}

// images shows the pictures that stand beside the document, and the descriptions of others.
func (r *rendering) images(found *nodes) {
	for _, n := range found.images {
		alt := plain(n, r.src)
		if strings.TrimSpace(alt) == "" {
			r.report(diag.MissingAlt, n.Pos(), "image without a description", "write what it shows: ![description](…)")
		}
		img := r.image(n)
		if img == nil {
			replace(n, literal(alt))
			continue
		}
		n.Destination = []byte(r.options.Image(img))
		n.Title = nil
		n.SetAttributeString("width", strconv.Itoa(img.Width))
		n.SetAttributeString("height", strconv.Itoa(img.Height))
		n.SetAttributeString("loading", "lazy")
	}
}

// image is the picture that an image of the document names; nil where none is shown.
func (r *rendering) image(n *ast.Image) *Image {
	address := unescape(n.Destination[:min(len(n.Destination), maxAddress+1)])
	if !isRelative(address) {
		r.report(diag.UnsafeLink, n.Pos(), "image from another host", "pages load nothing from elsewhere; put the image beside the document, or link to it")
		return nil
	}
	name, err := url.PathUnescape(address)
	if err != nil {
		name = address
	}
	img := r.doc.images[path.Join(path.Dir(r.doc.File), name)]
	if img == nil {
		r.report(diag.BrokenLink, n.Pos(), fmt.Sprintf("there is no image %q beside the document", clip(name)), r.nearestImage(name))
	}
	if r.options.Image == nil {
		return nil
	}
	return img
}

func (r *rendering) nearestImage(name string) string {
	var names []string
	for _, file := range slices.Sorted(maps.Keys(r.doc.images)) {
		if path.Dir(file) == path.Dir(r.doc.File) {
			names = append(names, path.Base(file))
		}
	}
	if hint := diag.DidYouMean(name, names); hint != "" {
		return hint
	}
	return imageHint + " in the folder of the document"
}
