package report

import "uptree/generator/model"

// voice is the beginning of what is said at a node, to stand beside what needs attention.
func (c *composer) voice(s *Subject) Voice {
	if c.generated() {
		return Voice{}
	}
	v := Voice{Section: Section{ID: "voice", Title: say(wVoice)}, Text: c.excerpt()}
	if v.Text != "" {
		v.Lines = append(v.Lines, linked(say(wVoiceMore), "#"+s.Context.ID))
	} else {
		file := c.file(c.subject)
		v.Empty = say(wVoiceNone, arg("file", Span{Text: file, Href: c.edit(file), Away: c.edit(file) != "", Name: true}))
	}
	if n := s.Talk.said(); n > 0 {
		v.Lines = append(v.Lines, linked(sayN(wVoiceTalk, n), "#"+s.Talk.ID))
	}
	switch n := len(c.changed(model.NodeIdx(c.subject.Index))); {
	case n > 0:
		v.Lines = append(v.Lines, linked(sayN(wVoiceChanges, n), "#"+s.Changes.ID))
	default:
		v.Lines = append(v.Lines, words(say(wVoiceNoChanges)))
	}
	return v
}

// said counts what a page lists.
func (t *Talk) said() (n int) {
	for i := range t.Groups {
		n += len(t.Groups[i].Items)
	}
	return n
}
