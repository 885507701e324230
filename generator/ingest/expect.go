package ingest

import (
	"fmt"
	"time"

	"uptree/generator/config"
	"uptree/generator/diag"
	"uptree/generator/model"
)

// unmet returns what a source gives less of than its expect says, or "".
func (t *taking) unmet(newest, asOf model.Time) string {
	e := t.payload.Source.Expect
	switch {
	case t.accepted < e.MinRecords:
		return fmt.Sprintf("%s where min_records = %d are expected", plural(t.accepted, "record", "records"), e.MinRecords)
	case t.accepted == 0 && t.payload.Had > 0 && t.payload.Source.Kind != "file" && !e.MayBeEmpty:
		return fmt.Sprintf("no records, where there were %d before", t.payload.Had)
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

// fail makes a source failed by its on_error. Its records stay only where the site is not
// going to be published: they keep what refers to them from being reported as well.
func (t *taking) fail(code diag.Code, reason, hint string) {
	s := t.payload.Source
	t.reason, t.rejected = reason, reason
	if s.OnError == config.Omit {
		t.status = model.SourceOmitted
		t.problems.Add(diag.Problem{
			Code: diag.SourceOmitted, Pos: s.Pos,
			Text: fmt.Sprintf("source %q is left out: %s", s.Name, reason), Hint: hint,
		})
		return
	}
	t.status = model.SourceFailed
	if t.payload.Missing != "" {
		reason += "; " + t.payload.Missing
	}
	t.problems.Add(diag.Problem{Code: code, Pos: s.Pos, Text: fmt.Sprintf("source %q: %s", s.Name, reason), Hint: hint})
}
