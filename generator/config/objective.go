package config

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"time"

	"uptree/generator/diag"
	"uptree/generator/model"
)

// maxEvents bounds min_events.
const maxEvents = 1_000_000_000

// budgetings are the values of budgeting.
var budgetings = []string{model.Occurrences.String(), model.Timeslices.String()}

// readObjectives reads the tables [slo.<id>]: a record per objective, or one per change of
// its target. Whether their services exist is for the model to say.
func readObjectives(named []section) (records []model.ObjectiveRecord) {
	for _, s := range named {
		r := s.objective()
		for _, v := range s.versions() {
			r.Target, r.ValidFrom, r.Line = v.target, v.from, v.line
			records = append(records, r)
		}
	}
	return records
}

// objective reads what does not change with the target.
func (s section) objective() model.ObjectiveRecord {
	r := model.ObjectiveRecord{ID: s.Name(), ReviewBy: s.day("review_by"), MinEvents: model.NoCount}
	for _, t := range []struct {
		key string
		to  *string
	}{
		{"title", &r.Title}, {"service", &r.Service}, {"journey", &r.Journey}, {"indicator", &r.Indicator}, {"unit", &r.Unit},
		{"consumer", &r.Consumer}, {"rationale", &r.Rationale},
	} {
		*t.to, _ = s.text(t.key)
	}
	r.URL, _ = s.address("url")
	if s.Has("service") == s.Has("journey") && !s.partial {
		s.Report(cmp.Or(whichCode(s.Has("journey")), diag.MissingKey), "journey", s.Label()+" needs either a service or a journey", "name what the objective is for")
	}
	if name, ok := s.text("window"); ok {
		if r.Window, ok = model.ParseWindow(name); !ok {
			s.Report(diag.OutOfRange, "window", fmt.Sprintf("window: %q is not known", name), `28d or another number of days up to 366, "month" or "quarter"`)
		}
	}
	r.Budgeting, _ = model.ParseBudgeting(s.oneOf("budgeting", budgetings))
	s.slices(&r)
	if s.Has("min_events") {
		r.MinEvents = int64(s.count("min_events", maxEvents))
	}
	return r
}

// whichCode is the code where two keys exclude each other.
func whichCode(both bool) diag.Code {
	if both {
		return diag.ConflictingKeys
	}
	return ""
}

// slices reads the keys of timeslices, which come all together or not at all.
func (s section) slices(r *model.ObjectiveRecord) {
	r.Slice = model.Time(s.duration("slice") / time.Second)
	r.SliceTarget = s.share("slice_target")
	for _, key := range []string{"slice", "slice_target"} {
		switch needed := r.Budgeting == model.Timeslices; {
		case needed:
			s.require(key, `timeslices need both, as in slice = "5m" and slice_target = "0.95"`)
		case s.Has(key):
			s.Report(diag.ConflictingKeys, key, key+` is for budgeting = "timeslices"`, "")
		}
	}
}

// targetFrom is a target with the first day on which it holds.
type targetFrom struct {
	target model.Share
	from   model.Day
	line   uint32
}

// versions reads target, or targets with their days.
func (s section) versions() (out []targetFrom) {
	switch one, many := s.Has("target"), s.Has("targets"); {
	case one && many:
		s.Report(diag.ConflictingKeys, "targets", "target and targets exclude each other", "a target that changed is one of targets, with the day from which it held")
		return nil
	case !many:
		s.require("target", `a share above 0 and below 1, as in target = "0.999"`)
		out = append(out, targetFrom{s.share("target"), s.day("valid_from"), uint32(s.Pos("").Line)})
	case s.Has("valid_from"):
		s.Report(diag.ConflictingKeys, "valid_from", "valid_from and targets exclude each other", "each of targets has its own from")
	}
	for _, t := range s.Array("targets") {
		v := section{t, s.partial}
		v.checkKeys(targetsTable)
		v.require("target", `a share above 0 and below 1, as in { from = 2026-01-01, target = "0.999" }`)
		next := targetFrom{v.share("target"), v.day("from"), uint32(v.Pos("").Line)}
		if slices.ContainsFunc(out, func(have targetFrom) bool { return have.from == next.from }) {
			v.Report(diag.DuplicateKey, "from", "two targets from one day", "each begins on a day of its own; one of them may have always held")
		}
		out = append(out, next)
	}
	return slices.DeleteFunc(out, func(v targetFrom) bool { return v.target == 0 })
}

// share reads a share above 0 and below 1 exactly, as a string or a number; 0 where there
// is none.
func (s section) share(key string) model.Share {
	text := ""
	switch s.Kind(key) {
	case "":
		return 0
	case "a float", "an integer":
		var f float64
		if !s.Float(key, &f) {
			return 0
		}
		text = strconv.FormatFloat(f, 'f', -1, 64) // the shortest, which is what was written
	default:
		if !s.String(key, &text) {
			return 0
		}
	}
	share, ok := model.ParseShare(text)
	if !ok || share == 0 || share == model.Whole {
		s.Report(diag.OutOfRange, key, fmt.Sprintf("%s: %s is not above 0 and below 1 with at most nine decimals", key, text), "99.9 % is 0.999")
		return 0
	}
	return share
}
