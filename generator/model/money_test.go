package model_test

import (
	"math/big"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"uptree/generator/model"
)

func TestMoneyIsWrittenAsItWasRead(t *testing.T) {
	for text, want := range map[string]string{
		"14.97651418586": "14.97651418586", "-0.00000080000": "-0.0000008", "+3": "3", "0": "0", "-0": "0", "-0.0": "0",
		"1.1956e-05": "0.000011956", "2E3": "2000", ".5": "0.5", "7.": "7", "1e15": "1000000000000000", "-999999999999999.999999999999999999": "-999999999999999.999999999999999999",
		"0.0000000000000000004": "0", "0.0000000000000000005": "0.000000000000000001", "-0.0000000000000000015": "-0.000000000000000002",
	} {
		if m, ok := model.ParseMoney(text); !ok || m.String() != want {
			t.Errorf("%s reads as %s, %t; want %s", text, m, ok, want)
		}
	}
	for _, text := range []string{"", "-", "+-1", "--1", "1,5", "0x1", "1_0", "NaN", "inf", "1e15.5", "1000000000000001", "1e99", "1e-99", "12 ", strings.Repeat("9", 40)} {
		if m, ok := model.ParseMoney(text); ok {
			t.Errorf("%q reads as %s", text, m)
		}
	}
}

// TestMoneyAddsUpExactly compares sums with those of rational numbers.
func TestMoneyAddsUpExactly(t *testing.T) {
	amount := rapid.StringMatching(`-?[0-9]{1,14}(\.[0-9]{1,18})?`)
	rapid.Check(t, func(t *rapid.T) {
		var sum model.Money
		want, back := new(big.Rat), model.Money{}
		for _, text := range rapid.SliceOfN(amount, 1, 30).Draw(t, "amounts") {
			m, ok := model.ParseMoney(text)
			r, _ := new(big.Rat).SetString(text)
			if !ok || m.Negative() != (r.Sign() < 0) || m.IsZero() != (r.Sign() == 0) {
				t.Fatalf("%s reads as %s, %t", text, m, ok)
			}
			if got := sum.Compare(m); got != want.Cmp(r) {
				t.Fatalf("%s compared with %s is %d", sum, m, got)
			}
			sum, back = sum.Plus(m), back.Minus(m)
			want.Add(want, r)
		}
		got, _ := new(big.Rat).SetString(sum.String())
		if got.Cmp(want) != 0 || back.Negated() != sum || sum.Magnitude().Negative() {
			t.Fatalf("the sum is %s, want %s", sum, want.FloatString(18))
		}
		if f, _ := want.Float64(); sum.Float() != f {
			t.Fatalf("%s is about %v, want %v", sum, sum.Float(), f)
		}
	})
}
