package generator_test

import (
	"encoding/csv"
	"fmt"
	"math/big"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
)

// TestThreeClicksReachTheRecord starts at the root page and follows links that are seen
// there, without a script, to the source's own address of three records: that of the
// objective that spent most of its budget, of the longest incident inherited from another
// company, and of the largest cost. Which ones they are is found out from the data alone.
func TestThreeClicksReachTheRecord(t *testing.T) {
	if testing.Short() {
		t.Skip("a browser takes its time")
	}
	b := startBrowser(t)
	for _, way := range []struct {
		name, record string
		clicks       []string // selectors
	}{
		{"the worst objective", worstObjective(t), []string{`.level h3 a`}},
		{"the longest inherited incident", longestInherited(t), []string{`#m-incident_time summary`, `#m-incident_time details a[href$="#incident_time"]`}},
		{"the largest cost", largestCost(t), []string{`#m-cost a[href$="#cost"]`}},
	} {
		t.Run(way.name, func(t *testing.T) {
			w := b.tab(t, b.base)
			w.size(1440, 900)
			w.scripts(false)
			w.open(b.base + "index.html")
			for _, link := range way.clicks {
				w.clickSeen(link)
			}
			clicks := len(way.clicks) + 1 // the last is on the record
			seen := eval[[]string](w, `[...document.querySelectorAll("main a.away")].filter((a) => a.checkVisibility()).map((a) => a.href)`)
			at := -1
			for i, href := range seen {
				if href == way.record {
					at = i
				}
			}
			if at < 0 || clicks > 3 {
				t.Fatalf("after %d clicks, at %s, no link leads to %s, only %q", clicks-1, w.address(), way.record, seen)
			}
		})
	}
}

// clickSeen clicks the first element that is seen of those selected, and waits for the page
// that a link leads to.
func (w *tab) clickSeen(selector string) {
	w.t.Helper()
	before := w.address()
	leads := eval[string](w, fmt.Sprintf(`(() => {
		const e = [...document.querySelectorAll(%q)].find((e) => e.checkVisibility());
		if (!e) return "nothing";
		e.scrollIntoView({ block: "center", behavior: "instant" }); // not under the head of the page
		e.setAttribute("data-clicked", "");
		return e.href ?? "";
	})()`, selector))
	if leads == "nothing" {
		w.t.Fatalf("at %s nothing is seen of %s", before, selector)
	}
	w.click("[data-clicked]")
	if leads != "" {
		leads = strings.Replace(leads, "index.html", "", 1) // the server leads on to the folder
		w.until(fmt.Sprintf(`location.href.replace("index.html", "") === %q && document.readyState === "complete"`, leads))
		return
	}
	eval[bool](w, `(document.querySelector("[data-clicked]").removeAttribute("data-clicked"), true)`)
}

func (w *tab) address() string { return eval[string](w, "location.href") }

// rows reads tables of the sample, each row with the file and line where it stands.
func rows(t *testing.T, pattern string) (out []map[string]string) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join("../data", pattern))
	if err != nil || len(files) == 0 {
		t.Fatal(pattern, err)
	}
	for _, file := range files {
		f, err := os.Open(file)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		r := csv.NewReader(f)
		all, err := r.ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		for i, cells := range all[1:] {
			row := map[string]string{"at": fmt.Sprintf("https://git.acme.example/reliability/blob/main/data/%s#L%d", filepath.Base(file), i+2)}
			for k, name := range all[0] {
				row[name] = cells[k]
			}
			out = append(out, row)
		}
	}
	return out
}

func exactly(text string) *big.Rat {
	v, ok := new(big.Rat).SetString(text)
	if !ok {
		return new(big.Rat)
	}
	return v
}

func sampleNow(t *testing.T) time.Time {
	t.Helper()
	now, err := time.Parse(time.RFC3339, sampleClock)
	if err != nil {
		t.Fatal(err)
	}
	return now
}

// since is the first day of the period of 28 days.
func since(t *testing.T) string {
	return sampleNow(t).AddDate(0, 0, -27).Format(time.DateOnly)
}

// worstObjective is where the objective of 28 days is kept that spent most of its budget:
// bad events for each that its target allows.
func worstObjective(t *testing.T) string {
	bad, valid := map[string]*big.Rat{}, map[string]*big.Rat{}
	first := since(t)
	for _, r := range append(rows(t, "slis-days.csv"), append(rows(t, "slis-hours.csv"), rows(t, "slis-ratios.csv")...)...) {
		if day := (r["day"] + r["start"])[:10]; day < first {
			continue
		}
		all, good := exactly(r["valid"]+r["weight"]), exactly(r["good"])
		if r["ratio"] != "" {
			good = new(big.Rat).Mul(exactly(r["ratio"]), all)
		}
		id := r["slo"]
		if bad[id] == nil {
			bad[id], valid[id] = new(big.Rat), new(big.Rat)
		}
		bad[id].Add(bad[id], new(big.Rat).Sub(all, good))
		valid[id].Add(valid[id], all)
	}
	most, record := new(big.Rat), ""
	for _, r := range rows(t, "slos.csv") {
		if r["window"] != "" || r["budgeting"] != "" || valid[r["id"]] == nil {
			continue
		}
		allowed := new(big.Rat).Sub(big.NewRat(1, 1), exactly(r["target"]))
		allowed.Mul(allowed, valid[r["id"]])
		if allowed.Sign() == 0 {
			continue
		}
		if spent := new(big.Rat).Quo(bad[r["id"]], allowed); spent.Cmp(most) > 0 {
			most, record = spent, r["url"]
		}
	}
	return record
}

// longestInherited is the address of the incident with most time in the period of those that
// hit a service of the organisation and came from suppliers alone.
func longestInherited(t *testing.T) string {
	supplier := map[string]bool{}
	for _, r := range rows(t, "services.csv") {
		third := r["third_party"] == "true"
		for _, id := range append(strings.Split(r["aliases"], ";"), r["id"]) {
			if id != "" {
				supplier[id] = third
			}
		}
	}
	type incident struct{ url, started, ended, services, cause, planned string }
	var all []incident
	for _, r := range rows(t, "incidents-*.csv") {
		ended := r["mitigated"]
		if ended == "" {
			ended = r["resolved"]
		}
		all = append(all, incident{r["url"], r["started"], ended, r["services"], r["cause"], r["planned"]})
	}
	now := sampleNow(t)
	from := now.AddDate(0, 0, -27).Truncate(24 * time.Hour).Add(-time.Hour) // midnight in the sample's zone
	longest, record := time.Duration(0), ""
	for _, in := range all {
		hit, causes, known := false, true, false
		for _, id := range strings.Split(in.services, ";") {
			third, is := supplier[id]
			hit = hit || is && !third
		}
		for _, id := range strings.Split(in.cause, ";") {
			if third, is := supplier[id]; is {
				known, causes = true, causes && third
			}
		}
		if in.planned == "true" || !hit || !known || !causes {
			continue
		}
		began, end := when(t, in.started), now
		if in.ended != "" {
			end = when(t, in.ended)
		}
		if began.Before(from) {
			began = from
		}
		if end.After(now) {
			end = now
		}
		if length := end.Sub(began); length > longest {
			longest, record = length, in.url
		}
	}
	return record
}

func when(t *testing.T, text string) time.Time {
	t.Helper()
	at, err := time.Parse(time.RFC3339, text)
	if err != nil {
		t.Fatal(err)
	}
	return at
}

// largestCost is where the largest amount for a day of the period is kept.
func largestCost(t *testing.T) string {
	most, record := 0.0, ""
	first, today := since(t), sampleNow(t).Format(time.DateOnly)
	for _, r := range rows(t, "cloud-bill.csv") {
		amount, err := strconv.ParseFloat(r["amount"], 64)
		if err != nil {
			t.Fatal(err)
		}
		if r["day"] >= first && r["day"] < today && amount > most {
			most, record = amount, r["at"]
		}
	}
	return record
}
