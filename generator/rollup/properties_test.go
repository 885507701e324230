package rollup_test

import (
	"flag"
	"fmt"
	"math"
	"os"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"uptree/generator/model"
	"uptree/generator/rollup"
)

// propertyChecks is how many organisations each property looks at.
const propertyChecks = "50"

// TestMain makes the properties look at the same organisations every time; give
// -rapid.seed to look at others.
func TestMain(m *testing.M) {
	flag.Parse()
	if seed := flag.Lookup("rapid.seed"); seed.Value.String() == "0" {
		if err := flag.Set("rapid.seed", "20261120"); err != nil {
			panic(err)
		}
	}
	for name, value := range map[string]string{"rapid.nofailfile": "true", "rapid.checks": propertyChecks} {
		if err := flag.Set(name, value); err != nil {
			panic(err)
		}
	}
	os.Exit(m.Run())
}

// dump writes every figure of every node, service and journey by id.
func dump(c *rollup.Cube) (out []string) {
	add := func(name string, s rollup.Subject) {
		for m, cells := range c.Stats(s) {
			for p := range cells {
				out = append(out, name+" "+c.Metrics[m].ID+" "+c.Periods[p].Name+" "+text(&c.Metrics[m], &cells[p]))
			}
		}
	}
	for n := range c.Model.Nodes {
		add("node "+c.Model.Nodes[n].ID, rollup.OfNode(model.NodeIdx(n)))
	}
	for i := range c.Model.Services {
		add("service "+c.Model.Services[i].ID, rollup.OfService(model.ServiceIdx(i)))
	}
	for i := range c.Model.Journeys {
		add("journey "+c.Model.Journeys[i].ID, rollup.OfJourney(model.JourneyIdx(i)))
	}
	return out
}

func text(metric *rollup.Metric, c *rollup.Cell) string { return fmt.Sprint(figure(metric, c)) }

func compute(t *rapid.T, in model.Input, jobs int) *rollup.Cube {
	m, problems := model.Freeze(in)
	if m == nil {
		t.Fatalf("no model: %v", problems)
	}
	cube, found := rollup.Compute(m, casePeriods, jobs)
	if len(found) > 0 {
		t.Fatalf("totals do not reconcile: %v", found)
	}
	return cube
}

func same(t *rapid.T, what string, got, want []string) {
	for i := range want {
		if got[i] != want[i] {
			t.Fatalf("%s:\n%s\nbefore\n%s", what, got[i], want[i])
		}
	}
}

func TestTheOrderOfRecordsAndFilesDoesNotMatter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := drawWorld(t)
		want := dump(compute(t, w.input(1), 2))
		w.shuffle(t)
		files := rapid.IntRange(1, 4).Draw(t, "files")
		same(t, "in another order", dump(compute(t, w.input(files), 2)), want)
	})
}

func TestTheNumberOfJobsDoesNotMatter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := drawWorld(t)
		same(t, "with eight jobs", dump(compute(t, w.input(2), 8)), dump(compute(t, w.input(2), 1)))
	})
}

// TestALevelIsMeasuredFromRecords moves everything that a node's children own to the node
// itself: its figures stay, but for the terms that they come from.
func TestALevelIsMeasuredFromRecords(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := drawWorld(t)
		top := rapid.IntRange(0, len(w.parents)-1).Draw(t, "top")
		before := w.figuresOf(t, top)
		w.collapse(top)
		same(t, "collapsed into one", w.figuresOf(t, top), before)
	})
}

func (w *world) figuresOf(t *rapid.T, node int) (out []string) {
	c := compute(t, w.input(1), 1)
	n, _ := c.Model.Node(nodeID(node))
	for m, cells := range c.Stats(rollup.OfNode(n)) {
		for p := range cells {
			cell := cells[p]
			cell.Conserved = nil
			cell.Spent = withoutTerms(cell.Spent)
			out = append(out, c.Metrics[m].ID+" "+text(&c.Metrics[m], &cell))
		}
	}
	return out
}

func TestTimesHoldTogether(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := drawWorld(t)
		c := compute(t, w.input(1), 1)
		for n := range c.Model.Nodes {
			stats := c.Stats(rollup.OfNode(model.NodeIdx(n)))
			for p := range c.Periods {
				checkTime(t, &stats[c.Metric("incident_time")][p], c.Periods[p].Current)
				checkConservation(t, c, stats, p)
			}
		}
	})
}

// checkTime: segments add up to the value; it lies between the longest part and the sum of
// parts, and exceeds neither the plain sum nor the period.
func checkTime(t *rapid.T, c *rollup.Cell, w rollup.Window) {
	if !c.Known {
		return
	}
	segments, parts, longest := 0.0, 0.0, 0.0
	for _, s := range c.Segments {
		segments += s.Value
	}
	for _, p := range c.Parts {
		parts += p.Value
		longest = max(longest, p.Value)
	}
	if segments != c.Value || c.Value < longest || c.Value > parts || c.Value > c.Sum || c.Value > w.Seconds() || c.Value < 0 {
		t.Fatalf("value %v, segments %v, parts %v, longest %v, sum %v in %v", c.Value, segments, parts, longest, c.Sum, w.Seconds())
	}
}

// checkConservation adds up the published terms of every total.
func checkConservation(t *rapid.T, c *rollup.Cube, stats rollup.Stats, period int) {
	for m := range c.Metrics {
		cell := &stats[m][period]
		if cell.Conserved == nil {
			continue
		}
		total := cell.Conserved.Direct - cell.Conserved.Shared
		for _, child := range cell.Conserved.Children {
			if !math.IsNaN(child.Value) {
				total += child.Value
			}
		}
		if math.Abs(total-cell.Value) > 1e-9*max(1, math.Abs(cell.Value)) || c.Metrics[m].Own == nil && total != cell.Value {
			t.Fatalf("%s is %v, its terms make %v", c.Metrics[m].ID, cell.Value, total)
		}
	}
}

// TestTheSeriesAddsUpToThePeriod: over whole days, times per day make the time of all.
func TestTheSeriesAddsUpToThePeriod(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := drawWorld(t)
		w.asOf -= w.asOf % 86400
		c := compute(t, w.input(1), 1)
		period := slices.IndexFunc(c.Periods, func(p rollup.Period) bool { return p.Name == "28d" })
		first, last := c.Model.Calendar.DaysBetween(c.Periods[period].Current.From, c.Periods[period].Current.To)
		for n := range c.Model.Nodes {
			subject := rollup.OfNode(model.NodeIdx(n))
			cell := &c.Stats(subject)[c.Metric("incident_time")][period]
			total := 0.0
			for _, row := range c.Series(subject, c.Metric("incident_time"), first, last-1).Rows {
				for _, v := range row {
					total += v
				}
			}
			if cell.Known && total != cell.Value {
				t.Fatalf("days make %v, the period has %v", total, cell.Value)
			}
		}
	})
}

// TestTheWholeReconciles: |root| + |third party| − |both| are the records in the period.
func TestTheWholeReconciles(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := drawWorld(t)
		c := compute(t, w.input(1), 1)
		for p := range c.Periods {
			count := func(n model.NodeIdx) int { return c.Stats(rollup.OfNode(n))[c.Metric("incident_count")][p].N }
			want := 0
			for i := range c.Model.Incidents {
				in := &c.Model.Incidents[i]
				if cur := c.Periods[p].Current; !in.Planned && in.Start() < cur.To && (in.End > cur.From || in.Start() >= cur.From) {
					want++
				}
			}
			if got := count(0) + count(c.Model.ThirdParty) - c.Both(p); got != want {
				t.Fatalf("%s: %d + %d − %d, want %d", c.Periods[p].Name, count(0), count(c.Model.ThirdParty), c.Both(p), want)
			}
		}
	})
}
