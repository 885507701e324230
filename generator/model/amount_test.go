package model_test

import (
	"fmt"
	"math/big"
	"testing"

	"pgregory.net/rapid"

	"uptree/generator/model"
)

func TestSharesAreReadExactly(t *testing.T) {
	for text, want := range map[string]model.Share{
		"0.999": 999_000_000, "0.9": 900_000_000, ".5": 500_000_000, "1": model.Whole, "0": 0, "0.999999999": 999_999_999, "9.995e-1": 999_500_000,
		"0.5000000000": 500_000_000, "+0.25": 250_000_000,
	} {
		if got, ok := model.ParseShare(text); !ok || got != want {
			t.Errorf("%q is %d, %t, want %d", text, got, ok, want)
		}
	}
	for _, text := range []string{"", ".", "99.9", "1.000000001", "0.9999999999", "-0.5", "0,9", "99.9%", "NaN", "0x1p-1", "1e", "0.9 ", "1_0e-2", "1e-999999999999"} {
		if got, ok := model.ParseShare(text); ok {
			t.Errorf("%q is read as %s", text, got)
		}
	}
}

func TestAmountsAreReadToAMillionth(t *testing.T) {
	for text, want := range map[string]model.Amount{
		"0": 0, "12": 12_000_000, "12.5": 12_500_000, "1.2345678e3": 1_234_567_800, "0.0000005": 1, "0.00000049": 0, "1e-9": 0, "1e12": 1_000_000_000_000_000_000,
		"9223372036854": 9_223_372_036_854_000_000, "1.5E+6": 1_500_000_000_000,
	} {
		if got, ok := model.ParseAmount(text); !ok || got != want {
			t.Errorf("%q is %d, %t, want %d", text, got, ok, want)
		}
	}
	for _, text := range []string{"", "-1", "1e13", "9223372036855", "many", "1e60", "e5"} {
		if got, ok := model.ParseAmount(text); ok {
			t.Errorf("%q is read as %d", text, got)
		}
	}
}

// TestSharesAreWrittenAsTheyAreRead and taken of amounts as exact rationals are, rounded.
func TestSharesAreWrittenAsTheyAreRead(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		share := model.Share(rapid.Int64Range(0, int64(model.Whole)).Draw(t, "share"))
		if back, ok := model.ParseShare(share.String()); !ok || back != share {
			t.Fatalf("%d is written %s, which is %d", share, share, back)
		}
		amount := model.Amount(rapid.Int64Range(0, 1<<63-2).Draw(t, "amount"))
		exact := new(big.Rat).Mul(big.NewRat(int64(share), int64(model.Whole)), new(big.Rat).SetInt64(int64(amount)))
		got := new(big.Rat).SetInt64(int64(share.Of(amount)))
		if diff := got.Sub(got, exact); diff.Abs(diff).Cmp(big.NewRat(1, 2)) > 0 {
			t.Fatalf("%s of %d is off by %s", share, amount, diff)
		}
	})
}

func TestWindowsAndTheirNames(t *testing.T) {
	for name, want := range map[string]string{"28d": "{28d 28}", "month": "{month 0}", "quarter": "{quarter 0}", "366d": "{366d 366}", "1d": "{1d 1}"} {
		if w, ok := model.ParseWindow(name); !ok || fmt.Sprint(w) != want {
			t.Errorf("%s is %v, %t", name, w, ok)
		}
	}
	for _, name := range []string{"", "d", "0d", "028d", "367d", "28", "4w", "-1d", "year", "Month", "+7d"} {
		if w, ok := model.ParseWindow(name); ok {
			t.Errorf("%q is %v", name, w)
		}
	}
}
