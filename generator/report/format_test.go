package report_test

import (
	"strings"
	"testing"

	"uptree/generator/report"
	"uptree/generator/rollup"
)

// plain turns the spaces that do not break into plain ones.
func plain(s string) string { return strings.NewReplacer("\u00a0", " ", "\u202f", " ").Replace(s) }

func TestDurationsKeepTheTwoUnitsThatMatter(t *testing.T) {
	for _, c := range []struct {
		seconds float64
		want    string
	}{
		{0, "0 min"},
		{0.4, "under 1 s"},
		{45, "45 s"},
		{59.7, "1 min"},
		{60, "1 min"},
		{89, "1 min"},
		{3569, "59 min"},
		{3570, "1 h"},
		{12000, "3 h 20 min"},
		{95*3600 + 59*60 + 29, "95 h 59 min"},
		{95*3600 + 59*60 + 30, "4 d"},
		{302 * 3600, "12 d 14 h"},
		{90 * 86400, "90 d"},
		{1234 * 86400, "1 234 d"},
		{-12000, "−3 h 20 min"},
	} {
		if got := plain(report.Duration(c.seconds)); got != c.want {
			t.Errorf("%v s: %q, want %q", c.seconds, got, c.want)
		}
	}
}

func TestSharesHaveTheDigitsTheirObservationsSupport(t *testing.T) {
	for _, c := range []struct {
		name  string
		ratio float64
		den   int64
		want  string
	}{
		{"few runs", 2.0 / 3, 3, "67 %"},
		{"a thousand runs", 0.9962, 1000, "99.6 %"},
		{"many runs", 41210.0 / 41367, 41367, "99.62 %"},
		{"99.995 % never rounds up to all", 0.99995, 0, "99.99 %"},
		{"one failure in a million is not all", 0.999999, 1_000_000, "99.99 %"},
		{"one failure in 300 is not all", 299.0 / 300, 300, "99 %"},
		{"all passed", 1, 10_000, "100 %"},
		{"none passed", 0, 10, "0 %"},
		{"almost none is not none", 0.00001, 100_000, "under 0.01 %"},
		{"one of ten", 0.1, 10, "10 %"},
	} {
		if got := plain(report.Share(c.ratio, c.den)); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func TestUsualRangesAreRoundedOutwards(t *testing.T) {
	for _, c := range []struct {
		unit   rollup.Unit
		lo, hi float64
		want   string
	}{
		{rollup.Seconds, 1.2 * 3600, 8.7 * 3600, "1–9 h"},
		{rollup.Seconds, 0, 0, "0 min"},
		{rollup.Seconds, 90, 400, "1–7 min"},
		{rollup.Seconds, 6.2 * 86400, 27.9 * 86400, "6–28 d"},
		{rollup.One, 1.4, 3.2, "1–4"},
		{rollup.One, 1000, 2000, "1 000–2 000"},
		{rollup.Ratio, 0.99861, 1, "99.86–100 %"},
		{rollup.Ratio, 0, 0, "0 %"},
	} {
		if got := plain(report.Range(c.unit, c.lo, c.hi, 0)); got != c.want {
			t.Errorf("%v..%v: %q, want %q", c.lo, c.hi, got, c.want)
		}
	}
}

func TestDifferencesOfSharesAreNeverNothing(t *testing.T) {
	for _, c := range []struct {
		diff float64
		den  int64
		want string
	}{
		{-0.0014, 500_000, "0.14"},
		{0.106, 130, "10.6"},
		{0.0000001, 1_000_000, "0.01"},
	} {
		if got := report.Points(c.diff, c.den); got != c.want {
			t.Errorf("%v: %q, want %q", c.diff, got, c.want)
		}
	}
}

func TestCountsGroupThousands(t *testing.T) {
	for n, want := range map[int]string{0: "0", 999: "999", 1000: "1 000", 41210: "41 210", 1234567: "1 234 567", -1234: "−1 234"} {
		if got := plain(report.Count(n)); got != want {
			t.Errorf("%d: %q, want %q", n, got, want)
		}
	}
}
