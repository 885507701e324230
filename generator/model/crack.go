package model

// CrackKind says what fell between the nodes.
type CrackKind uint8

// The kinds of cracks that freezing finds.
const (
	CrackUnowned          CrackKind = iota // service without any owner
	CrackUnknownOwner                      // owner id that is no node
	CrackUserOwner                         // a person as owner
	CrackManyOwners                        // several known owners
	CrackUnknownParent                     // node under an unknown parent
	CrackSeveralRoots                      // one of several roots
	CrackUnknownService                    // incident that names an unknown service
	CrackNoService                         // incident without any known service
	CrackNoCause                           // incident without any known cause
	CrackUnknownSubject                    // synthetic test of an unknown subject
	CrackUnknownDepEnd                     // dependency from or to an unknown service
	CrackJourneyService                    // journey through an unknown service
	CrackDeployedService                   // deployment of an unknown service
	CrackDeployedIncident                  // deployment that names an unknown incident
	CrackFoundService                      // security finding in an unknown service
	CrackNotCovered                        // living service that no source has ever named
	CrackObjectiveSubject                  // objective for an unknown service or journey
	CrackUnknownObjective                  // measurement or exclusion of an unknown objective
	CrackCostSubject                       // cost of an unknown service or node
	CrackUnallocated                       // cost that names neither service nor node
	CrackObservedSubject                   // observation of an unknown service, journey or node
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
