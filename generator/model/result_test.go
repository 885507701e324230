package model_test

import (
	"math"
	"testing"

	"uptree/generator/model"
)

// TestResultsAreKeptExactly puts in counts small and large, in two files and newest first,
// of more results than a block holds.
func TestResultsAreKeptExactly(t *testing.T) {
	counts := [][4]uint32{
		{1, 0, 0, 0}, {0, 1, 0, 0}, {0, 0, 1, 0}, {0, 0, 0, 1},
		{65535, 255, 15, 15}, {65536, 0, 0, 0}, {0, 256, 0, 0}, {0, 0, 16, 0}, {0, 0, 0, 16},
		{math.MaxUint32, math.MaxUint32, math.MaxUint32, math.MaxUint32},
	}
	const n = 10_000
	given := func(i int) (record model.ResultRecord, url string) {
		c := counts[i%len(counts)]
		record = model.ResultRecord{
			Test: []byte("t"), Service: []byte("a"), Location: []byte{'a' + byte(i%3)}, URL: []byte{'A' + byte(i%26)},
			At: now - model.Time(i), IsDay: i%7 == 0, Passed: c[0], Failed: c[1], Flaky: c[2], Skipped: c[3], Line: uint32(i),
		}
		if c[1] > 0 {
			url = string(record.URL)
		}
		return record, url
	}
	files := []*model.Batch{{Nodes: acme(), Services: []model.ServiceRecord{service("a", "cards")}}, {}}
	for i := range n {
		record, _ := given(i)
		files[i%2].AddResult(&record)
	}
	m, _ := freeze(t, input(files...))
	seen := 0
	for _, run := range m.Tests[0].Runs {
		for i := range run.Len() {
			r := run.Result(i)
			want, url := given(int(r.Line))
			if i > 0 && run.Result(i-1).At > r.At {
				t.Errorf("result %d is not in order of time", i)
			}
			if r.At != uint32(want.At) || r.IsDay != want.IsDay || r.Passed != want.Passed || r.Failed != want.Failed || r.Flaky != want.Flaky ||
				r.Skipped != want.Skipped || m.Locations[r.Location] != string(want.Location) || m.ResultURLs[r.URL] != url {
				t.Fatalf("got %+v at %q, want %+v at %q", r, m.ResultURLs[r.URL], want, url)
			}
			seen++
		}
	}
	if seen != n || m.Sources[0].Accepted != n+len(acme())+1 {
		t.Errorf("%d results, %d accepted", seen, m.Sources[0].Accepted)
	}
}
