package report

import (
	"slices"
	"strings"

	"uptree/generator/model"
	"uptree/generator/signal"
)

// TwinChanges is what index.json beside the page of changes holds.
type TwinChanges struct {
	Schema  string                `json:"schema"`
	Windows map[string]TwinWindow `json:"windows"`
	Changes []TwinChange          `json:"changes"`
}

// TwinWindow says with which days a window compares: days are YYYY-MM-DD.
type TwinWindow struct {
	Since string `json:"since"`
	// Undated is the day with which owners, levels, definitions, sources and usual ranges are
	// compared; "" where no earlier build is remembered.
	Undated string `json:"undated,omitempty"`
}

// TwinChange is a change, in the shortest window in which it is one.
type TwinChange struct {
	Window  string   `json:"window,omitempty"` // yesterday, week or month
	Code    string   `json:"code"`
	Gravity string   `json:"gravity"` // grave, risk or quiet
	Nodes   []string `json:"nodes"`
	Subject string   `json:"subject"` // as typed links name it: service:checkout
	Metric  string   `json:"metric,omitempty"`
	Lever   string   `json:"lever,omitempty"`
	Since   string   `json:"since,omitempty"` // the day on which it was first so, where known
	From    string   `json:"from,omitempty"`
	To      string   `json:"to,omitempty"`
	Text    string   `json:"text"`
}

func (p *Plan) twinChanges() *TwinChanges {
	t := &TwinChanges{"uptree/changes/1", map[string]TwinWindow{}, []TwinChange{}}
	for i := range p.windows {
		w := &p.windows[i]
		t.Windows[w.name] = TwinWindow{w.Since.String(), dayString(w.Undated)}
		for k := range w.Changes {
			c := p.twinChange(&w.Changes[k])
			c.Window = w.name
			t.Changes = append(t.Changes, c)
		}
	}
	return t
}

// SinceLast is what changed since the last build. No file of the site tells it: those of a
// day are the same at each build.
func (p *Plan) SinceLast() []TwinChange {
	var out []TwinChange
	for i := range p.found.Changes.Last.Changes {
		out = append(out, p.twinChange(&p.found.Changes.Last.Changes[i]))
	}
	return out
}

func (p *Plan) twinChange(c *signal.Change) TwinChange {
	t := TwinChange{
		Code: c.Code, Gravity: gravityName(c.Gravity), Subject: c.Subject, Metric: c.Metric,
		Since: dayString(c.Day), From: c.From, To: c.To, Text: p.Words.Plain(p.changeText(c)),
	}
	for _, n := range c.At {
		if id := p.model.Nodes[n].ID; !slices.Contains(t.Nodes, id) {
			t.Nodes = append(t.Nodes, id)
		}
	}
	if c.Lever != model.NoIndex {
		t.Lever = p.model.Nodes[c.Lever].ID
	}
	return t
}

func gravityName(gravity int) string {
	switch gravityMark(gravity) {
	case MarkBad:
		return "grave"
	case MarkRisk:
		return "risk"
	}
	return "quiet"
}

// changeColumns are the columns of changes/data.csv.
var changeColumns = []string{"window", "code", "gravity", "nodes", "subject", "metric", "lever", "since", "from", "to", "text"}

func (p *Plan) changeRecords() *Records {
	r := &Records{Path: "changes/data.csv", Columns: changeColumns}
	for _, c := range p.twinChanges().Changes {
		r.Rows = append(r.Rows, []string{c.Window, c.Code, c.Gravity, strings.Join(c.Nodes, ";"), c.Subject, c.Metric, c.Lever, c.Since, c.From, c.To, c.Text})
	}
	return r
}
