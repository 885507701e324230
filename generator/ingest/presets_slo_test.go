package ingest

import (
	"fmt"
	"strings"
	"testing"

	"uptree/generator/diag"
	"uptree/generator/model"
)

// TestObjectivePresets reads the definitions of three systems beside services that their
// ids lead to. What cannot be judged as it was meant is refused, with the reason.
func TestObjectivePresets(t *testing.T) {
	for _, c := range []struct{ preset, account, objectives, refused string }{
		{
			"openslo", "ok read 9 accepted 4 merged 0 rejected 5 unmapped 1",
			`basket-availability "Basket answers" of basket 0.999 in 28d by occurrences
search-latency.bearable "search-latency: Bearable" of search 0.9995 in month by timeslices of 60 s at 0.99
search-latency.fast-p50 "search-latency: Fast (p50)" of search 0.999 in month by timeslices of 300 s at 0.95
without-a-window "without-a-window" of search 0.99 in 28d by occurrences
`,
			"of-old: openslo/v1alpha is not openslo/v1; of-tomorrow: openslo.com/v2alpha is not openslo/v1; " +
				"by-the-week: a window of 1w, by the calendar: write days or weeks for a rolling one, 1M or 1Q for one by the calendar; " +
				"a-month-that-rolls: a window of 1M, rolling: write days or weeks for a rolling one, 1M or 1Q for one by the calendar; " +
				"a-mean-of-ratios: RatioTimeslices: a mean of ratios is no share of events",
		},
		{
			"sloth", "ok read 4 accepted 3 merged 0 rejected 1 unmapped 1",
			`basket-freshness "basket: freshness" of basket 0.95 in 30d by occurrences
basket-requests-availability "basket: requests-availability" of basket 0.999 in 30d by occurrences
search-latency "search: latency" of search 0.9999 in 30d by occurrences
`,
			"openslo/v1alpha: the preset openslo reads it where it is openslo/v1",
		},
		{
			"pyrra", "ok read 3 accepted 2 merged 0 rejected 1 unmapped 1",
			`monitoring/basket-errors "basket-errors" of basket 0.999 in 28d by occurrences
monitoring/search-latency "search-latency" of search 0.9 in 14d by occurrences
`,
			"search-up: a window of 36h, which is not a number of days or weeks",
		},
	} {
		t.Run(c.preset, func(t *testing.T) {
			s := newSite(t)
			s.source(model.Services, "more.csv", "id,owner,aliases\nbasket,payments,PX12345\nsearch,platform,monitoring/search-latency\n")
			s.preset(c.preset)
			m, problems := s.normalise()
			if m == nil {
				t.Fatal(problems)
			}
			if got := account(m, c.preset); got != c.account {
				t.Errorf("%s\nwant %s", got, c.account)
			}
			if got := objectives(m); got != c.objectives {
				t.Errorf("%s\nwant\n%s", got, c.objectives)
			}
			if got := refused(m, c.preset); got != c.refused {
				t.Errorf("refused %s\nwant %s", got, c.refused)
			}
			if len(only(problems, diag.BadRecord)) != strings.Count(c.refused, ";")+1 {
				t.Errorf("problems %q", only(problems, diag.BadRecord))
			}
		})
	}
}

// objectives returns how each objective is judged, one a line.
func objectives(m *model.Model) string {
	var b strings.Builder
	for i := range m.Objectives {
		o := &m.Objectives[i]
		v := o.Versions[len(o.Versions)-1]
		fmt.Fprintf(&b, "%s %q of %s %s in %s by %s", o.ID, o.Title, m.Services[o.Subject.Service].ID, v.Target, o.Window.Name, o.Budgeting)
		if o.Budgeting == model.Timeslices {
			fmt.Fprintf(&b, " of %d s at %s", o.Slice, v.SliceTarget)
		}
		b.WriteByte('\n')
	}
	return b.String()
}

// refused returns the reasons of the rejected records of a source.
func refused(m *model.Model, source string) string {
	var reasons []string
	for _, s := range m.Sources {
		if s.Name != source {
			continue
		}
		for _, r := range s.Rejects {
			reason, _, _ := strings.Cut(r.Reason, " (record")
			reasons = append(reasons, reason)
		}
	}
	return strings.Join(reasons, "; ")
}
