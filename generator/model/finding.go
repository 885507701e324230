package model

import (
	"slices"
	"strconv"
	"strings"
)

// Finding is one thing that security scanners found: what has one rule and one image or
// library that brings it, else what has one id.
type Finding struct {
	ID        string // of its first row
	Rule, Via string
	Rows      []FindingRow // one or more for each service that it is in
}

// FindingRow is a finding in one service, as one record has it.
type FindingRow struct {
	ID, URL        string
	Service        ServiceIdx // NoIndex where no record defines it
	UnknownService string     // the id as given
	Kind           uint16     // of Model.FindingKinds
	Severity       uint16     // of Model.FindingSeverities
	Opened         Time       // when it was found, else the first midnight of the day on which it was first seen
	FirstLook      bool       // it was there when its source was first looked at: Opened is the latest it can be
	Closed         Time       // None while it is open
	Due            Time       // from then on it is past due, while it is open; None where nothing says
	OpenedAt       NodeIdx    // who answered for the service on the day of Opened
	Home           NodeIdx    // who answers for it, or did on the day of Closed
	Origin         Origin
}

// Open reports whether a row is open at a moment.
func (r *FindingRow) Open(at Time) bool {
	return r.Opened < at && (!r.Closed.Known() || r.Closed >= at)
}

// FindingRecord is a record of the dataset findings.
type FindingRecord struct {
	ID, URL, Rule, Via string
	Service            Ref
	Kind, Severity     Ref // of Batch.Word, as given
	Opened, Closed     Time
	Due, Seen, Gone    Day
	Line               uint32
}

// SecurityRules are the organisation's words for the severity of findings, and how long
// they may stay open.
type SecurityRules struct {
	Severities []string          // gravest first
	Words      map[string]string // vendors' words, in lower case -> one of Severities
	// Limits are days, per tier of the service and severity; tier "" is for those of no other.
	Limits map[string]map[string]int
}

// DefaultSecurityRules returns the words that hold where site.toml names no others. There
// are no limits by default: they are the organisation's own promise.
func DefaultSecurityRules() SecurityRules {
	r := SecurityRules{Severities: []string{"critical", "high", "medium", "low", "info"}, Words: map[string]string{}, Limits: map[string]map[string]int{}}
	for severity, words := range map[string]string{
		"critical": "blocker", "high": "error important", "medium": "warning moderate", "low": "note minor negligible", "info": "informational none",
	} {
		for word := range strings.FieldsSeq(words + " " + severity) {
			r.Words[word] = severity
		}
	}
	return r
}

// scores are the bands of CVSS: from which score on a severity is meant.
var scores = []struct {
	from float64
	word string
}{{9, "critical"}, {7, "high"}, {4, "medium"}, {0.1, "low"}, {0, "info"}}

// place returns the place of a vendor's severity in Severities, and whether it has one: a
// word, or a CVSS score.
func (r *SecurityRules) place(vendor string) (int, bool) {
	word := strings.ToLower(strings.TrimSpace(vendor))
	if score, err := strconv.ParseFloat(word, 64); err == nil && score >= 0 && score <= 10 {
		for _, s := range scores {
			if score >= s.from {
				word = s.word
				break
			}
		}
	}
	i := slices.Index(r.Severities, r.Words[word])
	if i < 0 {
		i = slices.IndexFunc(r.Severities, func(s string) bool { return strings.EqualFold(s, word) })
	}
	return i, i >= 0
}

// limit returns how many days a finding may stay open, 0 where nothing says.
func (r *SecurityRules) limit(tier string, severity int) int {
	if severity >= len(r.Severities) {
		return 0
	}
	word := r.Severities[severity]
	if days := r.Limits[tier][word]; days > 0 {
		return days
	}
	return r.Limits[""][word]
}
