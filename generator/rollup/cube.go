package rollup

import "uptree/generator/model"

// SubjectKind says what a figure is about.
type SubjectKind uint8

// The kinds of subjects that have figures.
const (
	NodeSubject SubjectKind = iota
	ServiceSubject
	JourneySubject
)

// Subject is a node, service or journey of the model.
type Subject struct {
	Kind  SubjectKind
	Index int32
}

// OfNode returns the subject of a node.
func OfNode(n model.NodeIdx) Subject { return Subject{NodeSubject, int32(n)} }

// OfService returns the subject of a service.
func OfService(s model.ServiceIdx) Subject { return Subject{ServiceSubject, int32(s)} }

// OfJourney returns the subject of a journey.
func OfJourney(j model.JourneyIdx) Subject { return Subject{JourneySubject, int32(j)} }

// Stats are all figures of one subject: one row per metric of Metrics, in it one cell per
// period of Cube.Periods.
type Stats [][]Cell

// Cell is one metric at one subject over one period. Fields that the metric's operator
// does not have are zero or nil.
type Cell struct {
	Known  bool
	Reason Reason  // why it is not known
	Value  float64 // seconds, a count or a ratio: see Metric.Unit; not used by distributions
	N      int     // records behind the value
	Sum    float64 // time: the plain sum beside the union

	Num, Den int64 // ratio

	Previous       float64 // the value over the period before
	PreviousReason Reason  // why there is none; ReasonNone where Previous holds
	Usual          *[2]float64

	Covered, Of int // living own subjects that a source covers, of how many

	Parts    []Part // incidents: own, inherited, unrecorded; phase hours: the phases and the remainder
	Exported *float64
	Segments []Part // own_only, inherited_only, unrecorded_only, several; they add up to Value
	By       []Breakdown
	Dists    []Dist
	Spread   *Spread // metrics per service, at what holds several services; Known where it has a figure
	Worst    []Worst // ratio: the worst three parts by name, only those with failures
	Failed   int     // synthetics: tests that failed at all
	Tests    int     // synthetics: tests that ran
	Oldest   model.Time
	Spent    []Spent      // cost: by currency, also where several are and the value is not known
	States   *StateCounts // states: also where none has data and the value is not known

	Conserved *Conservation
	Notes     []Note
}

// Part is one named term of a value.
type Part struct {
	Name  string
	Value float64
}

// Breakdown is a value along one dimension, sorted by name (severities in their order).
type Breakdown struct {
	Dimension string
	Parts     []Part
	Omitted   int // parts left out because there are too many; the largest are kept
}

// Dist is a distribution: never a mean. Median and P90 are in seconds.
type Dist struct {
	Name       string
	N          int
	Median     float64
	P90        *float64 // nearest rank; absent under ten
	Incomplete int      // an endpoint is missing
	OutOfOrder int      // the end is before the start
}

// Worst is a part of a ratio by name.
type Worst struct {
	Name     string
	Num, Den int64
}

// Conservation holds the terms of N = Σ children + direct − shared, in the metric's unit.
type Conservation struct {
	Children []Part // by node id, in the org's own order
	Direct   float64
	Shared   float64
}

// Reason says why a figure is missing.
type Reason uint8

// The reasons.
const (
	ReasonNone        Reason = iota
	ReasonNoSubjects         // the node has nothing that the metric measures
	ReasonNotCovered         // no source has ever named a subject of it
	ReasonNoData             // covered, but nothing to divide by in this period
	ReasonNoHistory          // the sources do not reach back over the whole period before
	ReasonNoPast             // values of the past are not kept for this metric
	ReasonNoSource           // no source gives the dataset
	ReasonDistributed        // a distribution has no single value
	ReasonTooFew             // too few deployments of every service
	ReasonNoLimit            // nothing says when what is open is due
	ReasonCurrencies         // several currencies, which are never added
	ReasonUnpublished        // site.toml keeps it from the site
	ReasonRedefined          // the definition of the metric changed since
	ReasonTooCoarse          // the records are of longer stretches than the period
	ReasonFewPeople          // a figure per head of too few people
	ReasonTelling            // from it that of too few people could be found
)

// String returns the words of index.json.
func (r Reason) String() string {
	return [...]string{"", "nothing here is measured by it", "not covered", "no data", "sources do not reach back that far",
		"no history kept", "no source", "a distribution, see its parts", "under five deployments of each service", "nothing says when it is due",
		"several currencies", "not published", "its definition changed since", "records of longer stretches", "under five people",
		"would tell of under five people"}[r]
}

// Note is something to know about a value, counted.
type Note struct {
	Code  NoteCode
	Count int
}

// NoteCode names a note; its sentence stands in the theme's words.
type NoteCode string

// The notes.
const (
	NoteOpen          NoteCode = "open"           // incidents still open, counted to as_of
	NoteIncomplete    NoteCode = "incomplete"     // phases without an endpoint
	NoteOutOfOrder    NoteCode = "out_of_order"   // phases that end before they start
	NoteNotRecorded   NoteCode = "not_recorded"   // records that do not say
	NoteThirdParty    NoteCode = "third_party"    // inherited from another company
	NotePartialDay    NoteCode = "partial_day"    // day counts of a day that is not over
	NoteZeroLength    NoteCode = "zero_length"    // incidents without a length
	NotePartialCovers NoteCode = "partial_period" // a source begins inside the period
	NoteFirstLook     NoteCode = "first_look"     // findings that were there when their source was first looked at
	NoteRedefined     NoteCode = "redefined"      // the definition changed in the period
	NoteCoarse        NoteCode = "coarse"         // records of several days that only begin or end in the period
)

// Class says where the cause of an impact lies, seen from a subject.
type Class uint8

// The classes.
const (
	Own Class = iota
	Inherited
	Unrecorded
	NumClasses
)

// String returns the class as in index.json.
func (c Class) String() string { return [...]string{"own", "inherited", "unrecorded"}[c] }
