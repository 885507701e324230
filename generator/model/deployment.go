package model

import "strings"

// Outcome is what became of a deployment.
type Outcome uint8

// The outcomes. NotCarriedOut is no deployment yet, or never one: queued, running, cancelled.
const (
	OutcomeUnknown Outcome = iota // no word, or one that site.toml does not have
	Succeeded
	Failed
	RolledBack
	NotCarriedOut
)

// LeftOut says why a deployment is in no figure.
type LeftOut uint8

// The reasons, the first that holds. Counted deployments are in the figures.
const (
	Counted          LeftOut = iota
	UnknownService           // no record defines its service
	NoEnvironment            // it does not say where it went
	OtherEnvironment         // not one of the words for production
	Unfinished               // not carried out
	NoResult                 // it does not say what became of it
	UnknownResult            // it says so in a word that site.toml does not have
	NumLeftOut
)

// DeliveryWords are the words of environments that are production and of results, in
// lower case. The empty word stands for what is not recorded.
type DeliveryWords struct {
	Production []string
	Outcomes   map[string]Outcome
}

// DefaultDeliveryWords returns the words that hold where site.toml names no others.
func DefaultDeliveryWords() DeliveryWords {
	w := DeliveryWords{Production: []string{"production", "prod"}, Outcomes: map[string]Outcome{}}
	for outcome, words := range map[Outcome]string{
		Succeeded:     "success succeeded successful",
		Failed:        "failure failed error",
		RolledBack:    "rolled_back rolledback rollback",
		NotCarriedOut: "canceled cancelled skipped created queued pending waiting blocked running in_progress",
	} {
		for word := range strings.FieldsSeq(words) {
			w.Outcomes[word] = outcome
		}
	}
	return w
}

// Deployment is one deployment of one service.
type Deployment struct {
	ID, URL     string
	Service     ServiceIdx // NoIndex where no record defines it
	Home        NodeIdx    // who answered for the service on the day it finished
	Environment string     // as given
	Result      string     // as given
	Outcome     Outcome
	LeftOut     LeftOut
	Finished    Time
	FirstCommit Time // None where not recorded
	Unplanned   Flagged
	Incidents   []int32 // those it names that are no planned maintenance, ascending
	// Linked counts the ids of incidents that it names, known or not, but for planned
	// maintenance.
	Linked           int32
	UnknownService   string   // the id as given
	UnknownIncidents []string // likewise
	Origin           Origin
}

// Flagged is a flag that a record may leave open.
type Flagged uint8

// The values of a flag.
const (
	NotSaid Flagged = iota
	No
	Yes
)

// WentWrong reports whether a deployment failed in production, was rolled back or has a
// linked incident.
func (d *Deployment) WentWrong() bool { return d.Outcome != Succeeded || d.Linked > 0 }

// DeploymentRecord is a record of the dataset deployments.
type DeploymentRecord struct {
	ID, URL               string
	Service               Ref
	Environment, Result   Ref // of Batch.Word
	Finished, FirstCommit Time
	Unplanned             Flagged
	Incidents             RefList
	Line                  uint32
}
