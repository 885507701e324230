package report

// The words of the organisation's own metrics.
const (
	wCrackObserved    Word = "cracks.observed_subject"
	wCrackObservedWhy Word = "cracks.observed_subject_why"
)

// ownWords is the table of them.
var ownWords = []wordSpec{
	{wCrackObserved, nil},
	{wCrackObservedWhy, nil},
}
