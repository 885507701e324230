package generator_test

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
)

// staffingRow is a raw record of staffing.
type staffingRow struct {
	Node      string `csv:"node"`
	Day       string `csv:"day"`
	Headcount string `csv:"headcount"`
	Rotation  string `csv:"oncall_rotation"`
	Business  string `csv:"pages_business"`
	OffHours  string `csv:"pages_off_hours"`
	Sleep     string `csv:"pages_sleep"`
}

func (r *staffingRow) pages() []*string { return []*string{&r.Business, &r.OffHours, &r.Sleep} }

// oracleStaffing is a record with the node that stands for the one it names.
type oracleStaffing struct {
	staffingRow
	source int
	stands string
}

// readStaffing takes what a source says of nodes; of one node and day the records of one
// source are one, and those of several where one of them says so.
func (o *oracle) readStaffing(s *eventSource, source int) {
	for _, r := range slices.Concat(s.Staffing...) {
		stands := o.standsFor(r.Node)
		if r.Headcount+r.Rotation+r.Business+r.OffHours+r.Sleep == "" || o.dayStart(r.Day) > o.now || stands == "" {
			continue
		}
		i := slices.IndexFunc(o.staffing, func(have *oracleStaffing) bool {
			return have.Node == r.Node && have.Day == r.Day && (have.source == source || s.Merge || o.in.Sources[have.source].Merge)
		})
		if i < 0 {
			o.staffing = append(o.staffing, &oracleStaffing{r, source, stands})
			continue
		}
		have := &o.staffing[i].staffingRow
		first(&have.Headcount, r.Headcount)
		first(&have.Rotation, r.Rotation)
		for h, pages := range have.pages() {
			first(pages, *r.pages()[h])
		}
	}
}

// staffOf are the records that stand at a node, pilots apart.
func (o *oracle) staffOf(node string) (out []*oracleStaffing) {
	for _, r := range o.staffing {
		if r.stands == node && !o.in.Sources[r.source].Pilot {
			out = append(out, r)
		}
	}
	return out
}

// latest is the value of the last day that says, of the node itself: the first source that
// has that day stands.
func (o *oracle) latest(node string, get func(*oracleStaffing) string) (v int64, ok bool) {
	day := ""
	for _, r := range o.staffOf(node) {
		if text := get(r); r.Node == node && text != "" && r.Day > day {
			day, v, ok = r.Day, whole(text), true
		}
	}
	return v, ok
}

func headsIn(r *oracleStaffing) string { return r.Headcount }

// below are the nodes at or below a view that records can be of.
func (o *oracle) below(v view) (out []string) {
	for id := range o.parent {
		if v.kind == "org" && o.under(id, v.id) && id != notOwned && id != thirdParty && id != ownRoot {
			out = append(out, id)
		}
	}
	return out
}

func (o *oracle) staffingFacts(f facts, v view, period string) {
	heads, counted := int64(0), 0
	var sizes []float64
	for _, n := range o.below(v) {
		if h, ok := o.latest(n, headsIn); ok {
			heads, counted = heads+h, counted+1
		}
		if size, ok := o.latest(n, func(r *oracleStaffing) string { return r.Rotation }); ok {
			sizes = append(sizes, float64(size))
		}
	}
	framed := func(metric string) bool { return o.frame(f, v, metric, period, "staffing", false) }
	if path := "headcount/" + period + "/"; !framed("headcount") {
	} else if counted == 0 {
		f[path+"reason"] = "no data"
	} else {
		f.num(path+"value", float64(heads))
		f.num(path+"n", float64(counted))
		f[path+"previous_reason"] = "no history kept"
	}
	if framed("rotation_size") {
		f.rotations("rotation_size/"+period+"/", sizes)
	}
	services := 0
	for _, s := range o.services {
		if s.living && v.kind == "org" && o.under(s.home, v.id) {
			services++
		}
	}
	for metric, n := range map[string]int{"services_per_head": services, "objectives_per_head": len(o.objectivesOf(v))} {
		if framed(metric) {
			f.perHead(metric+"/"+period+"/", int64(n), heads, counted > 0, metric == "services_per_head" || len(o.objectives) > 0)
		}
	}
	if framed("pages_per_head") {
		o.pageFacts(f, v, period)
	}
}

func (f facts) rotations(path string, sizes []float64) {
	if len(sizes) == 0 {
		f[path+"reason"] = "no data"
		return
	}
	f[path+"reason"], f[path+"previous_reason"] = "a distribution, see its parts", "a distribution, see its parts"
	f.num(path+"n", float64(len(sizes)))
	f.distribution(path+"distributions/people/", sizes)
	f[path+"distributions/people/incomplete"], f[path+"distributions/people/out_of_order"] = "0", "0"
	counts := map[string]int{"under_five": 0, "five_to_eight": 0, "over_eight": 0}
	for _, size := range sizes {
		switch {
		case size < 5:
			counts["under_five"]++
		case size > 8:
			counts["over_eight"]++
		default:
			counts["five_to_eight"]++
		}
	}
	for name, n := range counts {
		f.num(path+"parts/"+name, float64(n))
	}
}

func (f facts) perHead(path string, num, heads int64, counted, sourced bool) {
	switch {
	case !counted:
		f[path+"reason"] = "no data"
	case heads < 5:
		f[path+"reason"] = "under five people"
	case !sourced:
		f[path+"reason"] = "no source"
	default:
		f.ratio(path, num, heads)
		f[path+"previous_reason"] = "no history kept"
	}
}

// paged are the people of a node whose pages are recorded in a window, with those pages.
func (o *oracle) paged(node string, w span) (heads int64, pages [3]int64, silent int) {
	recorded := false
	for _, r := range o.staffOf(node) {
		if o.dayStart(r.Day) < w.from || o.dayStart(dateAfter(r.Day, 1)) > w.to {
			continue
		}
		for h, text := range r.pages() {
			recorded = recorded || *text != ""
			pages[h] += whole(*text)
		}
	}
	heads, _ = o.latest(node, headsIn)
	switch {
	case !recorded:
		return 0, [3]int64{}, 0
	case heads == 0:
		return 0, [3]int64{}, 1
	}
	return heads, pages, 0
}

func (o *oracle) pageFacts(f facts, v view, period string) {
	path, w := "pages_per_head/"+period+"/", o.windows[period][0]
	var heads, all int64
	var pages [3]int64
	silent := 0
	for _, n := range o.below(v) {
		h, p, s := o.paged(n, w)
		heads, silent = heads+h, silent+s
		for i := range p {
			pages[i], all = pages[i]+p[i], all+p[i]
		}
	}
	switch told := o.tellable(w); {
	case heads == 0:
		f[path+"reason"] = "no data"
	case heads < 5:
		f[path+"reason"] = "under five people"
	case !told[v.id]:
		f[path+"reason"] = "would tell of under five people"
	default:
		f.ratio(path, all, heads)
		f[path+"previous_reason"] = "no history kept"
		for i, name := range []string{"business", "off_hours", "sleep"} {
			f.num(path+"parts/"+name, float64(pages[i])/float64(heads))
		}
		f.noteIf(true, "pages_per_head", period, "not_recorded", silent)
	}
}

// tellable goes up the tree. A node of five people may be shown if those of it who are in
// nothing shown below it are nobody or five; else the smallest below gives way.
func (o *oracle) tellable(w span) map[string]bool {
	told := map[string]bool{}
	heads := func(node string) (sum int64) {
		for id := range o.parent {
			if o.under(id, node) {
				h, _, _ := o.paged(id, w)
				sum += h
			}
		}
		return sum
	}
	var nearest func(node string) []string
	nearest = func(node string) (out []string) {
		for child, parent := range o.parent {
			switch {
			case parent != node:
			case told[child]:
				out = append(out, child)
			default:
				out = append(out, nearest(child)...)
			}
		}
		return out
	}
	rest := func(node string) int64 {
		left := heads(node)
		for _, part := range nearest(node) {
			left -= heads(part)
		}
		return left
	}
	var visit func(node string)
	visit = func(node string) {
		for child, parent := range o.parent {
			if parent == node {
				visit(child)
			}
		}
		told[node] = heads(node) >= 5
		for told[node] && rest(node) > 0 && rest(node) < 5 {
			delete(told, slices.MinFunc(nearest(node), func(a, b string) int {
				return cmp.Or(cmp.Compare(heads(a), heads(b)), cmp.Compare(a, b))
			}))
		}
	}
	visit(o.root)
	visit(thirdParty)
	return told
}

// staffingSource draws what one source says of nodes.
func (m *maker) staffingSource(i int) eventSource {
	s := m.source(fmt.Sprintf("staffing%d", i))
	s.Staffing = make([][]staffingRow, 1+m.IntN(2))
	for range m.IntN(50) {
		f := m.IntN(len(s.Staffing))
		count := func(p float64, n int) string { return m.maybe(p, func() string { return strconv.Itoa(m.IntN(n)) }) }
		s.Staffing[f] = append(s.Staffing[f], staffingRow{
			Node: m.owner(), Day: m.moment().Format("2006-01-02"), Headcount: count(0.7, 9), Rotation: count(0.5, 12),
			Business: count(0.5, 5), OffHours: count(0.5, 4), Sleep: count(0.4, 3),
		})
	}
	return s
}
