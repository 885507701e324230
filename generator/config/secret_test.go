package config

import (
	"os"
	"strings"
	"testing"

	"uptree/generator/diag"
)

// shown is all that a problem may print.
func shown(t *testing.T, problems diag.List) string {
	t.Helper()
	var b strings.Builder
	if err := diag.Text(&b, problems, false); err != nil {
		t.Fatal(err)
	}
	if err := diag.JSON(&b, problems); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestSecretsAreNeverShown(t *testing.T) {
	corpus, err := os.ReadFile("testdata/bad/secrets.toml")
	if err != nil {
		t.Fatal(err)
	}
	requests, err := os.ReadFile("testdata/bad/http.toml")
	if err != nil {
		t.Fatal(err)
	}
	database, err := os.ReadFile("testdata/bad/postgres.toml")
	if err != nil {
		t.Fatal(err)
	}
	for about, text := range map[string]string{
		"every secret of the corpus":               string(corpus),
		"every secret of a request":                string(requests),
		"every secret of a database":               string(database),
		"a string that does not end":               `token = "hunter2`,
		"a bare word":                              `password = hunter2`,
		"an inline table that does not end":        `headers = { "Api-Key" = "hunter2", `,
		"a key given twice":                        "secret = 'hunter2'\nsecret = 'hunter2'",
		"a value of the wrong type beside it":      `[source.a]` + "\n" + `expect = { min_records = "x", token = "hunter2" }`,
		"a secret under a key that is not known":   `x.y.authorization = "hunter2"`,
		"credentials in an address that is broken": `base_url = "https://me:hunter2@%zz/"`,
		"credentials in an unknown key":            `url = "https://me:hunter2@acme.example/"`,
		"a token in place of a variable's name":    "[source.a]\ntoken_env = 'hunter2!'",
	} {
		_, problems := load(t, text)
		if len(problems) == 0 {
			t.Errorf("%s: no problem", about)
		}
		if s := shown(t, problems); strings.Contains(s, "hunter2") {
			t.Errorf("%s:\n%s", about, s)
		}
	}
}

func TestSecretPointsToTheEnvironment(t *testing.T) {
	_, problems := load(t, `token = "hunter2"`)
	want := "site.toml:1:9: error[C111]: \"token\" holds a secret\n" +
		"    token = <secret>\n            ^\n" +
		"    hint: put it in an environment variable and name that: token_env = \"NAME\"\n"
	if got := shown(t, problems); !strings.HasPrefix(got, want) {
		t.Errorf("got\n%swant\n%s", got, want)
	}
}

func TestMaskingKeepsWhatIsNoSecret(t *testing.T) {
	for line, want := range map[string]string{
		`token_env = "NAME"`:                       `token_env = "NAME"`,
		`path = "tokens.csv"`:                      `path = "tokens.csv"`,
		`a = { token_env = "N", token = "x", b=1}`: `a = { token_env = "N", token = <secret>`,
		`url = "https://a@b/x@y"`:                  `url = "https://<secret>@b/x@y"`,
		`mail = "a@b"`:                             `mail = "a@b"`,
	} {
		if got := maskLine(line); got != want {
			t.Errorf("%s: got %s, want %s", line, got, want)
		}
	}
}
