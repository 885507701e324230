package rollup_test

import (
	"math/big"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"uptree/generator/model"
	"uptree/generator/rollup"
)

func (w *world) drawCost(t *rapid.T, service *rapid.Generator[int]) model.CostRecord {
	today := model.Day(w.asOf / 86400)
	r := model.CostRecord{
		Component: []byte(rapid.SampledFrom([]string{"", "compute", "storage"}).Draw(t, "component")),
		Currency:  []byte(rapid.SampledFrom([]string{"EUR", "EUR", "USD"}).Draw(t, "currency")),
		From:      today - model.Day(rapid.IntRange(0, worldDays).Draw(t, "cost day")), Idle: rapid.IntRange(0, 6).Draw(t, "idle") == 0,
	}
	if r.To = r.From; rapid.IntRange(0, 3).Draw(t, "several days") == 0 {
		r.To += model.Day(rapid.IntRange(1, 40).Draw(t, "days"))
	}
	r.Amount, _ = model.ParseMoney(rapid.StringMatching(`-?[0-9]{1,4}\.[0-9]{1,13}`).Draw(t, "amount"))
	if r.HasBilled = rapid.Bool().Draw(t, "says billed"); r.HasBilled {
		r.Billed, _ = model.ParseMoney(rapid.StringMatching(`-?[0-9]{1,3}\.[0-9]{1,11}`).Draw(t, "billed"))
	}
	switch rapid.IntRange(0, 3).Draw(t, "names") {
	case 0:
		r.Node = []byte(nodeID(rapid.IntRange(0, len(w.parents)).Draw(t, "cost node")))
	case 1, 2:
		r.Service = []byte(serviceID(service.Draw(t, "cost service")))
	}
	return r
}

// withoutTerms leaves out where amounts come from.
func withoutTerms(spent []rollup.Spent) []rollup.Spent {
	out := slices.Clone(spent)
	for i := range out {
		out[i].Terms, out[i].Children, out[i].Direct = false, nil, model.Money{}
	}
	return out
}

// TestNoMoneyIsLost: what the root and suppliers cost is all that lies in the period, to
// the last decimal, and parts make their wholes.
func TestNoMoneyIsLost(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := drawWorld(t)
		c := compute(t, w.input(2), 2)
		row := c.Metric("cost")
		for p, period := range c.Periods {
			got, want := map[string]*big.Rat{}, w.spent(period.Current)
			for _, n := range []model.NodeIdx{0, c.Model.ThirdParty} {
				for _, spent := range c.Stats(rollup.OfNode(n))[row][p].Spent {
					add(got, spent.Currency, spent.Amount)
				}
			}
			for currency, sum := range want {
				if got[currency] == nil || got[currency].Cmp(sum) != 0 {
					t.Fatalf("%s over %s is %v, the records make %v", currency, period.Name, got[currency], sum)
				}
			}
			for n := range c.Model.Nodes {
				checkParts(t, c.Stats(rollup.OfNode(model.NodeIdx(n)))[row][p].Spent)
			}
		}
	})
}

// spent adds up the costs that lie wholly in a window.
func (w *world) spent(in rollup.Window) map[string]*big.Rat {
	sums := map[string]*big.Rat{}
	for _, r := range w.costs {
		if model.Time(r.From)*86400 >= in.From && model.Time(r.To+1)*86400 <= in.To {
			add(sums, string(r.Currency), r.Amount)
		}
	}
	return sums
}

func add(sums map[string]*big.Rat, currency string, amount model.Money) {
	if sums[currency] == nil {
		sums[currency] = new(big.Rat)
	}
	r, _ := new(big.Rat).SetString(amount.String())
	sums[currency].Add(sums[currency], r)
}

func checkParts(t *rapid.T, spent []rollup.Spent) {
	for i := range spent {
		s := &spent[i]
		for what, parts := range map[string][]rollup.MoneyPart{"components": s.Components, "allocation": s.Allocation, "terms": append(slices.Clone(s.Children), rollup.MoneyPart{Amount: s.Direct})} {
			var sum model.Money
			for _, p := range parts {
				sum = sum.Plus(p.Amount)
			}
			if sum != s.Amount {
				t.Fatalf("%s of %s %s make %s", what, s.Amount, s.Currency, sum)
			}
		}
	}
}
