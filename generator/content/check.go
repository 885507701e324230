package content

import (
	"cmp"
	"fmt"
	"time"

	"uptree/generator/diag"
)

// Check holds the documents against what exists: the subjects they are about, the metrics
// and objectives they name, the nodes they ask. asOf is the build's clock in the site's time zone. The links of a
// body are checked by Render, those of the front matter by Links.
func Check(docs *Docs, resolve Resolver, asOf time.Time) diag.List {
	var out diag.List
	today := DateOf(asOf)
	for _, d := range docs.All() {
		out.Append(checkSubject(d, resolve))
		out.Append(checkMetrics(d, resolve))
		out.Append(checkConversations(d, resolve))
		if by := d.Meta.ReviewBy; !by.IsZero() && by.Before(today) {
			out.Add(diag.Problem{
				Code: diag.ReviewPassed, Pos: diag.Pos{File: d.File},
				Text: "document was to be looked at again by " + by.String(),
				Hint: "look at it again, then set review_by to a later day",
			})
		}
	}
	return out
}

func checkSubject(d *Doc, resolve Resolver) diag.List {
	if d.Kind == Page {
		return nil
	}
	target, ok := resolve(d.Kind, d.ID)
	if ok && target.Heir == "" {
		return nil
	}
	if ok {
		return diag.List{{
			Code: diag.UnknownSubject, Pos: diag.Pos{File: d.File}, Text: fmt.Sprintf("%s %q has ended", d.Kind, clip(d.ID)),
			Hint: fmt.Sprintf("what still holds belongs in %s.md: %q stands for it", EncodeID(target.Heir), target.Heir),
		}}
	}
	hint := "the document is published nowhere until its name is an id that exists"
	if target.Near != "" {
		hint = fmt.Sprintf("did you mean %q? Then name the file %s.md", target.Near, EncodeID(target.Near))
	}
	return diag.List{{
		Code: diag.UnknownSubject, Pos: diag.Pos{File: d.File},
		Text: fmt.Sprintf("there is no %s %q", d.Kind, clip(d.ID)), Hint: hint,
	}}
}

func checkMetrics(d *Doc, resolve Resolver) diag.List {
	var out diag.List
	check := func(what, id string, at diag.Pos) {
		if id == "" {
			return
		}
		if target, ok := resolve(Metric, id); !ok {
			hint := "\"uptree list metrics\" prints the metrics"
			if target.Near != "" {
				hint = fmt.Sprintf("did you mean %q?", target.Near)
			}
			out.Add(d.Problem(diag.BadReference, at, fmt.Sprintf("%s names the unknown metric %q", what, clip(id)), hint))
		}
	}
	for _, m := range d.Meta.Marks {
		check("mark", m.Metric, m.At)
	}
	for _, c := range d.Meta.Caveats {
		check("caveat", c.Metric, c.At)
	}
	return out
}

// checkConversations looks up whom the asks address and what the decisions are about.
func checkConversations(d *Doc, resolve Resolver) diag.List {
	var out diag.List
	unknown := func(at diag.Pos, text, near, hint string) {
		if near != "" {
			hint = fmt.Sprintf("did you mean %q?", near)
		}
		out.Add(d.Problem(diag.BadReference, at, text, hint))
	}
	for _, a := range d.Meta.Asks {
		if a.To == "" {
			continue
		}
		if target, ok := resolve(Node, a.To); !ok {
			unknown(a.ToAt, fmt.Sprintf("ask to the unknown node %q", clip(a.To)), target.Near,
				"\"to\" is the id of an org node; without it the parent is asked")
		}
	}
	for _, decision := range d.Meta.Decisions {
		objective, isObjective := resolve(Objective, decision.About)
		metric, isMetric := resolve(Metric, decision.About)
		if !isObjective && !isMetric {
			unknown(decision.At, fmt.Sprintf("decision about %q, which is no objective and no metric", clip(decision.About)),
				cmp.Or(objective.Near, metric.Near), "\"uptree list metrics\" prints the metrics")
		}
	}
	return out
}

// Problem is a problem at a place of the document that is already known.
func (d *Doc) Problem(code diag.Code, at diag.Pos, text, hint string) diag.Problem {
	return diag.Problem{Code: code, Pos: at, Text: text, Line: newPlaces(d.File, d.text).line(at.Line), Hint: hint}
}
