package source

import (
	"net/http"
	"slices"
	"testing"
	"time"

	"uptree/generator/config"
)

// TestASampleIsOnePage: of many windows and pages the first page of the newest window.
func TestASampleIsOnePage(t *testing.T) {
	v := newVendor(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		w.Write([]byte(`{"incidents": [{"id": "A"}], "more": true}`))
	})
	v.options.Sample = true
	v.src.HTTP.URL += "?from={since}&to={until}"
	v.src.HTTP.TimeFormat, v.src.HTTP.Since, v.src.HTTP.Window = "date", 5*24*time.Hour, 48*time.Hour
	v.src.HTTP.Paging = config.Paging{By: "offset", Param: "offset", SizeParam: "limit", Size: 1, Items: []string{"incidents"}, More: []string{"more"}, MaxPages: 10}
	p, problems := v.fetch()
	want := []string{"/incidents?from=2025-03-18&limit=1&offset=0&to=2025-03-20"}
	if got := v.asked(); !slices.Equal(got, want) || p.Status != OK || len(p.Fresh.Blobs) != 1 {
		t.Errorf("asked %q: %v", got, problems)
	}
}

// TestASampleOfPrometheusIsOneRun: the newest of the stretches that are asked for.
func TestASampleOfPrometheusIsOneRun(t *testing.T) {
	f := newProm(t, answerSeries(`{"metric":{"job":"web"},"values":[[MOMENT,"3"]]}`)).ranged(config.Day, 30*24*time.Hour)
	f.src.HTTP.Window = 7 * 24 * time.Hour
	f.options.Sample = true
	f.lines()
	if len(f.asked) != 1 {
		t.Errorf("it was asked %d times", len(f.asked))
	}
}
