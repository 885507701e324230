package diag

import (
	"bytes"
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
	"testing"
)

func TestTextPointsAtThePlace(t *testing.T) {
	list := List{
		{Code: UnknownKey, Pos: Pos{"site.toml", 41, 9}, Text: `unknown key "intervall" in [source.pagerduty]`, Line: `        intervall = "5m"`, Hint: `did you mean "interval"?`},
		{Code: BadRecord, Pos: Pos{File: "data/a.csv"}, Text: "record rejected"},
	}
	var b bytes.Buffer
	if err := Text(&b, list, false); err != nil {
		t.Fatal(err)
	}
	want := `data/a.csv: warning[D101]: record rejected
site.toml:41:9: error[C103]: unknown key "intervall" in [source.pagerduty]
            intervall = "5m"
            ^
    hint: did you mean "interval"?
`
	if b.String() != want {
		t.Errorf("got:\n%s\nwant:\n%s", b.String(), want)
	}
}

func TestTextCannotBeUsedToWriteToTheTerminal(t *testing.T) {
	long := strings.Repeat("å", 500) + "x"
	list := List{
		{Code: BadValue, Pos: Pos{"a.csv", 1, 3}, Text: "bad \x1b[31mvalue\r\n", Line: "a\x1b]0;title\x07b", Hint: "\u009b2J"},
		{Code: BadValue, Pos: Pos{"b.csv", 1, len(long)}, Text: "at the end", Line: long},
		{Code: BadValue, Pos: Pos{"c.csv", 1, 900}, Text: "beyond the line", Line: "short"},
	}
	var b bytes.Buffer
	if err := Text(&b, list, false); err != nil {
		t.Fatal(err)
	}
	if bad := regexp.MustCompile(`[\x00-\x09\x0b-\x1f\x7f-\x{9f}]`).FindString(b.String()); bad != "" {
		t.Errorf("output holds control character %q", bad)
	}
	for _, line := range strings.Split(b.String(), "\n") {
		if len(line) > 2*maxLine+10 {
			t.Errorf("line of %d bytes", len(line))
		}
	}
}

func TestSuggestFindsTypingMistakesAndNothingElse(t *testing.T) {
	known := []string{"title", "timezone", "payments", "payouts", "checkout-api"}
	for word, want := range map[string]string{
		"titel": "title", "Timezone": "timezone", "paymets": "payments", "checkoutapi": "checkout-api",
		"title": "", "xyz": "", "": "", "completely-different": "",
	} {
		if got := Suggest(word, known); got != want {
			t.Errorf("Suggest(%q) = %q, want %q", word, got, want)
		}
	}
}

func TestSortedKeepsEqualProblemsOnce(t *testing.T) {
	p := Problem{Code: BadValue, Pos: Pos{"a", 1, 1}, Text: "same"}
	if got := (List{p, p, {Code: BadValue, Pos: Pos{"a", 1, 1}, Text: "other"}}).Sorted(); len(got) != 2 || got[0].Text != "other" {
		t.Errorf("got %v", got)
	}
}

func TestASiteCanRaiseAndLowerButNotErrors(t *testing.T) {
	list := List{{Code: ReviewPassed}, {Code: UnknownKey}, {Code: FutureRecord}}
	got := list.WithLevels(map[Code]Severity{ReviewPassed: Note, UnknownKey: Note, FutureRecord: Error})
	if got[0].Severity() != Note || got[1].Severity() != Error || got[2].Severity() != Error {
		t.Errorf("got %v %v %v", got[0].Severity(), got[1].Severity(), got[2].Severity())
	}
	if list.Count(Error) != 1 {
		t.Error("the list itself was changed")
	}
}

func TestGitHubShowsTenOfEachSeverityAndCountsTheRest(t *testing.T) {
	var list List
	for i := range 25 {
		list.Add(Problem{Code: BrokenLink, Pos: Pos{"content/a,b:c.md", i + 1, 1}, Text: "100% broken\nreally"})
	}
	var b bytes.Buffer
	if err := GitHub(&b, list); err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(b.String(), "::error "); n != maxAnnotations {
		t.Errorf("%d annotations", n)
	}
	for _, want := range []string{"file=content/a%2Cb%3Ac.md,line=1", "100%25 broken%0Areally", "15 more with severity error"} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("no %q in:\n%s", want, b.String())
		}
	}
}

func TestSARIFNamesRuleLevelAndPlace(t *testing.T) {
	var b bytes.Buffer
	if err := SARIF(&b, List{{Code: BrokenLink, Pos: Pos{"content/a.md", 5, 2}, Text: "there is no node"}, {Code: BundleMissing, Text: "static"}}, "1"); err != nil {
		t.Fatal(err)
	}
	var log sarifLog
	if err := json.Unmarshal(b.Bytes(), &log); err != nil {
		t.Fatal(err)
	}
	got := fmt.Sprintf("%s %d %v", log.Version, len(log.Runs[0].Tool.Driver.Rules), log.Runs[0].Results[1].Level)
	if got != fmt.Sprintf("2.1.0 %d error", len(Codes)) || log.Runs[0].Results[1].Locations[0].Physical.Region.Line != 5 {
		t.Errorf("got %s: %s", got, b.String())
	}
}

func TestEveryCodeHasARowWithATitleAndAText(t *testing.T) {
	seen := map[Code]bool{}
	for _, e := range Codes {
		if seen[e.Code] {
			t.Errorf("%s stands twice", e.Code)
		}
		seen[e.Code] = true
		if e.Title == "" || e.Doc == "" || !regexp.MustCompile(`^[A-Z]\d{3}$`).MatchString(string(e.Code)) {
			t.Errorf("row %+v", e)
		}
	}
}
