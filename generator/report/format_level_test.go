package report_test

import (
	"testing"

	"uptree/generator/model"
	"uptree/generator/report"
)

func TestALevelNeverCrossesItsTarget(t *testing.T) {
	for _, c := range []struct {
		status         float64
		target         string
		want, wantGoal string
	}{
		{0.99995, "0.999", "99.99 %", "99.9 %"},
		{0.99896, "0.999", "99.89 %", "99.9 %"},
		{0.999, "0.999", "99.90 %", "99.9 %"},
		{0.9989999999, "0.999", "99.89 %", "99.9 %"},
		{0.99949, "0.9995", "99.94 %", "99.95 %"},
		{0.999949, "0.99995", "99.994 %", "99.995 %"},
		{0.99994999, "0.99995", "99.994 %", "99.995 %"},
		{0.99995, "0.99995", "99.995 %", "99.995 %"},
		{1, "0.999", "100 %", "99.9 %"},
		{0, "0.5", "0 %", "50 %"},
		{0.4999999, "0.5", "49.99 %", "50 %"},
		{0.123456, "0.5", "12.35 %", "50 %"},
		{0.99985, "0.999", "99.99 %", "99.9 %"},
	} {
		target, _ := model.ParseShare(c.target)
		if got := plain(report.Level(c.status, target)); got != c.want {
			t.Errorf("%v of %s: %q, want %q", c.status, c.target, got, c.want)
		}
		if got := plain(report.TargetLevel(target)); got != c.wantGoal {
			t.Errorf("%s: %q, want %q", c.target, got, c.wantGoal)
		}
	}
}
