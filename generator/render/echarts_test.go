package render

import (
	"encoding/json"
	"strings"
	"testing"

	"uptree/generator/report"
)

func TestSkeletonsHoldNoDataNoColourAndNoCode(t *testing.T) {
	script, err := Skeletons()
	if err != nil {
		t.Fatal(err)
	}
	body, ok := strings.CutPrefix(string(script), "(window.uptree=window.uptree||{}).skeletons=")
	if !ok {
		t.Fatalf("begins with %.60q", script)
	}
	var options map[string]map[string]any
	if err := json.Unmarshal([]byte(strings.TrimSuffix(body, ";\n")), &options); err != nil {
		t.Fatal(err)
	}
	for _, spec := range report.ChartKinds {
		option, has := options[spec.Name]
		if has != spec.Interactive {
			t.Errorf("%s: registered is %v, interactive is %v", spec.Name, has, spec.Interactive)
		}
		for _, key := range []string{"color", "toolbox", "dataset"} {
			if _, has := option[key]; has {
				t.Errorf("%s has %s", spec.Name, key)
			}
		}
	}
	for _, foreign := range []string{"__f__", "http", "function", "<"} {
		if strings.Contains(body, foreign) {
			t.Errorf("the script holds %q", foreign)
		}
	}
	again, err := Skeletons()
	if err != nil || string(again) != string(script) {
		t.Errorf("a second build differs (error %v)", err)
	}
}

func TestAxesEndOnRoundNumbersOfTheirUnit(t *testing.T) {
	for _, test := range []struct {
		name   string
		kind   report.ChartKind
		unit   report.ChartUnit
		values []float64
		want   axis
	}{
		{"hours", report.ChartStacked, report.ChartDuration, []float64{51840}, axis{0, 64800, 21600}},
		{"minutes", report.ChartBar, report.ChartDuration, []float64{700}, axis{0, 900, 300}},
		{"few incidents are whole", report.ChartBar, report.ChartCount, []float64{2}, axis{0, 2, 1}},
		{"nothing at all", report.ChartBar, report.ChartCount, nil, axis{0, 1, 1}},
		{"shares near all do not start at zero", report.ChartLine, report.ChartPercent, []float64{0.25, 1}, axis{0.2, 1, 0.2}},
		{"bars of shares do", report.ChartBar, report.ChartPercent, []float64{0.9, 1}, axis{0, 1, 0.5}},
		{"credits go below zero", report.ChartBar, report.ChartCount, []float64{-30, 100}, axis{-50, 100, 50}},
	} {
		t.Run(test.name, func(t *testing.T) {
			c := report.Chart{Kind: test.kind, Unit: test.unit, X: make([]report.ChartPoint, len(test.values)),
				Series: []report.ChartSeries{{Values: test.values}}}
			if got := newAxis(&c); got != test.want {
				t.Errorf("%v, want %v", got, test.want)
			}
		})
	}
}
