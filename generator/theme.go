package generator

import (
	"io/fs"
	"os"
	"path"
	"path/filepath"

	"uptree/generator/config"
	"uptree/generator/diag"
	"uptree/generator/render"
	"uptree/generator/report"
	"uptree/themes"
)

// theme loads the default theme and words with what the site puts over them. It reports
// whether both can be used; that the charts are static is said once.
func (b *build) theme() (*render.Theme, *report.Words, bool) {
	base, own := themes.Default(), b.ownTheme()
	theme, problems := render.LoadTheme(base, own, b.bundle())
	b.problems.Append(problems)
	site, file := b.wordsFile(own)
	words, problems := report.LoadWords(base, site, file)
	b.problems.Append(problems)
	if theme == nil || b.problems.HasErrors() {
		return nil, nil, false
	}
	if !theme.Interactive() {
		b.problems.Add(diag.Problem{Code: diag.BundleMissing, Text: "the charts are drawn, not interactive: the theme's bundle is not built in",
			Hint: "with npm, build it before the program, or name its folder with bundle in [theme]"})
	}
	return theme, words, true
}

// ownTheme is the site's folder of files that shadow the default's; nil where it has none.
func (b *build) ownTheme() fs.FS {
	if b.site.Theme.Name == "" {
		return nil
	}
	return os.DirFS(filepath.Join(b.o.Dir, "themes", b.site.Theme.Name))
}

// shadows are the files of the site's theme over those of the default; nil without one.
func (b *build) shadows() []render.Shadow {
	if own := b.ownTheme(); own != nil {
		return render.Shadows(themes.Default(), own)
	}
	return nil
}

// ThemeFiles lists the files of the default theme and what the site in a folder has over
// them; name is that of its theme, "" where it has none or is no site.
func ThemeFiles(o Options) (files []render.Shadow, name string, err error) {
	site, _, err := config.Load(os.DirFS(o.Dir), o.Dir, o.Config)
	if err != nil {
		return nil, "", err
	}
	b := &build{o: o, site: site}
	if site == nil || site.Theme.Name == "" {
		return render.Shadows(themes.Default(), nil), "", nil
	}
	return render.Shadows(themes.Default(), b.ownTheme()), site.Theme.Name, nil
}

// ThemeCopy is a file of the default theme as a site takes it over.
func ThemeCopy(file string) ([]byte, error) { return render.Copy(themes.Default(), file) }

// bundle is the folder of built scripts that the site names; nil for the built-in ones.
func (b *build) bundle() fs.FS {
	if b.site.Theme.Bundle == "" {
		return nil
	}
	return os.DirFS(filepath.Join(b.o.Dir, filepath.FromSlash(b.site.Theme.Bundle)))
}

// wordsFile is where the site's own sentences stand: the file that site.toml names, else
// the one of the site's theme; nil where it has none.
func (b *build) wordsFile(own fs.FS) (fs.FS, string) {
	if named := b.site.Theme.Words; named != "" {
		return os.DirFS(filepath.Join(b.o.Dir, filepath.FromSlash(path.Dir(named)))), path.Base(named)
	}
	if own != nil {
		if _, err := fs.Stat(own, "words.toml"); err == nil {
			return own, "words.toml"
		}
	}
	return nil, "words.toml"
}
