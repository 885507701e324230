package report

// The sentences of what documents show beside their own words.
const (
	wFigureTitle    Word = "prose.figure"
	wAlertNote      Word = "prose.note"
	wAlertTip       Word = "prose.tip"
	wAlertImportant Word = "prose.important"
	wAlertWarning   Word = "prose.warning"
	wAlertCaution   Word = "prose.caution"

	wThemes         Word = "themes.title"
	wThemesLead     Word = "themes.lead"
	wThemesEmpty    Word = "themes.empty"
	wThemeList      Word = "themes.list"
	wThemeAlso      Word = "themes.also"
	wThemesHere     Word = "themes.here"
	wThemeTimes     Word = "themes.times"
	wHitAt          Word = "themes.hit"
	wCausedAt       Word = "themes.caused"
	wNarratives     Word = "themes.narratives"
	wNarrativesLead Word = "themes.narratives_lead"
)

var proseWords = []wordSpec{
	{wFigureTitle, []string{"metric", "period"}},
	{wAlertNote, nil},
	{wAlertTip, nil},
	{wAlertImportant, nil},
	{wAlertWarning, nil},
	{wAlertCaution, nil},
	{wThemes, nil},
	{wThemesLead, nil},
	{wThemesEmpty, nil},
	{wThemeList, []string{"theme"}},
	{wThemeAlso, nil},
	{wThemesHere, nil},
	{wThemeTimes, []string{"n", "theme"}},
	{wHitAt, nil},
	{wCausedAt, nil},
	{wNarratives, nil},
	{wNarrativesLead, nil},
}
