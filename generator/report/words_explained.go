package report

// The words of the pages that explain figures.
const (
	wExplained     Word = "explained.title"
	wExplainedLead Word = "explained.lead"
	wExplainedHow  Word = "explained.how"
	wMedianOf      Word = "explained.median"
	wOfIt          Word = "explained.of_it"
	wBelow         Word = "explained.below"
	wCoverageFact  Word = "explained.coverage"
	wRecordsBehind Word = "explained.behind"
	wRecordsNone   Word = "explained.none"
	wRecordsMade   Word = "explained.made"
	wRecordsMadeAs Word = "explained.made_as"
	wRecordsLeft   Word = "explained.left"
	wStillOpen     Word = "explained.open"
)

// explainedWords are their rows of the table of words.
var explainedWords = []wordSpec{
	{wExplained, []string{"subject"}},
	{wExplainedLead, []string{"period"}},
	{wExplainedHow, nil},
	{wMedianOf, []string{"median", "n"}},
	{wOfIt, nil},
	{wBelow, nil},
	{wCoverageFact, nil},
	{wRecordsBehind, []string{"n"}},
	{wRecordsNone, nil},
	{wRecordsMade, []string{"n"}},
	{wRecordsMadeAs, []string{"n", "as"}},
	{wRecordsLeft, []string{"n", "reason"}},
	{wStillOpen, []string{"from"}},
	{"left.planned", nil},
	{"left.unplanned", nil},
	{"left.no_review", nil},
	{"left.no_detection", nil},
	{"left.no_followups", nil},
	{"left.no_end", nil},
	{"left.out_of_order", nil},
	{"left.skipped", nil},
	{"left.no_data", nil},
	{"left.no_day", nil},
	{"left.no_success", nil},
	{"left.no_commit", nil},
	{"left.late_commit", nil},
	{"left.right", nil},
	{"left.not_recovered", nil},
	{"left.not_said", nil},
	{"left.coarse", nil},
	{"left.later", nil},
	{"left.cut_day", nil},
	{"left.again", nil},
}

// leftWords are the reasons for which a record counts for nothing, in the site's words; what
// is left out of deployments is in the table of parts.
var leftWords = map[string]Word{
	"planned maintenance":                            "left.planned",
	"no planned maintenance":                         "left.unplanned",
	"no review":                                      "left.no_review",
	"who noticed is not recorded":                    "left.no_detection",
	"follow-ups are not recorded":                    "left.no_followups",
	"an end of the phase is not recorded":            "left.no_end",
	"its ends are out of order":                      "left.out_of_order",
	"all runs were skipped":                          "left.skipped",
	"no data":                                        "left.no_data",
	"no day with valid events":                       "left.no_day",
	"no success":                                     "left.no_success",
	"no first commit recorded":                       "left.no_commit",
	"first commit after the deployment":              "left.late_commit",
	"did not go wrong":                               "left.right",
	"has not recovered, or before it finished":       "left.not_recovered",
	"does not say whether it was planned":            "left.not_said",
	"covers days that are not in the period":         "left.coarse",
	"there is a later one, or its service has ended": "left.later",
	"its day is not wholly in the period":            "left.cut_day",
	"counted already":                                "left.again",
}
