package content

import (
	"strings"
	"testing"
	"time"

	"uptree/generator/diag"
)

func TestWhatEndedIsMentioned(t *testing.T) {
	const text = `+++
[[caveats]]
metric = "m"
text = "holds to the end of the day"
until = "2026-11-20"
[[caveats]]
metric = "m"
text = "ended"
until = "2026-11-19"
[[decisions]]
about = "m"
choice = "accept"
since = "2026-01-01"
until = "2026-05-31"
by_role = "Lead"
text = "followed by another"
[[decisions]]
about = "m"
choice = "fund"
since = "2026-06-01"
until = "2026-11-01"
by_role = "Lead"
text = "followed by none"
[[tradeoffs]]
text = "ended"
since = "2026-01-01"
until = "2026-02-01"
by_role = "Lead"
[[provides]]
what = "nights"
since = "2026-01-01"
until = "2026-03-01"
+++
`
	d, problems := newDoc("content/org/a.md", subject{Node, "a"}, []byte(text))
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	resolve := func(kind Kind, _ string) (Target, bool) { return Target{}, kind == Metric }
	got := Ended(newDocs([]*Doc{d}, nil), resolve, Date{2026, time.November, 20})
	var what []string
	for _, p := range got {
		if p.Code != diag.TermEnded || p.Pos.Line == 0 {
			t.Errorf("%+v", p)
		}
		what = append(what, p.Text)
	}
	want := "caveat ended on 2026-11-19, trade-off ended on 2026-02-01, what is provided ended on 2026-03-01, decision ended on 2026-11-01"
	if strings.Join(what, ", ") != want {
		t.Errorf("got %s", strings.Join(what, ", "))
	}
}

func TestSecretsAreNotPublishedNorPrinted(t *testing.T) {
	long := strings.Repeat("aB3", 20)
	for what, secret := range map[string]string{
		"key of AWS": "AKIA" + "IOSFODNN7EXAMPLE", "token of GitHub": "ghp_" + long[:36], "token of GitLab": "glpat-" + long[:20],
		"token of Slack": "xoxb-" + "12345-abcdef", "key of Google": "AIza" + long[:35], "token of Grafana": "glsa_" + long[:40],
		"key of Stripe": "sk_live_" + long[:24], "JSON web token": "eyJ" + long[:12] + ".eyJ" + long[:12] + "." + long[:20],
		"private key":            "-----BEGIN RSA PRIVATE KEY-----\n" + long + "\n-----END RSA PRIVATE KEY-----",
		"password in an address": "hunter2x",
	} {
		t.Run(what, func(t *testing.T) {
			text := "It is `" + secret + "` here."
			if what == "password in an address" {
				text = "postgres://app:" + secret + "@db.example/x"
			}
			d, problems := page("# Ä\n\n" + text)
			out, more := markup(d, shown)
			if len(problems) != 1 || problems[0].Code != diag.SecretInContext || !strings.HasPrefix(problems[0].Text, what) || problems[0].Pos.Line != 3 {
				t.Errorf("problems = %+v", problems)
			}
			for _, p := range append(problems, more...) {
				if strings.Contains(p.Text+p.Line+p.Hint, secret) {
					t.Errorf("it is printed: %+v", p)
				}
			}
			if strings.Contains(string(out), secret[:len(secret)/2]) || strings.Contains(Excerpt(d, Options{}), secret) {
				t.Errorf("it is published: %s", out)
			}
		})
	}
	for _, plain := range []string{"https://docs.example/a:b@c", "AKIA is how keys begin", "ssh://git@host.example:22/x", "ghp_short", "the eyJ of a token"} {
		if found := secretsIn(plain); len(found) > 0 {
			t.Errorf("%q is taken for a %s", plain, found[0].what)
		}
	}
}

func TestHeadingsThatLeaveOutALevelAreMentioned(t *testing.T) {
	d, _ := page("## A\n\n### B\n\n##### C\n\n# D\n\n## E\n")
	_, problems := Render(d, shown)
	if len(problems) != 1 || problems[0].Code != diag.HeadingOrder || problems[0].Pos.Line != 5 || !strings.Contains(problems[0].Hint, "####") {
		t.Errorf("problems = %+v", problems)
	}
}
