// Package themes holds the default theme: templates, words, style sheets and, where it was
// built, the bundle of its script.
//
// A site shadows a file by putting one at the same path under its own themes/<name>/.
package themes

import (
	"embed"
	"io/fs"
)

//go:embed default/theme.toml default/words.toml default/layouts default/partials default/assets default/bundle
var files embed.FS

// Default returns the default theme, with theme.toml at its root. The bundle's scripts are
// there only if they were built before the program.
func Default() fs.FS {
	sub, err := fs.Sub(files, "default")
	if err != nil { // the path is valid
		panic(err)
	}
	return sub
}

// HasBundle reports whether the scripts were built before the program.
func HasBundle() bool {
	_, err := fs.Stat(files, "default/bundle/charts.js")
	return err == nil
}
