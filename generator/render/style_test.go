package render

import (
	"os"
	"regexp"
	"strings"
	"testing"
)

var (
	comment = regexp.MustCompile(`(?s)/\*.*?\*/`)
	rule    = regexp.MustCompile(`([^{};]+)\{([^{}]*)\}`)
	scaled  = regexp.MustCompile(`^(font(-size)?|(margin|padding)(-\w+)*|((row|column)-)?gap|border(-\w+)*-radius)$`)
	length  = regexp.MustCompile(`[\d.]+(rem|px|pt|mm|ch)\b`)
	colour  = regexp.MustCompile(`#[\da-fA-F]{3,8}\b|\b(rgb|hsl)a?\(`)
)

// Sizes of letters, spaces, corners and colours come from the custom properties at the top
// of the sheets, so that one change there is a change everywhere. A length in em follows the
// letters that it stands beside.
func TestStyleSheetsTakeSizesAndColoursFromTheirTokens(t *testing.T) {
	for _, name := range []string{"style.css", "chart.css", "style.print.css"} {
		data, err := os.ReadFile("../../themes/default/assets/" + name)
		if err != nil {
			t.Fatal(err)
		}
		rules := rule.FindAllStringSubmatch(comment.ReplaceAllString(string(data), ""), -1)
		if len(rules) < 20 {
			t.Fatalf("%s: only %d rules were read", name, len(rules))
		}
		for _, r := range rules {
			for _, complaint := range outsideTokens(strings.TrimSpace(r[1]), r[2]) {
				t.Errorf("%s: %s", name, complaint)
			}
		}
	}
}

func TestOutsideTokensSeesLiterals(t *testing.T) {
	for css, want := range map[string]int{
		"margin: 0 auto; padding: .1em var(--s1)": 0,
		"margin: 0 3px":                              1,
		"font: 14px/1.5 serif; font-size: .9rem":     2,
		"gap: calc(2 * var(--s1)); border-radius: 0": 0,
		"border-start-end-radius: 6px; color: #fff":  2,
		"padding-inline-start: calc(1rem + 2em)":     1,
		"--own: 3px":                                 1,
	} {
		if got := outsideTokens("p", css); len(got) != want {
			t.Errorf("%s: %d complaints %q, want %d", css, len(got), got, want)
		}
	}
	if got := outsideTokens(":root", "--s1: .25rem; --ink: #123"); len(got) != 0 {
		t.Errorf("tokens themselves: %q", got)
	}
}

// outsideTokens names the declarations of a rule that hold a literal.
func outsideTokens(selector, declarations string) (complaints []string) {
	tokens := selector == ":root" || strings.HasPrefix(selector, ".plot")
	for declaration := range strings.SplitSeq(declarations, ";") {
		property, value, ok := strings.Cut(strings.TrimSpace(declaration), ":")
		own := strings.HasPrefix(property, "--")
		switch {
		case !ok, own && tokens, strings.Contains(selector, "@bottom"): // beside a sheet no property reaches
		case own, colour.MatchString(value), scaled.MatchString(property) && length.MatchString(value):
			complaints = append(complaints, selector+" { "+property+":"+value+" }")
		}
	}
	return complaints
}
