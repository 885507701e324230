package render

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"
)

// Shadow is a file of the default theme, and what the site has in its place.
type Shadow struct {
	File     string // from the theme's folder: "partials/top.html"
	Original string // fingerprint of the default's file; "" where the default has none such
	Shadowed bool   // the site has a file of its own there
	Made     string // fingerprint of the original that it says it was made from; "": it does not say
}

// MovedOn reports whether the original is another than the one that the file was made from.
func (s *Shadow) MovedOn() bool { return s.Shadowed && s.Made != "" && s.Made != s.Original }

// shadowFolders hold what a site may shadow, beside words.toml, whose sentences are held to
// the program's one by one.
var shadowFolders = []string{"layouts", "partials", "assets"}

// Shadows lists the files of the default theme and those that only the site has, by name.
// Site may be nil.
func Shadows(base, site fs.FS) []Shadow {
	var out []Shadow
	files := overlay{site, base}
	for _, dir := range shadowFolders {
		for _, name := range files.list(dir, "") {
			s := Shadow{File: dir + "/" + name}
			if data, err := fs.ReadFile(base, s.File); err == nil {
				s.Original = fingerprint(data)
			}
			if site != nil {
				data, err := fs.ReadFile(site, s.File)
				s.Shadowed = err == nil
				s.Made = madeFrom(data)
			}
			out = append(out, s)
		}
	}
	slices.SortFunc(out, func(a, b Shadow) int { return strings.Compare(a.File, b.File) })
	return out
}

func fingerprint(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:6])
}

var madePattern = regexp.MustCompile(`\boriginal: ([0-9a-f]{12})\b`)

// madeFrom reads the fingerprint that a file names in its first lines.
func madeFrom(data []byte) string {
	if m := madePattern.FindSubmatch(data[:min(len(data), 500)]); m != nil {
		return string(m[1])
	}
	return ""
}

// markers are comments by the ends of names. That of a template leaves no line behind.
var markers = map[string]string{
	".html": "{{- /* original: %s */ -}}\n",
	".css":  "/* original: %s */\n",
	".svg":  "<!-- original: %s -->\n",
}

// Copy returns a file of the default theme as a site takes it over: with a line that says
// which original it is made from.
func Copy(base fs.FS, file string) ([]byte, error) {
	data, err := fs.ReadFile(base, file)
	if err != nil {
		return nil, err
	}
	return append(fmt.Appendf(nil, markers[path.Ext(file)], fingerprint(data)), data...), nil
}
