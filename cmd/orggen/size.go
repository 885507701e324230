package main

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"strconv"
	"time"

	"golang.org/x/sync/errgroup"
)

// size is how much of everything a site for measurements has. Org trees are deep: a
// node has about three children.
type size struct {
	name                        string
	nodes, services, incidents  int
	days                        int
	incidentFiles, resultsFiles int
	runs                        int // of a measurement
}

var sizes = []size{
	{"S", 150, 600, 5_000, 90, 1, 8, 3},
	{"M", 2_000, 8_000, 100_000, 365, 4, 8, 3},
	{"L", 10_000, 40_000, 1_000_000, 365, 8, 8, 1},
}

func sizeNamed(name string) (size, bool) {
	for _, z := range sizes {
		if z.name == name {
			return z, true
		}
	}
	return size{}, false
}

// Shares of the big organisations: one document for so many nodes, one journey for so
// many services, and so on.
const (
	nodesPerDocument   = 20
	servicesPerJourney = 50
	edgesPerService    = 3
	servicesPerVendor  = 400
)

// bulk writes the input of a size. Records go to the files as they are drawn, so memory
// does not grow with them; each file has its own stream of random numbers, so the files
// can be written at the same time.
type bulk struct {
	size
	dir  string
	seed uint64
	span span
}

// writeSize writes a site of the size: site.toml, data and content.
func writeSize(dir string, z size, seed uint64, asOf time.Time) error {
	b := bulk{z, dir, seed, span{asOf.AddDate(0, 0, -z.days), asOf}}
	if err := errors.Join(b.writeConfig(), b.writeNodes(), b.writeServices(), b.writeEdges(), b.writeJourneys(), b.writeDocuments()); err != nil {
		return err
	}
	var g errgroup.Group
	g.SetLimit(2)
	for i := range z.resultsFiles {
		g.Go(func() error { return b.writeResults(i) })
	}
	for i := range z.incidentFiles {
		g.Go(func() error { return b.writeIncidents(i) })
	}
	return g.Wait()
}

func (b *bulk) data(name string) string { return filepath.Join(b.dir, "data", name) }

// parent places node i among those before it: mostly three children each, some many, so
// that the depth is 6 to 9 and uneven.
func (b *bulk) parent(r *rand.Rand, i int) int {
	return max((i-1)/3-r.IntN(1+i/40), 0)
}

func (b *bulk) writeNodes() error {
	r := stream(b.seed, "nodes")
	f := createCSV(b.data("org.csv"), "id,title,kind,parent,order")
	for i := range b.nodes {
		f.id('n', i)
		f.text("Node " + strconv.Itoa(i))
		f.text("team")
		if i == 0 {
			f.text("")
		} else {
			f.id('n', b.parent(r, i))
		}
		f.number(i)
		f.end()
	}
	return f.close()
}

// owner places a service: most in the lower half of the tree.
func (b *bulk) owner(r *rand.Rand) int {
	if chance(r, 0.9) {
		return b.nodes/3 + r.IntN(b.nodes-b.nodes/3)
	}
	return r.IntN(b.nodes)
}

func (b *bulk) writeServices() error {
	r := stream(b.seed, "services")
	f := createCSV(b.data("services.csv"), "id,title,owner,tier,third_party")
	for i := range b.services {
		f.id('s', i)
		f.text("Service " + strconv.Itoa(i))
		first := b.owner(r)
		switch at := r.IntN(100); {
		case at < 2: // nobody owns it
			f.text("")
		case at < 3:
			f.text("no-such-team")
		case at < 6:
			f.text(fmt.Sprintf("n%d;n%d", first, b.owner(r)))
		default:
			f.id('n', first)
		}
		f.text("tier-" + strconv.Itoa(1+r.IntN(3)))
		f.flag(i%servicesPerVendor == servicesPerVendor-1)
		f.end()
	}
	return f.close()
}

// shared draws a service that others rely on: the lower its number, the more do.
func (b *bulk) shared(r *rand.Rand) int {
	at := r.Float64()
	return int(at * at * at * float64(b.services))
}

func (b *bulk) writeEdges() error {
	r := stream(b.seed, "dependencies")
	f := createCSV(b.data("dependencies.csv"), "from,to,hardness,evidence")
	for i := range b.services {
		var seen [edgesPerService]int
		for j := range seen {
			seen[j] = (b.shared(r) + j*b.services/edgesPerService) % b.services
			if seen[j] == i || j > 0 && seen[j] == seen[j-1] {
				continue
			}
			f.id('s', i)
			f.id('s', seen[j])
			f.text(hardnesses[r.IntN(3)])
			f.text("declared")
			f.end()
		}
	}
	return f.close()
}

func (b *bulk) writeJourneys() error {
	r := stream(b.seed, "journeys")
	f := createCSV(b.data("journeys.csv"), "id,title,services")
	for i := range b.services / servicesPerJourney {
		f.id('j', i)
		f.text("Journey " + strconv.Itoa(i))
		var through []string
		for range 3 + r.IntN(5) {
			through = append(through, "s"+strconv.Itoa(b.shared(r)))
		}
		f.list(through)
		f.end()
	}
	return f.close()
}

// id appends a letter and a number.
func (f *csvFile) id(letter byte, n int) {
	f.row = append(f.row, letter)
	f.number(n)
}
