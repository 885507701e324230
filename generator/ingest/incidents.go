package ingest

import (
	"math"

	"uptree/generator/model"
)

// The fields of incidents, in the order of the spec; the moments stand in the order of
// model.Phase, but not all together.
const (
	incidentID = iota
	incidentTitle
	incidentSeverity
	incidentType
	incidentURL
	incidentServices
	incidentCause
	incidentStarted
	incidentDetected
	incidentAcknowledged
	incidentIdentified
	incidentMitigated
	incidentResolved
	incidentDetectedBy
	incidentPlanned
	incidentReview
	incidentFollowupsOpen
	incidentFollowupsClosed
)

func addIncident(r *row) {
	rec := model.IncidentRecord{
		ID: string(r.id(incidentID)), Title: string(r.text(incidentTitle)), URL: string(r.link(incidentURL)),
		Type:    r.batch.Word(r.word(incidentType)),
		Planned: r.flag(incidentPlanned), DetectedBy: r.detectedBy(),
		FollowupsOpen: r.countOf(incidentFollowupsOpen), FollowupsClosed: r.countOf(incidentFollowupsClosed),
		Line: uint32(r.line),
	}
	for p := model.Started; p < model.NumMoments; p++ {
		rec.Moments[p] = r.moment(incidentStarted + int(p))
	}
	rec.Review, rec.Reviewed = r.review()
	if r.reason != "" {
		return
	}
	rec.Severity = r.severity(r.word(incidentSeverity), r.line)
	rec.Services, rec.Cause = r.theirs(incidentServices), r.theirs(incidentCause)
	r.began(rec.Moments[model.Started])
	r.batch.Incidents = append(r.batch.Incidents, rec)
}

func (r *row) detectedBy() model.DetectedBy {
	switch word := r.word(incidentDetectedBy); {
	case len(word) == 0:
	case isWord(word, "monitor"):
		return model.DetectedMonitor
	case isWord(word, "customer"):
		return model.DetectedCustomer
	case isWord(word, "person"):
		return model.DetectedPerson
	default:
		r.bad(incidentDetectedBy, "none of monitor, customer and person")
	}
	return model.DetectedUnknown
}

func (r *row) countOf(field int) int32 {
	n, o := r.count(field, math.MaxInt32)
	if !r.got(field, o, "not a count") {
		return model.NoCount
	}
	return int32(n)
}

// review reads a link to the review, a text about it, or the mere fact.
func (r *row) review() (text string, reviewed bool) {
	word := r.word(incidentReview)
	if len(word) == 0 {
		return "", false
	}
	if done, o := truth(word); o == read {
		return "", done
	}
	if !isLink(word) && hasScheme(string(word)) {
		r.bad(incidentReview, "neither a text nor an http or https address")
		return "", false
	}
	return string(word), true
}
