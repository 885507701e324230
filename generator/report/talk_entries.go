package report

import (
	"strconv"

	"uptree/generator/content"
	"uptree/generator/model"
	"uptree/generator/signal"
)

// Entry is one ask, decision, trade-off or provided thing as programs read it: in the twins
// of the page of conversations and in "uptree list". Ids throughout; days are YYYY-MM-DD.
type Entry struct {
	Kind     string   `json:"kind"` // ask, decision, tradeoff or provides
	ID       string   `json:"id,omitempty"`
	Node     string   `json:"node"`         // the level that answers for what it was written for
	Subject  string   `json:"subject"`      // node:checkout
	To       string   `json:"to,omitempty"` // of an ask: the node that is asked
	About    string   `json:"about,omitempty"`
	Choice   string   `json:"choice,omitempty"`
	Status   string   `json:"status"` // of an ask its own; else holds, due or replaced
	Text     string   `json:"text"`
	Answer   string   `json:"answer,omitempty"`
	Against  string   `json:"against,omitempty"`
	ByRole   string   `json:"by_role,omitempty"`
	Amount   *float64 `json:"amount,omitempty"`
	Unit     string   `json:"unit,omitempty"`
	Since    string   `json:"since,omitempty"`
	Until    string   `json:"until,omitempty"`
	Answered string   `json:"answered,omitempty"`
	Due      bool     `json:"due"`            // an ask that waits; something whose last day has passed
	Days     int      `json:"days,omitempty"` // how long it has been due
	File     string   `json:"file"`
	Line     int      `json:"line"`
}

// TwinTalk is what index.json beside the page of conversations holds.
type TwinTalk struct {
	Schema  string  `json:"schema"`
	Entries []Entry `json:"entries"`
}

// Entries are all conversations: asks by addressee, decisions, trade-offs and what is
// provided by level, each oldest first.
func (p *Plan) Entries() []Entry { return p.entries }

func (p *Plan) listEntries() []Entry {
	out := []Entry{} // an array in JSON, even where nothing is said
	for _, a := range p.found.Asks {
		out = append(out, p.askEntry(a))
	}
	for _, d := range p.found.Decisions {
		e := p.entry("decision", &d.Place, d.Term, d.Due(p.found.Today))
		e.About, e.Choice, e.Text, e.ByRole = d.Said.About, string(d.Said.Choice), d.Said.Text, d.Said.ByRole
		if d.Ended(p.found.Today) && d.Later {
			e.Status = "replaced"
		}
		out = append(out, e)
	}
	for _, t := range p.found.Tradeoffs {
		e := p.entry("tradeoff", &t.Place, t.Term, t.Ended(p.found.Today))
		e.Text, e.ByRole = t.Said.Text, t.Said.ByRole
		out = append(out, e)
	}
	for _, g := range p.found.Provides {
		e := p.entry("provides", &g.Place, g.Term, g.Ended(p.found.Today))
		e.Text, e.Amount, e.Unit = g.Said.What, g.Said.Amount, g.Said.Unit
		out = append(out, e)
	}
	return out
}

func (p *Plan) entry(kind string, at *signal.Place, term signal.Term, due bool) Entry {
	e := Entry{
		Kind: kind, Node: p.model.Nodes[at.Level].ID, Subject: p.ref(at.Subject), Status: "holds", Due: due,
		Since: dayString(term.Since), Until: dayString(term.Until), File: at.Doc.File, Line: at.Line,
	}
	if due {
		e.Status, e.Days = "due", p.age(term.Until)
	}
	return e
}

func (p *Plan) askEntry(a *signal.Ask) Entry {
	e := p.entry("ask", &a.Place, signal.Term{Since: a.Since, Until: model.NoDay}, false)
	e.ID, e.To, e.Status, e.Text = a.Said.ID, p.model.Nodes[a.To].ID, string(a.Said.Status), a.Said.Text
	e.Answer, e.Against, e.Answered = a.Said.Answer, a.Said.Against, dayString(a.Answered)
	if e.Due = a.Said.Status == content.Open; e.Due {
		e.Days = p.age(a.Since)
	}
	return e
}

func dayString(d model.Day) string {
	if d == model.NoDay {
		return ""
	}
	return d.String()
}

// entryColumns are the columns of conversations/data.csv.
var entryColumns = []string{"kind", "id", "node", "subject", "to", "about", "choice", "status", "text", "answer", "against", "by_role",
	"amount", "unit", "since", "until", "answered", "due", "days", "file", "line"}

func (p *Plan) entryRecords() *Records {
	r := &Records{Path: "conversations/data.csv", Columns: entryColumns}
	for i := range p.entries {
		e := &p.entries[i]
		amount := ""
		if e.Amount != nil {
			amount = strconv.FormatFloat(*e.Amount, 'f', -1, 64)
		}
		r.Rows = append(r.Rows, []string{e.Kind, e.ID, e.Node, e.Subject, e.To, e.About, e.Choice, e.Status, e.Text, e.Answer, e.Against,
			e.ByRole, amount, e.Unit, e.Since, e.Until, e.Answered, strconv.FormatBool(e.Due), plainInt(e.Days), e.File, plainInt(e.Line)})
	}
	return r
}
