package render

import (
	"path"

	"uptree/generator/card"
	"uptree/generator/report"
)

// Picture is the address of the page's picture; "" where it has none.
func (v *View) Picture() string {
	c := v.Page.Card
	if c == nil || c.Picture == "" || !card.Drawable(c.Title, c.ID) {
		return ""
	}
	return c.Address + path.Base(c.Picture)
}

// card writes the picture and the badge of a page, where it has them.
func (r *renderer) card(p *report.Page, b *buffers) error {
	c := p.Card
	if c == nil {
		return nil
	}
	states := make([]card.State, len(c.States))
	for i, s := range c.States {
		states[i] = card.State{Mark: card.Mark(s.Mark.String()), Text: s.Text}
	}
	if c.Picture != "" {
		text := card.Text{Site: p.Site.Title, Title: c.Title, ID: c.ID, Line: c.Line, Says: c.Count, States: states, Foot: c.Day}
		if picture := b.cards.Picture(text); picture != nil {
			if err := r.write(c.Picture, picture); err != nil {
				return err
			}
		}
	}
	if c.Badge == "" {
		return nil
	}
	badge := card.BadgeText{Name: c.Title, Says: c.Short}
	if p.Kind != "node" && len(states) > 0 { // what waits for a level is no state
		badge.Mark = states[0].Mark
	}
	return r.write(c.Badge, card.Badge(badge))
}
