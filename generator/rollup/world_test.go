package rollup_test

import (
	"fmt"
	"time"

	"pgregory.net/rapid"

	"uptree/generator/model"
)

// world is a drawn organisation, by numbers: node 0 is the root.
type world struct {
	asOf      model.Time
	parents   []int // of node i; parents[0] is not used
	services  []worldService
	journeys  [][]int
	incidents []worldIncident
	results   []model.ResultRecord
	deploys   []worldDeployment
	found     []worldFinding
	costs     []model.CostRecord
	observed  []worldObservation
}

// worldDeployment has a number of its own, as a worldIncident has.
type worldDeployment struct {
	id, service   int // one past the last service is unknown
	finished      model.Time
	commit        model.Time
	result, where string
	incident      int // one past the last incident is unknown; -1 is none
	unplanned     model.Flagged
}

// worldFinding has a number of its own; findings of one rule in one library are one.
type worldFinding struct {
	id, service    int // one past the last service is unknown
	opened, closed model.Time
	seen, due      model.Day
	library        string
	severity, kind string
}

type worldService struct {
	id         int
	owners     []int
	thirdParty bool
}

// worldIncident has a number of its own: order must not name it.
type worldIncident struct {
	id              int
	services, cause []int // one past the last service is unknown
	moments         [model.NumMoments]model.Time
	severity        string
	planned         bool
	by              model.DetectedBy
	followups       int32
}

func nodeID(i int) string { return fmt.Sprintf("n%d", i) }

// worldDays is how far back records lie.
const worldDays = 120

func drawWorld(t *rapid.T) *world {
	w := &world{asOf: 1_795_165_500 + model.Time(rapid.IntRange(0, 86400).Draw(t, "as of")), parents: []int{0}}
	for i := range rapid.IntRange(0, 9).Draw(t, "nodes") {
		w.parents = append(w.parents, rapid.IntRange(0, i).Draw(t, "parent"))
	}
	n := rapid.IntRange(1, 8).Draw(t, "services")
	node := rapid.IntRange(0, len(w.parents)-1)
	for i := range n {
		w.services = append(w.services, worldService{i, rapid.SliceOfN(node, 0, 2).Draw(t, "owners"), rapid.IntRange(0, 6).Draw(t, "third party") == 0})
	}
	service := rapid.IntRange(0, n)
	for range rapid.IntRange(0, 2).Draw(t, "journeys") {
		w.journeys = append(w.journeys, rapid.SliceOfN(service, 1, 3).Draw(t, "journey"))
	}
	for i := range rapid.IntRange(0, 12).Draw(t, "incidents") {
		w.incidents = append(w.incidents, w.drawIncident(t, i, service))
	}
	for i := range rapid.IntRange(0, 12).Draw(t, "results") {
		w.results = append(w.results, w.drawResult(t, i, service))
	}
	for i := range rapid.IntRange(0, 30).Draw(t, "deployments") {
		w.deploys = append(w.deploys, w.drawDeployment(t, i, service))
	}
	for i := range rapid.IntRange(0, 30).Draw(t, "findings") {
		w.found = append(w.found, w.drawFinding(t, i, service))
	}
	for range rapid.IntRange(0, 20).Draw(t, "costs") {
		w.costs = append(w.costs, w.drawCost(t, service))
	}
	for i := range rapid.IntRange(0, 30).Draw(t, "observations") {
		w.observed = append(w.observed, w.drawObservation(t, i, service))
	}
	return w
}

func (w *world) drawDeployment(t *rapid.T, id int, service *rapid.Generator[int]) worldDeployment {
	at := w.asOf - model.Time(rapid.IntRange(0, worldDays*86400).Draw(t, "finished"))
	return worldDeployment{
		id: id, service: service.Draw(t, "deployed"), finished: at, commit: at - model.Time(rapid.IntRange(-600, 86400).Draw(t, "lead")),
		result: rapid.SampledFrom([]string{"success", "success", "failure", "odd", ""}).Draw(t, "result"), where: rapid.SampledFrom([]string{"prod", "prod", "test"}).Draw(t, "where"),
		incident: rapid.IntRange(-1, len(w.incidents)).Draw(t, "followed"), unplanned: model.Flagged(rapid.IntRange(0, 2).Draw(t, "unplanned")),
	}
}

func (w *world) drawFinding(t *rapid.T, id int, service *rapid.Generator[int]) worldFinding {
	at, day := w.asOf-model.Time(rapid.IntRange(0, worldDays*86400).Draw(t, "opened")), model.NewCalendar(time.UTC).DayAt(w.asOf)
	f := worldFinding{
		id: id, service: service.Draw(t, "found in"), opened: at, closed: model.None, seen: model.NoDay, due: model.NoDay,
		library:  rapid.SampledFrom([]string{"", "", "zlib", "openssl"}).Draw(t, "library"),
		severity: rapid.SampledFrom([]string{"high", "low", "9.8", "odd"}).Draw(t, "grave"), kind: rapid.SampledFrom([]string{"", "sca", "sast"}).Draw(t, "kind"),
	}
	if rapid.Bool().Draw(t, "closed") {
		f.closed = at + model.Time(rapid.IntRange(0, 10*86400).Draw(t, "open for"))
	}
	if rapid.Bool().Draw(t, "undated") {
		f.opened, f.seen = model.None, day-model.Day(rapid.IntRange(0, worldDays).Draw(t, "seen"))
	}
	if rapid.Bool().Draw(t, "has due") {
		f.due = day - model.Day(rapid.IntRange(-20, worldDays).Draw(t, "due"))
	}
	return f
}

func (w *world) drawIncident(t *rapid.T, id int, service *rapid.Generator[int]) worldIncident {
	in := worldIncident{
		id: id, services: rapid.SliceOfN(service, 0, 3).Draw(t, "services"), cause: rapid.SliceOfN(service, 0, 2).Draw(t, "cause"),
		severity: rapid.SampledFrom([]string{"", "sev1", "sev2"}).Draw(t, "severity"), planned: rapid.IntRange(0, 5).Draw(t, "planned") == 0,
		by: model.DetectedBy(rapid.IntRange(0, 3).Draw(t, "by")), followups: int32(rapid.IntRange(-1, 3).Draw(t, "followups")),
	}
	at := w.asOf - model.Time(rapid.IntRange(0, worldDays*86400).Draw(t, "started"))
	for p := range in.moments {
		in.moments[p] = model.None
		if p == 0 || rapid.IntRange(0, 3).Draw(t, "recorded") > 0 {
			in.moments[p] = at
		}
		at += model.Time(rapid.IntRange(-1800, 4*3600).Draw(t, "later"))
	}
	return in
}

func (w *world) drawResult(t *rapid.T, id int, service *rapid.Generator[int]) model.ResultRecord {
	r := model.ResultRecord{
		Test: []byte(fmt.Sprintf("t%d", id)), Service: []byte(serviceID(service.Draw(t, "tested"))), At: w.asOf - model.Time(rapid.IntRange(0, worldDays*86400).Draw(t, "at")),
		Location: []byte(rapid.SampledFrom([]string{"", "sto", "nyc"}).Draw(t, "location")),
		Passed:   uint32(rapid.IntRange(0, 5).Draw(t, "passed")), Failed: uint32(rapid.IntRange(0, 2).Draw(t, "failed")), Skipped: 1,
	}
	if r.IsDay = rapid.Bool().Draw(t, "day"); r.IsDay {
		r.At -= r.At % 86400
	}
	return r
}

func serviceID(i int) string { return fmt.Sprintf("s%d", i) }

// shuffle puts all records into another order.
func (w *world) shuffle(t *rapid.T) {
	w.incidents = rapid.Permutation(w.incidents).Draw(t, "order of incidents")
	w.results = rapid.Permutation(w.results).Draw(t, "order of results")
	w.deploys = rapid.Permutation(w.deploys).Draw(t, "order of deployments")
	w.found = rapid.Permutation(w.found).Draw(t, "order of findings")
	w.costs = rapid.Permutation(w.costs).Draw(t, "order of costs")
	w.observed = rapid.Permutation(w.observed).Draw(t, "order of observations")
	w.services = rapid.Permutation(w.services).Draw(t, "order of services")
}

// collapse gives a node what the nodes below it own.
func (w *world) collapse(top int) {
	for i := range w.services {
		for j, owner := range w.services[i].owners {
			for at := owner; at != 0; at = w.parents[at] {
				if w.parents[at] == top {
					w.services[i].owners[j] = top
				}
			}
		}
	}
}

// input writes the world as sources of so many files each.
func (w *world) input(files int) model.Input {
	in := model.Input{AsOf: w.asOf, Zone: time.UTC, ImpactEnds: model.Mitigated, Delivery: model.DefaultDeliveryWords(), Security: model.DefaultSecurityRules()}
	for i, d := range [][]model.Dataset{{model.Nodes, model.Services, model.Journeys}, {model.Incidents}, {model.Synthetics}, {model.Deployments}, {model.Findings}, {model.Costs}, {model.Observations}} {
		in.Sources = append(in.Sources, model.SourceInput{Info: model.SourceInfo{Name: fmt.Sprint(d), Datasets: d}, CoversFrom: model.NoDay})
		for range files {
			in.Batches = append(in.Batches, &model.Batch{Source: i})
		}
	}
	for i := range w.parents {
		r := model.NodeRecord{ID: nodeID(i), ValidFrom: model.NoDay, ValidTo: model.NoDay}
		if i > 0 {
			r.Parent = nodeID(w.parents[i])
		}
		in.Batches[i%files].Nodes = append(in.Batches[i%files].Nodes, r)
	}
	for i, s := range w.services {
		b := in.Batches[i%files]
		b.Services = append(b.Services, s.record())
	}
	for i, services := range w.journeys {
		in.Batches[0].Journeys = append(in.Batches[0].Journeys, model.JourneyRecord{ID: fmt.Sprintf("j%d", i), Services: serviceIDs(services)})
	}
	for i := range w.incidents {
		b := in.Batches[files+i%files]
		b.Incidents = append(b.Incidents, w.incidents[i].record(b))
	}
	for i := range w.results {
		in.Batches[2*files+i%files].AddResult(&w.results[i])
	}
	for i, d := range w.deploys {
		b := in.Batches[3*files+i%files]
		b.Deployments = append(b.Deployments, d.record(b))
	}
	for i, f := range w.found {
		b := in.Batches[4*files+i%files]
		b.Findings = append(b.Findings, f.record(b))
	}
	for i := range w.costs {
		in.Batches[5*files+i%files].AddCost(&w.costs[i])
	}
	for op, name := range model.OwnOperators {
		in.Own = append(in.Own, model.OwnMetric{ID: "own_" + name, Operator: model.OwnOperator(op), By: "part", Per: 10, Introduced: model.NoDay, Retired: model.NoDay, ReviewBy: model.NoDay})
	}
	for i, o := range w.observed {
		b := in.Batches[6*files+i%files]
		b.Observations = append(b.Observations, o.record(b))
	}
	return in
}

func (d *worldDeployment) record(b *model.Batch) model.DeploymentRecord {
	r := model.DeploymentRecord{
		ID: fmt.Sprintf("d%02d", d.id), Service: b.Ref([]byte(serviceID(d.service))), Environment: b.Word([]byte(d.where)), Result: b.Word([]byte(d.result)),
		Finished: d.finished, FirstCommit: d.commit, Unplanned: d.unplanned,
	}
	if d.incident >= 0 {
		r.Incidents = refs(b, []string{fmt.Sprintf("i%02d", d.incident)})
	}
	return r
}

func (f *worldFinding) record(b *model.Batch) model.FindingRecord {
	return model.FindingRecord{
		ID: fmt.Sprintf("f%02d", f.id), Service: b.Ref([]byte(serviceID(f.service))), Rule: "rule", Via: f.library, Opened: f.opened, Closed: f.closed,
		Kind: b.Word([]byte(f.kind)), Severity: b.Word([]byte(f.severity)), Due: f.due, Seen: f.seen, Gone: model.NoDay,
	}
}

func serviceIDs(numbers []int) (out []string) {
	for _, n := range numbers {
		out = append(out, serviceID(n))
	}
	return out
}

func (s *worldService) record() model.ServiceRecord {
	r := model.ServiceRecord{ID: serviceID(s.id), ThirdParty: s.thirdParty, ValidFrom: model.NoDay, ValidTo: model.NoDay}
	for _, o := range s.owners {
		r.Owners = append(r.Owners, nodeID(o))
	}
	return r
}

func (in *worldIncident) record(b *model.Batch) model.IncidentRecord {
	return model.IncidentRecord{
		ID: fmt.Sprintf("i%02d", in.id), Services: refs(b, serviceIDs(in.services)), Cause: refs(b, serviceIDs(in.cause)), Moments: in.moments,
		Severity: b.Word([]byte(in.severity)), Planned: in.planned, DetectedBy: in.by, FollowupsOpen: in.followups, FollowupsClosed: model.NoCount,
	}
}

// worldObservation is of a metric of each operator in turn, at a moment of its own.
type worldObservation struct {
	number, service, value int // one past the last service is unknown
	at                     model.Time
	isDay                  bool
	part, id               string
}

func (w *world) drawObservation(t *rapid.T, number int, service *rapid.Generator[int]) worldObservation {
	o := worldObservation{
		number: number, service: service.Draw(t, "observed"), value: rapid.IntRange(-3, 9).Draw(t, "value"),
		at:   w.asOf - model.Time(rapid.IntRange(0, worldDays*86400/64).Draw(t, "observed at")*64+number), // no two at once
		part: rapid.SampledFrom([]string{"", "x", "y"}).Draw(t, "part"), id: rapid.SampledFrom([]string{"d1", "d2", "d3"}).Draw(t, "thing"),
	}
	if o.isDay = model.OwnOperator(number%len(model.OwnOperators)) != model.OwnLatest && rapid.Bool().Draw(t, "of a day"); o.isDay {
		o.at -= o.at % 86400
	}
	return o
}

func (o *worldObservation) record(b *model.Batch) model.ObservationRecord {
	operator := o.number % len(model.OwnOperators)
	r := model.ObservationRecord{
		Metric: b.Ref([]byte("own_" + model.OwnOperators[operator])), Service: b.Ref([]byte(serviceID(o.service))), At: o.at, IsDay: o.isDay,
		Part: b.Word([]byte(o.part)), HasRatio: true, Num: int64(max(0, o.value)), Den: int64(o.number % 4),
	}
	r.Value, r.HasValue = model.ParseMoney(fmt.Sprintf("%d.1", o.value))
	if model.OwnOperator(operator) == model.OwnSet {
		r.ID = o.id
	}
	return r
}
