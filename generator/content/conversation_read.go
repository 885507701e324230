package content

import (
	"fmt"

	"uptree/generator/decode"
	"uptree/generator/diag"
)

// readAsks leaves out the asks that do not say which, what and since when.
func readAsks(t *decode.Table) []Ask {
	var out []Ask
	seen := map[string]bool{}
	for _, ask := range t.Array("asks") {
		status, _ := oneOf(ask, "status", "status of an ask", Open, Granted, Declined, Withdrawn)
		a := Ask{
			ID: word(ask, "id"), Text: prose(ask, "text"), To: word(ask, "to"), Since: date(ask, "since"),
			Status: status, Answer: prose(ask, "answer"), Answered: date(ask, "answered"), Against: word(ask, "against"),
			At: ask.Pos(""), ToAt: ask.ValuePos("to"), AgainstAt: ask.ValuePos("against"),
		}
		if status == Granted || status == Declined {
			required(ask, "answer", a.Answer) // an ask is not answered by a word of state alone
		}
		whole := complete(ask, "id", a.ID, "text", a.Text)
		if dated(ask, "since") && whole && !a.Since.IsZero() && first(ask, "id", a.ID, seen) {
			out = append(out, a)
		}
	}
	return out
}

func readProvides(t *decode.Table) []Provides {
	var out []Provides
	seen := map[string]bool{}
	for _, given := range t.Array("provides") {
		p := Provides{What: prose(given, "what"), Unit: prose(given, "unit"), At: given.Pos("")}
		var amount float64
		if given.Float("amount", &amount) {
			p.Amount = &amount
		}
		p.Since, p.Until = term(given)
		if complete(given, "what", p.What) && first(given, "what", p.What, seen) {
			out = append(out, p)
		}
	}
	return out
}

// readDecisions leaves out what does not say what was decided about what. That nobody
// stands for it, or that it never asks for another look, is reported.
func readDecisions(t *decode.Table) []Decision {
	var out []Decision
	for _, decision := range t.Array("decisions") {
		choice, known := oneOf(decision, "choice", "choice", Fix, Fund, Relax, Tighten, Accept, PauseReleases)
		d := Decision{
			About: word(decision, "about"), Choice: choice, ByRole: prose(decision, "by_role"), Text: prose(decision, "text"),
			At: decision.ValuePos("about"),
		}
		d.Since, d.Until = term(decision)
		dated(decision, "since")
		dated(decision, "until")
		complete(decision, "by_role", d.ByRole, "text", d.Text)
		if complete(decision, "about", d.About, "choice", word(decision, "choice")) && known {
			out = append(out, d)
		}
	}
	return out
}

func readTradeoffs(t *decode.Table) []Tradeoff {
	var out []Tradeoff
	for _, tradeoff := range t.Array("tradeoffs") {
		tr := Tradeoff{Text: prose(tradeoff, "text"), ByRole: prose(tradeoff, "by_role"), At: tradeoff.Pos("")}
		tr.Since, tr.Until = term(tradeoff)
		if complete(tradeoff, "text", tr.Text) {
			out = append(out, tr)
		}
	}
	return out
}

// complete reports each key of the pairs of keys and values that is absent or empty.
func complete(t *decode.Table, pairs ...string) bool {
	all := true
	for i := 0; i < len(pairs); i += 2 {
		all = required(t, pairs[i], pairs[i+1]) && all
	}
	return all
}

// first reports a name that another table of the document has: links to it, and asks
// granted against it, would not know which is meant.
func first(t *decode.Table, key, name string, seen map[string]bool) bool {
	if seen[name] {
		t.Report(diag.DuplicateKey, key, fmt.Sprintf("%s %q is given twice", key, clip(name)), "give each its own")
		return false
	}
	seen[name] = true
	return true
}
