package signal

import (
	"fmt"

	"uptree/generator/model"
	"uptree/generator/rollup"
)

// metricReviewDue speaks at the root of definitions that were to be looked at again.
func metricReviewDue(f *finder, n model.NodeIdx) {
	if n != 0 {
		return
	}
	due, oldest := 0, (*model.OwnMetric)(nil)
	for i := range f.m.Own {
		own := &f.m.Own[i]
		if !own.Due(f.talk.Today) {
			continue
		}
		if due++; oldest == nil || own.ReviewBy < oldest.ReviewBy {
			oldest = own
		}
	}
	if due > 0 {
		f.add(n, n, "", quiet, count("n", due), Arg{Name: "metric", Kind: MetricArg, Text: oldest.ID}, day("since", oldest.ReviewBy.String()))
	}
}

// definition is what says whether a metric is measured as it was.
func definition(m *rollup.Metric) string {
	own := m.Own
	if own == nil {
		return m.Formula
	}
	text := fmt.Sprintf("%s %s %s per %d", m.Operator, m.Unit, m.Formula, own.Per)
	for _, c := range own.Changes {
		text += fmt.Sprintf("; %s %s", c.On, c.What)
	}
	return text
}
