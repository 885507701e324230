package model

// DetectedBy says who noticed an incident first.
type DetectedBy uint8

// Who noticed; unknown words read as not recorded.
const (
	DetectedUnknown DetectedBy = iota
	DetectedMonitor
	DetectedCustomer
	DetectedPerson
)

// Phase counts the endpoints of an incident's response in order.
type Phase uint8

// The moments of an incident. A phase is named by the moment it leads to.
const (
	Started Phase = iota
	Detected
	Acknowledged
	Identified
	Mitigated
	Resolved
	NumMoments
)

// Incident is one incident or planned piece of maintenance. Moments after as_of read as
// not recorded.
type Incident struct {
	ID, Title, URL  string
	Severity        uint16 // index into Model.Severities
	Type            uint16 // index into Model.Types
	Services        []ServiceIdx
	Cause           []ServiceIdx
	Homes           []NodeIdx // distinct homes of Services on the day it began, ascending; (not owned) where there is none
	CauseHomes      []NodeIdx // distinct homes of Cause on that day, ascending
	Unknown         *Unknown  // nil where every id is known
	Moments         [NumMoments]Time
	End             Time // end of the impact: see Options.ImpactEnds
	Open            bool // the impact runs to as_of
	Planned         bool
	Reviewed        bool
	Review          string // link or text, "" where only the fact is known
	DetectedBy      DetectedBy
	FollowupsOpen   int32 // -1 where not recorded
	FollowupsClosed int32
	Origin          Origin
}

// Start returns when the impact began.
func (i *Incident) Start() Time { return i.Moments[Started] }
