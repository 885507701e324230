package history

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"uptree/generator/diag"
	"uptree/generator/source"
)

func TestWhatChangedIsReadAsItWasWritten(t *testing.T) {
	steps := []Step{
		{day("2026-03-01"), "owner", "cards", "", "shop"},
		{day("2026-03-02"), "decision", "node:<shop>/cost", "fix 2026-01-01", "due 2026-03-01"},
		{day("2026-03-02"), "range", "acme/incident_time", "above", ""},
	}
	m := New(nil, nil)
	if before, problems := m.Steps(); before != nil || len(problems) > 0 {
		t.Errorf("nothing is remembered, and read is %v (%v)", before, problems)
	}
	got, problems := m.WithSteps(steps).Steps()
	if diff := cmp.Diff(steps, got); diff != "" || len(problems) > 0 {
		t.Error(diff, problems)
	}
	if left, _ := m.Steps(); left != nil {
		t.Error("the memory itself has changed")
	}
}

func TestADamagedFileOfChangesIsAProblem(t *testing.T) {
	const head = `{"uptree":"changes/1"}` + "\n"
	for name, text := range map[string]string{
		"empty":        "",
		"not JSON":     head + "{",
		"of others":    `{"uptree":"numbers/1"}` + "\n",
		"no day":       head + `{"kind":"owner","id":"cards","to":"shop"}`,
		"no such day":  head + `{"day":"2026-02-30","kind":"owner","id":"cards"}`,
		"nothing's id": head + `{"day":"2026-02-03","kind":"owner"}`,
	} {
		t.Run(name, func(t *testing.T) {
			m := New([]source.File{source.NewFile(stepsName, []byte(text))}, nil)
			steps, problems := m.Steps()
			if steps != nil || len(problems) != 1 || problems[0].Code != diag.HistoryBroken || problems[0].Pos.File != "history/changes.jsonl" {
				t.Errorf("%v, %v", steps, problems)
			}
		})
	}
}
