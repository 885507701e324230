package rollup

import (
	"uptree/generator/diag"
	"uptree/generator/model"
)

// PeriodSpec is a period to compute: Days of a rolling one, or 0 and a calendar unit as Name.
type PeriodSpec struct {
	Name string
	Days int
}

// Period is a period with its edges resolved against as_of. Windows are half-open.
type Period struct {
	Name     string
	Days     int // 0 for calendar units
	Current  Window
	Previous Window
	Past     []Window // up to twelve before the current one, latest first; Past[0] is Previous
}

// Window is a half-open stretch of time [From, To).
type Window struct{ From, To model.Time }

// Compute measures every node. It reports a problem for each total that does not reconcile.
func Compute(m *model.Model, specs []PeriodSpec, jobs int) (*Cube, diag.List) {
	panic("in the making")
}

// Cube holds the figures of a build. It is read-only and safe for concurrent use.
type Cube struct {
	Model   *model.Model
	Periods []Period
	Metrics []Metric // rows of Stats have this order
	nodes   []Stats
}

// Stats returns all figures of a subject: kept for nodes, computed for the others.
func (c *Cube) Stats(s Subject) Stats { panic("in the making") }

// Metric returns the row of the metric with the id, or -1.
func (c *Cube) Metric(id string) int { panic("in the making") }

// Incidents lists the incidents that a subject has in a period, impacted or exported,
// planned ones too, newest first.
func (c *Cube) Incidents(s Subject, period int) []Row { panic("in the making") }

// Series returns a metric per site day over the days from first to last, both included:
// incident_time as own_only, inherited_only, unrecorded_only and several; incident_count as
// what began that day; ratios as numerator and denominator.
func (c *Cube) Series(s Subject, metric int, first, last model.Day) Series {
	panic("in the making")
}

// TestRow is a synthetic test of a subject over one period.
type TestRow struct {
	Test      int // index into Model.Tests
	Good, Bad int64
	Skipped   int64
	LastFail  uint32 // row of Model.Results + 1; 0 where it never failed
}

// Tests lists the synthetic tests of a subject that ran in the period, most failures first.
func (c *Cube) Tests(s Subject, period int) []TestRow { panic("in the making") }

// Both counts the accepted unplanned incidents that are in the root and in (third party).
func (c *Cube) Both() int { panic("in the making") }
