package report

// What cards and badges say.
const (
	wCardWaits        Word = "card.waits"
	wCardCalm         Word = "card.calm"
	wCardObjectives   Word = "card.objectives"
	wBadgeWaits       Word = "card.badge_waits"
	wBadgeCalm        Word = "card.badge_calm"
	wBadgeNoObjective Word = "card.badge_no_objective"
)
