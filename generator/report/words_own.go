package report

// The words of the organisation's own metrics.
const (
	wCrackObserved    Word = "cracks.observed_subject"
	wCrackObservedWhy Word = "cracks.observed_subject_why"
	wReasonRedefined  Word = "reason.redefined"
	wNoteRedefined    Word = "note.redefined"
	wOwnSpread        Word = "own.spread"
	wOwnP90           Word = "own.p90"
	wIntroduced       Word = "own.introduced"
	wRetired          Word = "own.retired"
	wDefinedSince     Word = "metrics.since"
	wSinceVersion     Word = "metrics.since_version"
	wVersion          Word = "metrics.version"
	wRedefined        Word = "metrics.redefined"
	wRetiredOn        Word = "metrics.retired"
	wReviewedBy       Word = "metrics.review_by"
	wReviewDue        Word = "metrics.review_due"
)

// ownWords is the table of them.
var ownWords = []wordSpec{
	{wCrackObserved, nil},
	{wCrackObservedWhy, nil},
	{wReasonRedefined, nil},
	{wNoteRedefined, []string{"metric"}},
	{wOwnSpread, []string{"n"}},
	{wOwnP90, []string{"value"}},
	{wIntroduced, nil},
	{wRetired, nil},
	{wDefinedSince, nil},
	{wSinceVersion, []string{"version"}},
	{wVersion, nil},
	{wRedefined, nil},
	{wRetiredOn, nil},
	{wReviewedBy, nil},
	{wReviewDue, []string{"day"}},
}
