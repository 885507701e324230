//go:build unix && !race

package rollup_test

import (
	"fmt"
	"runtime"
	"syscall"
	"testing"
	"time"

	"uptree/generator/model"
	"uptree/generator/rollup"
)

// What judging ten thousand objectives may cost, whatever the machine has to do besides.
const (
	manyObjectives = 10_000
	maxCPU         = time.Second
	maxBytes       = 300 << 20
)

// TestTenThousandObjectivesAreCheap judges a year of days of each objective, now and at the
// ends of the past periods of seven kinds. Memory is what the model holds and all that is
// allocated beside it, whether or not it is freed again.
func TestTenThousandObjectivesAreCheap(t *testing.T) {
	m := yearOfObjectives(t)
	before := memory()
	began := cpu(t)
	cube, problems := rollup.Compute(m, casePeriods, 2)
	spent := cpu(t) - began
	after := memory()
	used := before.HeapAlloc + after.TotalAlloc - before.TotalAlloc
	t.Logf("%d objectives, %d days: %v of CPU; the model is %d MB, %d MB were allocated beside it",
		len(m.Objectives), len(m.Objectives[0].Buckets), spent, before.HeapAlloc>>20, (after.TotalAlloc-before.TotalAlloc)>>20)
	if spent > maxCPU || used > maxBytes {
		t.Errorf("%v of CPU and %d MB, at most %v and %d MB", spent, used>>20, maxCPU, maxBytes>>20)
	}
	states := cube.Stats(rollup.OfNode(0))[cube.Metric("objectives")][0].States
	if len(problems) > 0 || states.Met == 0 || states.AtRisk == 0 || states.Breached == 0 || states.Met+states.AtRisk+states.Breached != manyObjectives {
		t.Errorf("%+v, %v", states, problems)
	}
}

func yearOfObjectives(t *testing.T) *model.Model {
	l := newCaseLoader(t)
	l.load("zone Europe/Stockholm")
	l.load("as_of 2026-11-20T09:05")
	l.load("node top")
	cal := model.NewCalendar(l.zone)
	today := cal.DayAt(l.in.AsOf)
	for i := range manyObjectives {
		id, service := fmt.Sprintf("o%d", i), fmt.Sprintf("s%d", i/4)
		l.load("node n" + itoa(i/40) + " parent=top")
		l.load("service " + service + " owner=n" + itoa(i/40))
		window := []string{"28d", "30d", "month", "quarter"}[i%4]
		l.load("slo " + id + " service=" + service + " target=0.99 window=" + window)
		l.load("slo " + id + " service=" + service + " target=0.995 window=" + window + " from=2026-11-01")
		if i%10 == 0 {
			l.load("exclude slo=" + id + " from=2026-11-03T00:00 to=2026-11-05T00:00")
		}
		for d := today - 365; d < today; d++ {
			bad := model.Amount((i+int(d))*7919%997) * 4000 * model.Amount(i%5)
			l.batch(model.SLIs).AddBucket(&model.BucketRecord{SLO: []byte(id), Bucket: model.Bucket{
				From: uint32(cal.Midnight(d)), To: uint32(cal.Midnight(d + 1)), Good: 1000*model.OneEvent - bad, Valid: 1000 * model.OneEvent,
			}})
		}
	}
	l.in.Zone = l.zone
	m, problems := model.Freeze(l.in)
	if m == nil {
		t.Fatal(problems)
	}
	return m
}

func memory() (s runtime.MemStats) {
	runtime.GC()
	runtime.ReadMemStats(&s)
	return s
}

// cpu is the time that the process has used.
func cpu(t *testing.T) time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		t.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
