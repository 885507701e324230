package report

// The words of the organisation's own metrics.
const (
	wCrackObserved    Word = "cracks.observed_subject"
	wCrackObservedWhy Word = "cracks.observed_subject_why"
	wReasonRedefined  Word = "reason.redefined"
	wNoteRedefined    Word = "note.redefined"
)

// ownWords is the table of them.
var ownWords = []wordSpec{
	{wCrackObserved, nil},
	{wCrackObservedWhy, nil},
	{wReasonRedefined, nil},
	{wNoteRedefined, []string{"metric"}},
}
