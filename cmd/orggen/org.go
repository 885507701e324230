package main

import (
	"errors"
	"hash/fnv"
	"path/filepath"
	"time"
)

// organisation is an org tree, the services in it and the graph between them.
type organisation struct {
	nodes    []node    // a parent before its children
	services []service // as in the outline
	journeys []journey
	edges    []edge
}

type node struct {
	id, title, kind string
	parent          int // index, or -1 at the root
	order           int
	until           string // first day on which it no longer exists
	successor       string
	was             former  // its parent before
	weight          float64 // how often its services break, in proportion
}

type service struct {
	id, title  string
	node       int // the node it stands under in the outline; -1 for a third party
	owners     []string
	tier       string
	lifecycle  string
	thirdParty bool
	aliases    []string
	until      string
	was        former // its owner before
	needs      []string
	hub        float64 // how much others rely on it, in proportion
	weight     float64 // how often it breaks, in proportion; 0 is never
	probes     []string
	runs       bool // the last days of its probe are single runs
}

// former is the node that another, or a service, belonged to until a day; the zero former is
// that it was never otherwise.
type former struct {
	node string
	last time.Time
}

// day is n days after the last one, as in a table.
func (f former) day(n int) string { return f.last.AddDate(0, 0, n).Format(time.DateOnly) }

type journey struct {
	id, title, owner string
	services         []string
	probes           []string
	browser          bool // also tried in a browser
}

// edge is a dependency between two services, by index.
type edge struct {
	from, to           int
	hardness, evidence string
}

// under reports whether node n lies at or below the node with the id.
func (o *organisation) under(n int, id string) bool {
	for ; n >= 0; n = o.nodes[n].parent {
		if o.nodes[n].id == id {
			return true
		}
	}
	return false
}

// ancestor returns the nearest node of the kind at or above n, or -1.
func (o *organisation) ancestor(n int, kind string) int {
	for n >= 0 && o.nodes[n].kind != kind {
		n = o.nodes[n].parent
	}
	return n
}

// service returns the index of the service with the id, or -1.
func (o *organisation) service(id string) int {
	for i := range o.services {
		if o.services[i].id == id {
			return i
		}
	}
	return -1
}

// dependents returns, per service, the services that rely on it.
func (o *organisation) dependents() [][]int {
	in := make([][]int, len(o.services))
	for _, e := range o.edges {
		in[e.to] = append(in[e.to], e.from)
	}
	return in
}

// write writes the tables of the organisation into a folder.
func (o *organisation) write(dir string) error {
	return errors.Join(o.writeNodes(dir), o.writeServices(dir), o.writeEdges(dir), o.writeJourneys(dir))
}

func (o *organisation) writeNodes(dir string) error {
	f := createCSV(filepath.Join(dir, "org.csv"), "id,title,kind,parent,order,valid_from,valid_to,successor")
	for _, n := range o.nodes {
		parent, from := "", ""
		if n.parent >= 0 {
			parent = o.nodes[n.parent].id
		}
		if n.was.node != "" {
			n.write(f, n.was.node, "", n.was.day(0))
			from = n.was.day(1)
		}
		n.write(f, parent, from, n.until)
	}
	return f.close()
}

// write writes what a node is from one day to another.
func (n *node) write(f *csvFile, parent, from, to string) {
	f.text(n.id)
	f.text(n.title)
	f.text(n.kind)
	f.text(parent)
	f.number(n.order)
	f.text(from)
	f.text(to)
	f.text(n.successor)
	f.end()
}

func (o *organisation) writeServices(dir string) error {
	f := createCSV(filepath.Join(dir, "services.csv"), "id,title,owner,tier,lifecycle,system,third_party,url,aliases,valid_from,valid_to")
	for _, s := range o.services {
		from := ""
		if s.was.node != "" {
			o.writeService(f, s, []string{s.was.node}, "", s.was.day(0))
			from = s.was.day(1)
		}
		o.writeService(f, s, s.owners, from, s.until)
	}
	return f.close()
}

// writeService writes what a service is from one day to another.
func (o *organisation) writeService(f *csvFile, s service, owners []string, from, to string) {
	f.text(s.id)
	f.text(s.title)
	f.list(owners)
	f.text(s.tier)
	f.text(s.lifecycle)
	f.text(o.system(s))
	f.flag(s.thirdParty)
	f.text("https://catalogue.acme.example/services/" + urlPath(s.id))
	f.list(s.aliases)
	f.text(from)
	f.text(to)
	f.end()
}

// system is the part of the landscape that a service belongs to: the cluster or area
// it was built in.
func (o *organisation) system(s service) string {
	for _, kind := range []string{"cluster", "area"} {
		if n := o.ancestor(s.node, kind); n >= 0 {
			return o.nodes[n].id
		}
	}
	return ""
}

// traced reports whether tracing has seen a dependency that is declared: nine in ten, told by
// the names, so that nothing else that is drawn changes with it.
func traced(from, to string) bool {
	h := fnv.New32a()
	h.Write([]byte(from + " " + to)) // cannot fail
	return h.Sum32()%10 > 0
}

func (o *organisation) writeEdges(dir string) error {
	f := createCSV(filepath.Join(dir, "dependencies.csv"), "from,to,hardness,evidence")
	for _, e := range o.edges {
		from, to := o.services[e.from].id, o.services[e.to].id
		write := func(evidence string) {
			for _, cell := range []string{from, to, e.hardness, evidence} {
				f.text(cell)
			}
			f.end()
		}
		if write(e.evidence); e.evidence == "declared" && traced(from, to) {
			write("observed")
		}
	}
	for _, e := range strayEdges {
		for _, cell := range e {
			f.text(cell)
		}
		f.end()
	}
	return f.close()
}

func (o *organisation) writeJourneys(dir string) error {
	f := createCSV(filepath.Join(dir, "journeys.csv"), "id,title,services,owner,url")
	for _, j := range o.journeys {
		f.text(j.id)
		f.text(j.title)
		f.list(j.services)
		f.text(j.owner)
		f.text("https://catalogue.acme.example/journeys/" + urlPath(j.id))
		f.end()
	}
	return f.close()
}
