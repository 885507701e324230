package generator_test

import (
	"encoding/csv"

	"fmt"

	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"uptree/generator/signal"
)

// A site is built on two days. In between the files change as a transition says; on the
// third day nothing changed any more.
var changeClocks = [3]string{"2026-11-19T09:00:00Z", "2026-11-20T09:00:00Z", "2026-11-21T09:00:00Z"}

const changeSite = `title = "Acme"
base_url = "https://acme.example/reliability/"

[period.28d]
default = true

[source.org]
dataset = "nodes"
path = "org.csv"

[source.services]
dataset = "services"
path = "services.csv"

[source.slos]
dataset = "slos"
path = "slos.csv"

[source.slis]
dataset = "slis"
path = "slis.csv"
`

const pagerSource = `
[source.pager]
dataset = "incidents"
path = "pager.csv"
on_error = "%s"
`

// weekly is a site whose numbers have a usual range: thirteen weeks lie behind it.
var weekly = strings.Replace(changeSite, "28d", "7d", 1) + `
[source.incidents]
dataset = "incidents"
path = "incidents.csv"
covers_from = "2026-07-01"
`

type files map[string]string

// changeFiles are those of a small organisation in which nothing happens.
func changeFiles() files {
	return files{
		"site.toml":    changeSite,
		"org.csv":      "id,title,parent\nacme,Acme,\nproduct,Product,acme\nshop,Shop,product\nplatform,Platform,acme\n",
		"services.csv": "id,title,owner\ncart,Cart,shop\ndisk,Disk,platform\n",
		"slos.csv":     "id,title,service,target,window,indicator,min_events\ncart-ok,Cart answers,cart,0.99,28d,availability,1\n",
		"slis.csv":     slis(nil),
	}
}

// slis are a thousand events on each day, of which so many were bad.
func slis(bad map[int]int) string {
	var b strings.Builder
	b.WriteString("slo,day,good,valid\n")
	for day := -40; day <= 20; day++ { // of November
		fmt.Fprintf(&b, "cart-ok,%s,%d,1000\n", november(day), 1000-bad[day])
	}
	return b.String()
}

// incidents begin and end at eight o'clock: one on each day, and more on some.
func incidents(more map[int]int) string {
	return "id,title,services,cause,started,mitigated\n" + incidentsOf("cart", more)
}

func incidentsOf(service string, more map[int]int) string {
	var b strings.Builder
	for day := -130; day <= 25; day++ {
		for i := range 1 + more[day] {
			at := november(day) + "T08:00:00Z"
			fmt.Fprintf(&b, "%s%d-%d,Slow,%s,%s,%s,%s\n", service, day, i, service, service, at, at)
		}
	}
	return b.String()
}

func november(day int) string {
	return time.Date(2026, 10, 31+day, 0, 0, 0, 0, time.UTC).Format(time.DateOnly)
}

func asks(more string) string {
	return "+++\n[[asks]]\nid = \"people\"\ntext = \"Two more people\"\nsince = 2026-11-01\n" + more + "+++\n"
}

func decisions(until, more string) string {
	return "+++\n[[decisions]]\nabout = \"incident_time\"\nchoice = \"fix\"\nsince = 2026-11-02\nuntil = " + until +
		"\nby_role = \"lead\"\ntext = \"x\"\n" + more + "+++\n"
}

// transitionCases say, for each transition, the files of the first day and those that change.
var transitionCases = map[string]struct {
	first, then files
	metric      string // other numbers are not looked at
	text        string
}{
	"objective-breached":    {first: files{}, then: files{"slis.csv": slis(map[int]int{19: 300})}, text: "Cart: “Cart answers” is breached."},
	"objective-at-risk":     {first: files{}, then: files{"slis.csv": slis(map[int]int{19: 150})}, text: "Cart: “Cart answers” is at risk."},
	"objective-left-breach": {first: files{"slis.csv": slis(map[int]int{18: 300})}, then: files{"slis.csv": slis(nil)}, text: "Cart: “Cart answers” is no longer breached."},
	"objective-left-risk":   {first: files{"slis.csv": slis(map[int]int{18: 150})}, then: files{"slis.csv": slis(nil)}, text: "Cart: “Cart answers” is met again."},
	"objective-silent": {first: files{"slis.csv": "slo,day,good,valid\ncart-ok,2026-10-23,9,9\n"}, then: files{},
		text: "Cart: “Cart answers” has too little data to be judged."},
	"budget-quarter": {first: files{"slis.csv": slis(map[int]int{18: 150})}, then: files{"slis.csv": slis(map[int]int{18: 150, 19: 60})},
		text: "Cart: “Cart answers” has less than a quarter left of its error budget."},
	"budget-spent": {first: files{"slis.csv": slis(map[int]int{18: 250})}, then: files{"slis.csv": slis(map[int]int{18: 250, 19: 20})},
		text: "Cart: “Cart answers” has nothing left of its error budget."},
	"budget-back": {first: files{"slis.csv": slis(map[int]int{18: 250})}, then: files{"slis.csv": slis(map[int]int{18: 150})},
		text: "Cart: “Cart answers” has more of its error budget than before."},
	"objective-new": {first: files{"slos.csv": "id,title,service,target,window\n"},
		then: files{"slos.csv": changeFiles()["slos.csv"]}, text: "Cart: “Cart answers” began, with a target of 99 %."},
	"objective-gone": {first: files{}, then: files{"slos.csv": "id,title,service,target,window\n"}, text: "The objective cart-ok is no more."},
	"target-changed": {first: files{}, then: files{"slos.csv": strings.Replace(changeFiles()["slos.csv"], "0.99", "0.95", 1)},
		text: "The target of Cart: “Cart answers” is 95 %; it was 99 %."},
	"definition-changed": {first: files{}, then: files{"site.toml": strings.Replace(changeSite, "org.csv", "org*.csv", 1)}, text: "org is defined in another way."},

	"number-above": {first: files{"site.toml": weekly, "incidents.csv": incidents(nil)}, then: files{"incidents.csv": incidents(map[int]int{20: 6})},
		metric: "incident_count", text: "Incidents rose above what is usual at Shop and 2 levels above it."},
	"number-below": {first: files{"site.toml": weekly, "incidents.csv": incidents(fridays)}, then: files{},
		metric: "incident_count", text: "Incidents fell below what is usual at Shop and 2 levels above it."},
	"number-returned": {first: files{"site.toml": weekly, "incidents.csv": incidents(map[int]int{13: 6})}, then: files{},
		metric: "incident_count", text: "Incidents went back to what is usual at Shop and 2 levels above it."},

	"service-new":     {first: files{}, then: files{"services.csv": "id,title,owner\ncart,Cart,shop\ndisk,Disk,platform\nmail,Mail,shop\n"}, text: "Mail appeared, at Shop."},
	"service-gone":    {first: files{}, then: files{"services.csv": "id,title,owner\ncart,Cart,shop\n"}, text: "Disk is no longer in use; Platform answered for it."},
	"service-unowned": {first: files{}, then: files{"services.csv": "id,title,owner\ncart,Cart,shop\ndisk,Disk,\n"}, text: "Disk has no owner."},
	"owner-changed":   {first: files{}, then: files{"services.csv": "id,title,owner\ncart,Cart,shop\ndisk,Disk,shop\n"}, text: "Shop answers for Disk, no longer Platform."},
	"node-new":        {first: files{}, then: files{"org.csv": changeFiles()["org.csv"] + "search,Search,product\n"}, text: "Search appeared, as part of Product."},
	"node-gone":       {first: files{"org.csv": changeFiles()["org.csv"] + "search,Search,product\n"}, then: files{"org.csv": changeFiles()["org.csv"]}, text: "search is gone; it was part of Product."},
	"node-moved": {first: files{}, then: files{"org.csv": strings.Replace(changeFiles()["org.csv"], "Shop,product", "Shop,platform", 1)},
		text: "Shop is part of Platform, no longer of Product."},

	"source-lost": {first: files{"site.toml": changeSite + fmt.Sprintf(pagerSource, "stale"), "pager.csv": incidents(nil)}, then: files{"pager.csv": ""}, text: "pager gives nothing fresh."},
	"source-back": {first: files{"site.toml": changeSite + fmt.Sprintf(pagerSource, "omit")}, then: files{"pager.csv": incidents(nil)}, text: "pager is up to date again."},

	"ask-opened":       {first: files{}, then: files{"content/org/shop.md": asks("")}, text: "Shop asks Product: “Two more people”."},
	"ask-answered":     {first: files{"content/org/shop.md": asks("")}, then: files{"content/org/shop.md": asks("status = \"granted\"\nanswer = \"Yes\"\nanswered = 2026-11-20\n")}, text: "Product was asked by Shop: “Two more people”. The answer: granted."},
	"ask-removed":      {first: files{"content/org/shop.md": asks("")}, then: files{"content/org/shop.md": "Nothing is asked.\n"}, text: "The ask node:shop/people was taken back without an answer."},
	"decision-made":    {first: files{}, then: files{"content/org/shop.md": decisions("2027-01-31", "")}, text: "Decided on Incident time of Shop: Fix."},
	"decision-expired": {first: files{"content/org/shop.md": decisions("2026-11-19", "")}, then: files{}, text: "The decision on Incident time of Shop (Fix) was to be looked at again by now."},
	"decision-removed": {first: files{"content/org/shop.md": decisions("2027-01-31", "")}, then: files{"content/org/shop.md": "Nothing is decided.\n"}, text: "The decision on node:shop/incident_time was taken back."},
}

// fridays have five incidents more, up to the 13th.
var fridays = map[int]int{13: 5, 6: 5, -1: 5, -8: 5, -15: 5, -22: 5, -29: 5, -36: 5, -43: 5, -50: 5, -57: 5, -64: 5, -71: 5, -78: 5, -85: 5}

// inWeek is what is told of the week where it is not what is told of the day: a budget is
// told with its objective.
var inWeek = map[string]string{"budget-back": cartAtRisk, "budget-quarter": cartAtRisk, "budget-spent": cartAtRisk}

const cartAtRisk = "objective-at-risk: Cart: “Cart answers” is at risk."

func TestEachTransitionIsToldOnceAndNoneOnTheNextDay(t *testing.T) {
	for i := range signal.Transitions {
		code := signal.Transitions[i].Code
		c, ok := transitionCases[code]
		if !ok {
			t.Errorf("no case for %s", code)
			continue
		}
		t.Run(code, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			c.first.put(t, dir, changeFiles())
			told(t, dir, 0, "yesterday")
			c.then.put(t, dir, nil)
			if got := aboutMetric(c.metric, told(t, dir, 1, "yesterday")); len(got) != 1 || got[0]["code"] != code || got[0]["text"] != c.text {
				t.Errorf("told on the day: %q,\nwant %s: %s", texts(got), code, c.text)
			}
			page := readFile(t, dir, "public/changes/index.html")
			feed := readFile(t, dir, "public/feed.atom")
			again := aboutMetric(c.metric, told(t, dir, 1, "yesterday"))
			if len(again) != 1 || readFile(t, dir, "public/changes/index.html") != page {
				t.Errorf("the second build of the day tells otherwise: %q", texts(again))
			}
			if got := aboutMetric(c.metric, told(t, dir, 2, "yesterday")); len(got) != 0 {
				t.Errorf("told on the next day, on which nothing changed: %q", texts(got))
			}
			week := aboutMetric(c.metric, told(t, dir, 2, "week"))
			want, other := inWeek[code]
			if !other {
				want = code + ": " + c.text
			}
			if got := strings.Join(texts(week), ", "); got != want {
				t.Errorf("told of the week: %q, want %q", got, want)
			}
			if !other && len(week) == 1 && week[0]["since"] != "2026-11-20" {
				t.Errorf("seen on %s", week[0]["since"])
			}
			if n := strings.Count(feed, ":"+code+"/"); n != 1 {
				t.Errorf("%d entries of the feed", n)
			}
			if readFile(t, dir, "public/feed.atom") != feed {
				t.Error("the feed changed on a day on which nothing did")
			}
		})
	}
}

// A number below that left its range is no news for a level whose own number did not.
func TestANumberIsTheNewsOfItsOwnLevel(t *testing.T) {
	dir, uneven := t.TempDir(), map[int]int{}
	for week := range 18 {
		uneven[13-7*week] = 10 * (week % 5)
	}
	disk := incidentsOf("disk", uneven)
	files{"site.toml": weekly, "incidents.csv": incidents(nil) + disk}.put(t, dir, changeFiles())
	told(t, dir, 0, "yesterday")
	files{"incidents.csv": incidents(map[int]int{20: 6}) + disk}.put(t, dir, nil)
	got := aboutMetric("incident_count", told(t, dir, 1, "yesterday"))
	if want := "number-above: Incidents rose above what is usual at Shop and the level above it."; len(got) != 1 || texts(got)[0] != want {
		t.Errorf("told %q, want %s", texts(got), want)
	}
	for file, want := range map[string]bool{"org/shop/": true, "org/product/": true, "": false, "org/platform/": false} {
		for _, name := range []string{"feed.atom", "index.html"} {
			if strings.Contains(readFile(t, dir, "public/"+file+name), "above what is usual") != want {
				t.Errorf("%s%s tells of it: %v, want %v", file, name, !want, want)
			}
		}
	}
}

// put writes files over others that are written before; one without content is removed.
func (f files) put(t *testing.T, dir string, under files) {
	t.Helper()
	if under != nil {
		under.put(t, dir, nil)
	}
	for name, content := range f {
		if content != "" {
			put(t, dir, name, content)
		} else if err := os.Remove(filepath.Join(dir, filepath.FromSlash(name))); err != nil {
			t.Fatal(err)
		}
	}
}

// told builds the site on a day and returns what a window tells.
func told(t *testing.T, dir string, day int, window string) (out []map[string]string) {
	t.Helper()
	buildSite(t, dir, changeClocks[day], filepath.Join(dir, "public"), 1).mustStand(t)
	lines, err := csv.NewReader(strings.NewReader(readFile(t, dir, "public/changes/data.csv"))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range lines[1:] {
		row := map[string]string{}
		for i, column := range lines[0] {
			row[column] = line[i]
		}
		if row["window"] == window {
			out = append(out, row)
		}
	}
	return out
}

// aboutMetric leaves out what is about other numbers.
func aboutMetric(metric string, rows []map[string]string) []map[string]string {
	return slices.DeleteFunc(rows, func(row map[string]string) bool {
		return row["metric"] != metric && strings.HasPrefix(row["code"], "number-")
	})
}

func texts(rows []map[string]string) []string {
	var out []string
	for _, row := range rows {
		out = append(out, row["code"]+": "+row["text"])
	}
	return out
}
