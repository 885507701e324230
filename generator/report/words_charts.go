package report

// The words of the charts of sections.
const (
	wDeploymentChart   Word = "delivery.chart"
	wDeploymentSummary Word = "delivery.chart_summary"
	wWentWell          Word = "delivery.went_well"
	wFindingsChart     Word = "security.chart"
)

// sectionWords are their rows of the table of words.
var sectionWords = []wordSpec{
	{wDeploymentChart, nil},
	{wDeploymentSummary, []string{"n", "wrong"}},
	{wWentWell, nil},
	{wFindingsChart, nil},
}
