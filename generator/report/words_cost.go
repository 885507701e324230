package report

// The words of cost.
const (
	wCost                Word = "cost.title"
	wCostLead            Word = "cost.lead"
	wCostJourney         Word = "cost.journey"
	wCostNone            Word = "cost.none"
	wCostCounted         Word = "cost.counted"
	wCostUntil           Word = "cost.until"
	wCostLate            Word = "cost.late"
	wCostBeside          Word = "cost.beside"
	wCostRecords         Word = "cost.records"
	wCostFigures         Word = "cost.figures"
	wCostTotal           Word = "cost.total"
	wCostOthers          Word = "cost.others"
	wCostCredits         Word = "cost.credits"
	wCostIdle            Word = "cost.idle"
	wCostBilled          Word = "cost.billed"
	wCostMonths          Word = "cost.months"
	wCostMonthsOf        Word = "cost.months_of"
	wCostMonthsSummary   Word = "cost.months_summary"
	wCostFirstMonth      Word = "cost.first_month"
	wCostTerms           Word = "cost.terms"
	wCostServices        Word = "cost.services"
	wCostPaysFor         Word = "cost.pays_for"
	wCostObjective       Word = "cost.objective"
	wCostNoObjective     Word = "cost.no_objective"
	wCostServes          Word = "cost.serves"
	wCostObjectiveHead   Word = "cost.objective_head"
	wCostTarget          Word = "cost.target"
	wCostNextNine        Word = "cost.next_nine"
	wCostQuestion        Word = "cost.question"
	wCostNothingPromised Word = "cost.nothing_promised"
	wAllocated           Word = "cost.allocated"
	wUnallocated         Word = "cost.unallocated"
	wUnknownOwner        Word = "cost.unknown_owner"
	wCostsSource         Word = "members.covered_costs"
	wUnitMoney           Word = "metrics.unit_money"
	wReasonCurrencies    Word = "reason.currencies"
	wReasonUnpublished   Word = "reason.unpublished"
	wReasonTooCoarse     Word = "reason.too_coarse"
	wNoteCoarse          Word = "note.coarse"
	wCrackCost           Word = "cracks.cost_subject"
	wCrackCostWhy        Word = "cracks.cost_subject_why"
	wCrackUnallocated    Word = "cracks.unallocated"
	wCrackUnallocatedWhy Word = "cracks.unallocated_why"
)

// costWords are their rows of the table of words.
var costWords = []wordSpec{
	{wCost, nil},
	{wCostLead, []string{"value", "period"}},
	{wCostJourney, []string{"value", "period"}},
	{wCostNone, []string{"period", "reason"}},
	{wCostCounted, []string{"n", "period"}},
	{wCostUntil, []string{"source", "day"}},
	{wCostLate, nil},
	{wCostBeside, []string{"value", "node"}},
	{wCostRecords, nil},
	{wCostFigures, nil},
	{wCostTotal, nil},
	{wCostOthers, nil},
	{wCostCredits, nil},
	{wCostIdle, nil},
	{wCostBilled, nil},
	{wCostMonths, []string{"currency"}},
	{wCostMonthsOf, []string{"n"}},
	{wCostMonthsSummary, []string{"low", "high"}},
	{wCostFirstMonth, nil},
	{wCostTerms, []string{"period"}},
	{wCostServices, []string{"period"}},
	{wCostPaysFor, nil},
	{wCostObjective, []string{"target", "state"}},
	{wCostNoObjective, nil},
	{wCostServes, nil},
	{wCostObjectiveHead, nil},
	{wCostTarget, nil},
	{wCostNextNine, nil},
	{wCostQuestion, nil},
	{wCostNothingPromised, nil},
	{wAllocated, nil},
	{wUnallocated, nil},
	{wUnknownOwner, nil},
	{wCostsSource, nil},
	{wUnitMoney, nil},
	{wReasonCurrencies, nil},
	{wReasonUnpublished, nil},
	{wReasonTooCoarse, nil},
	{wNoteCoarse, []string{"n", "metric"}},
	{wCrackCost, nil},
	{wCrackCostWhy, nil},
	{wCrackUnallocated, nil},
	{wCrackUnallocatedWhy, nil},
}
