package check

import (
	"path"

	"uptree/generator/diag"
	"uptree/generator/render"
)

// theme holds the files of the site's theme to the originals that they shadow.
func theme(in Input) diag.List {
	var out diag.List
	var originals []string
	for _, s := range in.Theme {
		originals = append(originals, s.File)
	}
	for i := range in.Theme {
		if p := shadow(&in.Theme[i], originals); p.Code != "" {
			p.Pos.File = path.Join("themes", in.Site.Theme.Name, in.Theme[i].File)
			out.Add(p)
		}
	}
	return out
}

// shadow is what is wrong with a file of the theme; a problem without a code is none.
func shadow(s *render.Shadow, originals []string) diag.Problem {
	switch {
	case !s.Shadowed:
	case s.Original == "" && path.Dir(s.File) == "layouts":
		return diag.Problem{Code: diag.ShadowsNothing, Text: "layout of no kind of page", Hint: diag.DidYouMean(s.File, originals)}
	case s.Original == "": // a partial or a picture of the site's own
	case s.Made == "":
		return diag.Problem{Code: diag.OriginalUnknown, Text: "file does not say which original it was made from",
			Hint: "compare it with the program's and write in a comment on its first line: original: " + s.Original}
	case s.MovedOn():
		return diag.Problem{Code: diag.OriginalMovedOn, Text: "file was made from " + s.Made + ", and the original is " + s.Original + " by now",
			Hint: "take over what is new in the program's file, then write: original: " + s.Original}
	}
	return diag.Problem{}
}
