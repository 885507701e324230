package main

import (
	"fmt"
	"path/filepath"
	"time"
)

// browserRun is a line of the browser tests' export: a day with counts, or one run.
type browserRun struct {
	Test     string `json:"test"`
	Title    string `json:"title"`
	Journey  string `json:"journey"`
	Day      string `json:"day,omitempty"`
	Started  string `json:"started,omitempty"`
	Location string `json:"location"`
	Passed   int    `json:"passed"`
	Failed   int    `json:"failed"`
	Flaky    int    `json:"flaky"`
	Skipped  int    `json:"skipped"`
	Duration string `json:"duration,omitempty"`
	URL      string `json:"url,omitempty"`
}

// The browser tests are a pilot of half a year: each journey is walked every two hours,
// with single runs for the last days.
const (
	browserDays  = 203
	browserRuns  = 6
	browserEvery = 2 * time.Hour
)

// writeBrowser writes the pilot's results. A browser is flakier than a probe.
func writeBrowser(dir string, o *organisation, w *watch) error {
	f := createFile(filepath.Join(dir, "browser-tests.jsonl"))
	for d := w.span.days() - browserDays; d < w.span.days(); d++ {
		for _, j := range o.journeys {
			if j.browser {
				w.browserDay(f, j, d)
			}
		}
	}
	return f.close()
}

func (w *watch) browserDay(f *output, j journey, d int) {
	seen := w.see(probe{journey: j.id, every: browserEvery}, "sto", d)
	if seen.passed > 0 && chance(w.r, 0.2) {
		seen.passed--
		seen.flaky++
	}
	line := browserRun{Test: "browser/" + j.id, Title: j.title + ", in a browser", Journey: j.id, Location: "sto"}
	if d < w.span.days()-browserRuns {
		line.Day = w.span.day(d).Format(time.DateOnly)
		line.Passed, line.Failed, line.Flaky, line.Skipped = seen.passed, seen.failed, seen.flaky, seen.skipped
		jsonLine(f, line)
		return
	}
	for i, result := range seen.shuffled(w.r) {
		at := w.span.day(d).Add(time.Duration(i) * browserEvery)
		line.Started = utc(at)
		n := result.counts()
		line.Passed, line.Failed, line.Flaky, line.Skipped = n[passed], n[failed], n[flaky], n[skipped]
		line.Duration = fmt.Sprintf("PT%.1fS", lognormal(w.r, 21, 0.3))
		line.URL = fmt.Sprintf("https://browser-tests.acme.example/%s/%s", j.id, at.UTC().Format("20060102T1504Z"))
		jsonLine(f, line)
	}
}
