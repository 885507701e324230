package report

// The words of cost.
const (
	wCrackCost           Word = "cracks.cost_subject"
	wCrackCostWhy        Word = "cracks.cost_subject_why"
	wCrackUnallocated    Word = "cracks.unallocated"
	wCrackUnallocatedWhy Word = "cracks.unallocated_why"
)

// costWords are their rows of the table of words.
var costWords = []wordSpec{
	{wCrackCost, nil},
	{wCrackCostWhy, nil},
	{wCrackUnallocated, nil},
	{wCrackUnallocatedWhy, nil},
}
