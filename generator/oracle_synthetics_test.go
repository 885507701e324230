package generator_test

import (
	"cmp"
	"fmt"
	"slices"
)

// tested sums the results of one test in a window.
type tested struct {
	good, failed, skipped int64
}

// testKey is one test: an id of one source about one subject.
type testKey struct {
	id, subject string
	source      int
}

func (o *oracle) syntheticFacts(f facts, v view, period string) {
	const metric = "synthetic_success"
	var mine []*oracleResult
	for i := range o.results {
		if r := &o.results[i]; v.tests(r) && !o.in.Sources[r.source].Pilot {
			mine = append(mine, r)
		}
	}
	if !o.frame(f, v, metric, period, "synthetics", len(mine) > 0) {
		return
	}
	path, w := metric+"/"+period+"/", o.windows[period][0]
	total := sumResults(mine, w)
	if !f.ratio(path, total.good, total.good+total.failed) {
		return
	}
	o.past(f, metric, period, "synthetics", func(w span) (float64, bool) {
		t := sumResults(mine, w)
		return float64(t.good) / float64(max(1, t.good+t.failed)), t.good+t.failed > 0
	})
	o.testFacts(f, path, mine, w)
	byPlace := map[string]*tested{}
	for _, r := range mine {
		if r.location != "" && r.inWindow(w) {
			if byPlace[r.location] == nil {
				byPlace[r.location] = &tested{}
			}
			byPlace[r.location].add(r)
		}
	}
	for place, t := range byPlace {
		if t.good+t.failed > 0 {
			f.num(path+"by/location/"+place, t.share())
		}
	}
	o.partialDays(f, metric, period, mine)
}

func (t *tested) add(r *oracleResult) {
	t.good += r.good
	t.failed += r.failed
	t.skipped += r.skipped
}

func (t *tested) share() float64 { return float64(t.good) / float64(t.good+t.failed) }

func sumResults(list []*oracleResult, w span) (t tested) {
	for _, r := range list {
		if r.inWindow(w) {
			t.add(r)
		}
	}
	return t
}

// testFacts names the tests behind a ratio, and the worst three that failed.
func (o *oracle) testFacts(f facts, path string, mine []*oracleResult, w span) {
	sums, names := map[testKey]*tested{}, map[string]int{}
	for _, r := range mine {
		key := testKey{r.test, r.subject, r.source}
		if sums[key] == nil && sumOf(mine, key, w).good+sumOf(mine, key, w).failed > 0 {
			t := sumOf(mine, key, w)
			sums[key] = &t
			names[r.test]++
		}
	}
	type failing struct {
		tested
		name string
	}
	var worst []failing
	for key, t := range sums {
		name := key.id
		if names[key.id] > 1 {
			name += " · " + key.subjectID() + " · " + o.in.Sources[key.source].Name
		}
		f.num(path+"by/test/"+name, t.share())
		if t.failed > 0 {
			worst = append(worst, failing{*t, key.id})
		}
	}
	slices.SortFunc(worst, func(a, b failing) int {
		return cmp.Or(cmp.Compare(a.share(), b.share()), cmp.Compare(b.failed, a.failed), cmp.Compare(a.name, b.name))
	})
	f.num(path+"failed", float64(len(worst)))
	f.num(path+"tests", float64(len(sums)))
	for i, t := range worst[:min(3, len(worst))] {
		f[path+fmt.Sprintf("worst/%d", i)] = fmt.Sprintf("%s %d of %d", t.name, t.good, t.good+t.failed)
	}
}

func (k testKey) subjectID() string {
	return k.subject[slices.Index([]byte(k.subject), ':')+1:]
}

func sumOf(list []*oracleResult, key testKey, w span) (t tested) {
	for _, r := range list {
		if r.test == key.id && r.subject == key.subject && r.source == key.source && r.inWindow(w) {
			t.add(r)
		}
	}
	return t
}

// partialDays notes the tests that have counts of a day that is not over.
func (o *oracle) partialDays(f facts, metric, period string, mine []*oracleResult) {
	var tests []testKey
	for _, r := range mine {
		key := testKey{r.test, r.subject, r.source}
		if r.day && r.to > o.now && !slices.Contains(tests, key) {
			tests = append(tests, key)
		}
	}
	f.noteIf(true, metric, period, "partial_day", len(tests))
}
