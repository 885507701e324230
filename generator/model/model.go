package model

import "sort"

// NodeIdx, ServiceIdx and JourneyIdx are places in the Model's slices; NoIndex is none.
type (
	NodeIdx    int32
	ServiceIdx int32
	JourneyIdx int32
)

// NoIndex is the index of nothing.
const NoIndex = -1

// Ids of the generated nodes.
const (
	RootID       = "_root"        // above several roots
	NotOwnedID   = "_not-owned"   // child of the root: what no known node owns
	ThirdPartyID = "_third-party" // beside the root, in nobody's subtree
)

// Origin is where a record came from.
type Origin struct {
	Source int32  // index into Model.Sources
	File   uint32 // index into Model.Files
	Line   uint32
}

// Node is a node of the org tree, stored in preorder.
type Node struct {
	ID, Title, Kind string
	Parent          NodeIdx // NoIndex for the root and for (third party)
	End             NodeIdx // sub(N) is the nodes from N to before End
	Depth           int     // 0 for the root
	Children        []NodeIdx
	Services        []ServiceIdx // living services whose home is the node, by title
	Journeys        []JourneyIdx // journeys whose home is the node, by title
	Generated       bool         // _root, _not-owned, _third-party
	Successor       string
	ValidFrom       Day // NoDay where open
	ValidTo         Day
	Origin          Origin
}

// Service is a service of the graph.
type Service struct {
	ID, Title               string
	Tier, Lifecycle, System string
	URL                     string
	Aliases                 []string
	Home                    NodeIdx   // who answers for it
	Owners                  []NodeIdx // the known owners; several are contributors
	UnknownOwners           []string  // owner ids that are no node
	UserOwned               bool      // a person was named as owner; the name is not kept
	ThirdParty              bool
	Living                  bool // valid at as_of
	ValidFrom, ValidTo      Day
	DependsOn, DependedOnBy []int32 // indices into Model.Dependencies
	Journeys                []JourneyIdx
	Origin                  Origin
}

// Hardness says what the failure of a dependency does.
type Hardness uint8

// The degrees of hardness; unstated counts as hard when promises are compared.
const (
	HardnessUnstated Hardness = iota
	Hard
	Soft
	Async
)

// Dependency is an edge of the service graph.
type Dependency struct {
	From, To ServiceIdx
	Hardness Hardness
	Declared bool
	Observed bool
	Origin   Origin
}

// Journey is an end-to-end flow of a consumer across services.
type Journey struct {
	ID, Title, URL  string
	Services        []ServiceIdx
	UnknownServices []string
	Home            NodeIdx
	Owner           NodeIdx // NoIndex where none is recorded
	Origin          Origin
}

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
	Homes           []NodeIdx // distinct homes of Services, ascending; (not owned) where there is none
	CauseHomes      []NodeIdx // distinct homes of Cause, ascending
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

// Run is a stretch of results of one test that stand together in one file.
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
	test     uint32
	Location uint16 // index into Model.Locations
	IsDay    bool
}

// Good and Valid are the numerator and denominator of success: a flaky run passed once.
func (r *Result) Good() int64 { return int64(r.Passed) + int64(r.Flaky) }

// Valid counts the runs that were not skipped.
func (r *Result) Valid() int64 { return r.Good() + int64(r.Failed) }

// SourceInfo is what the model knows of one source.
type SourceInfo struct {
	Name        string
	Title       string
	Datasets    []Dataset
	CoversFrom  Time // covers_from, else the start of its first record; None without records
	Pilot       bool
	FileNames   []string
	Read        int // accepted + merged + rejected
	Accepted    int
	Merged      int
	Rejected    int
	Unmapped    int // inputs for which the mapping emitted nothing
	Rejects     []Reject
	FetchedAt   Time // when its newest file was written or fetched; None where unknown
	Status      SourceStatus
	Reason      string // why it is not ok
	Definition  string // one line of its kind, format and mapping, without secrets
	CoversCount int    // subjects that it covers
}

// SourceStatus is how a source fared in this build.
type SourceStatus uint8

// The states of a source, as in build.json.
const (
	SourceOK SourceStatus = iota
	SourceStale
	SourceOmitted
	SourceFailed
)

// String returns the word of build.json.
func (s SourceStatus) String() string {
	return [...]string{"ok", "stale", "omitted", "failed"}[s]
}

// Reject is one record that could not be used.
type Reject struct {
	File   string
	Line   int
	Reason string
}

// Model is the frozen input of a build. It never changes.
type Model struct {
	AsOf     Time
	Calendar *Calendar

	Nodes      []Node // preorder; Nodes[0] is the root; the last is (third party)
	NotOwned   NodeIdx
	ThirdParty NodeIdx

	Services     []Service // by id
	Journeys     []Journey // by id
	Dependencies []Dependency
	Incidents    []Incident // by start, then id, then source
	Tests        []Test     // by home of the subject, subject, id, source

	Severities []string // graver first where [severity.incidents] orders them; "" is not recorded
	Types      []string
	Locations  []string
	ResultURLs []string
	Sources    []SourceInfo
	Files      []string

	Cracks []Crack

	byNode    map[string]NodeIdx
	byService map[string]ServiceIdx
	byJourney map[string]JourneyIdx
	alias     map[string]ServiceIdx
	incidents map[string]int32 // id -> first incident

	covered [numDatasets]bitset // per dataset: services, then journeys
}

// Node returns the node with the id.
func (m *Model) Node(id string) (NodeIdx, bool) {
	n, ok := m.byNode[id]
	return n, ok
}

// Service returns the service with the id or alias.
func (m *Model) Service(id string) (ServiceIdx, bool) {
	if s, ok := m.byService[id]; ok {
		return s, true
	}
	s, ok := m.alias[id]
	return s, ok
}

// Journey returns the journey with the id.
func (m *Model) Journey(id string) (JourneyIdx, bool) {
	j, ok := m.byJourney[id]
	return j, ok
}

// Incident returns the incident with the id, the first where sources share one.
func (m *Model) Incident(id string) (int32, bool) {
	i, ok := m.incidents[id]
	return i, ok
}

// In reports whether node n lies in sub(top).
func (m *Model) In(n, top NodeIdx) bool { return n >= top && n < m.Nodes[top].End }

// Path returns the nodes from the root (or (third party)) down to n.
func (m *Model) Path(n NodeIdx) []NodeIdx {
	path := make([]NodeIdx, m.Nodes[n].Depth+1)
	for i := len(path) - 1; i >= 0; i-- {
		path[i] = n
		n = m.Nodes[n].Parent
	}
	return path
}

// LCA returns the lowest common ancestor of two nodes, or NoIndex where they share none
// (one is (third party)).
func (m *Model) LCA(a, b NodeIdx) NodeIdx {
	for a != NoIndex && !m.In(b, a) {
		a = m.Nodes[a].Parent
	}
	return a
}

// ServiceCovered reports whether a source of the dataset covers the service.
func (m *Model) ServiceCovered(d Dataset, s ServiceIdx) bool { return m.covered[d].has(int(s)) }

// JourneyCovered reports whether a source of the dataset covers the journey.
func (m *Model) JourneyCovered(d Dataset, j JourneyIdx) bool {
	return m.covered[d].has(len(m.Services) + int(j))
}

// ChildHolding returns the child of top whose subtree holds n, which lies below top.
func (m *Model) ChildHolding(top, n NodeIdx) NodeIdx {
	children := m.Nodes[top].Children
	i := sort.Search(len(children), func(k int) bool { return m.Nodes[children[k]].End > n })
	return children[i]
}

// SubjectID returns the id of what a test is about, as given where it is unknown.
func (m *Model) SubjectID(s Subject) string {
	switch {
	case s.Service != NoIndex:
		return m.Services[s.Service].ID
	case s.Journey != NoIndex:
		return m.Journeys[s.Journey].ID
	}
	return s.Unknown
}

// CrackKind says what fell between the nodes.
type CrackKind uint8

// The kinds of cracks that freezing finds.
const (
	CrackUnowned        CrackKind = iota // service without any owner
	CrackUnknownOwner                    // owner id that is no node
	CrackUserOwner                       // a person as owner
	CrackManyOwners                      // several known owners
	CrackUnknownParent                   // node under an unknown parent
	CrackSeveralRoots                    // one of several roots
	CrackUnknownService                  // incident that names an unknown service
	CrackNoService                       // incident without any known service
	CrackNoCause                         // incident without any known cause
	CrackUnknownSubject                  // synthetic test of an unknown subject
	CrackUnknownDepEnd                   // dependency from or to an unknown service
	CrackJourneyService                  // journey through an unknown service
	CrackNotCovered                      // living service that no source has ever named
	NumCrackKinds
)

// Crack is one thing that belongs to nobody, or not clearly.
type Crack struct {
	Kind    CrackKind
	Node    NodeIdx    // NoIndex where not about a node
	Service ServiceIdx // NoIndex where not about a service
	Journey JourneyIdx
	// Incident is the index of an incident, NoIndex where not about one.
	Incident int32
	Text     string // the id as given where it is unknown
	Origin   Origin
}

type bitset []uint64

func (b bitset) has(i int) bool { return i>>6 < len(b) && b[i>>6]&(1<<(i&63)) != 0 }

func (b *bitset) set(i int) {
	for len(*b) <= i>>6 {
		*b = append(*b, 0)
	}
	(*b)[i>>6] |= 1 << (i & 63)
}
