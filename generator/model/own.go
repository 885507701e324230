package model

import "uptree/generator/diag"

// OwnOperator is how the observations of an organisation's own metric become a figure.
type OwnOperator uint8

// The operators.
const (
	OwnSum          OwnOperator = iota // Σ of the values
	OwnSet                             // how many distinct ids
	OwnRatio                           // Σ numerators / Σ denominators
	OwnLatest                          // the last value of each subject and part, added up
	OwnDistribution                    // of the values
)

// OwnOperators are the operators as site.toml writes them; the index is the OwnOperator.
var OwnOperators = []string{"sum", "set", "ratio", "latest", "distribution"}

// OwnMetric is a metric that the organisation has defined. Texts are as given; "" where it
// says nothing.
type OwnMetric struct {
	ID, Title, Unit, By string
	Better              string // lower, higher or neither
	Formula, Doc        string
	Operator            OwnOperator
	Per                 int64 // ratios: of so many of the denominator; 1 without
	Introduced          Day   // NoDay where not said, as the others
	Retired, ReviewBy   Day
	Changes             []Redefinition // by day
	At                  diag.Pos
}

// Redefinition is a change of a metric's definition.
type Redefinition struct {
	On   Day
	What string
}

// Version counts the definitions that have held until a day.
func (m *OwnMetric) Version(today Day) int {
	n := 1
	for _, c := range m.Changes {
		if c.On <= today {
			n++
		}
	}
	return n
}

// RetiredOn reports whether the metric is no longer measured on a day.
func (m *OwnMetric) RetiredOn(day Day) bool { return m.Retired != NoDay && m.Retired <= day }

// Due reports whether a definition that is still in use was to be looked at before a day.
func (m *OwnMetric) Due(today Day) bool {
	return m.ReviewBy != NoDay && m.ReviewBy < today && !m.RetiredOn(today)
}

// Observation is a record of a metric of the organisation's own. Fields that its operator
// does not have are zero.
type Observation struct {
	Metric   int32 // index into Model.Own
	Subject  Subject
	Node     NodeIdx // the node that it is of; NoIndex where it is of a service or a journey
	At       Time    // the first moment of the day where IsDay
	IsDay    bool
	Value    Money // exact, of whatever unit
	Num, Den int64
	Part     uint16 // index into Model.OwnParts
	ID       string
	Origin   Origin
}

// ObservationRecord is a record of the dataset observations. Exactly one of Service,
// Journey and Node is given.
type ObservationRecord struct {
	Metric, Service, Journey, Node Ref // of Batch.Ref
	ID                             string
	At                             Time
	IsDay                          bool
	Value                          Money
	Num, Den                       int64
	HasValue, HasRatio             bool
	Part                           Ref // of Batch.Word
	Line                           uint32
}
