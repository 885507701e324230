package ingest

import (
	"context"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/itchyny/gojq"

	"uptree/generator/config"
	"uptree/generator/model"
	"uptree/generator/source"
)

func testZones(t testing.TB) *zones {
	t.Helper()
	zone, err := time.LoadLocation("Europe/Stockholm")
	if err != nil {
		t.Fatal(err)
	}
	return &zones{site: model.NewCalendar(zone)}
}

func runMapping(t testing.TB, program string, input any) ([]any, error) {
	t.Helper()
	m, err := compileMapping(program, testZones(t), 1_700_000_000)
	if err != nil {
		t.Fatal(err)
	}
	limit := newBudget(context.Background(), 0)
	limit.steps, limit.growth = 1_000_000, 64<<20 // a test has less patience
	return m.run(limit, input, "data/input.json")
}

// TestMappingEnds runs programs that never end or ask for ever more memory.
func TestMappingEnds(t *testing.T) {
	for _, c := range []struct {
		name, program string
		want          error
	}{
		{"endless recursion", `def f: f; f`, errSteps},
		{"recursion that keeps its frames", `def f: 1 + f; f`, errSteps},
		{"a list that does not end", `[range(1e12)]`, errSteps},
		{"endless search without output", `repeat(empty), (range(1e12) | empty)`, errSteps},
		{"endless output", `repeat(1)`, errRecords},
		{"nesting without end", `reduce range(1e12) as $i (null; [.])`, errSteps},
		{"a text that doubles", `"0123456789abcdef" | until(false; . + .)`, errMemory},
		{"a list that doubles", `[1, 2, 3, 4] | until(false; . + .)`, errMemory},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got, err := runMapping(t, c.program, nil); err != c.want {
				t.Errorf("%d outputs, error %v; want %v", len(got), err, c.want)
			}
		})
	}
}

func TestMappingFailsOnImpossibleValues(t *testing.T) {
	for _, program := range []string{`"a" * 1e10`, `[] | .[1e9] = 1`, `error("x")`, `halt_error`, `.a.b`} {
		if got, err := runMapping(t, program, "text"); err == nil {
			t.Errorf("%s made %v, want an error", program, got)
		}
	}
	if _, err := runMapping(t, `[range(20000)] | reduce .[] as $i (null; [.]) | tojson | length`, nil); err != nil {
		t.Errorf("deep nesting: %v", err)
	}
}

func TestCancelledMappingStops(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	m, err := compileMapping(`def f: f; f`, testZones(t), 0)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := m.run(newBudget(ctx, 0), nil, ""); err != context.Canceled {
		t.Errorf("error %v, want that of the context", err)
	}
}

// TestMappingSeesOnlyItsInput: no environment, no further inputs, no clock of the machine.
func TestMappingSeesOnlyItsInput(t *testing.T) {
	t.Setenv("UPTREE_TEST_SECRET", "hunter2")
	t.Setenv("TZ", "Asia/Tokyo")
	for program, want := range map[string]string{
		`[$ENV, env]`:                          `[{},{}]`,
		`now`:                                  `1700000000`,
		`now | localtime | mktime`:             `1700000000`,
		`now | strflocaltime("%H:%M %Z")`:      `"22:13 UTC"`,
		`[.a] | length`:                        `1`,
		`def now: 7; now`:                      `7`,
		`{a: 0.1000, b: 12345678901234567890}`: `{"a":0.1,"b":12345678901234567890}`,
	} {
		got, err := runMapping(t, program, map[string]any{"a": 1})
		if err != nil || len(got) != 1 {
			t.Errorf("%s: %v, %v", program, got, err)
			continue
		}
		if text, _ := gojq.Marshal(got[0]); string(text) != want {
			t.Errorf("%s = %s, want %s", program, text, want)
		}
	}
	for _, program := range []string{`input`, `[inputs]`, `import "a" as a; 1`, `include "a"; 1`, `$__prog_args`} {
		if _, err := compileMapping(program, testZones(t), 0); err == nil {
			t.Errorf("%s compiles", program)
		}
	}
}

func TestMappingErrorsNameTheirPlace(t *testing.T) {
	_, err := compileMapping("{\n  id: .id,\n  title: .title }}", testZones(t), 0)
	if err == nil || !strings.Contains(err.Error(), "line 3, column 18") {
		t.Errorf("error %v, want one at line 3, column 18", err)
	}
	_, err = compileMapping("{id: .id | tss}", testZones(t), 0)
	if err == nil || !strings.Contains(err.Error(), "tss/0") {
		t.Errorf("error %v, want one about tss/0", err)
	}
}

func TestHostFunctions(t *testing.T) {
	for _, c := range []struct{ program, want string }{
		{`"2025-03-01T10:20:30.123Z" | ts`, `"2025-03-01T10:20:30Z"`},
		{`"2025-03-01T10:20:30+0800" | ts`, `"2025-03-01T02:20:30Z"`},
		{`"2025-03-01 10:20:30" | ts`, `"2025-03-01T09:20:30Z"`},
		{`"2025-03-01 10:20:30" | ts("America/New_York")`, `"2025-03-01T15:20:30Z"`},
		{`"2025-03-01 10:20:30Z" | ts("America/New_York")`, `"2025-03-01T10:20:30Z"`},
		{`"2025-03-01" | ts`, `"2025-02-28T23:00:00Z"`},
		{`1740823230 | ts`, `"2025-03-01T10:00:30Z"`},
		{`1740823230123 | ts`, `"2025-03-01T10:00:30Z"`},
		{`1740823230123456 | ts`, `"2025-03-01T10:00:30Z"`},
		{`1740823230123456789 | ts`, `"2025-03-01T10:00:30Z"`},
		{`"1740823230.5" | ts`, `"2025-03-01T10:00:30Z"`},
		{`[null, "", "NULL", "None", "UNSET", "0001-01-01T00:00:00Z", 0] | map(ts) | unique`, `[null]`},
		{`"tomorrow" | ts`, `"tomorrow"`},
		{`{} | ts`, `{}`},
		{`"PT1H30M" | dur`, `5400`},
		{`"0 days 00:17:00" | dur`, `1020`},
		{`"1h2m3.5s" | dur`, `3723.5`},
		{`[null, "NaN", "UNSET"] | map(dur) | unique`, `[null]`},
		{`"soon" | dur`, `"soon"`},
		{`"12.50" | num`, `12.50`},
		{`"99.42%" | num`, `99.42`},
		{`"+5" | num`, `5`},
		{`[null, "NaN", "+Inf", "-Inf", "", "NULL"] | map(num) | unique`, `[null]`},
		{`"0x10" | num`, `"0x10"`},
		{`"99.9" | pct`, `0.999`},
		{`99.9 | pct`, `0.999`},
		{`"99.99 %" | pct`, `0.9999`},
		{`"100" | pct`, `1`},
		{`"5" | pct`, `0.05`},
		{`"-0.5" | pct`, `-0.005`},
		{`"9.99e1" | pct`, `0.999`},
		{`"all" | pct`, `"all"`},
		{`null | pct`, `null`},
		{`"2025-03-01T10:00:00Z" | secs_to("2025-03-01T11:00:00+01:00")`, `0`},
		{`"2025-03-01T10:00:00Z" | secs_to("2025-03-01T10:01:30Z")`, `90`},
		{`"2025-03-01T10:00:00Z" | secs_to(null)`, `null`},
	} {
		got, err := runMapping(t, c.program, nil)
		if err != nil || len(got) != 1 {
			t.Errorf("%s: %v, %v", c.program, got, err)
			continue
		}
		text, _ := gojq.Marshal(got[0])
		if n, ok := got[0].(json.Number); ok {
			text = []byte(n)
		}
		if string(text) != c.want {
			t.Errorf("%s = %s, want %s", c.program, text, c.want)
		}
	}
	if _, err := runMapping(t, `"2025-03-01" | ts("Mars/Olympus")`, nil); err == nil {
		t.Error("an unknown zone is no error")
	}
}

func TestEveryHostFunctionHasADoc(t *testing.T) {
	for _, f := range hostFunctions {
		if f.doc == "" {
			t.Errorf("%s/%d has no doc", f.name, f.args)
		}
	}
}

// TestMappingsSeeTheHost: links are made of the host that was asked, without what else is in
// its address.
func TestMappingsSeeTheHost(t *testing.T) {
	for _, c := range []struct{ kind, url, want string }{
		{"http", "https://api.datadoghq.eu:443/api/v2/incidents?since={since}", "api.datadoghq.eu:443"},
		{"http", "https://reader:secret@pager.example/incidents", "pager.example"},
		{"file", "https://pager.example", ""},
	} {
		at := taking{payload: &source.Payload{Source: &config.Source{Kind: c.kind, HTTP: config.HTTP{URL: c.url}, Map: "{url: $host}"}}}
		if !at.compile(testZones(t), asOf) {
			t.Fatal(at.problems)
		}
		got, err := at.mapping.run(newBudget(context.Background(), 0), nil, "")
		if err != nil || len(got) != 1 || got[0].(map[string]any)["url"] != c.want {
			t.Errorf("%s %s: %v %v, want %q", c.kind, c.url, got, err, c.want)
		}
	}
}
