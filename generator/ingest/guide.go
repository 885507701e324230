package ingest

import (
	"fmt"
	"strings"

	"uptree/generator/content"
)

// GuidePage is the path of a family's page among the documents of a site: content/pages/….
func (f Family) GuidePage() string { return "connect/" + f.ID }

// Guide is the page of the guide on a family's presets, a Markdown document: how each is
// asked, with which token, how often, and what is left out. "" where the family has none.
func Guide(f Family) string {
	var head, body strings.Builder
	for _, p := range loadPresets() {
		if p.Family == f.ID {
			fmt.Fprintf(&head, "| `%s` | [%s](#%s) | %s |\n", p.Name, p.Title, content.Slug(p.Title), p.Evidence)
			p.writeGuide(&body)
		}
	}
	if body.Len() == 0 {
		return ""
	}
	return fmt.Sprintf(guideFrame, strings.ToLower(f.Title[:1])+f.Title[1:], f.Doc, head.String()) + body.String()
}

// guideFrame is what stands around the presets of a page: its title, what the family has in
// common and the table of its presets.
const guideFrame = `+++
title = "Connect %s"
review_by = "2027-05-01"
+++

%s

| preset | reads | evidence |
| --- | --- | --- |
%s
*Recorded* presets were tried on real answers of the system, *spec* ones on answers written after
its documentation: look closely at what a spec one makes of yours. Either way try it before you
build, as [adding data](page:adding-data) tells.

This page is made from the presets themselves.
`

// writeGuide writes the section of a preset.
func (p *Preset) writeGuide(b *strings.Builder) {
	fmt.Fprintf(b, "\n## %s\n\n%s\n\n```toml\n%s```\n\n", p.Title, p.Doc, p.Site)
	fmt.Fprintf(b, "- **Token.** %s\n- **How often.** %s\n- **Left out.** %s\n", p.Token, p.Limits, p.LeftOut)
	if p.Vendor != "" {
		fmt.Fprintf(b, "- **Ids.** What it calls a service or a team is met by an alias, `%s:` and the id. The id alone is met as well, and by every other system.\n", p.Vendor)
	}
	fmt.Fprintf(b, "- **Evidence.** %s. See [the vendor's documentation](%s).\n", p.evidence(), p.Link)
}

func (p *Preset) evidence() string {
	if p.Evidence == "recorded" {
		return "Recorded: tried on real data, `" + p.Origin + "`"
	}
	return "Spec: written after the documentation, not yet tried on real data"
}

// Text is what there is to say of the preset at a terminal.
func (p *Preset) Text() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s (preset = %q)\n\n%s\n\n%s\n", p.Title, p.Name, p.Doc, p.Site)
	fmt.Fprintf(&b, "token      %s\nhow often  %s\nleft out   %s\nevidence   %s\nsee        %s\n", p.Token, p.Limits, p.LeftOut, p.evidence(), p.Link)
	return b.String()
}
