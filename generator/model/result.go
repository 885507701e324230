package model

// Subject is what a synthetic test is about: one service or one journey.
type Subject struct {
	Service ServiceIdx // NoIndex where a journey
	Journey JourneyIdx // NoIndex where a service
	Unknown string     // the id as given where it is neither
	Home    NodeIdx    // of a service: on the days of the results
}

// Unknown holds the ids of an incident that no record defines, as they were given.
type Unknown struct {
	Services []string
	Cause    []string
}

// Test is one synthetic test of one source about one subject. Tests are sorted by the
// home of their subject, so that those of a subtree are neighbours. The test of a service
// that changed hands has a Test for each of its homes, equal but for Home and Runs.
type Test struct {
	ID, Title string
	Subject   Subject
	Source    int32
	Runs      []Run // together all results
}

// Run holds the results of one test that stand in one file, sorted by time, then location.
type Run struct {
	File uint32 // index into Model.Files
	rows []resultRow
	wide []wideCounts // of all runs of the file
}

// Len is how many results the run has, at least one.
func (r *Run) Len() int { return len(r.rows) }

// Result returns the i-th result.
func (r *Run) Result(i int) Result { return r.rows[i].result(r.wide) }

// Result is the outcome of one run of a test (counts 1 or 0) or of one day of runs.
type Result struct {
	At       uint32 // seconds since the Unix epoch; the first moment of its day for a day
	Passed   uint32
	Failed   uint32
	Flaky    uint32
	Skipped  uint32
	URL      uint32 // index into Model.ResultURLs; 0 is none, as for every result without a failure
	Line     uint32
	Location uint16 // index into Model.Locations
	IsDay    bool
}

// Good and Valid are the numerator and denominator of success: a flaky run passed once.
func (r *Result) Good() int64 { return int64(r.Passed) + int64(r.Flaky) }

// Valid counts the runs that were not skipped.
func (r *Result) Valid() int64 { return r.Good() + int64(r.Failed) }

// resultRow is a Result as it is kept: there are millions, and nearly all have small counts
// and no address. The counts of the others stand in a table beside.
type resultRow struct {
	at, line uint32
	counts   uint32 // 16 bits passed, 8 failed, 4 flaky, 4 skipped; or the place in the table
	location uint16
	flags    uint8
}

// The flags of a resultRow.
const (
	flagDay = 1 << iota
	flagWide
)

// wideCounts are what does not fit into a resultRow.
type wideCounts struct{ passed, failed, flaky, skipped, url uint32 }

// packed returns counts as they stand in a resultRow, if they fit.
func (c *wideCounts) packed() (uint32, bool) {
	if c.passed >= 1<<16 || c.failed >= 1<<8 || c.flaky >= 1<<4 || c.skipped >= 1<<4 || c.url != 0 {
		return 0, false
	}
	return c.passed<<16 | c.failed<<8 | c.flaky<<4 | c.skipped, true
}

func (r *resultRow) isDay() bool { return r.flags&flagDay != 0 }

func (r *resultRow) result(wide []wideCounts) Result {
	out := Result{At: r.at, Line: r.line, Location: r.location, IsDay: r.isDay()}
	if r.flags&flagWide != 0 {
		c := &wide[r.counts]
		out.Passed, out.Failed, out.Flaky, out.Skipped, out.URL = c.passed, c.failed, c.flaky, c.skipped, c.url
		return out
	}
	out.Passed, out.Failed, out.Flaky, out.Skipped = r.counts>>16, r.counts>>8&0xff, r.counts>>4&0xf, r.counts&0xf
	return out
}
