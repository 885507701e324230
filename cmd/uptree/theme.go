package main

import (
	"errors"
	"io/fs"

	"github.com/spf13/cobra"

	"uptree/generator"
	"uptree/generator/author"
	"uptree/generator/diag"
	"uptree/generator/render"
)

const themeListing = "theme"

// themeRows lists the files of the theme and what the site has over them.
func (a *app) themeRows() error {
	o, err := a.options("", 0)
	if err != nil {
		return err
	}
	files, name, err := generator.ThemeFiles(o)
	if err != nil {
		return err
	}
	rows := [][]string{{"FILE", "ORIGINAL", "SITE"}}
	for i := range files {
		rows = append(rows, []string{files[i].File, files[i].Original, shadowed(&files[i], name)})
	}
	return a.print(rows)
}

// shadowed says what the site has in the place of a file.
func shadowed(s *render.Shadow, name string) string {
	switch {
	case !s.Shadowed:
		return ""
	case s.Original == "":
		return "themes/" + name + ", its own"
	case s.Made == "":
		return "themes/" + name + ", of unknown origin"
	case s.MovedOn():
		return "themes/" + name + ", from " + s.Made + ": the original has moved on"
	}
	return "themes/" + name
}

// newTheme copies a file of the default theme into that of the site.
func (a *app) newTheme() *cobra.Command {
	return &cobra.Command{
		Use: "theme FILE", Short: "Copy a file of the default theme into the site's own, to be changed there",
		Example: "  uptree new theme partials/slots.html",
		RunE: func(_ *cobra.Command, args []string) error {
			o, err := a.options("", 0)
			if err != nil {
				return err
			}
			files, name, err := generator.ThemeFiles(o)
			if err != nil {
				return err
			}
			if len(args) != 1 {
				return usage("name the file: \"uptree list theme\" prints them")
			}
			if name == "" {
				return exit{exitUnusable, "the site has no theme of its own: write name = \"…\" in [theme] of site.toml, the name of a folder below themes/"}
			}
			text, err := generator.ThemeCopy(args[0])
			if errors.Is(err, fs.ErrNotExist) || errors.Is(err, fs.ErrInvalid) {
				return usage("the theme has no file %q; %s", args[0], nearestFile(args[0], files))
			}
			if err != nil {
				return err
			}
			site := &author.Site{Dir: a.source}
			file := "themes/" + name + "/" + args[0]
			return a.wrote(file, site.Create(file, text), "What is not changed in it follows the program no more; \"uptree check\" says when the original moves on.")
		},
	}
}

func nearestFile(file string, files []render.Shadow) string {
	var names []string
	for _, f := range files {
		names = append(names, f.File)
	}
	if hint := diag.DidYouMean(file, names); hint != "" {
		return hint
	}
	return "\"uptree list theme\" prints them"
}
