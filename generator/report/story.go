package report

import (
	"uptree/generator/content"
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
		anchor := storyAnchor(in.ID)
		prose := c.words(doc, content.Options{Level: 4, Anchor: anchor + "-"})
		out = append(out, Story{ID: anchor, Title: incidentLink(in), Prose: prose, By: c.byline(doc)})
	}
	return out
}
