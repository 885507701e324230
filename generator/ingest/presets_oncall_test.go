package ingest

import (
	"testing"

	"uptree/generator/model"
)

// TestOnCall counts the people of schedules at the nodes of their teams, which aliases name:
// once each over all pages and schedules.
func TestOnCall(t *testing.T) {
	for _, c := range []struct{ preset, aliases, want, account string }{
		{"pagerduty-oncall", "payments,PTEAM1\nplatform,PSCHED3\nacme,PTEAM9\n",
			"acme 2025-03-20 heads -1 on call 2\npayments 2025-03-20 heads -1 on call 4\nplatform 2025-03-20 heads -1 on call 1\n",
			"ok read 4 accepted 3 merged 1 rejected 0 unmapped 0"},
		{"opsgenie-oncall", "payments,t-payments\n", "payments 2025-03-20 heads -1 on call 2\n", "ok read 2 accepted 1 merged 0 rejected 1 unmapped 0"},
		{"icalendar-oncall", "platform,On-call of the platform\n",
			"payments 2025-03-20 heads -1 on call 4\nplatform 2025-03-20 heads -1 on call 1\n",
			"ok read 6 accepted 2 merged 4 rejected 0 unmapped 0"},
	} {
		s := newSite(t)
		s.source(model.Nodes, "teams.csv", "id,aliases\n"+c.aliases)
		s.preset(c.preset)
		m, problems := s.normalise()
		if m == nil {
			t.Fatal(problems)
		}
		if got := rotations(m); got != c.want || account(m, c.preset) != c.account {
			t.Errorf("%s: %s\n%swant\n%s", c.preset, account(m, c.preset), got, c.want)
		}
	}
}
