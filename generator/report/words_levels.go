package report

// The words of service levels.
const (
	wLevels                 Word = "levels.title"
	wLevelsLeadNode         Word = "levels.lead_node"
	wLevelsLead             Word = "levels.lead"
	wLevelsEmptyNode        Word = "levels.empty_node"
	wLevelsEmpty            Word = "levels.empty"
	wLevelsAll              Word = "levels.all"
	wLevelsOwn              Word = "levels.own"
	wJourneyLevels          Word = "levels.journeys"
	wObjective              Word = "levels.objective"
	wOf                     Word = "levels.of"
	wStatus                 Word = "levels.status"
	wTarget                 Word = "levels.target"
	wBudgetLeft             Word = "levels.budget_left"
	wAnswers                Word = "levels.answers"
	wWhole                  Word = "levels.whole"
	wPartHere               Word = "levels.part_here"
	wServicesHere           Word = "levels.services_here"
	wNoObjective            Word = "levels.no_objective"
	wWithout                Word = "levels.without"
	wWithoutTile            Word = "levels.without_tile"
	wMetOf                  Word = "levels.met_of"
	wStateMet               Word = "levels.met"
	wStateAtRisk            Word = "levels.at_risk"
	wStateBreached          Word = "levels.breached"
	wStateNoData            Word = "levels.no_data"
	wCountMet               Word = "levels.count_met"
	wCountAtRisk            Word = "levels.count_at_risk"
	wCountBreached          Word = "levels.count_breached"
	wCountNoData            Word = "levels.count_no_data"
	wBudgetDays             Word = "levels.budget_days"
	wBudgetMonth            Word = "levels.budget_month"
	wBudgetQuarter          Word = "levels.budget_quarter"
	wLeft                   Word = "levels.left"
	wTargetOf               Word = "levels.target_of"
	wStatusOf               Word = "levels.status_of"
	wEvents                 Word = "levels.events"
	wSlices                 Word = "levels.slices"
	wWithin                 Word = "levels.within"
	wOverspent              Word = "levels.overspent"
	wSpent                  Word = "levels.spent"
	wNearlySpent            Word = "levels.nearly_spent"
	wSpendingFast           Word = "levels.spending_fast"
	wIdle                   Word = "levels.idle"
	wFewEvents              Word = "levels.few_events"
	wDecidedUntil           Word = "levels.decided"
	wDecidedOpen            Word = "levels.decided_open"
	wDecisionOver           Word = "levels.decision_over"
	wNoDecision             Word = "levels.no_decision"
	wWriteOne               Word = "levels.write_one"
	wWriteOneIn             Word = "levels.write_one_in"
	wBurndownOf             Word = "levels.burndown_of"
	wBurndown               Word = "levels.burndown"
	wBurndownPeriod         Word = "levels.burndown_period"
	wBurndownWeeks          Word = "levels.burndown_weeks"
	wBurndownMonths         Word = "levels.burndown_months"
	wBurndownMarks          Word = "levels.burndown_marks"
	wSeriesLeft             Word = "levels.series_left"
	wSeriesEven             Word = "levels.series_even"
	wMarkDecision           Word = "levels.mark_decision"
	wMarkTarget             Word = "levels.mark_target"
	wMarkIncident           Word = "levels.mark_incident"
	wYear                   Word = "levels.year"
	wYearPeriod             Word = "levels.year_period"
	wYearNote               Word = "levels.year_note"
	wYearSummary            Word = "levels.year_summary"
	wDayReached             Word = "levels.day_reached"
	wDayMissed              Word = "levels.day_missed"
	wViews                  Word = "levels.views"
	wWeeks                  Word = "levels.weeks"
	wByMonths               Word = "levels.by_month"
	wFrom                   Word = "levels.from"
	wTo                     Word = "levels.to"
	wBadAllowed             Word = "levels.bad_allowed"
	wInTarget               Word = "levels.in_target"
	wInTargetOf             Word = "levels.in_target_of"
	wPace                   Word = "levels.pace"
	wPaceOver               Word = "levels.pace_over"
	wExhausted              Word = "levels.exhausted"
	wExhaustedOn            Word = "levels.exhausted_on"
	wNotExhausted           Word = "levels.not_exhausted"
	wSpentBy                Word = "levels.spent_by"
	wTooCoarse              Word = "levels.too_coarse"
	wNothingBad             Word = "levels.nothing_bad"
	wBurnOwn                Word = "levels.burn_own"
	wBurnInherited          Word = "levels.burn_inherited"
	wBurnSeveral            Word = "levels.burn_several"
	wBurnUnexplained        Word = "levels.burn_unexplained"
	wBurnFrom               Word = "levels.burn_from"
	wUnexcluded             Word = "levels.unexcluded"
	wUnexcludedAt           Word = "levels.unexcluded_at"
	wPromise                Word = "levels.promise"
	wLagom                  Word = "levels.lagom"
	wLagomUnspent           Word = "levels.lagom_unspent"
	wLagomBreached          Word = "levels.lagom_breached"
	wConsumer               Word = "levels.consumer"
	wRationale              Word = "levels.rationale"
	wReview                 Word = "levels.review"
	wHowEvents              Word = "levels.how_events"
	wHowSlices              Word = "levels.how_slices"
	wWindow                 Word = "levels.window"
	wWindowOf               Word = "levels.window_of"
	wGoodOfValid            Word = "levels.good_of_valid"
	wMeasured               Word = "levels.measured"
	wWeighted               Word = "levels.weighted"
	wTargetFrom             Word = "levels.target_from"
	wRecord                 Word = "levels.record"
	wExclusions             Word = "levels.exclusions"
	wReason                 Word = "levels.reason"
	wByRole                 Word = "levels.by_role"
	wExpires                Word = "levels.expires"
	wPromiseUnknown         Word = "levels.promise_unknown"
	wPromiseSafe            Word = "levels.promise_safe"
	wPromiseIndependent     Word = "levels.promise_independent"
	wPromiseCoincident      Word = "levels.promise_coincident"
	wPromiseAbove           Word = "levels.promise_above"
	wPromisesUnknown        Word = "levels.promises_unknown"
	wPromiseOn              Word = "levels.promise_on"
	wObjectivesSource       Word = "levels.objectives_source"
	wCrackSilent            Word = "cracks.silent"
	wCrackSilentWhy         Word = "cracks.silent_why"
	wCrackAbove             Word = "cracks.above"
	wCrackAboveWhy          Word = "cracks.above_why"
	wCrackUnknownPromise    Word = "cracks.unknown_promise"
	wCrackUnknownPromiseWhy Word = "cracks.unknown_promise_why"
	wCrackWithout           Word = "cracks.without_objective"
	wCrackWithoutWhy        Word = "cracks.without_objective_why"
)

// levelWords are their rows of the table of words.
var levelWords = []wordSpec{
	{wLevels, nil},
	{wLevelsLeadNode, nil},
	{wLevelsLead, nil},
	{wLevelsEmptyNode, nil},
	{wLevelsEmpty, nil},
	{wLevelsAll, []string{"n"}},
	{wLevelsOwn, nil},
	{wJourneyLevels, nil},
	{wObjective, nil},
	{wOf, nil},
	{wStatus, nil},
	{wTarget, nil},
	{wBudgetLeft, nil},
	{wAnswers, nil},
	{wWhole, nil},
	{wPartHere, nil},
	{wServicesHere, nil},
	{wNoObjective, nil},
	{wWithout, []string{"n"}},
	{wWithoutTile, []string{"n", "covered"}},
	{wMetOf, []string{"n"}},
	{wStateMet, nil},
	{wStateAtRisk, nil},
	{wStateBreached, nil},
	{wStateNoData, nil},
	{wCountMet, []string{"n"}},
	{wCountAtRisk, []string{"n"}},
	{wCountBreached, []string{"n"}},
	{wCountNoData, []string{"n"}},
	{wBudgetDays, []string{"n"}},
	{wBudgetMonth, nil},
	{wBudgetQuarter, nil},
	{wLeft, []string{"share", "budget"}},
	{wTargetOf, []string{"target", "budget"}},
	{wStatusOf, []string{"status", "unit", "target"}},
	{wEvents, nil},
	{wSlices, nil},
	{wWithin, nil},
	{wOverspent, []string{"bad", "unit", "allowed"}},
	{wSpent, nil},
	{wNearlySpent, nil},
	{wSpendingFast, nil},
	{wIdle, nil},
	{wFewEvents, []string{"valid", "unit", "min"}},
	{wDecidedUntil, []string{"role", "since", "choice", "until"}},
	{wDecidedOpen, []string{"role", "since", "choice"}},
	{wDecisionOver, []string{"since", "until"}},
	{wNoDecision, nil},
	{wWriteOne, nil},
	{wWriteOneIn, []string{"file"}},
	{wBurndownOf, []string{"objective"}},
	{wBurndown, nil},
	{wBurndownPeriod, []string{"budget", "first", "last"}},
	{wBurndownWeeks, []string{"budget", "first", "last"}},
	{wBurndownMonths, []string{"budget", "first", "last"}},
	{wBurndownMarks, nil},
	{wSeriesLeft, nil},
	{wSeriesEven, nil},
	{wMarkDecision, []string{"choice"}},
	{wMarkTarget, []string{"was", "is"}},
	{wMarkIncident, []string{"incident"}},
	{wYear, nil},
	{wYearPeriod, []string{"first", "last"}},
	{wYearNote, nil},
	{wYearSummary, []string{"n", "reached"}},
	{wDayReached, nil},
	{wDayMissed, nil},
	{wViews, nil},
	{wWeeks, nil},
	{wByMonths, nil},
	{wFrom, nil},
	{wTo, nil},
	{wBadAllowed, nil},
	{wInTarget, nil},
	{wInTargetOf, []string{"n", "reached"}},
	{wPace, nil},
	{wPaceOver, []string{"rate", "days"}},
	{wExhausted, nil},
	{wExhaustedOn, []string{"day"}},
	{wNotExhausted, nil},
	{wSpentBy, nil},
	{wTooCoarse, nil},
	{wNothingBad, nil},
	{wBurnOwn, []string{"share"}},
	{wBurnInherited, []string{"share"}},
	{wBurnSeveral, []string{"share"}},
	{wBurnUnexplained, []string{"share"}},
	{wBurnFrom, []string{"share", "node"}},
	{wUnexcluded, nil},
	{wUnexcludedAt, []string{"status", "share"}},
	{wPromise, nil},
	{wLagom, nil},
	{wLagomUnspent, nil},
	{wLagomBreached, nil},
	{wConsumer, nil},
	{wRationale, nil},
	{wReview, nil},
	{wHowEvents, nil},
	{wHowSlices, []string{"slice", "target"}},
	{wWindow, nil},
	{wWindowOf, []string{"from", "to"}},
	{wGoodOfValid, nil},
	{wMeasured, nil},
	{wWeighted, nil},
	{wTargetFrom, []string{"target", "day"}},
	{wRecord, nil},
	{wExclusions, nil},
	{wReason, nil},
	{wByRole, nil},
	{wExpires, nil},
	{wPromiseUnknown, nil},
	{wPromiseSafe, nil},
	{wPromiseIndependent, nil},
	{wPromiseCoincident, nil},
	{wPromiseAbove, nil},
	{wPromisesUnknown, []string{"n"}},
	{wPromiseOn, []string{"ours", "theirs", "indicator"}},
	{wObjectivesSource, nil},
	{wCrackSilent, nil},
	{wCrackSilentWhy, nil},
	{wCrackAbove, nil},
	{wCrackAboveWhy, nil},
	{wCrackUnknownPromise, nil},
	{wCrackUnknownPromiseWhy, nil},
	{wCrackWithout, nil},
	{wCrackWithoutWhy, nil},
}
