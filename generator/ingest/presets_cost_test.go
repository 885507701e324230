package ingest

import (
	"fmt"
	"strings"
	"testing"

	"uptree/generator/diag"
	"uptree/generator/model"
)

// costs lists the costs of a model, a line each.
func costs(m *model.Model) string {
	var out strings.Builder
	for i := range m.Costs {
		c := &m.Costs[i]
		of := "-"
		if c.Service != model.NoIndex {
			of = m.Services[c.Service].ID
		}
		fmt.Fprintf(&out, "%s at %s, %s to %s: %s %s %s, %d records", of, m.Nodes[c.Home].ID, c.From, c.To, m.Components[c.Component], c.Amount, m.Currencies[c.Currency], c.Records)
		if c.CreditRecords > 0 {
			fmt.Fprintf(&out, ", %d credits of %s", c.CreditRecords, c.Credits)
		}
		if c.BilledRecords > 0 {
			fmt.Fprintf(&out, ", billed %s", c.Billed)
		}
		out.WriteString([...]string{model.Allocated: "\n", model.Unallocated: ", unallocated\n", model.UnknownOwner: ", of an unknown owner\n"}[c.Allocation])
	}
	return out.String()
}

// TestFOCUS: effective cost to the last decimal, credits kept, what nobody is named for at
// (not owned), and no name of a person.
func TestFOCUS(t *testing.T) {
	s := newSite(t)
	s.source(model.Services, "more.csv", "id,owner\nbasket,payments\n")
	s.preset("focus")
	m, problems := s.normalise()
	if m == nil {
		t.Fatal(problems)
	}
	const want = `basket at payments, 2025-03-03 to 2025-03-03: Networking 0.0000160599 USD, 1 records, billed 0.0000160599
basket at payments, 2025-03-03 to 2025-03-03: Compute 0.08166666667 USD, 2 records, billed 0.04
- at platform, 2025-03-01 to 2025-03-31: Other 310 EUR, 1 records, billed 310
- at platform, 2025-03-03 to 2025-03-03: Storage 1.25 USD, 1 records, billed 1.25
- at _not-owned, 2025-03-03 to 2025-03-03: Compute -3 USD, 1 records, 1 credits of -3, billed -3, unallocated
- at _not-owned, 2025-03-03 to 2025-03-03: Storage -0.0000004 USD, 1 records, 1 credits of -0.0000004, billed -0.0000004, unallocated
- at _not-owned, 2025-03-04 to 2025-03-04: Databases 0.5 USD, 1 records, billed 0.5, of an unknown owner
- at _not-owned, 2025-03-18 to 2025-03-18: AI and Machine Learning 0.002 EUR, 1 records, billed 0.002, unallocated
`
	if got := costs(m); got != want {
		t.Errorf("got\n%s", got)
	}
	if got := account(m, "focus"); got != "ok read 10 accepted 9 merged 0 rejected 1 unmapped 0" {
		t.Error(got)
	}
	if strings.Contains(fmt.Sprintf("%+v %+v", m.Cracks, problems), "quill") {
		t.Error("the name of a person is kept")
	}
	has(t, problems, diag.UnknownReference, `cost of unknown service or node "ghost"`)
}

// TestOpenCost: the components of a namespace make its total, idle and unmounted cost
// belong to nobody, and the currency is the source's.
func TestOpenCost(t *testing.T) {
	s := newSite(t)
	s.source(model.Services, "more.csv", "id,owner\nbasket,payments\n")
	s.preset("opencost")
	s.Sources[len(s.Sources)-1].Currency = "EUR"
	m, problems := s.normalise()
	if m == nil {
		t.Fatal(problems)
	}
	const want = `basket at payments, 2025-03-03 to 2025-03-03: cpu 0.93086 EUR, 2 records, 1 credits of -0.5
basket at payments, 2025-03-03 to 2025-03-03: memory 0.09657 EUR, 1 records
basket at payments, 2025-03-03 to 2025-03-03: load balancer 0.6 EUR, 1 records
basket at payments, 2025-03-03 to 2025-03-10: cpu 7 EUR, 1 records
basket at payments, 2025-03-03 to 2025-03-10: memory 0.5 EUR, 1 records
- at platform, 2025-03-03 to 2025-03-03: memory 0.000011956 EUR, 1 records
- at _not-owned, 2025-03-03 to 2025-03-03: storage 0.03 EUR, 1 records, unallocated
- at _not-owned, 2025-03-03 to 2025-03-03: cpu 0 EUR, 1 records, of an unknown owner
- at _not-owned, 2025-03-03 to 2025-03-03: cpu 4.2 EUR, 1 records, unallocated
- at _not-owned, 2025-03-03 to 2025-03-03: memory 0.9 EUR, 1 records, unallocated
`
	if got := costs(m); got != want {
		t.Errorf("got\n%s", got)
	}
}

// TestCostsThatCannotBeUsed: each says why, and none is guessed.
func TestCostsThatCannotBeUsed(t *testing.T) {
	for _, c := range []struct{ row, reason string }{
		{"search,2025-03-01,,,12x,EUR", "amount is not an amount of money, such as -12.34"},
		{"search,2025-03-01,,,,EUR", "amount is missing"},
		{"search,2025-03-01,,,NaN,EUR", "amount is not an amount of money, such as -12.34"},
		{"search,2025-03-01,,,1e16,EUR", "amount is not an amount of money, such as -12.34"},
		{"search,2025-03-01,,,12,", "currency is missing, and the source has none"},
		{"search,2025-03-01,,,12,€", "currency is not a code like EUR"},
		{"search,,,,12,EUR", "it needs day or month, and not both"},
		{"search,2025-03-01,,2025-03,12,EUR", "it needs day or month, and not both"},
		{"search,,,March,12,EUR", "month is not a month like 2026-11"},
		{"search,2025-03-02,2025-03-01,,12,EUR", "until is before day, or more than a year behind it"},
		{"search,2099-01-01,,,12,EUR", "begins after as_of"},
	} {
		s := newSite(t)
		s.source(model.Costs, "costs.csv", "service,day,until,month,amount,currency\n"+c.row+"\n")
		m, _ := s.normalise()
		source := &m.Sources[len(m.Sources)-1]
		if len(m.Costs) != 0 || source.Rejected != 1 || source.Rejects[0].Reason != c.reason {
			t.Errorf("%s: %d costs, rejected for %v, want %q", c.row, len(m.Costs), source.Rejects, c.reason)
		}
	}
}
