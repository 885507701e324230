package report

import (
	"uptree/generator/content"
)

// context is the words of those who answer for the subject, with what stands beside them;
// where nothing is written yet, how to write it.
func (c *composer) context() Context {
	out := Context{Section: Section{ID: "context", Title: say(wContext)}}
	out.Side, out.Below = c.sideNotes()
	if n := len(out.Below); n > 0 {
		out.More = sayN(wRemarksBelow, n)
	}
	switch {
	case c.generated():
		return Context{}
	case c.doc == nil:
		out.Empty = c.howToWrite()
		return out
	}
	out.Present, out.Old = true, c.old(c.doc)
	out.Prose = c.words(c.doc, content.Options{Level: 3})
	out.By = c.byline(c.doc)
	for _, tag := range c.doc.Meta.Tags {
		out.Tags = append(out.Tags, themeLink(tag))
	}
	out.Links = c.references()
	return out
}

func (c *composer) howToWrite() Sentence {
	file := c.file(c.subject)
	if href := c.edit(file); href != "" {
		return say(wContextEmptyEdit, arg("file", Span{Text: file, Href: href, Away: true}))
	}
	return say(wContextEmpty, argText("file", file))
}

func (c *composer) references() []Span {
	refs, _ := content.Links(c.doc, c.resolver(""))
	var out []Span
	for _, r := range refs {
		out = append(out, Span{Text: r.Title, Href: r.URL, Away: r.External, Name: true})
	}
	return out
}

// old reports whether a document asks to be looked at again.
func (p *Plan) old(doc *content.Doc) bool {
	by := doc.Meta.ReviewBy
	return !by.IsZero() && dayOf(by) < p.model.Calendar.DayAt(p.model.AsOf)
}

// byline says when a document asks to be looked at again, and where it is edited.
func (p *Plan) byline(doc *content.Doc) Cell {
	var out []Span
	if by := doc.Meta.ReviewBy; !by.IsZero() {
		day := argText("day", p.Words.Day(dayOf(by)))
		if p.old(doc) {
			out = append(out, marked(MarkRisk, words(say(wReviewPassed, day))))
		} else {
			out = append(out, words(say(wReviewBy, day)))
		}
	}
	if href := p.edit(doc.File); href != "" {
		out = append(out, Span{Say: new(say(wEditText)), Href: href, Away: true})
	}
	return spaced(out)
}
