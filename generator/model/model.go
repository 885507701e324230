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
	Before          []Former // the parents that it had before, latest first
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
	Living                  bool       // valid at as_of
	GoesOnAs                ServiceIdx // of one that has ended: the living service that has its id as an alias; else NoIndex
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
	Incidents    []Incident    // by start, then id, then source
	Tests        []Test        // by home of the subject, subject, id, source
	Objectives   []Objective   // by home of the subject, then id
	Exclusions   []Exclusion   // by From
	Deployments  []Deployment  // by service, then by when they finished
	Costs        []Cost        // by home, service and first day; what CostLevel leaves of them
	Findings     []Finding     // by key
	Own          []OwnMetric   // in the order of site.toml
	Observations []Observation // by metric, home and moment
	Staffing     []Staffing    // by node and day

	Severities []string // graver first where [severity.incidents] orders them; "" is not recorded
	Types      []string
	Locations  []string
	CostLevel  PublishLevel
	Components []string
	Currencies []string
	OwnParts   []string // of observations; "" is not recorded
	ResultURLs []string
	Sources    []SourceInfo
	Files      []string

	// Of findings: severities, gravest first, the last of which is for words without a place;
	// and kinds, of which "" is not recorded.
	FindingSeverities, FindingKinds []string

	Cracks []Crack

	Gone      []Former   // nodes that have ended, by id
	Handovers []Handover // of services, latest first
	Aliases   []Alias    // by id

	Changes []Change // what is supposed of the organisation, and is not so

	byNode    map[string]NodeIdx
	byService map[string]ServiceIdx
	byJourney map[string]JourneyIdx
	alias     map[string]ServiceIdx
	incidents map[string]int32 // id -> first incident

	handedOver map[int32][]NodeIdx // per incident: see HomesNow

	byObjective  map[string]int32
	objectivesOf map[int][]int32 // by place of the subject

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

// HomesNow returns the homes of an incident's services at as_of, to which falls what is
// still to be done about it.
func (m *Model) HomesNow(incident int32) []NodeIdx {
	if now, ok := m.handedOver[incident]; ok {
		return now
	}
	return m.Incidents[incident].Homes
}

// HandedOver reports whether any incident has other homes now than on the day it began.
func (m *Model) HandedOver() bool { return len(m.handedOver) > 0 }

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

type bitset []uint64

func (b bitset) has(i int) bool { return i>>6 < len(b) && b[i>>6]&(1<<(i&63)) != 0 }

func (b *bitset) set(i int) {
	for len(*b) <= i>>6 {
		*b = append(*b, 0)
	}
	(*b)[i>>6] |= 1 << (i & 63)
}
