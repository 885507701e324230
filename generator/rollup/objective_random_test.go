package rollup_test

import (
	"fmt"
	"math/big"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"uptree/generator/model"
	"uptree/generator/rollup"
)

// randomObjectives is how many objectives are compared with a naive computation.
const randomObjectives = 10_000

// TestRandomObjectivesEqualExactRationals compares status, budget, burn, state and days of
// ten thousand objectives with those computed in math/big.Rat: half of them before and half
// after a change of clocks.
func TestRandomObjectivesEqualExactRationals(t *testing.T) {
	for _, at := range []string{"2026-04-06T09:05", "2026-11-20T00:00"} {
		t.Run(at, func(t *testing.T) {
			l := newCaseLoader(t)
			l.load("zone Europe/Stockholm")
			l.load("as_of " + at)
			l.load("node top")
			l.load("service s owner=top")
			draw := drawing{rand.New(rand.NewPCG(uint64(len(at)), uint64(at[6]))), l}
			naive := map[string]*naiveObjective{}
			for i := range randomObjectives / 2 {
				id := fmt.Sprintf("o%04d", i)
				naive[id] = draw.objective(id)
			}
			for i := range l.in.Sources {
				l.in.Sources[i].CoversFrom = l.day("2024-01-01")
			}
			site := l.site()
			compareObjectives(t, site, naive)
			compareStates(t, site, naive)
		})
	}
}

// drawing draws objectives and loads them.
type drawing struct {
	*rand.Rand
	l *caseLoader
}

func (d drawing) pick(words ...string) string { return words[d.IntN(len(words))] }

func (d drawing) objective(id string) *naiveObjective {
	o := &naiveObjective{zone: d.l.zone, asOf: int64(d.l.in.AsOf), window: d.pick("28d", "28d", "30d", "7d", "90d", "3d", "month", "month", "quarter")}
	w, _ := model.ParseWindow(o.window)
	o.days = w.Days
	slice := ""
	if d.IntN(5) == 0 {
		slice = d.pick("30m0s", "1h0m0s", "5m0s", "45m0s")
		o.slice, o.sliceTarget = int64(d.l.seconds(slice)), rat("0.95")
	}
	if d.IntN(4) == 0 {
		o.minEvents = int64(d.IntN(3000))
	}
	from := ""
	if d.IntN(4) == 0 {
		from = d.day(90)
	}
	for range 1 + d.IntN(3) {
		target := d.pick("0.9", "0.99", "0.999", "0.95", "0.987654321", "0.5", fmt.Sprintf("0.%d", 1+d.IntN(999_999)))
		v := naiveVersion{target: rat(target)}
		if from != "" {
			date, _ := time.Parse(time.DateOnly, from)
			v.from = time.Date(date.Year(), date.Month(), date.Day(), 0, 0, 0, 0, o.zone)
		}
		o.versions = append(o.versions, v)
		d.l.loadObjective(id, fields{"service": "s", "target": target, "window": o.window, "from": from, "slice": slice, "slice_target": "0.95", "min_events": itoa(int(o.minEvents))})
		if next := d.day(60); next > from {
			from = next
		} else {
			break
		}
	}
	d.measure(id, o)
	d.exclude(id, o)
	return o
}

// day is one of the last days.
func (d drawing) day(back int) string {
	return time.Unix(int64(d.l.in.AsOf), 0).UTC().AddDate(0, 0, -d.IntN(back)).Format(time.DateOnly)
}

// measure draws stretches of one length, one after the other, some of them idle or missing.
func (d drawing) measure(id string, o *naiveObjective) {
	step := int64(d.l.seconds(d.pick("0s", "0s", "24h0m0s", "1h0m0s", "5m0s", "90m0s", "30m0s")))
	n := 20 + d.IntN(120)
	start := time.Unix(o.asOf, 0).In(o.zone).AddDate(0, 0, -d.IntN(130))
	first := time.Date(start.Year(), start.Month(), start.Day(), 0, 0, 0, 0, o.zone)
	if d.IntN(3) == 0 && step > 0 {
		first = first.Add(time.Duration(d.IntN(86400)) * time.Second)
	}
	badness := d.IntN(4)
	for i := range n {
		b := naiveBucket{from: first.Unix() + int64(i)*step, to: first.Unix() + int64(i+1)*step}
		if step == 0 { // site days
			b.from, b.to = first.AddDate(0, 0, i).Unix(), first.AddDate(0, 0, i+1).Unix()
		}
		if d.IntN(8) == 0 || b.from > o.asOf {
			continue
		}
		d.count(&b, o, badness)
		o.buckets = append(o.buckets, b)
		d.l.batch(model.SLIs).AddBucket(&model.BucketRecord{SLO: []byte(id), Bucket: model.Bucket{From: uint32(b.from), To: uint32(b.to), Good: millionths(b.good), Valid: millionths(b.valid)}})
	}
}

func (d drawing) count(b *naiveBucket, o *naiveObjective, badness int) {
	valid := int64(d.IntN(1000)) * 1e6
	switch {
	case o.slice > 0 && b.to-b.from > o.slice:
		valid = int64(d.IntN(int((b.to-b.from)/o.slice)+1)) * 1e6
	case d.IntN(6) == 0:
		valid = 0
	case d.IntN(6) == 0:
		valid = d.Int64N(1e12) // extrapolated
	case d.IntN(20) == 0:
		valid = 9_000_000_000_000_000_000 // the most that there can be
	}
	bad := int64(0)
	if badness > 0 && d.IntN(4) < badness && valid > 0 {
		bad = d.Int64N(valid/int64([]int{1, 5, 50, 1000}[d.IntN(4)]) + 1)
		bad -= bad % 1e6
	}
	if d.IntN(10) == 0 {
		bad = valid / 10
	}
	b.valid, b.good = big.NewRat(valid, 1e6), big.NewRat(valid-bad, 1e6)
}

func (d drawing) exclude(id string, o *naiveObjective) {
	if d.IntN(3) > 0 {
		return
	}
	for range 1 + d.IntN(3) {
		from := o.asOf - d.Int64N(60*86400)
		from -= from % 1800
		to := from + 1800*int64(1+d.IntN(200))
		o.excluded = append(o.excluded, [2]int64{from, to})
		b := d.l.batch(model.Exclusions)
		b.Exclusions = append(b.Exclusions, model.ExclusionRecord{Objective: id, From: model.Time(from), To: model.Time(to), Reason: "agreed", Expires: model.NoDay})
	}
}

func rat(text string) *big.Rat {
	r, _ := new(big.Rat).SetString(text)
	return r
}

func millionths(r *big.Rat) model.Amount {
	return model.Amount(new(big.Rat).Mul(r, big.NewRat(1e6, 1)).Num().Int64())
}

// compareObjectives compares how all objectives stand at as_of.
func compareObjectives(t *testing.T, site *caseSite, naive map[string]*naiveObjective) {
	if len(site.m.Objectives) != len(naive) {
		t.Fatalf("%d objectives, want %d", len(site.m.Objectives), len(naive))
	}
	seen := map[rollup.ObjectiveState]int{}
	for i := range site.m.Objectives {
		id := site.m.Objectives[i].ID
		r := site.cube.Objective(int32(i))
		seen[r.State]++
		for part, pair := range partsOf(r, naive[id]) {
			if pair[0] != pair[1] {
				t.Errorf("%s: %s is %s, want %s", id, part, pair[0], pair[1])
			}
		}
		if t.Failed() {
			t.Fatalf("%s: %+v", id, naive[id])
		}
	}
	for _, state := range []rollup.ObjectiveState{rollup.Met, rollup.AtRisk, rollup.Breached, rollup.NoData} {
		if seen[state] < len(naive)/50 {
			t.Errorf("only %d of the objectives are %s: the test compares too little", seen[state], state)
		}
	}
}

// partsOf pairs what was computed with what it should be.
func partsOf(r *rollup.ObjectiveResult, o *naiveObjective) map[string][2]string {
	units := o.units(true)
	b := o.budget(units, o.asOf, true)
	from, _, _ := o.bounds(o.asOf)
	state, _ := o.state(units, o.asOf)
	reached, measured := o.daysReached(units, from, o.asOf)
	parts := map[string][2]string{
		"state":     {r.State.String(), state.String()},
		"exhausted": {dayText(r.Exhausted), o.exhausted(units)},
		"days":      {fmt.Sprint(r.DaysReached, r.DaysMeasured), fmt.Sprint(reached, measured)},
	}
	budgetParts(parts, "", &r.Budget, &b)
	for i, days := range []int{1, 7, 28} {
		burn := o.burned(units, days, o.asOf, true)
		want := "null"
		if burn.valid.Sign() > 0 {
			want = float(burn.consumed())
		}
		got := "null"
		if r.Burns[i].Known {
			got = fmt.Sprint(r.Burns[i].Rate)
		}
		parts[fmt.Sprintf("burn over %d days", days)] = [2]string{got, want}
	}
	without := o.budget(o.units(false), o.asOf, false)
	if r.Unexcluded == nil {
		budgetParts(parts, "without exclusions: ", &r.Budget, &without)
	} else {
		budgetParts(parts, "without exclusions: ", r.Unexcluded, &without)
	}
	return parts
}

func budgetParts(parts map[string][2]string, prefix string, got *rollup.Budget, want *naiveBudget) {
	parts[prefix+"good"] = [2]string{got.Good.Rat().String(), want.good.String()}
	parts[prefix+"valid"] = [2]string{got.Valid.Rat().String(), want.valid.String()}
	parts[prefix+"allowed"] = [2]string{got.Allowed.Rat().String(), want.allowed.String()}
	if want.valid.Sign() > 0 {
		status, _ := got.Status()
		consumed, _ := got.Consumed()
		remaining, _ := got.Remaining()
		parts[prefix+"status"] = [2]string{fmt.Sprint(status), float(new(big.Rat).Quo(want.good, want.valid))}
		parts[prefix+"consumed"] = [2]string{fmt.Sprint(consumed), float(want.consumed())}
		parts[prefix+"remaining"] = [2]string{fmt.Sprint(remaining), float(new(big.Rat).Sub(big.NewRat(1, 1), want.consumed()))}
	}
}

func float(r *big.Rat) string {
	f, _ := r.Float64()
	return fmt.Sprint(f)
}

func dayText(d model.Day) string {
	if d == model.NoDay {
		return ""
	}
	return d.String()
}

// compareStates compares the counts at the top, now and at the end of the period before.
func compareStates(t *testing.T, site *caseSite, naive map[string]*naiveObjective) {
	period := slices.IndexFunc(site.cube.Periods, func(p rollup.Period) bool { return p.Name == "28d" })
	cell := site.cube.Stats(rollup.OfNode(0))[site.cube.Metric("objectives")][period]
	var counts [4]int
	before := 0
	end := int64(site.cube.Periods[period].Previous.To)
	for _, o := range naive {
		units := o.units(true)
		state, _ := o.state(units, o.asOf)
		counts[state]++
		if then, _ := o.state(units, end); then == rollup.Met && o.target(end) != nil {
			before++
		}
	}
	got := [4]int{cell.States.NoData, cell.States.Met, cell.States.AtRisk, cell.States.Breached}
	if got != counts || int(cell.Value) != counts[rollup.Met] || cell.N != counts[1]+counts[2]+counts[3] || int(cell.Previous) != before {
		t.Errorf("states are %v, %v met of %d, %v before; want %v, %d before", got, cell.Value, cell.N, cell.Previous, counts, before)
	}
}
