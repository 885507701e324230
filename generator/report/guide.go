package report

import (
	"sync"

	"uptree/generator/content"
	"uptree/generator/rollup"
)

// indexPage is the id of the page that opens the guide.
const indexPage = "index"

// pagePath is the path of a free page; the one named index opens the guide.
func pagePath(id string) string {
	if id == indexPage {
		return guidePath
	}
	return "guide/" + id + "/index.html"
}

// pageTarget is where a free page is published.
func (p *Plan) pageTarget(id string) (content.Target, bool) {
	doc := p.docs.Get(content.Page, id)
	if doc == nil {
		return content.Target{}, false
	}
	return content.Target{URL: pagePath(id), Title: pageTitle(doc)}, true
}

func pageTitle(doc *content.Doc) string {
	if doc.Meta.Title != "" {
		return doc.Meta.Title
	}
	return doc.ID
}

// guidePage is the path of the guide's opening page at 0, and of the free pages after it.
func (p *Plan) guidePage(i int) string {
	if i == 0 {
		return guidePath
	}
	return pagePath(p.pages[i-1].ID)
}

// composeGuide is the guide's opening page at 0, and the free pages after it.
func composeGuide(p *Plan, i int) *Page {
	if i == 0 {
		return p.guideIndex()
	}
	doc := p.pages[i-1]
	a := p.guideArticle(doc, pagePath(doc.ID))
	return &Page{
		Path: pagePath(doc.ID), Title: a.Name, Article: a, Tree: p.tree(0, false),
		Trail: []Span{p.nodeLink(0), linked(say(wNavGuide), guidePath)},
	}
}

func (p *Plan) guideArticle(doc *content.Doc, path string) *Article {
	a := &Article{Name: pageTitle(doc), By: p.byline(doc)}
	a.Prose = p.prose(doc, path, content.Options{}, sync.OnceValue(func() *composer { return p.composer(rollup.OfNode(0)) }))
	return a
}

// guideIndex lists the free pages under the words of pages/index.md, where it exists.
func (p *Plan) guideIndex() *Page {
	a := &Article{Name: p.Words.Plain(say(wNavGuide)), Lead: say(wGuideLead)}
	if doc := p.docs.Get(content.Page, indexPage); doc != nil {
		a = p.guideArticle(doc, guidePath)
	}
	for _, doc := range p.pages {
		a.Contents = append(a.Contents, ContentsLine{Span{Text: pageTitle(doc), Href: pagePath(doc.ID), Name: true}, -1})
	}
	if len(p.pages) == 0 {
		a.Lead = say(wGuideEmpty)
	}
	return &Page{Path: guidePath, Title: a.Name, Article: a, Trail: []Span{p.nodeLink(0)}, Tree: p.tree(0, false)}
}

// freePages are the documents with a page of their own below the guide's.
func freePages(docs *content.Docs) []*content.Doc {
	var out []*content.Doc
	for _, doc := range docs.OfKind(content.Page) {
		if doc.ID != indexPage {
			out = append(out, doc)
		}
	}
	return out
}

// composeMissing is the page for addresses that lead nowhere. A server gives it at any
// depth: where the site's address is known, its links begin at the host.
func composeMissing(p *Plan, _ int) *Page {
	a := &Article{Name: p.Words.Plain(say(wMissing)), Lead: say(wMissingLead, arg("home", p.nodeLink(0)))}
	return &Page{Path: missingPath, Title: a.Name, Root: p.site.BasePath(), Article: a, Tree: p.tree(0, false)}
}
