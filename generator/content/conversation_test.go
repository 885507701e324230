package content

import (
	"reflect"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"uptree/generator/diag"
)

func TestConversationsAreRead(t *testing.T) {
	d, problems := team(`+++
[[asks]]
id = "people"
text = "Two more people"
since = 2026-09-01

[[asks]]
id = "failover"
text = "A failover that is exercised"
to = "databases"
since = 2026-08-01
status = "granted"
answer = "From January"
answered = 2026-10-05
against = "Hours of failover work"

[[provides]]
what = "Hours of failover work"
amount = 120.5
unit = "hours"
since = 2026-10-01
until = 2026-12-31

[[provides]]
what = "A freeze in peak season"

[[decisions]]
about = "incident_time"
choice = "pause-releases"
since = 2026-11-01
until = 2026-12-01
by_role = "Head of Payments"
text = "Until the ledger is stable"

[[tradeoffs]]
text = "Features wait"
since = 2026-11-01
+++
`)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	hours := 120.5
	want := Meta{
		Asks: []Ask{
			{ID: "people", Text: "Two more people", Since: Date{2026, 9, 1}, Status: Open},
			{ID: "failover", Text: "A failover that is exercised", To: "databases", Since: Date{2026, 8, 1}, Status: Granted,
				Answer: "From January", Answered: Date{2026, 10, 5}, Against: "Hours of failover work"},
		},
		Provides: []Provides{
			{What: "Hours of failover work", Amount: &hours, Unit: "hours", Since: Date{2026, 10, 1}, Until: Date{2026, 12, 31}},
			{What: "A freeze in peak season"},
		},
		Decisions: []Decision{{About: "incident_time", Choice: PauseReleases, Since: Date{2026, 11, 1}, Until: Date{2026, 12, 1},
			ByRole: "Head of Payments", Text: "Until the ledger is stable"}},
		Tradeoffs: []Tradeoff{{Text: "Features wait", Since: Date{2026, 11, 1}}},
	}
	if at := d.Meta.Asks[1].ToAt; at.Line != 10 {
		t.Errorf("the addressee is at %v, want line 10", at)
	}
	if got := withoutPlaces(d.Meta); !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
}

const wholeAsk = "[[asks]]\nid = \"a\"\ntext = \"x\"\nsince = 2026-01-01\n"

const wholeDecision = "[[decisions]]\nabout = \"x\"\nsince = 2026-01-01\nuntil = 2026-02-01\nby_role = \"y\"\ntext = \"z\"\n"

func TestWhatIsWrongWithConversations(t *testing.T) {
	tests := []struct {
		name, matter string
		code         diag.Code
		line         int
		hint         string
		kept         int // asks, provides, decisions and trade-offs in all
	}{
		{"an ask without a day", "[[asks]]\nid = \"a\"\ntext = \"x\"", diag.MissingKey, 2, "", 0},
		{"an ask whose day does not exist", "[[asks]]\nid = \"a\"\ntext = \"x\"\nsince = \"2026-02-30\"", diag.OutOfRange, 5, "2025-10-01", 0},
		{"an ask without an id", "[[asks]]\ntext = \"x\"\nsince = 2026-01-01", diag.MissingKey, 2, "", 0},
		{"an ask with a misspelt key", wholeAsk + "statsu = \"open\"", diag.UnknownKey, 6, `did you mean "status"?`, 1},
		{"an ask of an unknown status", wholeAsk + "status = \"grantd\"", diag.OutOfRange, 6, `did you mean "granted"?`, 1},
		{"an answer that is a word of state alone", wholeAsk + "status = \"declined\"", diag.MissingKey, 2, "", 1},
		{"two asks of one id", wholeAsk + wholeAsk, diag.DuplicateKey, 7, "its own", 1},
		{"a person in an ask", strings.Replace(wholeAsk, "\"x\"", "\"x from @kim\"", 1), diag.PersonInContext, 4, "role", 1},
		{"an amount that is a text", "[[provides]]\nwhat = \"x\"\namount = \"four\"", diag.WrongType, 4, "", 1},
		{"an amount that is no number", "[[provides]]\nwhat = \"x\"\namount = nan", diag.OutOfRange, 4, "", 1},
		{"two of the same that is provided", "[[provides]]\nwhat = \"x\"\n[[provides]]\nwhat = \"x\"", diag.DuplicateKey, 5, "its own", 1},
		{"a decision of an unknown choice", wholeDecision + "choice = \"fixx\"", diag.OutOfRange, 8, `did you mean "fix"?`, 0},
		{"a decision that chose nothing", wholeDecision, diag.MissingKey, 2, "", 0},
		{"a decision that never asks for another look", strings.Replace(wholeDecision, "until = 2026-02-01\n", "", 1) + "choice = \"fix\"", diag.MissingKey, 2, "", 1},
		{"a decision that ends before it begins", strings.Replace(wholeDecision, "2026-02", "2025-02", 1) + "choice = \"fix\"", diag.OutOfRange, 5, "last day", 1},
		{"a decision by an address", strings.Replace(wholeDecision, "\"y\"", "\"kim@acme.example\"", 1) + "choice = \"fix\"", diag.PersonInContext, 6, "role", 1},
		{"a trade-off without words", "[[tradeoffs]]\nsince = 2026-01-01", diag.MissingKey, 2, "", 0},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			d, problems := team("+++\n" + test.matter + "\n+++\n")
			if len(problems) != 1 || problems[0].Code != test.code || problems[0].Pos.Line != test.line || !strings.Contains(problems[0].Hint, test.hint) {
				t.Errorf("problems = %+v, want one %s in line %d with the hint %q", problems, test.code, test.line, test.hint)
			}
			m := d.Meta
			if got := len(m.Asks) + len(m.Provides) + len(m.Decisions) + len(m.Tradeoffs); got != test.kept {
				t.Errorf("%d entries are kept, want %d", got, test.kept)
			}
		})
	}
}

// A problem is printed; the person in it goes no further all the same.
func TestAPersonIsTakenOutOfFrontMatter(t *testing.T) {
	d, _ := team("+++\n" + strings.Replace(wholeAsk, "\"x\"", "\"ask kim@acme.example or @kim-lee, on Monday @ 10\"", 1) +
		strings.Replace(wholeDecision, "\"y\"", "\"@kim\"", 1) + "choice = \"fix\"\n+++\n")
	if got := d.Meta.Asks[0].Text; got != "ask … or …, on Monday @ 10" {
		t.Errorf("text = %q", got)
	}
	if got := d.Meta.Decisions[0].ByRole; got != "…" {
		t.Errorf("by_role = %q", got)
	}
}

func TestOnlyThoseWhoAnswerForSomethingHaveConversations(t *testing.T) {
	d, problems := page("+++\n" + wholeAsk + "[[tradeoffs]]\ntext = \"x\"\n+++\n")
	if len(d.Meta.Asks)+len(d.Meta.Tradeoffs) != 0 || problems.ByCode()[diag.FrontMatter] != 2 {
		t.Errorf("%+v, problems = %v", d.Meta, problems)
	}
	d, problems = newDoc("content/service/a.md", subject{Service, "a"}, []byte("+++\n"+wholeAsk+"[[provides]]\nwhat = \"x\"\n+++\n"))
	if len(d.Meta.Asks) != 1 || len(d.Meta.Provides) != 0 || len(problems) != 1 || !strings.Contains(problems[0].Text, "service has no provides") {
		t.Errorf("%+v, problems = %v", d.Meta, problems)
	}
}

func TestCheckLooksUpWhomAsksAddressAndWhatDecisionsAreAbout(t *testing.T) {
	matter := "+++\n" + wholeAsk + "to = \"paymets\"\n" + strings.Replace(wholeAsk, "\"a\"", "\"b\"", 1) + "to = \"payments\"\n" +
		wholeDecision + "choice = \"fix\"\n" + strings.Replace(wholeDecision, "\"x\"", "\"incident_time\"", 1) + "choice = \"fix\"\n+++\n"
	docs, _ := load(t, fstest.MapFS{"content/org/payments.md": {Data: []byte(matter)}})
	problems := Check(docs, known, time.Time{}).Sorted()
	want := []struct {
		line int
		text string
	}{{6, `unknown node "paymets"`}, {13, `"x", which is no objective and no metric`}}
	if len(problems) != len(want) {
		t.Fatalf("problems = %+v", problems)
	}
	for i, w := range want {
		if p := problems[i]; p.Code != diag.BadReference || p.Pos.Line != w.line || !strings.Contains(p.Text, w.text) || !strings.Contains(p.Hint, "did you mean") {
			t.Errorf("%+v, want %+v", p, w)
		}
	}
}
