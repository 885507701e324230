package main

import (
	"strings"
	"testing"

	"uptree/generator/published"
)

// Numbers that moved are worded as on the pages, each by what says most of its metric.
func TestDiffWordsNumbers(t *testing.T) {
	number := func(part, unit, before, after string) published.Number {
		return published.Number{Metric: "m", Period: "28d", Part: part, Unit: unit, Old: before, New: after}
	}
	for _, c := range []struct {
		name, want string
		all        []published.Number
	}{
		{"the value, not its parts", "28d 1 h → 2 h", []published.Number{number("", "s", "3600", "7200"), number("own", "s", "0", "1")}},
		{"the medians of what has no value", "28d services.median 7.14 % → 8.33 %", []published.Number{
			number("services.median", "ratio", "0.0714", "0.08333"), number("services.n", "ratio", "9", "10")}},
		{"counts, where nothing else changed", "28d services.deployments 66 → 73; 28d distributions.detect.n 3 → 4", []published.Number{
			number("services.deployments", "ratio", "66", "73"), number("distributions.detect.n", "s", "3", "4")}},
		{"parts that were none and are none are no news", "28d states.no_data 1 → none", []published.Number{
			number("states.met", "1", "0", ""), number("states.no_data", "1", "1", "")}},
		{"shares that round to the same", "28d 99.926 % → 99.927 %", []published.Number{number("", "ratio", "0.9992647", "0.9992717")}},
		{"times that do", "28d 9570 s → 9600 s", []published.Number{number("", "s", "9570", "9600")}},
		{"nothing before", "28d none → 2", []published.Number{number("", "1", "", "2")}},
	} {
		got := diffText{escape: plainText}.numbers(c.all)
		if len(got) != 1 || strings.ReplaceAll(got[0], "\u00a0", " ") != " (), m: "+c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}
