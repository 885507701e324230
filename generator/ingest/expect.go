package ingest

import (
	"fmt"
	"maps"
	"slices"
	"time"

	"uptree/generator/config"
	"uptree/generator/diag"
	"uptree/generator/model"
	"uptree/generator/source"
)

// unmet returns what a source gives less of than its expect says, or "".
func (t *taking) unmet(newest, asOf model.Time) string {
	e := t.payload.Source.Expect
	switch {
	case t.accepted < e.MinRecords:
		return fmt.Sprintf("%s where min_records = %d are expected", plural(t.accepted, "record", "records"), e.MinRecords)
	case t.accepted == 0 && t.payload.Had > 0 && t.payload.Source.Kind != "file" && !e.MayBeEmpty:
		return fmt.Sprintf("no records, where there were %d before", t.payload.Had)
	case t.lost() != "":
		return t.lost()
	case e.NewestWithin == 0:
		return ""
	case !newest.Known():
		return "no record has a time, and newest_within asks for one"
	case asOf-newest > model.Time(e.NewestWithin/time.Second):
		at := time.Unix(int64(newest), 0).UTC().Format(time.RFC3339)
		return fmt.Sprintf("its newest record is of %s, older than newest_within = %s", at, e.NewestWithin)
	}
	return ""
}

// minLearned is of how many records, then and now, it takes to tell that a field is lost.
const minLearned = 10

// lost returns what fewer of the records have than should, or "": the fields that expect
// names, else those that nine in ten had when the source was last good.
func (t *taking) lost() string {
	now, s := t.fields(), t.payload.Source
	if s.Expect.Fields != nil {
		for _, name := range s.Expect.Fields {
			if now.With[name]*2 <= now.Rows && now.Rows > 0 {
				return fmt.Sprintf("%s is in %d of %s, where expect asks for it in most", name, now.With[name], plural(now.Rows, "record", "records"))
			}
		}
		return ""
	}
	had := t.payload.HadFields
	if s.Kind == "file" || had.Rows < minLearned || now.Rows < minLearned {
		return ""
	}
	for _, name := range slices.Sorted(maps.Keys(had.With)) {
		if had.With[name]*10 >= had.Rows*9 && now.With[name]*2 <= now.Rows {
			return fmt.Sprintf("%s is in %d of %s, where %d of %d had it", name, now.With[name], plural(now.Rows, "record", "records"), had.With[name], had.Rows)
		}
	}
	return ""
}

// fields counts which fields the records of the source have.
func (t *taking) fields() source.Fields {
	out := source.Fields{With: map[string]int{}}
	several := len(t.datasets()) > 1
	for i := range t.files {
		if t.files[i].intake == nil {
			continue
		}
		for _, r := range t.files[i].intake.rows {
			if r == nil {
				continue
			}
			out.Rows += r.seen
			for at, n := range r.with {
				name := r.spec.Fields[at].Name
				if several {
					name = r.spec.Name + "." + name
				}
				if n > 0 {
					out.With[name] += n
				}
			}
		}
	}
	return out
}

// fail makes a source failed by its on_error. Its records stay only where the site is not
// going to be published: they keep what refers to them from being reported as well.
func (t *taking) fail(code diag.Code, reason, hint string) {
	s := t.payload.Source
	t.reason, t.rejected = reason, reason
	if s.OnError == config.Omit {
		t.status = model.SourceOmitted
		t.problems.Add(diag.Problem{
			Code: diag.SourceOmitted, Pos: s.Pos,
			Text: fmt.Sprintf("source %q is left out: %s", s.Name, reason+t.looked), Hint: hint,
		})
		return
	}
	t.status = model.SourceFailed
	reason += t.looked
	if t.payload.Missing != "" {
		reason += "; " + t.payload.Missing
	}
	t.problems.Add(diag.Problem{Code: code, Pos: s.Pos, Text: fmt.Sprintf("source %q: %s", s.Name, reason), Hint: hint})
}
