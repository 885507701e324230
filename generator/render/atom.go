package render

import (
	"bytes"
	"encoding/xml"
	"fmt"

	"github.com/gorilla/feeds"

	"uptree/generator/report"
)

// atomFeed adds to the feed of the library what it has no place for: the language, and a
// link to the feed itself beside that to its page.
type atomFeed struct {
	feeds.AtomFeed
	Lang  string           `xml:"xml:lang,attr"`
	Links []feeds.AtomLink `xml:"link"`
}

// atom writes a feed as Atom (RFC 4287).
func atom(f *report.Feed) ([]byte, error) {
	out := atomFeed{
		AtomFeed: feeds.AtomFeed{
			Xmlns: "http://www.w3.org/2005/Atom", Title: f.Title, Id: f.ID, Updated: f.Updated,
			Author: &feeds.AtomAuthor{AtomPerson: feeds.AtomPerson{Name: f.Author}},
		},
		Lang: f.Lang,
		Links: []feeds.AtomLink{
			{Rel: "self", Type: "application/atom+xml", Href: f.ID}, {Rel: "alternate", Type: "text/html", Href: f.Page},
		},
	}
	for i := range f.Entries {
		out.Entries = append(out.Entries, atomEntry(&f.Entries[i]))
	}
	b := bytes.NewBufferString(xml.Header)
	enc := xml.NewEncoder(b)
	enc.Indent("", " ")
	if err := enc.Encode(&out); err != nil {
		return nil, fmt.Errorf("writing %s: %w", f.Path, err)
	}
	return append(b.Bytes(), '\n'), nil
}

func atomEntry(e *report.FeedEntry) *feeds.AtomEntry {
	out := &feeds.AtomEntry{
		Id: e.ID, Title: e.Title, Updated: e.Updated,
		Links: []feeds.AtomLink{{Rel: "alternate", Type: "text/html", Href: e.Link}},
	}
	if e.Summary != "" {
		out.Summary = &feeds.AtomSummary{Type: "text", Content: e.Summary}
	}
	return out
}
