package content

import "uptree/generator/diag"

// Ask is what a team needs from a level that can give it.
type Ask struct {
	ID        string // unique in its document
	Text      string
	To        string // a node's id; empty: the parent of the node that asks
	Since     Date
	Status    AskStatus
	Answer    string // may be empty; while the ask is open it is an interim word
	Answered  Date   // the day of the answer; the zero Date: not said
	Against   string // the What of the addressee's provides that it is granted against
	At        diag.Pos
	ToAt      diag.Pos
	AgainstAt diag.Pos
}

// AskStatus says whether an ask waits, or how it was answered.
type AskStatus string

// The statuses of asks. All but Open are answered.
const (
	Open      AskStatus = "open"
	Granted   AskStatus = "granted"
	Declined  AskStatus = "declined"
	Withdrawn AskStatus = "withdrawn"
)

// Provides is a leader's side: what the level gives for reliability.
type Provides struct {
	What   string   // unique in its document
	Amount *float64 // nil: not said in figures
	Unit   string   // may be empty
	Since  Date
	Until  Date // inclusive
	At     diag.Pos
}

// Decision is the outcome of a conversation about a number.
type Decision struct {
	About  string // the id of an objective or a metric
	Choice Choice
	Since  Date
	Until  Date // inclusive: after it the decision asks for another look
	ByRole string
	Text   string
	At     diag.Pos
}

// Choice is what was decided.
type Choice string

// The choices of a decision.
const (
	Fix           Choice = "fix"
	Fund          Choice = "fund"
	Relax         Choice = "relax"
	Tighten       Choice = "tighten"
	Accept        Choice = "accept"
	PauseReleases Choice = "pause-releases"
)

// Tradeoff is what was given up for what.
type Tradeoff struct {
	Text   string
	Since  Date
	Until  Date // inclusive
	ByRole string
	At     diag.Pos
}
