package report

import (
	"fmt"
	"io/fs"

	"github.com/BurntSushi/toml"

	"uptree/generator/diag"
)

// Blocks is the version of the contract with themes: Page and the blocks in it. It grows
// by one when a field that a template may use goes away or changes its meaning.
const Blocks = 1

// CheckTheme reads theme.toml and reports a theme that was made for other blocks.
func CheckTheme(theme fs.FS) diag.List {
	var list diag.List
	add := func(text, hint string) {
		list.Add(diag.Problem{Code: diag.ThemeBroken, Pos: diag.Pos{File: "theme.toml"}, Text: text, Hint: hint})
	}
	var about struct {
		Name   string
		Blocks int
	}
	if _, err := toml.DecodeFS(theme, "theme.toml", &about); err != nil {
		add(err.Error(), "")
		return list
	}
	if about.Blocks != Blocks {
		add(fmt.Sprintf("the theme is made for blocks %d, this program has blocks %d", about.Blocks, Blocks),
			"compare its templates with those of the default theme and set blocks")
	}
	return list
}
