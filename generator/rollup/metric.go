package rollup

import (
	"strings"

	"uptree/generator/model"
)

// Unit is what a value is counted in.
type Unit string

// The units, as in index.json.
const (
	Seconds  Unit = "s"
	One      Unit = "1"
	Ratio    Unit = "ratio"
	Currency Unit = "currency" // each amount names its own
	// PerPerson is of counts per head.
	PerPerson Unit = "1/person"
)

// IsCurrency reports whether values are money of the currency that the unit names.
func (u Unit) IsCurrency() bool { return len(u) == len("EUR") && u == Unit(strings.ToUpper(string(u))) }

// Known reports whether it is a unit of uptree's or a currency, not a word of the
// organisation's own.
func (u Unit) Known() bool {
	return u == Seconds || u == One || u == Ratio || u == Currency || u.IsCurrency()
}

// Operator is how records become a value: see the table of operators in the guide.
type Operator string

// The operators.
const (
	Sum          Operator = "sum"
	Set          Operator = "set"
	Time         Operator = "time"
	RatioOf      Operator = "ratio"
	States       Operator = "states"
	Distribution Operator = "distribution"
	Latest       Operator = "latest"
	PerService   Operator = "services"
)

// Better says which direction of a value is the wished one.
type Better string

// The directions.
const (
	Lower   Better = "lower"
	Higher  Better = "higher"
	Neither Better = "neither"
)

// Metric is a row of the metric table. Its texts are printed by "uptree list metrics"
// and on the site's metrics page.
type Metric struct {
	ID       string
	Title    string
	Unit     Unit
	Operator Operator
	Dataset  model.Dataset
	By       []string // dimensions
	Better   Better
	Formula  string // how it is computed, in one or two sentences
	Doc      string // what it tells and what it does not
	Caveat   string
	Since    string // version of uptree that introduced the definition; "" of the site's own

	// Own is the definition of a metric of the organisation's own; nil for those of uptree.
	Own *model.OwnMetric

	eval    func(*scope) []Cell                          // one cell per period
	daily   func(s *scope, out *Series, days int)        // a row per day for charts; nil where it has none
	records func(s *scope, period int, put func(Record)) // gives what it is made of; nil where that cannot be listed
	counts  func(*model.Incident) bool                   // conserved metrics: the records that it is about
	found   findingCount                                 // conserved metrics of findings: which count
	weigh   func(*model.Incident, Window) float64        // sums: what a record adds; nil where it counts as one
}

// HasDays reports whether the metric has a series of days, for charts.
func (m *Metric) HasDays() bool { return m.daily != nil }
