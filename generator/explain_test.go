package generator_test

import (
	"math"
	"math/rand/v2"
	"os"
	"slices"
	"testing"
	"time"

	"uptree/generator"
	"uptree/generator/config"
	"uptree/generator/rollup"
)

// TestAFigureFollowsFromTheRecordsThatExplainIt takes figures of the sample by chance, and
// computes each anew from the records that its explanation lists: by hand, from their spans,
// values and groups alone.
func TestAFigureFollowsFromTheRecordsThatExplainIt(t *testing.T) {
	at, err := time.Parse(time.RFC3339, sampleClock)
	if err != nil {
		t.Fatal(err)
	}
	figures, _, problems, err := generator.Compute(t.Context(), generator.Options{
		Dir: "..", Config: "site.toml", Jobs: 2, Apart: true, AsOf: func(*time.Location) time.Time { return at },
	})
	if err != nil || figures == nil {
		t.Fatal(err, problems)
	}
	r := rand.New(rand.NewPCG(3, 5))
	known := map[string]int{}
	var ids []string
	for _, s := range sampleSite(t).subjects(t) {
		if s.Kind == "node" || s.Kind == "service" || s.Kind == "journey" {
			ids = append(ids, s.Kind+":"+s.ID)
		}
	}
	site, _, err := config.Load(os.DirFS(".."), "..", "site.toml")
	if err != nil || len(site.Metrics) == 0 {
		t.Fatal("the sample has no metrics of its own", err)
	}
	table := rollup.Table(site.Metrics)
	for range 9000 {
		metric := table[r.IntN(len(table))]
		q := generator.Question{Subject: ids[r.IntN(len(ids))], Metric: metric.ID, Period: []string{"7d", "28d", "90d", "365d"}[r.IntN(4)]}
		e, err := figures.Explain(q)
		if err != nil {
			t.Fatal(err)
		}
		if !e.Listed {
			continue
		}
		if has := e.Cell.Known || e.Cell.Spread != nil; has && len(e.Records) > 0 {
			known[metric.ID]++
			followsFrom(t, q, e)
		}
	}
	for _, m := range table {
		if known[m.ID] < 20 {
			t.Errorf("%s: %d figures were computed anew, want 20", m.ID, known[m.ID])
		}
	}
}

func followsFrom(t *testing.T, q generator.Question, e *generator.Explanation) {
	t.Helper()
	want, got := e.Cell.Value, math.NaN()
	counted := slices.DeleteFunc(slices.Clone(e.Records), func(r rollup.Record) bool { return r.Left != "" })
	switch e.Metric.Operator {
	case rollup.Time:
		got = unionOfSpans(counted)
	case rollup.Set, rollup.Sum, rollup.Latest, rollup.States:
		got = totalOf(counted)
	case rollup.RatioOf:
		if got = shareIn(counted); e.Metric.Own != nil {
			got *= float64(e.Metric.Own.Per)
		}
	case rollup.Distribution:
		for _, d := range e.Cell.Dists {
			if values := valuesIn(counted, d.Name, len(e.Cell.Dists) > 1); d.N != len(values) || d.N > 0 && d.Median != halfway(values) {
				t.Errorf("%+v: %s is %v of %d, its records make %v of %d", q, d.Name, d.Median, d.N, halfway(values), len(values))
			}
		}
		return
	case rollup.PerService:
		want, got = perService(e, counted)
	}
	if math.Abs(got-want) > 1e-9 {
		t.Errorf("%+v is %v, its %d records make %v", q, want, len(counted), got)
	}
}

// perService is the figure of a service, and of several the median of theirs.
func perService(e *generator.Explanation, records []rollup.Record) (want, got float64) {
	figure := func(of []rollup.Record) float64 {
		switch e.Metric.ID {
		case "change_fail_rate", "rework_rate":
			return shareIn(of)
		case "deployment_frequency":
			return totalOf(of)
		}
		return halfway(valuesIn(of, "", false))
	}
	if e.Cell.Spread == nil {
		if len(e.Cell.Dists) > 0 {
			return e.Cell.Dists[0].Median, figure(records)
		}
		return e.Cell.Value, figure(records)
	}
	if e.Cell.Spread.N == 0 {
		return 0, 0
	}
	all, groups := map[string]int{}, map[string][]rollup.Record{}
	for _, r := range e.Records {
		if carriedOut(&r) {
			all[r.Group]++
		}
	}
	for _, r := range records {
		groups[r.Group] = append(groups[r.Group], r)
	}
	var values []float64
	for group, n := range all {
		if v := figure(groups[group]); n >= 5 && (v == v) {
			values = append(values, v)
		}
	}
	return e.Cell.Spread.Median, halfway(values)
}

// carriedOut reports whether a deployment is one of those that make five: the reasons for
// which a metric leaves such a one out are sentences, those of other deployments are names.
func carriedOut(r *rollup.Record) bool {
	return r.Left == "" || !slices.Contains([]string{"unknown_service", "no_environment", "other_environment", "not_carried_out", "no_result", "unknown_result"}, r.Left)
}

// unionOf sweeps over the spans in order.
func unionOfSpans(records []rollup.Record) float64 {
	slices.SortFunc(records, func(a, b rollup.Record) int { return int(a.From - b.From) })
	total, end := int64(0), int64(math.MinInt64)
	for _, r := range records {
		from, to := max(int64(r.From), end), int64(r.To)
		if to > from {
			total += to - from
			end = to
		}
	}
	return float64(total)
}

func totalOf(records []rollup.Record) (sum float64) {
	for _, r := range records {
		sum += r.Value
	}
	return sum
}

func shareIn(records []rollup.Record) float64 {
	good, valid := int64(0), int64(0)
	for _, r := range records {
		good, valid = good+r.Good, valid+r.Valid
	}
	return float64(good) / float64(valid)
}

// valuesOf are those of a group, or of all records.
func valuesIn(records []rollup.Record, group string, grouped bool) (out []float64) {
	for _, r := range records {
		if !grouped || r.Group == group {
			out = append(out, r.Value)
		}
	}
	slices.Sort(out)
	return out
}

func halfway(sorted []float64) float64 {
	slices.Sort(sorted)
	n := len(sorted)
	if n == 0 {
		return math.NaN()
	}
	return (sorted[(n-1)/2] + sorted[n/2]) / 2
}
