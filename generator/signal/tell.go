package signal

import (
	"cmp"
	"slices"
	"strings"

	"uptree/generator/model"
	"uptree/generator/rollup"
)

// teller makes changes of steps: what they are about, whom they concern and what is said.
type teller struct {
	*stander
	asked   map[string]*Ask
	decided map[string]*Decision
}

func newTeller(s *stander) *teller {
	t := &teller{s, map[string]*Ask{}, map[string]*Decision{}}
	for _, a := range s.talk.Asks {
		t.asked[askID(s.m, a)] = a
	}
	for _, d := range s.talk.Decisions {
		if d.About.Known() {
			t.decided[aboutID(s.m, d.About)+" "+d.Since.String()] = d
			if d.Until != model.NoDay {
				t.decided[aboutID(s.m, d.About)+" due "+d.Until.String()] = d
			}
		}
	}
	return t
}

// tell returns the steps that are told, by need.
func (t *teller) tell(steps []Step) []Change { return t.folded(t.each(steps)) }

// each returns the steps that are told, each by itself, by need. What is left of a budget is told where the state of its
// objective did not change with it.
func (t *teller) each(steps []Step) []Change {
	var out []Change
	for i := range steps {
		if c, ok := t.one(steps[i]); ok {
			out = append(out, c)
		}
	}
	told := map[string]bool{}
	for i := range out {
		told[out[i].ID] = told[out[i].ID] || out[i].Aspect == AspectObjective
	}
	out = slices.DeleteFunc(out, func(c Change) bool { return c.Aspect == AspectBudget && told[c.ID] })
	slices.SortStableFunc(out, ByNeed)
	return out
}

// ByNeed orders changes by what needs someone: by gravity, then as in the table of
// transitions, then by node.
func ByNeed(a, b Change) int {
	return cmp.Or(cmp.Compare(b.Gravity, a.Gravity), cmp.Compare(order(a.Code), order(b.Code)), cmp.Compare(a.At[0], b.At[0]), cmp.Compare(a.ID, b.ID))
}

func (t *teller) one(s Step) (Change, bool) {
	row := transition(&s)
	if row < 0 {
		return Change{}, false
	}
	c := Change{Step: s, Code: Transitions[row].Code, Gravity: Transitions[row].gravity, Lever: model.NoIndex}
	i := slices.IndexFunc(Aspects, func(a Aspect) bool { return a.Name == s.Aspect })
	return c, Aspects[i].tell(t, &c)
}

func order(code string) int {
	return slices.IndexFunc(Transitions, func(t Transition) bool { return t.Code == code })
}

// node is the node with an id, or the root, which answers for what is not there any more.
func (t *teller) node(id string) model.NodeIdx {
	if n, ok := t.m.Node(id); ok {
		return n
	}
	return 0
}

// titled is a node by its title, or by its id where it is not there any more.
func (t *teller) titled(name, id string) Arg {
	if n, ok := t.m.Node(id); ok {
		return node(name, n)
	}
	return words(name, id)
}

func (t *teller) parent(c *Change) bool {
	c.Subject = "node:" + c.ID
	switch {
	case c.To == "":
		c.At, c.Args = []model.NodeIdx{t.node(c.From)}, []Arg{words("node", c.ID), t.titled("parent", c.From)}
	case c.From == "":
		c.At, c.Args = []model.NodeIdx{t.node(c.ID)}, []Arg{t.titled("node", c.ID), t.titled("parent", c.To)}
	default:
		c.At, c.Args = []model.NodeIdx{t.node(c.ID), t.node(c.From)}, []Arg{t.titled("node", c.ID), t.titled("before", c.From), t.titled("parent", c.To)}
	}
	return true
}

func (t *teller) owner(c *Change) bool {
	c.Subject = "service:" + c.ID
	service := words("service", c.ID)
	if s, ok := t.m.Service(c.ID); ok {
		service = subject("service", rollup.OfService(s))
	}
	last := cmp.Or(c.To, c.From)
	c.At, c.Args = []model.NodeIdx{t.node(last)}, []Arg{service}
	switch {
	case c.Code == "service-unowned":
		c.Lever = 0
		if c.From != "" {
			c.At = append(c.At, t.node(c.From))
		}
	case c.Code == "owner-changed":
		c.At = append(c.At, t.node(c.From))
		c.Args = append(c.Args, t.titled("before", c.From), t.titled("node", last))
	default:
		c.Args = append(c.Args, t.titled("node", last))
	}
	return true
}

// about fills what a change of an objective concerns.
func (t *teller) about(c *Change) (*model.Objective, bool) {
	c.Subject = "slo:" + c.ID
	i, ok := t.m.Objective(c.ID)
	if !ok {
		c.At, c.Args = []model.NodeIdx{0}, []Arg{words("objective", c.ID)}
		return nil, false
	}
	o := &t.m.Objectives[i]
	home := t.answering(o.Subject.Home)
	c.At, c.Args = []model.NodeIdx{home}, []Arg{{Name: "objective", Kind: ObjectiveArg, Value: float64(i)}}
	return o, true
}

// answering is the node that answers: for what nobody owns or others run, the root.
func (t *teller) answering(home model.NodeIdx) model.NodeIdx {
	if home == t.m.NotOwned || home == t.m.ThirdParty {
		return 0
	}
	return home
}

func (t *teller) objective(c *Change) bool {
	o, ok := t.about(c)
	if !ok {
		return false // that it is gone is told by its target
	}
	c.Args = append(c.Args, t.measured(o))
	if c.Gravity > quiet {
		c.Lever = c.At[0]
	}
	return true
}

// measured is what an objective is about, as it was given where it is unknown.
func (t *teller) measured(o *model.Objective) Arg {
	switch {
	case o.Subject.Service != model.NoIndex:
		return subject("subject", rollup.OfService(o.Subject.Service))
	case o.Subject.Journey != model.NoIndex:
		return subject("subject", rollup.OfJourney(o.Subject.Journey))
	}
	return words("subject", o.Subject.Unknown)
}

func (t *teller) target(c *Change) bool {
	o, ok := t.about(c)
	if c.Code == "objective-gone" {
		return true
	}
	if !ok {
		return false
	}
	c.Args = append(c.Args, t.measured(o))
	if c.From != "" {
		c.Args = append(c.Args, Arg{Name: "before", Kind: TargetArg, Text: c.From})
	}
	c.Args = append(c.Args, Arg{Name: "target", Kind: TargetArg, Text: c.To})
	return true
}

func (t *teller) definition(c *Change) bool {
	c.Subject, c.At = c.ID, []model.NodeIdx{0}
	kind, id, _ := strings.Cut(c.ID, ":")
	what := words("what", id)
	switch kind {
	case "source":
		what = t.sourceNamed("what", id)
	case "metric":
		what, c.Metric = Arg{Name: "what", Kind: MetricArg, Text: id}, id
	case "slo":
		if i, ok := t.m.Objective(id); ok {
			what = Arg{Name: "what", Kind: ObjectiveArg, Value: float64(i)}
			c.At = []model.NodeIdx{t.answering(t.m.Objectives[i].Subject.Home)}
		}
	}
	c.Args = []Arg{what}
	return true
}

func (t *teller) source(c *Change) bool {
	c.Subject, c.At, c.Args = "source:"+c.ID, []model.NodeIdx{0}, []Arg{t.sourceNamed("source", c.ID)}
	if c.Gravity > quiet {
		c.Lever = 0
	}
	return true
}

func (t *teller) sourceNamed(name, id string) Arg {
	if i := slices.IndexFunc(t.m.Sources, func(s model.SourceInfo) bool { return s.Name == id }); i >= 0 {
		return Arg{Name: name, Kind: SourceArg, Value: float64(i)}
	}
	return words(name, id)
}

func (t *teller) number(c *Change) bool {
	id, metric, _ := cutLast(c.ID)
	n, ok := t.m.Node(id)
	row := t.cube.Metric(metric)
	if !ok || row < 0 {
		return false
	}
	if cell := &t.cube.Stats(rollup.OfNode(n))[row][t.period]; c.To == "" && (!cell.Known || cell.Usual == nil) {
		return false // it is not known to be inside
	}
	c.Subject, c.Metric, c.At = "node:"+id, metric, []model.NodeIdx{n}
	wished := t.cube.Metrics[row].Better
	if wished == rollup.Neither || wished == rollup.Higher && c.To == above || wished == rollup.Lower && c.To == below {
		c.Gravity = quiet
	}
	if c.Gravity > quiet {
		c.Lever = n
	}
	c.Args = []Arg{spot("metric", t.cube.Metrics[row].Title, rollup.OfNode(n), "m-"+metric), node("node", n)}
	return true
}

// cutLast cuts a text at its last slash.
func cutLast(text string) (before, after string, found bool) {
	i := strings.LastIndexByte(text, '/')
	if i < 0 {
		return text, "", false
	}
	return text[:i], text[i+1:], true
}

// spot is a text that stands on the page of a subject, at an anchor.
func spot(name, text string, s rollup.Subject, anchor string) Arg {
	return Arg{Name: name, Kind: SpotArg, Text: text, Place: s, Anchor: anchor}
}
