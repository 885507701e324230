package main

import (
	"cmp"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strconv"
	"time"
)

// deployment is a record of the sample's deployment tool, which calls production "prod".
type deployment struct {
	service     string
	environment string
	finished    time.Time
	result      string
	firstCommit time.Time // zero: not recorded
	unplanned   string    // "" where the service's team does not say
	incidents   []string
}

// deploysFrom is so many days before as_of: the tool is in use since then, for the
// services whose teams have moved to it.
const deploysFrom = 200

// deploys draws the deployments of an organisation.
type deploys struct {
	r      *rand.Rand
	span   span
	list   []deployment
	silent map[string]bool // services whose teams do not say what is rework; a key for each that deploys
}

// writeDeployments writes deployments.csv. Where a change of a service caused an incident,
// a deployment of it came just before and names it, in most cases.
func writeDeployments(dir string, o *organisation, incidents []incident, s span, r *rand.Rand) error {
	d := deploys{r: r, span: s, silent: map[string]bool{}}
	for _, service := range o.services {
		if service.thirdParty || service.until != "" || !chance(r, 0.42) {
			continue
		}
		d.silent[service.id] = chance(r, 0.12)
		d.ordinary(service.id)
	}
	for i := range incidents {
		d.blame(&incidents[i])
	}
	return d.write(filepath.Join(dir, "deployments.csv"))
}

// ordinary draws the deployments of a service that nobody remembers: on working days, a
// few a week for some and one a month for others.
func (d *deploys) ordinary(service string) {
	perWeek := min(lognormal(d.r, 0.7, 0.9), 8)
	lead := lognormal(d.r, 16, 0.8)
	for back := deploysFrom; back > 0; back-- {
		day := d.span.before(back)
		mean := perWeek / 5
		if wd := day.Weekday(); wd == time.Saturday || wd == time.Sunday {
			mean /= 15
		}
		for range poisson(d.r, mean) {
			x := *d.add(service, day.Add(timeOfDay(d.r)), lead)
			again := x.finished.Add(time.Duration(lognormal(d.r, 150, 0.9)) * time.Minute)
			if (x.result == "failed" || x.result == "rolled_back") && again.Before(d.span.asOf) && chance(d.r, 0.85) {
				next := d.add(service, again, lead)
				next.environment, next.result = x.environment, "succeeded"
			}
		}
	}
}

func (d *deploys) add(service string, at time.Time, lead float64) *deployment {
	x := deployment{
		service: service, finished: at, unplanned: "false",
		environment: []string{"prod", "staging"}[pick(d.r, []float64{93, 7})],
		result:      []string{"succeeded", "failed", "rolled_back", "canceled"}[pick(d.r, []float64{92, 5, 1.5, 1.5})],
	}
	if !chance(d.r, 0.06) {
		x.firstCommit = at.Add(-time.Duration(lognormal(d.r, lead, 0.9)*60) * time.Minute)
	}
	if chance(d.r, 0.04) {
		x.unplanned = "true"
	}
	if d.silent[service] {
		x.unplanned = ""
	}
	d.list = append(d.list, x)
	return &d.list[len(d.list)-1]
}

// blame puts the deployment before an incident that a change caused, and often the one
// that mended it.
func (d *deploys) blame(in *incident) {
	begin := in.moments[started]
	if in.planned || in.kind != "change" || len(in.cause) == 0 || begin.Before(d.span.before(deploysFrom)) || !chance(d.r, 0.8) {
		return
	}
	service := in.cause[0]
	if _, deploys := d.silent[service]; !deploys {
		return
	}
	x := d.add(service, begin.Add(-time.Duration(3+d.r.IntN(45))*time.Minute), 20)
	x.environment, x.incidents = "prod", []string{in.id}
	x.result = []string{"succeeded", "rolled_back"}[pick(d.r, []float64{70, 30})]
	end := in.end(d.span.asOf)
	if x.result == "succeeded" && end.Before(d.span.asOf) && chance(d.r, 0.75) {
		mend := d.add(service, end, 1.5)
		mend.environment, mend.result = "prod", "succeeded"
		if !d.silent[service] {
			mend.unplanned = "true"
		}
	}
}

// log is the address of what a deployment said; the tool keeps that of those that went wrong.
func (x *deployment) log(number string) string {
	if x.result == "succeeded" && len(x.incidents) == 0 {
		return ""
	}
	return "https://deploy.acme.example/" + x.service + "/" + number
}

// write sorts by the end, numbers each service's deployments and writes them.
func (d *deploys) write(path string) error {
	slices.SortStableFunc(d.list, func(a, b deployment) int {
		return cmp.Or(a.finished.Compare(b.finished), cmp.Compare(a.service, b.service))
	})
	numbers := map[string]int{}
	f := createCSV(path, "id,service,environment,finished,result,first_commit,unplanned,incidents,url")
	for _, x := range d.list {
		numbers[x.service]++
		number := strconv.Itoa(numbers[x.service])
		f.text(x.service + "-" + number)
		f.text(x.service)
		f.text(x.environment)
		f.moment(x.finished)
		f.text(x.result)
		f.moment(x.firstCommit)
		f.text(x.unplanned)
		f.list(x.incidents)
		f.text(x.log(number))
		f.end()
	}
	return f.close()
}
