package render

import (
	"bytes"

	"uptree/generator/diag"
	"uptree/generator/report"
)

// File draws one file of the site: the bytes that Render would put at the path, nil where
// it would put none.
func File(plan *report.Plan, theme *Theme, path string) ([]byte, diag.List) {
	for _, a := range theme.assets {
		if a.path == path {
			return a.content, nil
		}
	}
	var found []byte
	r := newRenderer(plan, theme, func(put string, content []byte) error {
		if put == path {
			found = bytes.Clone(content)
		}
		return nil
	})
	if key, ok := plan.Find(path); ok {
		_ = r.page(plan.Page(key), &buffers{}) // put does not fail
	}
	if found == nil {
		_ = r.site()
	}
	return found, r.problems()
}

// Style is the path of the style sheet, which names its content.
func (t *Theme) Style() string { return t.paths.Style }
