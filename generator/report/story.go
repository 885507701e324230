package report

import (
	"uptree/generator/content"
	"uptree/generator/model"
	"uptree/generator/rollup"
)

func storyAnchor(id string) string { return "incident-" + content.EncodeID(id) }

// maxStories bounds the narratives of one page.
const maxStories = 4

// stories are the narratives of the incidents on the page that a team wrote about.
func (c *composer) stories(rows []rollup.Row) []Story {
	var out []Story
	c.told = map[string]bool{}
	for _, r := range rows {
		in := &c.model.Incidents[r.Incident]
		doc := c.docs.Get(content.Incident, in.ID)
		if doc == nil || c.told[in.ID] || len(out) == maxStories {
			continue
		}
		c.told[in.ID] = true
		out = append(out, c.story(in, doc, c.path(c.subject)))
	}
	return out
}

// story is the narrative of an incident on the page at path.
func (p *Plan) story(in *model.Incident, doc *content.Doc, path string) Story {
	anchor := storyAnchor(in.ID)
	// A narrative has no figures: package content refuses them.
	prose := p.prose(doc, path, content.Options{Level: 4, Anchor: anchor + "-"}, nil)
	return Story{ID: anchor, Title: incidentLink(in), Prose: prose, By: p.byline(doc)}
}
