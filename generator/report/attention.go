package report

import (
	"slices"
	"strings"
	"time"

	"uptree/generator/model"
	"uptree/generator/rollup"
	"uptree/generator/signal"
)

// signalWord is the sentence of a signal's code.
func signalWord(code string) Word { return Word("signal." + code) }

// attention words the lines of a node's page.
func (c *composer) attention(n model.NodeIdx) Attention {
	if n != 0 && c.generated() {
		return Attention{} // nobody is there to act: the root is told
	}
	a := Attention{Section: Section{ID: "attention", Title: say(wAttention)}}
	for _, s := range c.found.Attention(n) {
		a.Lines = append(a.Lines, AttentionLine{
			Mark: gravityMark(s.Gravity), Text: c.signalText(s), Lever: c.lever(n, s),
		})
		if s.Lever == n {
			a.Lead = say(wLeverHere)
		}
	}
	if len(a.Lines) == 0 {
		a.Empty = say(wAttentionEmpty)
	}
	return a
}

func gravityMark(gravity int) Mark {
	switch {
	case gravity >= 2:
		return MarkBad
	case gravity == 1:
		return MarkRisk
	}
	return MarkQuiet
}

// signalArgs are the arguments of a rule's sentence: those of the rule, but a low and a
// high bound are one range.
func signalArgs(rule []string) []string {
	if slices.Contains(rule, "low") && slices.Contains(rule, "high") {
		rule = slices.DeleteFunc(slices.Clone(rule), func(a string) bool { return a == "low" || a == "high" })
		return append(rule, "range")
	}
	return rule
}

// signalText words a signal with its arguments.
func (p *Plan) signalText(s signal.Signal) Sentence {
	out := Sentence{Word: signalWord(s.Code), N: 2}
	if lo, hi := boundsOf(s.Args); lo != nil && hi != nil {
		out.Args = append(out.Args, argText("range", Range(rollup.Seconds, lo.Value, hi.Value, 0)))
	}
	for _, a := range s.Args {
		if a.Kind == signal.CountArg && a.Name == "n" {
			out.N = int(a.Value)
		}
		out.Args = append(out.Args, arg(a.Name, p.signalArg(a)))
	}
	return out
}

func boundsOf(args []signal.Arg) (lo, hi *signal.Arg) {
	for i := range args {
		switch args[i].Name {
		case "low":
			lo = &args[i]
		case "high":
			hi = &args[i]
		}
	}
	return lo, hi
}

func (p *Plan) signalArg(a signal.Arg) Span {
	switch a.Kind {
	case signal.CountArg:
		return text(Count(int(a.Value)))
	case signal.DurationArg:
		return text(Duration(a.Value))
	case signal.ShareArg:
		return text(Share(a.Value, 0))
	case signal.DayArg:
		return text(p.dayText(a.Text))
	case signal.NodeArg:
		return p.nodeArg(a)
	case signal.ServiceArg:
		return p.serviceLink(model.ServiceIdx(a.Value))
	case signal.JourneyArg:
		return p.journeyLink(model.JourneyIdx(a.Value))
	case signal.ObjectiveArg:
		return p.objectiveLink(int32(a.Value))
	case signal.BudgetArg:
		return text(BudgetShare(a.Value))
	case signal.TextArg:
		if a.Anchor != "" {
			return link(p.metricTitle(a.Text), "#"+a.Anchor)
		}
		return name(a.Text)
	}
	return p.changeArg(a)
}

// nodeArg is a node, and the levels above it that are meant too.
func (p *Plan) nodeArg(a signal.Arg) Span {
	node := p.nodeLink(model.NodeIdx(a.Value))
	if a.Above == 0 {
		return node
	}
	return words(sayN(wChangeAbove, a.Above, arg("node", node)))
}

// changeArg prints the kinds of arguments that only changes have.
func (p *Plan) changeArg(a signal.Arg) Span {
	switch a.Kind {
	case signal.SourceArg:
		s := &p.model.Sources[int(a.Value)]
		return link(sourceTitle(s), dataPath+"#"+sourceAnchor(s))
	case signal.MetricArg:
		return link(p.metricTitle(a.Text), metricsPath+"#"+a.Text)
	case signal.TargetArg:
		if target, ok := model.ParseShare(a.Text); ok {
			return text(TargetLevel(target))
		}
		return name(a.Text)
	case signal.TalkArg:
		return words(say(Word("talk." + strings.ReplaceAll(a.Text, "-", "_"))))
	case signal.SpotArg:
		if metric, ok := strings.CutPrefix(a.Anchor, "m-"); ok {
			a.Text = metric
		}
		return link(p.metricTitle(a.Text), p.path(a.Place)+"#"+a.Anchor)
	}
	return name(a.Text)
}

// lever says who can do something, and where the two sides meet; of the node itself its
// section's lead says it, once.
func (c *composer) lever(n model.NodeIdx, s signal.Signal) Sentence {
	switch {
	case s.Lever == model.NoIndex || s.Lever == n:
		return Sentence{}
	case s.Meet == model.NoIndex || s.Meet == n:
		return say(wLever, arg("lever", c.nodeLink(s.Lever)))
	}
	return say(wLeverMeet, arg("lever", c.nodeLink(s.Lever)), arg("meet", c.nodeLink(s.Meet)))
}

// dayText prints a day that is given as YYYY-MM-DD.
func (p *Plan) dayText(date string) string {
	t, err := time.Parse(time.DateOnly, date)
	if err != nil {
		return date
	}
	return p.Words.Day(model.DayOf(t.Year(), t.Month(), t.Day()))
}
