package report

import (
	"uptree/generator/signal"
)

// The days after which nobody seems to look: what asked for a look in vain, and asks that
// got no answer.
const (
	staleAfter = 30
	askCrack   = 90
)

// staleDecisions are the decisions, trade-offs and provided things whose last day passed
// long ago.
func staleDecisions(p *Plan) []crack {
	var out []crack
	for _, d := range p.due() {
		if p.age(d.until) > staleAfter {
			out = append(out, crack{words(say(wTalkOfWords, arg("what", d.spot), arg("of", p.subjectLink(d.place.Subject)))),
				p.nodeLink(d.place.Level), written(d.place), d.until.String()})
		}
	}
	return out
}

func staleAsks(p *Plan) []crack {
	var out []crack
	for _, a := range p.found.Asks {
		if a.Waits() && p.age(a.Since) > askCrack {
			what := say(wTalkOfWords, arg("what", p.askLink(a)), arg("of", p.subjectLink(a.Subject)))
			out = append(out, crack{words(what), p.nodeLink(a.To), written(&a.Place), a.Since.String()})
		}
	}
	return out
}

// staleWords are the documents about what exists that were to be looked at again.
func staleWords(p *Plan) []crack {
	var out []crack
	for _, doc := range p.docs.All() {
		by := doc.Meta.ReviewBy
		s, ok := p.subjectOf(doc)
		if !ok || by.IsZero() || p.age(dayOf(by)) <= staleAfter {
			continue
		}
		at := p.home(s)
		out = append(out, crack{p.subjectLink(s), p.nodeLink(at), name(doc.File), by.String()})
	}
	return out
}

// written is the file and line of something said.
func written(at *signal.Place) Span { return name(at.Doc.File + ":" + plainInt(at.Line)) }
