package generator_test

import (
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"uptree/generator"
)

// The simulated year: an organisation that is rebuilt twice, and sources that remember
// thirty days of it and know nothing of how it was.
const (
	yearDays  = 400
	memory    = 30
	firstMove = 150 // days of the two reorganisations
	nextMove  = 290
	retarget  = 200 // the day on which an objective is raised
)

const yearToml = `timezone = "Europe/Stockholm"
[period.7d]
[period.28d]
default = true
[period.90d]
[period.365d]
[period.month]
[period.quarter]
[source.org]
dataset = "nodes"
path = "nodes.csv"
[source.catalog]
dataset = "services"
path = "services.csv"
[source.tracker]
dataset = "incidents"
path = "incidents.csv"
[source.probes]
dataset = "synthetics"
path = "synthetics.csv"
[source.runs]
dataset = "synthetics"
path = "runs.csv"
[source.pipeline]
dataset = "deployments"
path = "deployments.csv"
[source.targets]
dataset = "slos"
path = "slos.csv"
[source.events]
dataset = "slis"
path = "slis.csv"
`

// datedLine is a record that a source gives from one day to another, and the text of its line
// as of a day.
type datedLine struct {
	at   time.Time // when it began
	gone int       // the day on which it is deleted; 0 never
	asOf func(day int) string
}

// year is all that happens.
type year struct {
	zone  *time.Location
	lines map[string][]datedLine // per file
}

func (y *year) clock(day int) time.Time {
	return time.Date(2025, time.October, 1+day, 9, 5, 0, 0, y.zone)
}

func (y *year) date(day int) string { return y.clock(day).Format(time.DateOnly) }

// The teams and services by the reorganisation that made them so: of each id its parent, or
// its owner.
var (
	yearNodes = [3]map[string]string{
		{"acme": "", "shop": "acme", "ops": "acme", "cards": "shop", "search": "shop", "hosting": "ops", "network": "ops"},
		{"acme": "", "shop": "acme", "ops": "acme", "cards": "shop", "hosting": "ops", "network": "ops", "discovery": "shop"}, // search is gone
		{"acme": "", "shop": "acme", "ops": "acme", "cards": "ops", "hosting": "ops", "network": "shop", "discovery": "shop"}, // teams move
	}
	yearServices = [3]map[string]string{
		{"pay": "cards", "refund": "cards", "find": "search", "suggest": "search", "vm": "hosting", "dns": "network"},
		{"pay": "cards", "refund": "hosting", "find": "discovery", "suggest": "cards", "vm": "hosting", "dns": "network"},
		{"pay": "cards", "refund": "network", "find": "discovery", "vm": "network", "dns": "network", "edge": "network"}, // suggest is retired
	}
)

func shapeOn(day int) int {
	switch {
	case day < firstMove:
		return 0
	case day < nextMove:
		return 1
	}
	return 2
}

func newYear(t *testing.T) *year {
	zone, err := time.LoadLocation("Europe/Stockholm")
	if err != nil {
		t.Fatal(err)
	}
	y := &year{zone: zone, lines: map[string][]datedLine{}}
	r := rand.New(rand.NewPCG(7, 11))
	for day := range yearDays {
		y.incidentsOf(r, day)
		y.testsOf(r, day)
		y.deploymentsOf(r, day)
	}
	return y
}

// servicesOf are those of a day, sorted.
func servicesOf(day int) (out []string) {
	for id := range yearServices[shapeOn(day)] {
		out = append(out, id)
	}
	slices.Sort(out)
	return out
}

// incidentsOf draws those of a day. They are open for some days, change their severity
// later, and a few are deleted again.
func (y *year) incidentsOf(r *rand.Rand, day int) {
	for n := range r.IntN(3) {
		services := servicesOf(day)
		hit, cause := services[r.IntN(len(services))], services[r.IntN(len(services))]
		at := y.clock(day).Add(-time.Duration(r.IntN(1400)) * time.Minute)
		ends, lasts, regraded := day+r.IntN(4), time.Duration(5+r.IntN(300))*time.Minute, day+r.IntN(9)
		l := datedLine{at: at, asOf: func(today int) string {
			severity, mitigated := "sev2", ""
			if today >= regraded {
				severity = "sev1"
			}
			if today > ends {
				mitigated = at.Add(lasts).Format(time.RFC3339)
			}
			return fmt.Sprintf("INC-%d-%d,%s,%s;%s,%s,%s,%s,%d", day, n, severity, hit, cause, cause, at.Format(time.RFC3339), mitigated, min(today-day, 3))
		}}
		if r.IntN(12) == 0 {
			l.gone = day + 2 + r.IntN(6)
		}
		y.lines["incidents.csv"] = append(y.lines["incidents.csv"], l)
	}
}

// testsOf draws the results of a day: counts by the day, which are not complete before the
// next morning, single runs, and the events of an objective.
func (y *year) testsOf(r *rand.Rand, day int) {
	midnight := time.Date(2025, time.October, 1+day, 0, 0, 0, 0, y.zone)
	for _, service := range servicesOf(day) {
		for _, place := range []string{"eu", "us"} {
			failed := r.IntN(6)
			y.add("synthetics.csv", midnight, func(today int) string {
				passed := 288
				if today == day {
					passed = 100
				}
				return fmt.Sprintf("probe-%s,%s,%s,%s,%d,%d", service, service, y.date(day), place, passed-failed, failed)
			})
		}
	}
	for hour := range 8 {
		at, ok := midnight.Add(time.Duration(hour)*time.Hour+time.Duration(r.IntN(3600))*time.Second), r.IntN(20) > 0
		line := fmt.Sprintf("login,pay,%s,%d,%d", at.Format(time.RFC3339), b2i(ok), b2i(!ok))
		y.add("runs.csv", at, func(int) string { return line })
	}
	good := 9980 + r.IntN(21)
	y.add("slis.csv", midnight, func(today int) string {
		if today == day {
			return fmt.Sprintf("pay-up,%s,%d,%d", y.date(day), good/3, 10000/3)
		}
		return fmt.Sprintf("pay-up,%s,%d,%d", y.date(day), good, 10000)
	})
}

func b2i(yes bool) int {
	if yes {
		return 1
	}
	return 0
}

func (y *year) deploymentsOf(r *rand.Rand, day int) {
	for n := range r.IntN(3) {
		services := servicesOf(day)
		at := y.clock(day).Add(-time.Duration(1+r.IntN(400)) * time.Minute)
		line := fmt.Sprintf("D-%d-%d,%s,production,%s,%s,%s", day, n, services[r.IntN(len(services))], at.Format(time.RFC3339),
			[]string{"success", "success", "failed"}[r.IntN(3)], at.Add(-time.Duration(r.IntN(90))*time.Hour).Format(time.RFC3339))
		y.add("deployments.csv", at, func(int) string { return line })
	}
}

func (y *year) add(file string, at time.Time, asOf func(day int) string) {
	y.lines[file] = append(y.lines[file], datedLine{at: at, asOf: asOf})
}

var yearHeads = map[string]string{
	"incidents.csv":   "id,severity,services,cause,started,mitigated,followups_closed",
	"synthetics.csv":  "test,service,day,location,passed,failed",
	"runs.csv":        "test,service,started,passed,failed",
	"deployments.csv": "id,service,environment,finished,result,first_commit",
	"slis.csv":        "slo,day,good,valid",
}

// files are what the sources give on a day. They look back so many days.
func (y *year) files(day, back int) map[string]string {
	out, now := map[string]string{}, y.clock(day)
	for name, head := range yearHeads {
		lines := []string{head}
		for _, l := range y.lines[name] {
			if !l.at.After(now) && l.at.After(now.AddDate(0, 0, -back)) && (l.gone == 0 || day < l.gone) {
				lines = append(lines, l.asOf(day))
			}
		}
		out[name] = strings.Join(lines, "\n") + "\n"
	}
	return out
}

// today is how the organisation is on a day, without a word about when it became so.
func (y *year) today(day int) map[string]string {
	target := "0.998"
	if day >= retarget {
		target = "0.999"
	}
	return map[string]string{
		"nodes.csv":    orgTable("id,parent", yearNodes[shapeOn(day)]),
		"services.csv": orgTable("id,owner", yearServices[shapeOn(day)]),
		"slos.csv":     "id,service,target\npay-up,pay," + target + "\n",
	}
}

func orgTable(head string, of map[string]string) string {
	lines := []string{}
	for id, other := range of {
		lines = append(lines, id+","+other)
	}
	slices.Sort(lines)
	return head + "\n" + strings.Join(lines, "\n") + "\n"
}

// whole is how the organisation was on every day, with dates.
func (y *year) whole() map[string]string {
	spell := func(of [3]map[string]string) string {
		var out strings.Builder
		edges := []string{"", y.date(firstMove), y.date(nextMove), ""}
		for i, shape := range of {
			for id, other := range shape {
				until := ""
				if i < 2 {
					until = dateAfter(edges[i+1], -1)
				}
				fmt.Fprintf(&out, "%s,%s,%s,%s\n", id, other, edges[i], until)
			}
		}
		return out.String()
	}
	return map[string]string{
		"nodes.csv":    "id,parent,valid_from,valid_to\n" + spell(yearNodes),
		"services.csv": "id,owner,valid_from,valid_to\n" + spell(yearServices),
		"slos.csv":     "id,service,target,valid_from\npay-up,pay,0.998,\npay-up,pay,0.999," + y.date(retarget) + "\n",
	}
}

// write writes files that changed.
func write(t *testing.T, dir string, all ...map[string]string) {
	t.Helper()
	for _, files := range all {
		for name, text := range files {
			at := filepath.Join(dir, name)
			if old, err := os.ReadFile(at); err == nil && string(old) == text {
				continue
			}
			if err := os.WriteFile(at, []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
}

func (y *year) options(dir string, day int) generator.Options {
	return generator.Options{
		Dir: dir, Config: "site.toml", Destination: filepath.Join(dir, "public"), Jobs: 2, Version: "test",
		AsOf: func(*time.Location) time.Time { return y.clock(day) },
	}
}

// live pulls what the sources give on a day, and publishes on some days: what history does
// is the same, and pages take longer.
func (y *year) live(t *testing.T, o generator.Options, publish bool) {
	t.Helper()
	if !publish {
		if _, problems, err := generator.Fetch(t.Context(), o, nil, nil); err != nil || problems.HasErrors() {
			t.Fatal(err, problems)
		}
		return
	}
	result, problems, err := generator.Build(t.Context(), o)
	if err != nil || result.Outcome != generator.Built {
		t.Fatal(err, problems)
	}
}

// TestAYearOfDailyBuildsKnowsWhatOneBuildOfAllKnows: sources that remember thirty days, two
// reorganisations, a cache that is lost twice and a clock that jumps back; in the end the
// numbers are those of one build that is given everything, with dates.
func TestAYearOfDailyBuildsKnowsWhatOneBuildOfAllKnows(t *testing.T) {
	y := newYear(t)
	first, last := 0, yearDays-1
	if testing.Short() || raced {
		first = nextMove - 15 // the year is short: one reorganisation of the two
	}
	dir := t.TempDir()
	write(t, dir, map[string]string{"site.toml": yearToml})
	server := httptest.NewServer(http.FileServer(http.Dir(filepath.Join(dir, "public"))))
	defer server.Close()
	lost := map[int]string{180: filepath.Join(dir, "public"), 320: server.URL} // day -> --previous
	for day := first; day <= last; day++ {
		write(t, dir, y.today(day), y.files(day, memory))
		o := y.options(dir, day)
		if previous := lost[day]; previous != "" && day > first {
			if err := os.RemoveAll(filepath.Join(dir, ".uptree")); err != nil {
				t.Fatal(err)
			}
			o.Previous = previous
		}
		if day == 250 || day == 340 { // its clock is forty days behind
			y.live(t, y.options(dir, day-40), true)
		}
		y.live(t, o, lost[day+1] != "" || day == last || day%50 == 0)
	}
	all := t.TempDir()
	write(t, all, map[string]string{"site.toml": yearToml}, y.files(last, last-first+memory), y.whole())
	y.live(t, y.options(all, last), true)
	sameNumbers(t, filepath.Join(all, "public"), filepath.Join(dir, "public"))
}

// lineOf matches where in the catalogue a service stands: two ways of writing it have other
// lines.
var lineOf = regexp.MustCompile(`services\.csv:\d+`)

// sameNumbers compares the twins of all pages: every figure with all that stands behind it.
func sameNumbers(t *testing.T, want, got string) {
	t.Helper()
	twins := 0
	for name, content := range goldenFiles(t, want) {
		if base := path.Base(name); base != "data.csv" && base != "index.json" || path.Dir(name) == "changes" {
			continue // what changed is told by builds that saw how it was before
		}
		twins++
		other, err := os.ReadFile(filepath.Join(got, filepath.FromSlash(name)))
		if err != nil {
			t.Error(err)
			continue
		}
		one, daily := lineOf.ReplaceAllString(content, "services.csv"), lineOf.ReplaceAllString(string(other), "services.csv")
		if one != daily {
			t.Errorf("%s (-one build +daily builds):\n%s", name, cmp.Diff(strings.Split(one, "\n"), strings.Split(daily, "\n")))
		}
	}
	if twins < 30 {
		t.Errorf("%d twins compared", twins)
	}
}
