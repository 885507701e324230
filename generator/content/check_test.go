package content

import (
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"uptree/generator/diag"
)

func TestCheckHoldsDocumentsAgainstWhatExists(t *testing.T) {
	figures := "+++\n[[marks]]\ndate = 2026-01-01\ntext = \"a\"\nmetric = \"incident_tim\"\n\n" +
		"[[marks]]\ndate = 2026-01-01\ntext = \"for all metrics\"\n\n" +
		"[[caveats]]\nmetric = \"payments\"\ntext = \"b\"\n\n[[caveats]]\nmetric = \"incident_time\"\ntext = \"c\"\n+++\n"
	docs, _ := load(t, fstest.MapFS{
		"content/org/payments.md":  {Data: []byte(figures)},
		"content/org/paymets.md":   {Data: []byte("text")},
		"content/pages/unknown.md": {Data: []byte("text")},
	})
	problems := Check(docs, known, time.Time{}).Sorted()
	want := []struct {
		code diag.Code
		at   string
		hint string
	}{
		{diag.BadReference, "content/org/payments.md:5:10", `did you mean "payments"?`},
		{diag.BadReference, "content/org/payments.md:12:10", `did you mean "payments"?`},
		{diag.UnknownSubject, "content/org/paymets.md", `did you mean "payments"? Then name the file payments.md`},
	}
	if len(problems) != len(want) {
		t.Fatalf("problems = %+v", problems)
	}
	for i, w := range want {
		if p := problems[i]; p.Code != w.code || p.Pos.String() != w.at || p.Hint != w.hint {
			t.Errorf("%s at %v, hint %q; want %+v", p.Code, p.Pos, p.Hint, w)
		}
	}
	if !strings.Contains(problems[0].Line, "incident_tim") {
		t.Errorf("line = %q", problems[0].Line)
	}
}

func TestAReviewHasPassedOnTheDayAfterIt(t *testing.T) {
	zone := time.FixedZone("ahead", 10*3600)
	tests := []struct {
		name string
		asOf time.Time
		want int
	}{
		{"the day before", time.Date(2026, 3, 9, 12, 0, 0, 0, zone), 0},
		{"the day itself, to its end", time.Date(2026, 3, 10, 23, 59, 0, 0, zone), 0},
		{"the first moment of the day after, in the site's zone", time.Date(2026, 3, 11, 0, 0, 0, 0, zone), 1},
	}
	docs, _ := load(t, fstest.MapFS{"content/pages/a.md": {Data: []byte("+++\nreview_by = 2026-03-10\n+++\n")}})
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			problems := Check(docs, known, test.asOf)
			if problems.ByCode()[diag.ReviewPassed] != test.want || len(problems) != test.want {
				t.Errorf("problems = %v", problems)
			}
		})
	}
}
