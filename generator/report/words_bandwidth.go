package report

// The words of bandwidth.
const (
	wBandwidth        Word = "bandwidth.title"
	wBandwidthLead    Word = "bandwidth.lead"
	wBandwidthPages   Word = "bandwidth.pages"
	wBandwidthPeople  Word = "bandwidth.people"
	wBandwidthCovered Word = "bandwidth.covered"
	wRotations        Word = "bandwidth.rotations"
	wRotationsSmall   Word = "bandwidth.rotations_small"
	wRotationsLarge   Word = "bandwidth.rotations_large"
	wUnderFive        Word = "bandwidth.under_five"
	wFiveToEight      Word = "bandwidth.five_to_eight"
	wOverEight        Word = "bandwidth.over_eight"
	wBusinessHours    Word = "bandwidth.business"
	wOffHours         Word = "bandwidth.off_hours"
	wSleepHours       Word = "bandwidth.sleep"
	wPerPerson        Word = "bandwidth.per_person"
	wNotSaid          Word = "bandwidth.not_said"
	wCoverageNodes    Word = "numbers.coverage_nodes"
	wUnitPerPerson    Word = "metrics.unit_per_person"
	wReasonFewPeople  Word = "reason.few_people"
	wReasonTelling    Word = "reason.telling"
)

// bandwidthWords are their rows of the table of words.
var bandwidthWords = []wordSpec{
	{wBandwidth, nil},
	{wBandwidthLead, nil},
	{wBandwidthPages, nil},
	{wBandwidthPeople, nil},
	{wBandwidthCovered, []string{"covered", "n"}},
	{wRotations, []string{"n", "median"}},
	{wRotationsSmall, []string{"n"}},
	{wRotationsLarge, []string{"n"}},
	{wUnderFive, nil},
	{wFiveToEight, nil},
	{wOverEight, nil},
	{wBusinessHours, nil},
	{wOffHours, nil},
	{wSleepHours, nil},
	{wPerPerson, []string{"value", "num", "den"}},
	{wNotSaid, []string{"reason"}},
	{wCoverageNodes, []string{"covered", "n"}},
	{wUnitPerPerson, nil},
	{wReasonFewPeople, nil},
	{wReasonTelling, nil},
}
