package source

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"uptree/generator/config"
	"uptree/generator/model"
	"uptree/generator/source/prometheustest"
)

// question is what the fake server was asked.
type question struct {
	path   string
	form   url.Values
	header http.Header
}

// fakeProm is a Prometheus whose answers a test makes, and the source that asks it for one
// instant.
type fakeProm struct {
	*vendor
	asked []question
}

func newProm(t *testing.T, answer http.HandlerFunc) *fakeProm {
	f := &fakeProm{}
	f.vendor = newVendor(t, func(w http.ResponseWriter, r *http.Request) {
		if err := r.ParseForm(); err != nil {
			t.Error(err)
		}
		f.mu.Lock()
		f.asked = append(f.asked, question{r.Method + " " + r.URL.Path, r.Form, r.Header})
		f.mu.Unlock()
		answer(w, r)
	})
	f.src.Kind, f.src.Format, f.src.HTTP.URL = "prometheus", "jsonl", f.server.URL
	f.src.Prometheus = config.Prometheus{
		Queries: map[string]string{"value": "up"}, Instant: true, Step: config.Day, Zone: time.UTC,
	}
	return f
}

// ranged makes the source ask for buckets of a length.
func (f *fakeProm) ranged(step, since time.Duration) *fakeProm {
	f.src.Prometheus.Instant, f.src.Prometheus.Step, f.src.HTTP.Since = false, step, since
	return f
}

// answerVector answers with a value of one set of labels, now.
func answerVector(w http.ResponseWriter, r *http.Request, labels map[string]string) {
	metric, err := json.Marshal(labels)
	if err != nil {
		panic(err)
	}
	reply(w, "application/json", fmt.Sprintf(`{"status":"success","data":{"resultType":"vector","result":[{"metric":%s,"value":[%s,"1"]}]}}`,
		metric, r.FormValue("time")))
}

// answerSeries answers a range query with series, "MOMENT" standing for its start.
func answerSeries(series string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		reply(w, "application/json", `{"status":"success","data":{"resultType":"matrix","result":[`+strings.ReplaceAll(series, "MOMENT", r.FormValue("start"))+`]}}`)
	}
}

func (f *fakeProm) lines() []string {
	f.t.Helper()
	p, problems := f.fetch()
	if p.Status != OK {
		f.t.Fatal(problems)
	}
	return strings.Split(strings.TrimSpace(text(f.t, p.Fresh)), "\n")
}

func TestDaysOfASiteAreAskedForWhole(t *testing.T) {
	zone, err := time.LoadLocation("Europe/Stockholm")
	if err != nil {
		t.Fatal(err)
	}
	f := newProm(t, answerSeries(`{"metric":{"job":"web"},"values":[[MOMENT,"3"]]}`)).ranged(config.Day, 4*24*time.Hour)
	f.src.Prometheus.Zone, f.src.Prometheus.Queries["value"] = zone, "increase(x[{step}])"
	f.options.AsOf = time.Date(2026, 3, 31, 9, 5, 0, 0, zone) // summer time began on the 29th
	got := f.lines()
	want := []string{`{"day":"2026-03-28","job":"web","value":3}`, `{"day":"2026-03-29","job":"web","value":3}`, `{"day":"2026-03-30","job":"web","value":3}`}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	var asked []string
	for _, q := range f.asked {
		asked = append(asked, strings.Join([]string{q.form.Get("query"), q.form.Get("start"), q.form.Get("end"), q.form.Get("step")}, " "))
	}
	at := func(day int) int64 { return time.Date(2026, 3, day, 0, 0, 0, 0, zone).Unix() }
	wantAsked := []string{
		fmt.Sprintf("increase(x[86400s]) %d %d 86400", at(29), at(29)),
		fmt.Sprintf("increase(x[82800s]) %d %d 82800", at(30), at(30)),
		fmt.Sprintf("increase(x[86400s]) %d %d 86400", at(31), at(31)),
	}
	if diff := cmp.Diff(wantAsked, asked); diff != "" {
		t.Error(diff)
	}
	before := len(f.asked)
	f.options.AsOf = f.options.AsOf.Add(14 * time.Hour) // 23:05 of the same day
	f.lines()
	if first, second := f.asked[0].form, f.asked[before].form; !cmp.Equal(first, second) {
		t.Errorf("asked %v, then %v", first, second)
	}
}

// TestBuckets holds buckets of any zone, time and length to what is said of them: they follow
// each other without a gap, none is there twice, none reaches beyond its day, none is left
// out that is over, and no request asks for more than is allowed.
func TestBuckets(t *testing.T) {
	zones := []string{"UTC", "Europe/Stockholm", "America/Sao_Paulo", "Asia/Kathmandu", "Australia/Lord_Howe", "Asia/Beirut"}
	steps := []time.Duration{config.Day, 12 * time.Hour, 3 * time.Hour, time.Hour, 5 * time.Minute}
	rapid.Check(t, func(t *rapid.T) {
		zone, err := time.LoadLocation(rapid.SampledFrom(zones).Draw(t, "zone"))
		if err != nil {
			t.Fatal(err)
		}
		step := rapid.SampledFrom(steps).Draw(t, "step")
		until := model.Time(rapid.Int64Range(1.5e9, 1.8e9).Draw(t, "until"))
		since := until - model.Time(rapid.Int64Range(0, 40*86400).Draw(t, "length"))
		most := rapid.IntRange(1, 30).Draw(t, "most")
		cal := model.NewCalendar(zone)
		at := cal.DayAt(since)
		if cal.Midnight(at) < since {
			at++
		}
		begin, last := cal.Midnight(at), cal.Midnight(at)
		for _, r := range cutRuns(cal, since, until, step, most) {
			if r.n < 1 || r.n > most {
				t.Fatalf("a request for %d values", r.n)
			}
			for i := range r.n {
				end := r.end + model.Time(i)*r.seconds()
				switch start := end - r.seconds(); {
				case start != last:
					t.Fatalf("a bucket begins at %d, the one before ended at %d", start, last)
				case cal.DayAt(start) != cal.DayAt(end-1):
					t.Fatalf("a bucket of two days: %d to %d", start, end)
				case end > until || end > cal.Midnight(cal.DayAt(start)+1):
					t.Fatalf("a bucket ends at %d, after %d", end, until)
				}
				last = end
			}
		}
		if next := min(last+model.Time(step/time.Second), cal.Midnight(cal.DayAt(last)+1)); step < config.Day && next <= until {
			t.Fatalf("the bucket from %d is left out: until %d, since %d", last, until, begin)
		}
		if step == config.Day && begin < until && last != cal.Midnight(cal.DayAt(until)) {
			t.Fatalf("the last day ends at %d", last)
		}
	})
}

func TestNoRequestIsForMoreValuesThanServersAllow(t *testing.T) {
	f := newProm(t, answerSeries("")).ranged(time.Minute, 20*24*time.Hour)
	f.options.AsOf = time.Date(2026, 3, 31, 0, 0, 30, 0, time.UTC)
	f.lines()
	f.src.HTTP.Window = 10 * 24 * time.Hour
	f.src.Prometheus.Step = config.Day
	f.lines()
	var sizes []float64
	for _, q := range f.asked {
		var start, end, step float64
		if _, err := fmt.Sscan(q.form.Get("start")+" "+q.form.Get("end")+" "+q.form.Get("step"), &start, &end, &step); err != nil {
			t.Fatal(err)
		}
		sizes = append(sizes, (end-start)/step+1)
	}
	if want := []float64{11000, 11000, 5360, 10, 9}; !slices.Equal(sizes, want) {
		t.Errorf("asked for %v values, want %v", sizes, want)
	}
}

func TestMissingValuesAreNotZero(t *testing.T) {
	f := newProm(t, func(w http.ResponseWriter, r *http.Request) {
		start := r.FormValue("start")
		var first int64
		fmt.Sscan(start, &first)
		values := map[string]string{"good": `[%[1]d,"5"],[%[2]d,"NaN"],[%[3]d,"7"]`, "all": `[%[1]d,"6"],[%[2]d,"8"]`}[r.FormValue("query")]
		series := fmt.Sprintf(values, first, first+3600, first+7200)
		reply(w, "application/json", `{"status":"success","warnings":["no answer of store 1 to `+r.Header.Get("Authorization")+`"],"infos":["not a counter"],"data":{"resultType":"matrix","result":[
			{"metric":{"__name__":"`+r.FormValue("query")+`","job":"web"},"values":[`+series+`]}]}}`)
	}).ranged(time.Hour, 24*time.Hour)
	f.src.Prometheus.Queries = map[string]string{"passed": "good", "runs": "all"}
	f.options.AsOf = time.Date(2025, 3, 20, 4, 0, 0, 0, time.UTC)
	f.src.HTTP.Since = 5 * time.Hour
	p, _ := f.fetch()
	if got, want := text(t, p.Fresh), `{"end":"2025-03-20T01:00:00Z","job":"web","passed":5,"runs":6,"start":"2025-03-20T00:00:00Z"}`+"\n"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	want := []string{"2 of 3 values are left out: passed, runs are not all known at their moment", "not a counter", "no answer of store 1 to Bearer <secret>"}
	if diff := cmp.Diff(want, p.Fresh.Warnings); diff != "" {
		t.Error(diff)
	}
	f.src.Prometheus.Queries = map[string]string{"value": "good"}
	if lines := f.lines(); len(lines) != 2 || !strings.Contains(lines[1], `"value":7`) {
		t.Errorf("got %q", lines)
	}
}

func TestLabelsLeaveTheOtherKeysFree(t *testing.T) {
	f := newProm(t, func(w http.ResponseWriter, r *http.Request) {
		answerVector(w, r, map[string]string{"day": "monday", "value": "gold", "job": `a"<b>`})
	})
	if got, want := f.lines()[0], `{"day":"2025-03-20","job":"a\"<b>","label_day":"monday","label_value":"gold","time":"2025-03-20T08:00:00Z","value":1}`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestWhatAPrometheusIsAsked(t *testing.T) {
	f := newProm(t, func(w http.ResponseWriter, r *http.Request) { answerVector(w, r, nil) })
	f.src.HTTP.URL = f.server.URL + "/select/0/prometheus/?partial_response=0"
	f.src.HTTP.Headers = map[string]string{"X-Scope-OrgID": "team-a"}
	f.lines()
	q := f.asked[0]
	if q.path != "POST /select/0/prometheus/api/v1/query" || q.form.Get("query") != "up" || q.form.Get("time") != "1742457600" {
		t.Errorf("asked %+v", q)
	}
	if q.form.Get("partial_response") != "0" || q.form.Get("nocache") != "1" || q.header.Get("X-Scope-OrgID") != "team-a" || q.header.Get("Authorization") != "Bearer "+token {
		t.Errorf("asked %+v", q)
	}
}

func TestAServerThatTakesNoPOST(t *testing.T) {
	f := newProm(t, func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodPost {
			w.WriteHeader(http.StatusMethodNotAllowed)
			return
		}
		answerVector(w, r, nil)
	})
	if lines := f.lines(); len(lines) != 1 || f.asked[1].path != "GET /api/v1/query" {
		t.Errorf("got %q, asked %v", lines, f.asked)
	}
}

func TestAPrometheusThatRecovers(t *testing.T) {
	tries := 0
	f := newProm(t, func(w http.ResponseWriter, r *http.Request) {
		if tries++; tries < 3 {
			w.WriteHeader(http.StatusServiceUnavailable)
			return
		}
		answerVector(w, r, nil)
	})
	if lines := f.lines(); len(lines) != 1 || tries != 3 {
		t.Errorf("got %q after %d tries", lines, tries)
	}
}

func TestAnAnswerThatIsTooLongIsAskedForInParts(t *testing.T) {
	f := newProm(t, func(w http.ResponseWriter, r *http.Request) {
		series := `{"metric":{},"values":[[MOMENT,"1"]]}`
		if r.FormValue("start") != r.FormValue("end") {
			series += strings.Repeat(" ", maxAnswer)
		}
		answerSeries(series)(w, r)
	}).ranged(config.Day, 3*24*time.Hour)
	f.src.MaxBytes = 1 << 40
	if lines := f.lines(); len(lines) != 2 || len(f.asked) != 3 {
		t.Errorf("got %q of %d requests", lines, len(f.asked))
	}
}

func TestPrometheusFailures(t *testing.T) {
	vector := func(result string) string {
		return `{"status":"success","data":{"resultType":"vector","result":[` + result + `]}}`
	}
	for _, c := range []struct {
		about          string
		status         int
		answer         string
		reason, detail string
	}{
		{"a query that cannot be read", 400, `{"status":"error","errorType":"bad_data","error":"parse error"}`, "HOST refuses the query", "bad_data: parse error"},
		{"more points than it allows", 422, `{"status":"error","errorType":"execution","error":"exceeded maximum resolution"}`, "HOST refuses the query", "execution: exceeded maximum resolution"},
		{"a proxy that refuses", 400, `{"message":"no such tenant"}`, "HOST answers with 400 Bad Request", "no such tenant"},
		{"an error that says that all is well", 200, `{"status":"error","errorType":"timeout","error":"query timed out"}`, "HOST refuses the query", "timeout: query timed out"},
		{"a login page", 200, `<!doctype html><title>Sign in</title>`, "its answer is an HTML page where data are expected", ""},
		{"another API", 200, `{"data":[]}`, "the answer of HOST is not one of Prometheus", ""},
		{"an answer that is cut", 200, `{"status":"success","data":{"resultType":"vec`, "the answer of HOST is not one of Prometheus", ""},
		{"a text", 200, `{"status":"success","data":{"resultType":"string","result":[1742457600,"up"]}}`, "the answer of HOST is not one of Prometheus", ""},
		{"other moments", 200, vector(`{"metric":{},"value":[1742457601,"1"]}`), "the query gives values of other moments than those it was asked for", ""},
		{"the same labels twice", 200, vector(`{"metric":{},"value":[1742457600,"1"]},{"metric":{},"value":[1742457600,"2"]}`), "the query gives several series of the same labels", ""},
		{"a histogram", 200, vector(`{"metric":{},"histogram":[1742457600,{"count":"1","sum":"1","buckets":[]}]}`), "the query gives histograms where numbers are expected", ""},
	} {
		t.Run(c.about, func(t *testing.T) {
			f := newProm(t, func(w http.ResponseWriter, r *http.Request) {
				w.Header().Set("Content-Type", "application/json")
				w.WriteHeader(c.status)
				fmt.Fprint(w, c.answer)
			})
			p, problems := f.fetch()
			if want := strings.ReplaceAll(c.reason, "HOST", strings.TrimPrefix(f.server.URL, "http://")); p.Status != Failed || p.Reason != want {
				t.Errorf("got %q, want %q", p.Reason, want)
			}
			if len(problems) != 1 || !strings.Contains(problems[0].Text, c.detail) {
				t.Errorf("got %v, want %q", problems, c.detail)
			}
		})
	}
}

// TestARealPrometheus asks a server that watches itself and an exporter.
func TestARealPrometheus(t *testing.T) {
	exporter := prometheustest.Exporter(t, func() string {
		return "probes{job=\"web\",result=\"passed\"} 997\nprobes{job=\"web\",result=\"failed\"} 3\nbroken{job=\"web\"} NaN\n"
	})
	server := prometheustest.Start(t, exporter)
	server.Await(`probes and on () prometheus_http_requests_total`)
	zone := prometheustest.Zone()
	v := newVendor(t, nil)
	v.src = config.Source{
		Name: "probes", Kind: "prometheus", Format: "jsonl", MaxBytes: 1 << 20, Timeout: 10 * time.Second, HTTP: config.HTTP{URL: server.URL(), PerHost: 2, Since: 3 * config.Day},
		Prometheus: config.Prometheus{Step: config.Day, Zone: zone, Queries: map[string]string{
			"passed": `sum by (job) (max_over_time(probes{result="passed"}[{step}]))`,
			"failed": `sum by (job) (max_over_time(probes{result="failed"}[{step}]))`,
		}},
	}
	v.options.AsOf = time.Now().Add(config.Day) // when today is over
	today := time.Now().In(zone).Format(time.DateOnly)
	p, problems := v.fetch()
	if p.Status != OK {
		t.Fatal(problems)
	}
	want := fmt.Sprintf(`{"day":%q,"failed":3,"job":"web","passed":997}`+"\n", today)
	if got := text(t, p.Fresh); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	v.src.Prometheus.Queries = map[string]string{"value": "broken", "size": "prometheus_tsdb_head_series >"}
	v.src.Prometheus.Instant = true
	p, problems = v.fetch()
	if want := server.Host() + ` refuses the query "size"`; p.Reason != want || !strings.Contains(problems[0].Text, "unexpected end of input") {
		t.Errorf("got %q, %v", p.Reason, problems)
	}
	v.src.Prometheus.Queries = map[string]string{"value": `broken or probes{result="failed"}`}
	v.options.AsOf = time.Now().Add(time.Second) // the samples are younger than a second
	if p, problems = v.fetch(); p.Status != OK || strings.Count(text(t, p.Fresh), "\n") != 1 || !strings.Contains(text(t, p.Fresh), `"value":3}`) {
		t.Errorf("got %q, %v", text(t, p.Fresh), problems)
	}
	server.Stop()
	if p, _ = v.fetch(); p.Reason != "cannot reach "+server.Host() {
		t.Errorf("got %q", p.Reason)
	}
}
