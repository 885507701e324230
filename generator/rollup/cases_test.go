package rollup_test

import (
	"bufio"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestCases runs the cases of testdata: each begins with a line "case" and its sentence, is
// loaded line by line and then asked for figures, whose expected parts stand indented
// below the question:
//
//	case one cause in two teams
//	as_of 2026-11-20T09:05
//	node commerce
//	service cards owner=commerce
//	incident I1 services=cards cause=cards 10:00-10:40 on 2026-11-10
//	eval node=commerce period=28d incident_time
//	  value 40m, n 1
//
// caseLoader.load says what can be loaded, caseSite.ask what can be asked.
func TestCases(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no cases: %v", err)
	}
	for _, file := range files {
		for _, c := range readCases(t, file) {
			t.Run(strings.TrimSuffix(filepath.Base(file), ".txt")+"/"+c.name, func(t *testing.T) {
				c.run(t)
			})
		}
	}
}

// testCase is a case as read: its lines with their numbers.
type testCase struct {
	name, file string
	lines      []caseLine
}

type caseLine struct {
	number int
	text   string
	want   []string // the indented parts below a question
}

func readCases(t *testing.T, file string) (out []*testCase) {
	t.Helper()
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	scan := bufio.NewScanner(f)
	for n := 1; scan.Scan(); n++ {
		line, _, _ := strings.Cut(scan.Text(), "#")
		text := strings.TrimSpace(line)
		name, begins := strings.CutPrefix(text, "case ")
		switch {
		case text == "":
		case begins:
			out = append(out, &testCase{name: name, file: file})
		case len(out) == 0:
			t.Fatalf("%s:%d: a line before the first case", file, n)
		case strings.HasPrefix(line, " "):
			out[len(out)-1].expect(text)
		default:
			c := out[len(out)-1]
			c.lines = append(c.lines, caseLine{number: n, text: text})
		}
	}
	if err := scan.Err(); err != nil {
		t.Fatal(err)
	}
	return out
}

func (c *testCase) expect(text string) {
	last := &c.lines[len(c.lines)-1]
	for part := range strings.SplitSeq(text, ",") {
		last.want = append(last.want, strings.TrimSpace(part))
	}
}

func (c *testCase) run(t *testing.T) {
	load := newCaseLoader(t)
	var site *caseSite
	for _, line := range c.lines {
		load.where = c.file + ":" + itoa(line.number)
		if line.want == nil {
			load.load(line.text)
			continue
		}
		if site == nil {
			site = load.site()
		}
		got := site.ask(load.where, strings.Fields(line.text))
		for _, part := range line.want {
			name, want, _ := strings.Cut(part, " ")
			if value, ok := got[name]; !ok {
				t.Errorf("%s: %s: there is no %s in %v", load.where, line.text, name, got)
			} else if value != want {
				t.Errorf("%s: %s: %s is %s, want %s", load.where, line.text, name, value, want)
			}
		}
	}
	if site == nil {
		t.Fatal("nothing is asked")
	}
}
