package model

import "time"

// Input is what Freeze makes a Model from.
type Input struct {
	AsOf Time
	Zone *time.Location
	// ImpactEnds is Mitigated (then Resolved, then as_of) or Resolved.
	ImpactEnds Phase
	// Severities are the organisation's words, gravest first; nil leaves vendor words as they are.
	Severities []string
	// MinEvents is what an objective needs that does not say so itself: see Objective.MinEvents.
	MinEvents int64
	Delivery  DeliveryWords
	Security  SecurityRules
	Costs     PublishLevel // how much of costs is kept for the site
	Own       []OwnMetric
	// Vendors are the words that may stand before an id of another system, with a colon:
	// pagerduty:P00BUSE. What goes by the whole of it wins over what goes by the id alone.
	Vendors []string
	Sources []SourceInput
	Batches []*Batch // in order of precedence: by source, then by file
	Changes []Change // of a what-if; none of the organisation as it is
}

// SourceInput is a source as far as the model needs it. Info is copied into the Model and
// completed: Accepted, Merged, Rejected grow by what freezing merges and drops.
type SourceInput struct {
	Info       SourceInfo
	Merge      bool     // records are identified across sources
	Covers     []string // ids, "node:<id>" for all below a node, or "*"
	CoversFrom Day      // NoDay where not given
}
