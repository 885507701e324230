package report

import (
	"cmp"
	"slices"

	"uptree/generator/content"
	"uptree/generator/model"
	"uptree/generator/rollup"
)

// theme is what several documents have in common: a tag.
type theme struct {
	tag       string
	incidents []int32        // places in the model, newest first
	docs      []*content.Doc // about something else
}

// gatherThemes lists the tags of all documents, those of most incidents first.
func (p *Plan) gatherThemes() []theme {
	by := map[string]*theme{}
	for _, doc := range p.docs.All() {
		for _, tag := range doc.Meta.Tags {
			if by[tag] == nil {
				by[tag] = &theme{tag: tag}
			}
			p.tagged(by[tag], doc)
		}
	}
	var out []theme
	for _, t := range by {
		if len(t.incidents)+len(t.docs) == 0 {
			continue
		}
		slices.SortFunc(t.incidents, func(a, b int32) int {
			return cmp.Or(cmp.Compare(p.model.Incidents[b].Start(), p.model.Incidents[a].Start()), cmp.Compare(a, b))
		})
		out = append(out, *t)
	}
	slices.SortFunc(out, func(a, b theme) int {
		return cmp.Or(cmp.Compare(len(b.incidents), len(a.incidents)), cmp.Compare(a.tag, b.tag))
	})
	return out
}

// tagged puts a document under its theme, unless it is about nothing that exists.
func (p *Plan) tagged(t *theme, doc *content.Doc) {
	if doc.Kind == content.Incident {
		if i, ok := p.model.Incident(doc.ID); ok {
			t.incidents = append(t.incidents, int32(i))
		}
		return
	}
	if _, ok := p.target(doc.Kind, doc.ID); ok {
		t.docs = append(t.docs, doc)
	}
}

func themeAnchor(tag string) string { return "theme-" + content.EncodeID(tag) }

func themeLink(tag string) Span { return link(tag, themesPath+"#"+themeAnchor(tag)) }

// maxNarratives bounds those on the page of themes.
const maxNarratives = 100

// composeThemes is what keeps coming back, where, and what teams wrote about it.
func composeThemes(p *Plan, _ int) *Page {
	a := &Article{Name: p.Words.Plain(say(wThemes)), Lead: say(wThemesLead)}
	for i := range p.themes {
		a.addSection(p.themeSection(&p.themes[i]))
	}
	if a.Stories = p.narratives(); len(a.Stories) > 0 {
		a.Contents = append(a.Contents, ContentsLine{linked(say(wNarratives), "#"+narrativesID), len(a.Stories)})
		a.StoriesHead = Section{ID: narrativesID, Title: say(wNarratives), Lead: say(wNarrativesLead)}
	}
	if len(p.themes)+len(a.Stories) == 0 {
		a.Lead = say(wThemesEmpty)
	}
	return &Page{Path: themesPath, Title: a.Name, Article: a, Trail: []Span{p.nodeLink(0)}, Tree: p.tree(0, false)}
}

const narrativesID = "narratives"

func (p *Plan) themeSection(t *theme) ArticleSection {
	s := talkSection(themeAnchor(t.tag), wThemes, wThemesLead, wIncident, wBegan, wLasted, wHitAt, wCausedAt)
	s.Title, s.Table.Caption, s.Paras = name(t.tag), say(wThemeList, argText("theme", t.tag)), nil
	for _, i := range t.incidents {
		in := &p.model.Incidents[i]
		title := Cell{incidentLink(in), text(" "), linked(say(wStoryLink), "#"+storyAnchor(in.ID))}
		s.row(title, Cell{p.began(in)}, p.lasted(in), p.nodesOf(in.Homes), p.nodesOf(in.CauseHomes))
	}
	if s.Count == 0 {
		s.Count = -1 // none is counted where none was seen
	}
	if len(t.docs) > 0 {
		var about []Span
		for _, doc := range t.docs {
			to, _ := p.target(doc.Kind, doc.ID)
			about = append(about, link(cmp.Or(to.Title, doc.ID), to.URL))
		}
		s.Paras = append(s.Paras, append(Cell{words(say(wThemeAlso)), text(" ")}, joined(about)...))
	}
	return s
}

// nodesOf links nodes; a dash where there are none.
func (p *Plan) nodesOf(nodes []model.NodeIdx) Cell {
	var out []Span
	for _, n := range nodes {
		out = append(out, p.nodeLink(n))
	}
	if len(out) == 0 {
		return Cell{text(dash)}
	}
	return joined(out)
}

// narratives are what teams wrote about incidents, newest first.
func (p *Plan) narratives() []Story {
	var told []int32
	for _, doc := range p.docs.OfKind(content.Incident) {
		if i, ok := p.model.Incident(doc.ID); ok {
			told = append(told, int32(i))
		}
	}
	slices.SortFunc(told, func(a, b int32) int {
		return cmp.Or(cmp.Compare(p.model.Incidents[b].Start(), p.model.Incidents[a].Start()), cmp.Compare(a, b))
	})
	var out []Story
	for _, i := range told[:min(len(told), maxNarratives)] {
		in := &p.model.Incidents[i]
		out = append(out, p.story(in, p.docs.Get(content.Incident, in.ID), themesPath))
	}
	return out
}

// themesHere counts the incidents of each theme that touched the subject, cause or effect.
func (c *composer) themesHere() Cell {
	var out []Span
	for i := range c.themes {
		n := 0
		for _, in := range c.themes[i].incidents {
			if c.touched(&c.model.Incidents[in]) {
				n++
			}
		}
		if n > 0 {
			out = append(out, words(sayN(wThemeTimes, n, arg("theme", themeLink(c.themes[i].tag)))))
		}
	}
	if len(out) == 0 {
		return nil
	}
	return append(Cell{words(say(wThemesHere)), text(" ")}, joined(out)...)
}

// touched reports whether an incident hit the subject or was caused in it.
func (c *composer) touched(in *model.Incident) bool {
	at := c.subject.Index
	if c.subject.Kind == rollup.NodeSubject {
		inside := func(n model.NodeIdx) bool { return c.model.In(n, model.NodeIdx(at)) }
		return slices.ContainsFunc(in.Homes, inside) || slices.ContainsFunc(in.CauseHomes, inside)
	}
	of := []model.ServiceIdx{model.ServiceIdx(at)}
	if c.subject.Kind == rollup.JourneySubject {
		of = c.model.Journeys[at].Services
	}
	inside := func(s model.ServiceIdx) bool { return slices.Contains(of, s) }
	return slices.ContainsFunc(in.Services, inside) || slices.ContainsFunc(in.Cause, inside)
}
