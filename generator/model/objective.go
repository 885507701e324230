package model

import (
	"strconv"
	"strings"
)

// Budgeting says what an error budget counts.
type Budgeting uint8

// The ways of budgeting. Objectives of a Model state theirs.
const (
	BudgetingUnstated Budgeting = iota
	Occurrences                 // bad events
	Timeslices                  // bad slices of time
)

// String returns the word of the dataset slos.
func (b Budgeting) String() string { return [...]string{"", "occurrences", "timeslices"}[b] }

// ParseBudgeting reads the word of the dataset slos.
func ParseBudgeting(word string) (Budgeting, bool) {
	for _, b := range []Budgeting{Occurrences, Timeslices} {
		if strings.EqualFold(word, b.String()) {
			return b, true
		}
	}
	return BudgetingUnstated, false
}

// ObjectiveWindow is the stretch of time over which an objective is judged: a rolling
// number of Days, or 0 and a calendar unit as Name.
type ObjectiveWindow struct {
	Name string // "28d", "month", "quarter"
	Days int
}

// DefaultWindow is that of an objective that names none.
var DefaultWindow = ObjectiveWindow{"28d", 28}

// maxWindowDays bounds a rolling window.
const maxWindowDays = 366

// ParseWindow reads the name of a window: "28d" or any other number of days up to 366,
// "month" or "quarter".
func ParseWindow(name string) (ObjectiveWindow, bool) {
	if name == "month" || name == "quarter" {
		return ObjectiveWindow{Name: name}, true
	}
	number, isDays := strings.CutSuffix(name, "d")
	days, err := strconv.Atoi(number)
	if !isDays || err != nil || days < 1 || days > maxWindowDays || strconv.Itoa(days) != number {
		return ObjectiveWindow{}, false
	}
	return ObjectiveWindow{name, days}, true
}

// Objective is a service level objective in the version that holds at as_of, with its
// dated targets and all that was measured of it.
type Objective struct {
	ID, Title string
	Subject   Subject
	Versions  []Version // by From; the first begins the objective
	Window    ObjectiveWindow
	Budgeting Budgeting
	Slice     Time  // timeslices: seconds of a slice
	MinEvents int64 // fewer valid events (or slices) are no data
	Indicator string
	Unit      string
	Consumer  string
	Rationale string
	URL       string
	ReviewBy  Day  // NoDay where none is set
	Weighted  bool // measured as ratios with a weight: no counts of events
	Living    bool // its subject is
	Pilot     bool // defined or measured by a pilot source

	Buckets    []Bucket // by time; no two overlap
	Exclusions []int32  // indices into Model.Exclusions, by From
	Origin     Origin
}

// Version is what an objective asks from a day on.
type Version struct {
	From        Day // NoDay where it has always held
	Target      Share
	SliceTarget Share // timeslices: share of good events that makes a slice good
	Origin      Origin
}

// At returns the version that holds on a day, nil before the first.
func (o *Objective) At(d Day) *Version {
	for i := len(o.Versions) - 1; i >= 0; i-- {
		if o.Versions[i].From <= d {
			return &o.Versions[i]
		}
	}
	return nil
}

// Begins returns the first day on which the objective holds, NoDay where it always has.
func (o *Objective) Begins() Day { return o.Versions[0].From }

// Bucket is what was measured of an objective in [From, To). A day of counts is a bucket
// from midnight to midnight; a moment is one whose ends are equal.
type Bucket struct {
	From, To    uint32 // seconds since the Unix epoch
	Good, Valid Amount
}

// Bad is what was valid and not good.
func (b *Bucket) Bad() Amount { return b.Valid - b.Good }

// Exclusion is a stretch of time that does not count against objectives: of one objective,
// or of all of one service.
type Exclusion struct {
	Objective int32      // NoIndex where of a service
	Service   ServiceIdx // NoIndex where of an objective
	From, To  Time
	Reason    string
	ByRole    string
	Expires   Day // NoDay where it does not
	Origin    Origin
}

// Objective returns the index of the objective with the id in Model.Objectives.
func (m *Model) Objective(id string) (int32, bool) {
	i, ok := m.byObjective[id]
	return i, ok
}

// ObjectivesOf returns the objectives of a subject: indices into Model.Objectives, by id.
func (m *Model) ObjectivesOf(s Subject) []int32 {
	at, ok := m.place(s)
	if !ok {
		return nil
	}
	return m.objectivesOf[at]
}
