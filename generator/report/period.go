package report

import (
	"strconv"

	"uptree/generator/rollup"
)

// periodWords are the ways to name a period.
type periodWords struct {
	name   string
	short  Sentence // on the switch: 28 d
	long   Sentence // in headings: last 28 days
	before Sentence // the 28 days before
}

func (p *Plan) wordPeriods() []periodWords {
	out := make([]periodWords, len(p.cube.Periods))
	for i := range out {
		out[i] = wordPeriod(&p.cube.Periods[i])
	}
	return out
}

func wordPeriod(p *rollup.Period) periodWords {
	if p.Days > 0 {
		n := argText("n", strconv.Itoa(p.Days))
		say := func(w Word) Sentence { return Sentence{Word: w, N: p.Days, Args: []Arg{n}} }
		return periodWords{p.Name, say(wPeriodShort), say(wPeriodLong), say(wPeriodBefore)}
	}
	if p.Name == "quarter" {
		return periodWords{p.Name, say(wQuarterShort), say(wQuarterLong), say(wQuarterBefore)}
	}
	return periodWords{p.Name, say(wMonthShort), say(wMonthLong), say(wMonthBefore)}
}

// periodLinks are the choices of the period switch.
func (p *Plan) periodLinks() []PeriodLink {
	out := make([]PeriodLink, len(p.periods))
	for i, w := range p.periods {
		out[i] = PeriodLink{Name: w.name, Text: w.short, Default: i == p.period}
	}
	return out
}

// periodArg names the default period in a sentence.
func (p *Plan) periodArg() Arg { return arg("period", words(p.periods[p.period].long)) }
