package report

// The words of reorganisations.
const (
	wWhatIf        Word = "reorg.what_if"
	wWhatIfNot     Word = "reorg.what_if_not"
	wWhatIfNode    Word = "reorg.what_if_node"
	wWhatIfService Word = "reorg.what_if_service"
)

var reorgWords = []wordSpec{
	{wWhatIf, nil},
	{wWhatIfNot, nil},
	{wWhatIfNode, []string{"node", "parent"}},
	{wWhatIfService, []string{"service", "owner"}},
}
