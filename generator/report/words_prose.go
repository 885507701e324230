package report

// The sentences of what documents show beside their own words.
const (
	wFigureTitle    Word = "prose.figure"
	wAlertNote      Word = "prose.note"
	wAlertTip       Word = "prose.tip"
	wAlertImportant Word = "prose.important"
	wAlertWarning   Word = "prose.warning"
	wAlertCaution   Word = "prose.caution"
)

var proseWords = []wordSpec{
	{wFigureTitle, []string{"metric", "period"}},
	{wAlertNote, nil},
	{wAlertTip, nil},
	{wAlertImportant, nil},
	{wAlertWarning, nil},
	{wAlertCaution, nil},
}
