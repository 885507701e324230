package rollup

import (
	"cmp"
	"slices"

	"uptree/generator/model"
)

// Record is one of the things that a figure is made of, or that were looked at and left
// out of it. What a metric does with the fields says its operator: the union of the spans of
// a time, the sum of the values of a sum or a set, good of valid of a ratio, median and 90th
// percentile of the values of a distribution, by group; of the figures by group of a metric
// per service.
type Record struct {
	Kind           model.Dataset
	ID, Title, URL string
	Origin         model.Origin
	Group          string     // phase or service; "" where there is one group
	From, To       model.Time // what of it lies in the period; both None where it has no span
	Value          float64
	Good, Valid    int64
	As             string // how it counts: own, inherited, unrecorded, met, …; "" where there is one way
	Left           string // why it counts for nothing; "" where it counts
}

// Records lists what a metric of a subject is made of in a period, first what counts, each by
// time or name, in a fixed order. ok is false for a metric that cannot list its records.
func (c *Cube) Records(subject Subject, metric, period int) (list []Record, ok bool) {
	records := c.Metrics[metric].records
	if records == nil {
		return nil, false
	}
	s := c.scope(false)
	defer c.scopes.Put(s)
	s.at(subject)
	records(s, period, func(r Record) { list = append(list, r) })
	slices.SortStableFunc(list, func(a, b Record) int { return cmp.Compare(min(len(a.Left), 1), min(len(b.Left), 1)) })
	return list, true
}

// span is the part of a window that a record covers.
func (r *Record) span(w Window, from, to model.Time) {
	r.From, r.To = max(from, w.From), min(to, w.To)
}

func incidentRecord(in *model.Incident) Record {
	return Record{Kind: model.Incidents, ID: in.ID, Title: in.Title, URL: in.URL, Origin: in.Origin, From: model.None, To: model.None}
}

// impactRecords gives the incidents with impact here in a period; wanted says which count,
// and the others are left out for a reason.
func (s *scope) impactRecords(period int, left string, put func(Record), wanted func(*model.Incident) bool, fill func(*Record, *model.Incident)) {
	w := s.c.Periods[period].Current
	for _, i := range s.impact {
		in := s.incident(i)
		if !w.touches(in) {
			continue
		}
		r := incidentRecord(in)
		r.span(w, in.Start(), in.End)
		if r.Left = left; wanted(in) {
			r.Left = ""
			fill(&r, in)
		}
		put(r)
	}
}

// touches reports whether an incident is in a window: one without a length where it began.
func (w Window) touches(in *model.Incident) bool { return w.overlaps(in.Start(), in.End) }

const leftPlanned, leftUnplanned = "planned maintenance", "no planned maintenance"

func (s *scope) incidentTimeRecords(period int, put func(Record)) {
	w := s.c.Periods[period].Current
	s.impactRecords(period, leftPlanned, put, isUnplanned, func(r *Record, in *model.Incident) {
		r.Value, r.As = float64(w.clip(in.Start(), in.End)), s.class(in).String()
	})
}

func (s *scope) maintenanceRecords(period int, put func(Record)) {
	w := s.c.Periods[period].Current
	s.impactRecords(period, leftUnplanned, put, isPlanned, func(r *Record, in *model.Incident) {
		r.Value = float64(w.clip(in.Start(), in.End))
	})
}

func (s *scope) countRecords(period int, put func(Record)) {
	s.impactRecords(period, leftPlanned, put, isUnplanned, func(r *Record, in *model.Incident) { r.Value, r.As = 1, s.class(in).String() })
}

func (s *scope) reviewRecords(period int, put func(Record)) {
	s.impactRecords(period, leftPlanned, put, isUnplanned, func(r *Record, in *model.Incident) {
		if r.Value = 1; !in.Reviewed {
			r.Value, r.Left = 0, "no review"
		}
	})
}

func (s *scope) detectionRecords(period int, put func(Record)) {
	s.impactRecords(period, leftPlanned, put, isUnplanned, func(r *Record, in *model.Incident) {
		switch in.DetectedBy {
		case model.DetectedUnknown:
			r.Left = "who noticed is not recorded"
		case model.DetectedCustomer:
			r.Good, r.Valid = 1, 1
		default:
			r.Valid = 1
		}
	})
}

func (s *scope) followupRecords(_ int, put func(Record)) {
	for _, i := range s.now {
		in := s.incident(i)
		if in.Planned || in.FollowupsOpen == 0 {
			continue
		}
		r := incidentRecord(in)
		if in.FollowupsOpen == model.NoCount {
			r.Left = "follow-ups are not recorded"
		} else {
			r.Value = float64(in.FollowupsOpen)
		}
		put(r)
	}
}

// phaseRecords has a record for each phase of an incident, and one for what none covers.
func (s *scope) phaseRecords(period int, put func(Record)) {
	w := s.c.Periods[period].Current
	for _, in := range s.unplanned {
		response := responseOf(in)
		terms, _ := response.terms(w)
		for p, seconds := range terms {
			if seconds > 0 {
				r := incidentRecord(in)
				r.Value, r.As = float64(seconds), cmp.Or(phaseNames[p], remainder)
				put(r)
			}
		}
	}
}

func (s *scope) phaseDurationRecords(period int, put func(Record)) {
	w := s.c.Periods[period].Current
	for i, in := range s.unplanned {
		for p := model.Detected; p < model.NumMoments; p++ {
			from, to := in.Moments[p-1], in.Moments[p]
			r := incidentRecord(in)
			r.Group = phaseNames[p]
			switch {
			case from.Known() && to.Known() && from <= to && to >= w.From && to < w.To:
				r.From, r.To, r.Value = from, to, float64(to-from)
			case !s.in(i, period):
				continue
			case !from.Known() || !to.Known():
				r.Left = "an end of the phase is not recorded"
			case from > to:
				r.Left = "its ends are out of order"
			default:
				continue // the phase ended in another period
			}
			put(r)
		}
	}
}
