package model

// Memory says how the records of a dataset are known again at the next build, so that they
// can be remembered after their source has dropped them. Without one they are what the
// sources say today.
type Memory struct {
	// Identity names the fields that make two records of a source the same.
	Identity []string
	// When names the fields that date a record; the first that is given counts. Without
	// them a record says how something is: what it said on which days is remembered, and
	// the days that the source itself gives (valid_from, valid_to) are left to it.
	When []string
	// Timed says that there is one record per identity and moment, as of measurements.
	Timed bool
	// Listed says that the records are a list of what is there now: on which day one was
	// first seen is remembered, and on which it was no more.
	Listed bool
}

// Memories is the table of what is remembered, indexed by Dataset.
var Memories = [numDatasets]Memory{
	Nodes:       {Identity: []string{"id"}},
	Services:    {Identity: []string{"id"}},
	SLOs:        {Identity: []string{"id"}},
	Incidents:   {Identity: []string{"id"}, When: []string{"started"}},
	Deployments: {Identity: []string{"id"}, When: []string{"finished"}},
	Synthetics:  {Identity: []string{"test", "service", "journey", "location"}, When: []string{"started", "day"}, Timed: true},
	Findings:    {Identity: []string{"id", "service"}, Listed: true},
	SLIs:        {Identity: []string{"slo"}, When: []string{"start", "day"}, Timed: true},
}

// Remembered reports whether anything of a dataset is.
func (d Dataset) Remembered() bool { return len(Memories[d].Identity) > 0 }

// State reports whether the records of a remembered dataset say how something is.
func (d Dataset) State() bool { return len(Memories[d].When) == 0 && !Memories[d].Listed }
