package ingest

import "uptree/generator/model"

// The fields of findings, in the order of the spec.
const (
	findingID = iota
	findingService
	findingKind
	findingSeverity
	findingOpened
	findingClosed
	findingDue
	findingRule
	findingVia
	findingURL
	findingSeen
	findingGone
)

func addFinding(r *row) {
	rec := model.FindingRecord{
		ID: string(r.id(findingID)), URL: string(r.link(findingURL)), Rule: string(r.text(findingRule)), Via: string(r.text(findingVia)),
		Opened: r.moment(findingOpened), Closed: r.moment(findingClosed),
		Due: r.day(findingDue), Seen: r.day(findingSeen), Gone: r.day(findingGone), Line: uint32(r.line),
	}
	service, severity := r.their(findingService), r.word(findingSeverity)
	if r.reason != "" {
		return
	}
	rec.Service = r.batch.Ref(service)
	rec.Kind, rec.Severity = r.batch.Word(r.word(findingKind)), r.batch.Word(severity)
	if r.began(rec.Opened); !rec.Opened.Known() {
		r.began(r.asOf) // it is there now
	}
	r.batch.Findings = append(r.batch.Findings, rec)
}
