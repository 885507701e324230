package signal

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"uptree/generator/content"
	"uptree/generator/diag"
	"uptree/generator/model"
	"uptree/generator/rollup"
)

// converse finds what is said in the documents, given by their path below content.
func (w *world) converse(t *testing.T, docs map[string]string) (*Findings, diag.List, *model.Model) {
	t.Helper()
	files := fstest.MapFS{}
	for path, matter := range docs {
		files["content/"+path+".md"] = &fstest.MapFile{Data: []byte("+++\n" + matter + "\n+++\n")}
	}
	loaded, problems, err := content.Load(files, "content")
	if err != nil || len(problems) > 0 {
		t.Fatal(err, problems)
	}
	cube := w.compute(t)
	found, problems := Find(cube, loaded, nil, 0, Past{})
	return found, problems, cube.Model
}

func ask(more string) string {
	return "[[asks]]\nid = \"people\"\ntext = \"Two more people\"\nsince = 2026-11-01\n" + more + "\n"
}

func decision(since, until, more string) string {
	return fmt.Sprintf("[[decisions]]\nabout = \"incident_time\"\nchoice = \"fix\"\nsince = %s\nuntil = %s\nby_role = \"lead\"\ntext = \"x\"\n%s\n", since, until, more)
}

func TestAnAskClimbsToItsAddressee(t *testing.T) {
	for name, c := range map[string]struct {
		file, more string
		to         string // "" where nobody is asked
		problem    diag.Code
	}{
		"the parent, where nobody is named":             {"org/shop", "", "product", ""},
		"anyone above":                                  {"org/shop", `to = "acme"`, "acme", ""},
		"across, to who has the lever":                  {"org/shop", `to = "storage"`, "storage", ""},
		"not the node itself":                           {"org/shop", `to = "shop"`, "product", diag.OutOfRange},
		"not a level below":                             {"org/product", `to = "shop"`, "acme", diag.OutOfRange},
		"not a node where nobody answers":               {"org/shop", `to = "_third-party"`, "product", diag.OutOfRange},
		"an unknown one is content's to report":         {"org/shop", `to = "shpo"`, "product", ""},
		"nothing is above the root":                     {"org/acme", "", "", diag.MissingKey},
		"a service asks the level above its owner":      {"service/cart", "", "product", ""},
		"a service may ask its owner":                   {"service/cart", `to = "shop"`, "shop", ""},
		"what nobody owns asks the root":                {"service/lonely", "", "acme", ""},
		"a supplier's service is asked for at the root": {"service/mailer", "", "acme", ""},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld()
			w.service(model.ServiceRecord{ID: "lonely"})
			found, problems, m := w.converse(t, map[string]string{c.file: ask(c.more)})
			to := ""
			for _, a := range found.Asks {
				to += m.Nodes[a.To].ID
			}
			if to != c.to {
				t.Errorf("asks %q, want %q", to, c.to)
			}
			if c.problem == "" && len(problems) > 0 || c.problem != "" && (len(problems) != 1 || problems[0].Code != c.problem || problems[0].Pos.Line == 0) {
				t.Errorf("problems = %+v, want %q", problems, c.problem)
			}
		})
	}
}

// The line stays until the ask is answered, and weighs more with its age.
func TestAnAskWaitsAtItsAddresseeUntilAnswered(t *testing.T) {
	for name, c := range map[string]struct {
		since, more string
		want        int // gravity; -1 for no line
	}{
		"new":             {"2026-11-19", "", quiet},
		"29 days":         {"2026-10-22", "", quiet},
		"30 days":         {"2026-10-21", "", risk},
		"90 days":         {"2026-08-22", "", grave},
		"granted":         {"2026-08-22", "status = \"granted\"\nanswer = \"yes\"", -1},
		"declined":        {"2026-08-22", "status = \"declined\"\nanswer = \"no\"", -1},
		"withdrawn":       {"2026-08-22", "status = \"withdrawn\"", -1},
		"an interim word": {"2026-10-21", "answer = \"in January\"", risk},
	} {
		t.Run(name, func(t *testing.T) {
			found, _, m := newWorld().converse(t, map[string]string{"org/shop": strings.Replace(ask(c.more), "2026-11-01", c.since, 1)})
			got := -1
			product, _ := m.Node("product")
			for _, s := range found.Attention(product) {
				if s.Code == "ask-waiting" && s.Lever == product {
					got = s.Gravity
				}
			}
			if got != c.want {
				t.Errorf("gravity %d, want %d", got, c.want)
			}
			if found.Waiting(product) != min(c.want+1, 1) {
				t.Errorf("%d lines wait for the level", found.Waiting(product))
			}
		})
	}
}

func TestAnswersAreListedForATime(t *testing.T) {
	granted := func(answered, more string) string {
		return ask("status = \"granted\"\nanswer = \"yes\"\n" + answered + "\n" + more)
	}
	budget := func(until string) string { return "[[provides]]\nwhat = \"People\"\namount = 4\nuntil = " + until }
	for name, c := range map[string]struct {
		ask, provides   string
		listed, granted int
		problem         bool
	}{
		"not said when":                          {ask: granted("", ""), listed: 1},
		"90 days ago":                            {ask: granted("answered = 2026-08-22", ""), listed: 1},
		"91 days ago":                            {ask: granted("answered = 2026-08-21", "")},
		"as long as what it was granted against": {granted("answered = 2026-02-01", `against = "People"`), budget("2026-12-31"), 1, 1, false},
		"which has ended":                        {granted("answered = 2026-02-01", `against = "People"`), budget("2026-10-31"), 0, 1, false},
		"against what is not provided":           {ask: granted("", `against = "Peple"`), provides: budget("2026-12-31"), listed: 1, problem: true},
		"an open ask takes nothing":              {ask: ask(`against = "People"`), provides: budget("2026-12-31"), listed: 1},
	} {
		t.Run(name, func(t *testing.T) {
			found, problems, _ := newWorld().converse(t, map[string]string{"org/shop": c.ask, "org/product": c.provides})
			taken := 0
			for _, p := range found.Provides {
				taken += len(p.Granted)
			}
			if len(found.Asks) != c.listed || taken != c.granted {
				t.Errorf("%d listed and %d granted against it, want %d and %d", len(found.Asks), taken, c.listed, c.granted)
			}
			if c.problem != (len(problems) == 1 && problems[0].Code == diag.BadReference && strings.Contains(problems[0].Hint, `"People"`)) {
				t.Errorf("problems = %+v", problems)
			}
		})
	}
}

func TestADecisionIsCurrentFromItsFirstDayToItsLast(t *testing.T) {
	found, _, m := newWorld().converse(t, map[string]string{"org/shop": decision("2026-11-01", "2026-11-10", "")})
	shop, _ := m.Node("shop")
	for day, want := range map[int]int{-1: 0, 0: 1, 9: 1, 10: 0} {
		on := model.DayOf(2026, 11, 1) + model.Day(day)
		if got := len(found.Current(AboutMetric(rollup.OfNode(shop), "incident_time"), on)); got != want {
			t.Errorf("%v: %d decisions hold, want %d", on, got, want)
		}
	}
	if got := found.Current(AboutMetric(rollup.OfNode(shop), "incident_count"), model.DayOf(2026, 11, 5)); len(got) > 0 {
		t.Error("a decision is about its own metric alone")
	}
}

func TestADecisionAsksForAnotherLook(t *testing.T) {
	line := []string{"shop: decision-due"}
	for name, c := range map[string]struct {
		matter string
		want   []string
	}{
		"on its last day":                   {decision("2026-10-01", "2026-11-20", ""), nil},
		"on the day after it":               {decision("2026-10-01", "2026-11-19", ""), line},
		"not where a later one holds":       {decision("2026-10-01", "2026-11-01", "") + decision("2026-11-02", "2026-12-01", ""), nil},
		"but once where that has ended too": {decision("2026-09-01", "2026-10-01", "") + decision("2026-10-02", "2026-11-01", ""), line},
		"a later one about another number":  {decision("2026-10-01", "2026-11-01", "") + strings.Replace(decision("2026-11-02", "2026-12-01", ""), "incident_time", "incident_count", 1), line},
		"a trade-off that has ended":        {"[[tradeoffs]]\ntext = \"x\"\nuntil = 2026-11-19", []string{"shop: term-ended"}},
		"one that holds":                    {"[[tradeoffs]]\ntext = \"x\"\nuntil = 2026-11-20", nil},
		"what is no longer provided":        {"[[provides]]\nwhat = \"x\"\nuntil = 2026-11-19", []string{"shop: term-ended"}},
	} {
		t.Run(name, func(t *testing.T) {
			found, problems, m := newWorld().converse(t, map[string]string{"org/shop": c.matter})
			if len(problems) > 0 {
				t.Fatal(problems)
			}
			var got []string
			for n := range m.Nodes {
				for _, s := range found.Attention(model.NodeIdx(n)) {
					got = append(got, m.Nodes[n].ID+": "+s.Code)
				}
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestWhatBeginsAfterTheClockIsNotInTheBuild(t *testing.T) {
	later := decision("2026-11-21", "2026-12-01", "") + strings.Replace(ask(""), "2026-11-01", "2026-11-21", 1)
	found, problems, _ := newWorld().converse(t, map[string]string{"org/shop": later})
	if len(found.Decisions)+len(found.Asks) > 0 || problems.ByCode()[diag.FutureRecord] != 2 || problems.Count(diag.Note) != 2 {
		t.Errorf("%d decisions, %d asks, problems = %+v", len(found.Decisions), len(found.Asks), problems)
	}
}
