package report

// The words of reorganisations.
const (
	wWhatIf        Word = "reorg.what_if"
	wWhatIfNot     Word = "reorg.what_if_not"
	wWhatIfNode    Word = "reorg.what_if_node"
	wWhatIfService Word = "reorg.what_if_service"

	wUntilPartOf     Word = "reorg.until_part_of"
	wTookOver        Word = "reorg.took_over"
	wUntilAnsweredBy Word = "reorg.until_answered_by"
	wGoesOnAs        Word = "reorg.goes_on_as"
	wHandovers       Word = "reorg.handovers"
	wHandoversLead   Word = "reorg.handovers_lead"
	wHandedUntil     Word = "reorg.handed_until"
	wHandedFrom      Word = "reorg.handed_from"
	wHandedTo        Word = "reorg.handed_to"
	wNodeGone        Word = "reorg.node_gone"
	wNodeMoved       Word = "reorg.node_moved"
	wOtherID         Word = "reorg.other_id"
)

var reorgWords = []wordSpec{
	{wWhatIf, nil},
	{wWhatIfNot, nil},
	{wWhatIfNode, []string{"node", "parent"}},
	{wWhatIfService, []string{"service", "owner"}},
	{wUntilPartOf, []string{"day", "node"}},
	{wTookOver, []string{"day", "node"}},
	{wUntilAnsweredBy, []string{"day", "node"}},
	{wGoesOnAs, []string{"service"}},
	{wHandovers, nil},
	{wHandoversLead, nil},
	{wHandedUntil, nil},
	{wHandedFrom, nil},
	{wHandedTo, nil},
	{wNodeGone, []string{"was", "day", "node"}},
	{wNodeMoved, []string{"node"}},
	{wOtherID, []string{"id", "service"}},
}
