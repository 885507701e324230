package generator_test

import (
	"slices"
	"strings"
	"time"
)

// The oracle computes every figure from the raw records with plain loops. It is slow and
// shares no code with the program.
type oracle struct {
	in    *organisation
	zone  *time.Location
	now   int64
	today string // the civil date of as_of

	nodeRows map[string][]nodeRow // by id, merged, in order of valid_from
	parent   map[string]string    // living and generated nodes; "" for the tops
	root     string

	services map[string]*oracleService
	aliases  map[string]string
	journeys map[string]*oracleJourney

	incidents   []*oracleIncident // those of all sources, pilots included
	results     []oracleResult
	deployments []*oracleDeployment
	findings    map[string][]*oracleFinding
	foundSince  map[int]int64 // per source of findings: since when it covers its subjects
	costs       []*oracleCost
	staffing    []*oracleStaffing
	observed    []*oracleObserved
	objectives  map[string]*oracleObjective
	first       int64             // when the first measurement of an objective began
	windows     map[string][]span // per period: the current window and the twelve before it
	starts      map[string]int64  // first moments of days that were looked for
}

type oracleService struct {
	id, home   string
	living     bool
	thirdParty bool
	tenures    []tenured // in order of their first days
}

type oracleJourney struct {
	id, home string
	services []string
}

const (
	notOwned   = "_not-owned"
	thirdParty = "_third-party"
	ownRoot    = "_root"
)

func newOracle(in *organisation) *oracle {
	zone, err := time.LoadLocation(in.Zone)
	if err != nil {
		panic(err)
	}
	o := &oracle{in: in, zone: zone, now: instant(in.AsOf), windows: map[string][]span{}, starts: map[string]int64{}, findings: map[string][]*oracleFinding{}, foundSince: map[int]int64{}}
	o.today = o.dateOf(o.now)
	o.readTree()
	o.readServices()
	o.readJourneys()
	for i := range in.Sources {
		o.readIncidents(&in.Sources[i], i)
		o.readResults(&in.Sources[i], i)
		o.readDeployments(&in.Sources[i], i)
		o.readFindings(&in.Sources[i], i)
		o.readCosts(&in.Sources[i], i)
		o.readStaffing(&in.Sources[i], i)
		o.readObserved(&in.Sources[i], i)
	}
	o.settleIncidents()
	o.readObjectives()
	o.settleDeployments()
	o.settleFindings()
	for _, p := range in.Periods {
		o.windows[p] = o.periodWindows(p)
	}
	return o
}

// list splits a list in one cell.
func list(cell string) (out []string) {
	for item := range strings.SplitSeq(cell, ";") {
		if item != "" {
			out = append(out, item)
		}
	}
	return out
}

// readTree merges node records by id and valid_from and hangs the living ones up.
func (o *oracle) readTree() {
	o.nodeRows, o.parent = map[string][]nodeRow{}, map[string]string{}
	for _, r := range o.in.Nodes {
		rows := o.nodeRows[r.ID]
		i := slices.IndexFunc(rows, func(have nodeRow) bool { return have.ValidFrom == r.ValidFrom })
		if i < 0 {
			o.nodeRows[r.ID] = append(rows, r)
			continue
		}
		first(&rows[i].Parent, r.Parent)
		first(&rows[i].ValidTo, r.ValidTo)
		first(&rows[i].Successor, r.Successor)
	}
	var tops []string
	plainRoot := true
	for id, rows := range o.nodeRows {
		slices.SortFunc(rows, func(a, b nodeRow) int { return strings.Compare(a.ValidFrom, b.ValidFrom) })
		row := o.livingRow(id)
		if row == nil {
			continue
		}
		o.parent[id] = o.standsFor(row.Parent)
		if o.parent[id] == "" {
			tops = append(tops, id)
			plainRoot = plainRoot && row.Parent == ""
		}
	}
	if o.root = tops[0]; len(tops) > 1 || !plainRoot {
		o.root = ownRoot
		o.parent[ownRoot] = ""
		for _, id := range tops {
			o.parent[id] = ownRoot
		}
	}
	o.parent[notOwned], o.parent[thirdParty] = o.root, ""
}

// first keeps the first value given.
func first(have *string, given string) {
	if *have == "" {
		*have = given
	}
}

// livingRow is the record of a node that holds today; dates compare as texts.
func (o *oracle) livingRow(id string) *nodeRow {
	var out *nodeRow
	for i := range o.nodeRows[id] {
		if r := &o.nodeRows[id][i]; o.holds(r.ValidFrom, r.ValidTo) {
			out = r
		}
	}
	return out
}

func (o *oracle) holds(from, to string) bool {
	return from <= o.today && (to == "" || o.today <= to)
}

// standsFor is the living node that answers for an id: along successors, else upwards.
func (o *oracle) standsFor(id string) string {
	for range 1000 {
		rows := o.nodeRows[id]
		if len(rows) == 0 {
			return ""
		}
		if o.livingRow(id) != nil {
			return id
		}
		last := rows[len(rows)-1]
		if id = last.Successor; len(o.nodeRows[id]) == 0 {
			id = last.Parent
		}
	}
	return ""
}

// path lists a node and its ancestors from the top down.
func (o *oracle) path(node string) (out []string) {
	for ; node != ""; node = o.parent[node] {
		out = append([]string{node}, out...)
	}
	return out
}

// under reports whether a node is another one or below it.
func (o *oracle) under(node, top string) bool { return slices.Contains(o.path(node), top) }

// meet is the last node that the paths of two nodes share.
func (o *oracle) meet(a, b string) (out string) {
	pa, pb := o.path(a), o.path(b)
	for i := 0; i < min(len(pa), len(pb)) && pa[i] == pb[i]; i++ {
		out = pa[i]
	}
	return out
}

// known returns the distinct known services of a list.
func (o *oracle) known(ids []string) (out []string) {
	for _, id := range ids {
		if o.services[id] == nil {
			id = o.aliases[id]
		}
		if o.services[id] != nil && !slices.Contains(out, id) {
			out = append(out, id)
		}
	}
	return out
}

func (o *oracle) readJourneys() {
	o.journeys = map[string]*oracleJourney{}
	for _, r := range o.in.Journeys {
		j := &oracleJourney{id: r.ID, services: o.known(list(r.Services)), home: o.standsFor(r.Owner)}
		if j.home == "" {
			for _, s := range j.services {
				switch home := o.services[s].home; {
				case home == thirdParty || home == notOwned:
				case j.home == "":
					j.home = home
				default:
					j.home = o.meet(j.home, home)
				}
			}
		}
		if j.home == "" {
			j.home = notOwned
		}
		o.journeys[j.id] = j
	}
}
