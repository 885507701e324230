package rollup

import (
	"cmp"
	"slices"

	"uptree/generator/model"
)

// minDeployments is the fewest deployments of a period that make a service's figure one
// of those of a node.
const minDeployments = 5

// delivery is what one service deployed in one window. Lengths are in seconds, sorted.
type delivery struct {
	counted    int // carried out in production, with a known result
	succeeded  int
	wrong      int // failed, rolled back or with a linked incident
	said       int // say whether they were planned
	unplanned  int
	leads      lengths // first commit to success
	recoveries lengths // what went wrong to its end
	left       [model.NumLeftOut]int
}

// lengths are durations of which some could not be had.
type lengths struct {
	seconds []float64
	missing int // an end is not recorded, or has not come
	ordered int // the end is before the start
}

func (l *lengths) add(from, to model.Time, known bool) {
	switch {
	case !known:
		l.missing++
	case to < from:
		l.ordered++
	default:
		l.seconds = append(l.seconds, float64(to-from))
	}
}

func (l *lengths) median() (seconds float64, ok bool) {
	if len(l.seconds) == 0 {
		return 0, false
	}
	return median(l.seconds), true
}

// dist summarises the lengths.
func (l *lengths) dist(name string) Dist {
	d := Dist{Name: name, Incomplete: l.missing, OutOfOrder: l.ordered}
	d.summariseSorted(l.seconds)
	return d
}

// records counts all deployments, those that are in no figure too.
func (d *delivery) records() int {
	n := d.counted
	for _, left := range d.left {
		n += left
	}
	return n
}

// deliveryIndex finds the deployments of services and nodes.
type deliveryIndex struct {
	m        *model.Model
	pilot    bool
	from     []uint32     // per service: the first of its deployments
	services lists        // per node: services that ever deployed under it or that a source covers
	unknown  []int32      // deployments of services that no record defines
	whole    [][]delivery // per service, per period; nil where it never deployed
	moved    []bool       // per service: its deployments have several homes
}

func newDeliveryIndex(m *model.Model, periods []Period, pilot bool) *deliveryIndex {
	x := &deliveryIndex{m: m, pilot: pilot, whole: make([][]delivery, len(m.Services)), moved: make([]bool, len(m.Services))}
	x.find()
	homes := make([][]model.NodeIdx, len(m.Services))
	var involved []int32
	for i := range m.Services {
		s := model.ServiceIdx(i)
		if homes[i] = x.homes(s); len(homes[i]) == 0 {
			continue
		}
		involved = append(involved, int32(i))
		if !slices.ContainsFunc(x.of(s), func(d model.Deployment) bool { return x.here(&d) }) {
			continue
		}
		for p := range periods {
			x.whole[i] = append(x.whole[i], x.in(s, periods[p].Current, anywhere, true))
		}
	}
	up := climber{m: m, seen: make([]int32, len(m.Nodes))}
	x.services = listsOf(len(m.Nodes), involved, func(s int32, add func(int)) { up.climb(homes[s], add) })
	return x
}

// find cuts the deployments, which are sorted by service, into those of each.
func (x *deliveryIndex) find() {
	at, all := 0, x.m.Deployments
	for s := range len(x.m.Services) + 1 {
		for at < len(all) && int(all[at].Service) < s {
			at++
		}
		x.from = append(x.from, uint32(at))
	}
	for i := range x.from[0] {
		if x.here(&all[i]) {
			x.unknown = append(x.unknown, int32(i))
		}
	}
}

// of are the deployments of a service, by when they finished, those of pilots too.
func (x *deliveryIndex) of(s model.ServiceIdx) []model.Deployment {
	return x.m.Deployments[x.from[s]:x.from[s+1]]
}

// here reports whether a deployment is of the index: of a pilot or not.
func (x *deliveryIndex) here(d *model.Deployment) bool {
	return x.m.Sources[d.Origin.Source].Pilot == x.pilot
}

// homes are those of a service's deployments and, where a source covers it, its own.
func (x *deliveryIndex) homes(s model.ServiceIdx) (out []model.NodeIdx) {
	for i, all := 0, x.of(s); i < len(all); i++ {
		if d := &all[i]; x.here(d) && !slices.Contains(out, d.Home) {
			out = append(out, d.Home)
		}
	}
	x.moved[s] = len(out) > 1
	service := &x.m.Services[s]
	if !x.pilot && service.Living && x.m.ServiceCovered(model.Deployments, s) && !slices.Contains(out, service.Home) {
		out = append(out, service.Home)
		x.moved[s] = len(out) > 1
	}
	return out
}

func anywhere(model.NodeIdx) bool { return true }

// in gathers the deployments of a service that finished in a window while its home was one
// of those wanted; with their lengths or without.
func (x *deliveryIndex) in(s model.ServiceIdx, w Window, wanted func(model.NodeIdx) bool, lengths bool) (out delivery) {
	all := x.of(s)
	from, _ := slices.BinarySearchFunc(all, w.From, func(d model.Deployment, t model.Time) int { return cmp.Compare(d.Finished, t) })
	for i := from; i < len(all) && all[i].Finished < w.To; i++ {
		d := &all[i]
		switch {
		case !x.here(d) || !wanted(d.Home):
		case d.LeftOut != model.Counted:
			out.left[d.LeftOut]++
		default:
			out.add(d)
			if lengths {
				out.measure(x, d, all[i+1:])
			}
		}
	}
	slices.Sort(out.leads.seconds)
	slices.Sort(out.recoveries.seconds)
	return out
}

// add counts a deployment.
func (out *delivery) add(d *model.Deployment) {
	out.counted++
	if d.Outcome == model.Succeeded {
		out.succeeded++
	}
	if d.WentWrong() {
		out.wrong++
	}
	if d.Unplanned != model.NotSaid {
		out.said++
	}
	if d.Unplanned == model.Yes {
		out.unplanned++
	}
}

// measure adds its lengths; later are those of the same service that finished after it.
func (out *delivery) measure(x *deliveryIndex, d *model.Deployment, later []model.Deployment) {
	if d.Outcome == model.Succeeded {
		out.leads.add(d.FirstCommit, d.Finished, d.FirstCommit.Known())
	}
	if d.WentWrong() {
		end, recovered := x.recovered(d, later)
		out.recoveries.add(d.Finished, end, recovered)
	}
}

// recovered is when what a deployment did was over: at the last end of the impact of its
// linked incidents, without any at the next success of the service.
func (x *deliveryIndex) recovered(d *model.Deployment, later []model.Deployment) (end model.Time, ok bool) {
	if len(d.Incidents) > 0 {
		end = model.None
		for _, i := range d.Incidents {
			in := &x.m.Incidents[i]
			if in.Open {
				return 0, false
			}
			end = max(end, in.End)
		}
		return end, true
	}
	for i := range later {
		next := &later[i]
		if next.LeftOut == model.Counted && next.Outcome == model.Succeeded && next.Finished > d.Finished && x.here(next) {
			return next.Finished, true
		}
	}
	return 0, false
}
