package report

import (
	"strings"

	"uptree/generator/model"
	"uptree/generator/rollup"
	"uptree/generator/signal"
)

// Digest is a page of a node in brief, for mail or chat: what waits, what changed, what is
// not as usual.
type Digest struct {
	Title, AsOf Sentence
	Sections    []DigestSection
	Page        Sentence // where the rest is; none where the site has no address

	plan *Plan
	page string // of the node
}

// DigestSection is a list of lines. A line is one sentence or two.
type DigestSection struct {
	Title Sentence
	Lines [][]Sentence
	Empty Sentence // said where there are no lines
}

// maxDigest bounds the changes of a digest.
const maxDigest = 25

// Changed returns what changed in the last days, or where days is 0 since the last build.
func (p *Plan) Changed(days int) signal.Window {
	if days == 0 {
		return p.found.Changes.Last
	}
	return p.found.Changes.Windows(p.found.Today - model.Day(days))[0]
}

// Digest composes the digest of a node from what changed.
func (p *Plan) Digest(n model.NodeIdx, w signal.Window) *Digest {
	c := p.composer(rollup.OfNode(n))
	d := &Digest{plan: p, page: p.nodes[n], AsOf: say(wDigestAsOf, argText("day", p.Words.Day(p.found.Today)))}
	d.Title = say(wDigestFirst, arg("node", p.nodeLink(n)))
	if w.Since != model.NoDay {
		d.Title = say(wDigestTitle, arg("node", p.nodeLink(n)), argText("day", p.Words.Day(w.Since)))
	}
	d.Sections = []DigestSection{c.digestNeeds(n), c.digestChanged(n, w)}
	for _, s := range []DigestSection{c.digestAsks(n), c.digestNumbers()} {
		if len(s.Lines) > 0 {
			d.Sections = append(d.Sections, s)
		}
	}
	if p.site.BaseURL != "" {
		d.Page = say(wDigestPage, arg("page", link(p.absolute(p.nodes[n]), p.nodes[n])))
	}
	return d
}

func (c *composer) digestNeeds(n model.NodeIdx) DigestSection {
	a := c.attention(n)
	s := DigestSection{Title: say(wDigestNeeds), Empty: say(wDigestNoNeeds)}
	for _, l := range a.Lines {
		s.Lines = append(s.Lines, withoutNone(l.Text, l.Lever))
	}
	return s
}

func (c *composer) digestChanged(n model.NodeIdx, w signal.Window) DigestSection {
	s := DigestSection{Title: say(wDigestChanged), Empty: say(wDigestNoneNew)}
	found := where(w.Changes, func(change signal.Change) bool { return c.concerns(&change, n) })
	for i := range found[:min(len(found), maxDigest)] {
		line := []Sentence{c.changeText(&found[i])}
		if day := found[i].Day; day != model.NoDay {
			line = append(line, say(wDigestOn, argText("day", c.Words.ShortDay(day))))
		}
		s.Lines = append(s.Lines, line)
	}
	if more := len(found) - len(s.Lines); more > 0 {
		s.Lines = append(s.Lines, []Sentence{sayN(wChangesMore, more, arg("page", linked(say(wNavChanges), changesPath)))})
	}
	if line := c.undated(&w); !line.None() {
		s.Lines = append(s.Lines, []Sentence{line})
	}
	return s
}

// digestAsks are what the level asked of others; what it is asked waits for attention.
func (c *composer) digestAsks(n model.NodeIdx) DigestSection {
	s := DigestSection{Title: say(wDigestAsks)}
	for _, a := range c.found.Asks {
		if a.Level != n || a.To == n || !a.Waits() {
			continue
		}
		text := link(a.Said.Text, c.nodes[a.To]+"#asks")
		s.Lines = append(s.Lines, []Sentence{sayN(wDigestAsk, max(0, int(c.found.Today-a.Since)), arg("to", c.nodeLink(a.To)), arg("text", text))})
	}
	return s
}

func (c *composer) digestNumbers() DigestSection {
	s := DigestSection{Title: say(wDigestNumbers)}
	for m := range c.metrics {
		metric := &c.metrics[m]
		if metric.Operator == rollup.Distribution || m == c.rows.phaseHours {
			continue // no tile shows them
		}
		if t := c.tilePeriod(metric, c.period, &c.stats[m][c.period]); t.Outside != NoMark {
			s.Lines = append(s.Lines, []Sentence{say(wDigestNumber, arg("metric", link(metric.Title, "#m-"+metric.ID)),
				arg("value", t.Value), c.periodArg(), arg("usual", words(t.Usual)))})
		}
	}
	return s
}

func withoutNone(sentences ...Sentence) []Sentence {
	return where(sentences, func(s Sentence) bool { return !s.None() })
}

// Say prints a sentence: plain prints what is no link, and link what is one, to a full
// address. Where the site has none, there are no links within it.
func (d *Digest) Say(s Sentence, plain func(string) string, link func(text, address string) string) string {
	var put func(dst []byte, span Span) []byte
	lit := func(dst []byte, text string) []byte { return append(dst, plain(text)...) }
	put = func(dst []byte, span Span) []byte {
		if span.Href == "" && span.Text == "" && span.Say != nil {
			return d.plan.Words.Append(dst, *span.Say, lit, put)
		}
		text := string(d.plan.Words.appendSpan(nil, span))
		if address := d.address(span); address != "" {
			return append(dst, link(text, address)...)
		}
		return append(dst, plain(text)...)
	}
	return string(d.plan.Words.Append(nil, s, lit, put))
}

// address is the full address that a span leads to; "" where it leads nowhere.
func (d *Digest) address(s Span) string {
	switch {
	case s.Href == "" || s.Away:
		return s.Href
	case d.plan.site.BaseURL == "":
		return ""
	case strings.HasPrefix(s.Href, "#"):
		return d.plan.absolute(d.page + s.Href)
	}
	return d.plan.absolute(s.Href)
}
