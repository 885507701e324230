package content

import (
	"regexp"
	"slices"
	"strings"
)

// secretPatterns are the forms of keys that vendors give out. A password has no form:
// reviewers must see it.
var secretPatterns = []struct {
	what    string
	marks   []string // a text without any of them has no match: looking for them costs next to nothing
	pattern *regexp.Regexp
}{
	{"key of AWS", []string{"AKIA", "ASIA"}, regexp.MustCompile(`\b(?:AKIA|ASIA)[0-9A-Z]{16}\b`)},
	{"token of GitHub", []string{"ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_"}, regexp.MustCompile(`\b(?:gh[pousr]_[0-9A-Za-z]{36,255}|github_pat_[0-9A-Za-z_]{22,255})\b`)},
	{"token of GitLab", []string{"glpat-"}, regexp.MustCompile(`\bglpat-[0-9A-Za-z_-]{20,255}`)},
	{"token of Slack", []string{"xox"}, regexp.MustCompile(`\bxox[abeoprs]-[0-9A-Za-z-]{10,255}`)},
	{"key of Google", []string{"AIza"}, regexp.MustCompile(`\bAIza[0-9A-Za-z_-]{35}`)},
	{"token of Grafana", []string{"glc_", "glsa_"}, regexp.MustCompile(`\bgl(?:c|sa)_[0-9A-Za-z_+/=]{30,255}`)},
	{"key of Stripe", []string{"k_live_"}, regexp.MustCompile(`\b[sr]k_live_[0-9A-Za-z]{20,255}`)},
	{"JSON web token", []string{"eyJ"}, regexp.MustCompile(`\beyJ[0-9A-Za-z_-]{10,}\.eyJ[0-9A-Za-z_-]{10,}\.[0-9A-Za-z_-]{10,}`)},
	{"private key", []string{"PRIVATE KEY"}, regexp.MustCompile(`-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----(?:[^-]*-----END [A-Z ]{0,40}PRIVATE KEY-----)?`)},
	{"password in an address", []string{"://"}, regexp.MustCompile(`\b[a-z][a-z0-9+.-]{1,20}://[^\s/:@]{1,100}:([^\s/@]{3,200})@`)},
}

// secret is a key that stands in a text.
type secret struct {
	what       string
	start, end int
}

// secretsIn finds what must not be published, the first of each kind first.
func secretsIn(text string) []secret {
	var out []secret
	for _, p := range secretPatterns {
		if !slices.ContainsFunc(p.marks, func(mark string) bool { return strings.Contains(text, mark) }) {
			continue
		}
		for _, m := range p.pattern.FindAllStringSubmatchIndex(text, -1) {
			at := m[:2]
			if len(m) > 2 {
				at = m[2:4]
			}
			out = append(out, secret{p.what, at[0], at[1]})
		}
	}
	return out
}

// withoutSecrets puts a dot in the place of each of their characters: places stay as they
// are, and what a document gives away is not published.
func withoutSecrets(text string, found []secret) string {
	b := []byte(text)
	for _, s := range found {
		for i := s.start; i < s.end; i++ {
			if b[i] != '\n' {
				b[i] = '.'
			}
		}
	}
	return strings.ToValidUTF8(string(b), "\uFFFD")
}
