package model

// Subject is what a synthetic test is about: one service or one journey.
type Subject struct {
	Service ServiceIdx // NoIndex where a journey
	Journey JourneyIdx // NoIndex where a service
	Unknown string     // the id as given where it is neither
	Home    NodeIdx
}

// Unknown holds the ids of an incident that no record defines, as they were given.
type Unknown struct {
	Services []string
	Cause    []string
}

// Test is one synthetic test of one source about one subject. Tests are sorted by the
// home of their subject, so that those of a subtree are neighbours.
type Test struct {
	ID, Title string
	Subject   Subject
	Source    int32
	Runs      []Run // together all results; within a run they are sorted by time
}

// Run holds the results of one test that stand in one file.
type Run struct {
	File    uint32 // index into Model.Files
	Results []Result
}

// Result is the outcome of one run of a test (counts 1 or 0) or of one day of runs.
type Result struct {
	At       uint32 // seconds since the Unix epoch; the first moment of its day for a day
	Passed   uint32
	Failed   uint32
	Flaky    uint32
	Skipped  uint32
	URL      uint32 // index into Model.ResultURLs; 0 is none
	Line     uint32
	Location uint16 // index into Model.Locations
	IsDay    bool
}

// Good and Valid are the numerator and denominator of success: a flaky run passed once.
func (r *Result) Good() int64 { return int64(r.Passed) + int64(r.Flaky) }

// Valid counts the runs that were not skipped.
func (r *Result) Valid() int64 { return r.Good() + int64(r.Failed) }
