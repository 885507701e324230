package rollup

import (
	"slices"

	"uptree/generator/model"
)

var phaseHours = Metric{
	ID: "phase_hours", Title: "Where response time went", Unit: Seconds, Operator: Sum, Dataset: model.Incidents,
	Better: Lower, Since: "1",
	Formula: "For each distinct unplanned incident the time between the recorded endpoints of each phase, clipped to the period, summed; time between the first and last endpoint that no phase covers is the remainder.",
	Doc:     "Which part of the response takes the hours: noticing, taking on, finding the cause, ending the impact, making all clear.",
	Caveat:  "A phase without an endpoint is not guessed: its time is in the remainder or unknown.",
	eval:    (*scope).phaseHours,
	daily:   dailyPhases,
	records: (*scope).phaseRecords,
	counts:  isUnplanned,
	weigh:   phaseSeconds,
}

var phaseDuration = Metric{
	ID: "phase_duration", Title: "How long phases take", Unit: Seconds, Operator: Distribution, Dataset: model.Incidents,
	Better: Lower, Since: "1",
	Formula: "Durations of the phases that ended in the period: n, median, 90th percentile by nearest rank (absent under ten). Never a mean.",
	Doc:     "The usual length of each phase of the response, over the incidents that record both its ends.",
	Caveat:  "Response times are skewed and few: changes are noise more often than not. No trend is claimed under ten.",
	eval:    (*scope).phaseDurations,
	records: (*scope).phaseDurationRecords,
}

// phaseNames are the phases by the moment that ends them.
var phaseNames = [model.NumMoments]string{"", "detect", "acknowledge", "identify", "mitigate", "resolve"}

// remainder is the term of phase_hours for time that no phase covers.
const remainder = "remainder"

// response is an incident's time between its first and last endpoint: the phases that
// both ends of are recorded in order, and the gaps that none of them covers.
type response struct {
	phases     [model.NumMoments]Window // From == To where absent
	gaps       [model.NumMoments]Window
	nGaps      int
	incomplete [model.NumMoments]bool
	disordered [model.NumMoments]bool
	from, to   model.Time // around all of it: a later phase may begin before the impact
}

func responseOf(in *model.Incident) response {
	var r response
	r.from, r.to = in.Start(), in.Start()
	for p := model.Detected; p < model.NumMoments; p++ {
		from, to := in.Moments[p-1], in.Moments[p]
		switch {
		case !from.Known() || !to.Known():
			r.incomplete[p] = true
		case to < from:
			r.disordered[p] = true
		default:
			r.phases[p] = Window{from, to}
			r.from = min(r.from, from)
		}
		if to.Known() {
			r.to = max(r.to, to)
		}
	}
	r.findGaps(in.Start(), r.to)
	return r
}

// findGaps keeps what of [from, to) no phase covers.
func (r *response) findGaps(from, to model.Time) {
	sorted := r.phases
	slices.SortFunc(sorted[:], func(a, b Window) int { return int(a.From - b.From) })
	at := from
	for _, w := range sorted {
		if w.From >= w.To {
			continue
		}
		if w.From > at {
			r.gaps[r.nGaps] = Window{at, w.From}
			r.nGaps++
		}
		at = max(at, w.To)
	}
	if at < to {
		r.gaps[r.nGaps] = Window{at, to}
		r.nGaps++
	}
}

// terms returns the seconds of each phase inside the window; terms[0] is the remainder.
func (r *response) terms(w Window) (terms [model.NumMoments]model.Time, total model.Time) {
	for p, phase := range r.phases {
		terms[p] = w.clip(phase.From, phase.To)
		total += terms[p]
	}
	for _, gap := range r.gaps[:r.nGaps] {
		terms[0] += w.clip(gap.From, gap.To)
	}
	return terms, total + terms[0]
}

// phaseSeconds is what one incident adds to phase_hours in a window.
func phaseSeconds(in *model.Incident, w Window) float64 {
	r := responseOf(in)
	_, total := r.terms(w)
	return float64(total)
}

func (s *scope) phaseHours() []Cell {
	cells := s.cells(model.Incidents, len(s.impact) > 0)
	n := len(cells)
	sums := make([]float64, n*windowsPerPeriod)
	parts := make([][model.NumMoments]model.Time, n)
	for i, in := range s.unplanned {
		r := responseOf(in)
		for w := range s.marked(s.index.answered, i) {
			p, k := w/windowsPerPeriod, w%windowsPerPeriod
			terms, total := r.terms(s.c.Periods[p].window(k))
			sums[w] += float64(total)
			if k == 0 && total > 0 {
				cells[p].N++
				addTerms(&parts[p], &terms)
			}
		}
	}
	for p := range cells {
		cell := &cells[p]
		if cell.Known {
			cell.Value, cell.Conserved = sums[p*windowsPerPeriod], s.conserve()
			for ph := model.Detected; ph < model.NumMoments; ph++ {
				cell.Parts = append(cell.Parts, Part{phaseNames[ph], float64(parts[p][ph])})
			}
			cell.Parts = append(cell.Parts, Part{remainder, float64(parts[p][0])})
		}
		s.past(cell, model.Incidents, p, func(k int) (float64, bool) { return sums[p*windowsPerPeriod+k], true })
	}
	return cells
}

func addTerms(to, terms *[model.NumMoments]model.Time) {
	for i := range to {
		to[i] += terms[i]
	}
}

func (s *scope) phaseDurations() []Cell {
	cells := s.cells(model.Incidents, len(s.impact) > 0)
	for p := range cells {
		cell := &cells[p]
		cell.PreviousReason = ReasonDistributed
		if !cell.Known {
			continue
		}
		cell.Dists = s.dists(p)
		var incomplete, disordered int
		for _, d := range cell.Dists {
			cell.N += d.N
			incomplete += d.Incomplete
			disordered += d.OutOfOrder
		}
		if cell.N == 0 {
			cell.Known, cell.Reason = false, ReasonNoData
		}
		cell.note(NoteIncomplete, incomplete)
		cell.note(NoteOutOfOrder, disordered)
	}
	return cells
}

// dailyPhases splits the response of each day by phase, the remainder last.
func dailyPhases(s *scope, out *Series, n int) {
	out.rows(n, 0, append(phaseNames[model.Detected:len(phaseNames):len(phaseNames)], remainder)...)
	cal := s.c.Model.Calendar
	for _, in := range s.unplanned {
		r := responseOf(in)
		last := min(int(cal.DayAt(r.to)-out.First), n-1)
		for d := max(int(cal.DayAt(r.from)-out.First), 0); d <= last; d++ {
			terms, _ := r.terms(s.c.day(out.First + model.Day(d)))
			for p := model.Detected; p < model.NumMoments; p++ {
				out.Rows[p-1][d] += float64(terms[p])
			}
			out.Rows[model.NumMoments-1][d] += float64(terms[0])
		}
	}
}

// dists gathers the phases that ended in the period.
func (s *scope) dists(period int) []Dist {
	dists := s.phaseLengths(period)
	for p := model.Detected; p < model.NumMoments; p++ {
		dists[p].summarise(s.lengths[p])
	}
	return slices.Clone(dists[model.Detected:])
}

// phaseLengths puts the lengths of the phases that ended in the period into s.lengths. What
// is incomplete or out of order is counted over the incidents of the period.
func (s *scope) phaseLengths(period int) (dists [model.NumMoments]Dist) {
	w := s.c.Periods[period].Current
	for p := range s.lengths {
		s.lengths[p] = s.lengths[p][:0]
	}
	for i, in := range s.unplanned {
		inside := s.in(i, period)
		for p := model.Detected; p < model.NumMoments; p++ {
			from, to := in.Moments[p-1], in.Moments[p]
			known, ordered := from.Known() && to.Known(), from <= to
			switch {
			case known && ordered && to >= w.From && to < w.To:
				s.lengths[p] = append(s.lengths[p], float64(to-from))
			case !known && inside:
				dists[p].Incomplete++
			case known && !ordered && inside:
				dists[p].OutOfOrder++
			}
		}
	}
	for p := model.Detected; p < model.NumMoments; p++ {
		dists[p].Name = phaseNames[p]
	}
	return dists
}

// minP90 is the fewest points that have a 90th percentile.
const minP90 = 10

// summarise sorts the lengths.
func (d *Dist) summarise(lengths []float64) {
	slices.Sort(lengths)
	d.summariseSorted(lengths)
}

func (d *Dist) summariseSorted(lengths []float64) {
	d.N = len(lengths)
	if d.N > 0 {
		d.Median = median(lengths)
	}
	if d.N >= minP90 {
		p90 := nearestRank(lengths, 90)
		d.P90 = &p90
	}
}
