//go:build unix

package source

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"uptree/generator/config"
)

// newProgram is a vendor whose source runs a shell script of the test.
func newProgram(t *testing.T, script string, args ...string) *vendor {
	v := newVendor(t, nil)
	v.src.Kind = "command"
	v.src.HTTP = config.HTTP{}
	v.src.Command.Args = append([]string{"sh", "-c", script}, args...)
	v.options.environ = func(name string) (string, bool) {
		value, ok := map[string]string{"PATH": os.Getenv("PATH"), "TOKEN": token, "REGION": "north", "DB_PASSWORD": "pass-of-the-test"}[name]
		return value, ok
	}
	return v
}

func TestProgramsAreRunAsTheyAreWritten(t *testing.T) {
	v := newProgram(t, `printf '%s|' "$0" "$1" "$REGION" "$HOME"; test "$TOKEN" = `+"'"+token+"'"+` && printf 'token|'; test -f site.toml && echo here`, "$(date)", "a b;c")
	v.src.Command.Env = []string{"REGION"}
	v.write("site.toml", "")
	if p, problems := v.fetch(); p.Status != OK || text(t, p.Fresh) != "$(date)|a b;c|north||token|here\n" {
		t.Errorf("got %+v, %v", p, problems)
	}
}

func TestProgramOfTheSite(t *testing.T) {
	v := newProgram(t, "")
	v.src.Command.Args = []string{"./export.sh", "x"}
	if err := os.WriteFile(filepath.Join(v.dir, "export.sh"), []byte("#!/bin/sh\necho \"$1\"\n"), 0o755); err != nil {
		t.Fatal(err)
	}
	if p, problems := v.fetch(); p.Status != OK || text(t, p.Fresh) != "x\n" {
		t.Errorf("got %+v, %v", p, problems)
	}
}

func TestProgramsThatFail(t *testing.T) {
	for _, c := range []struct {
		about, script  string
		reason, detail string
	}{
		{"an exit status, with its reason", `echo '[]'; echo "bad  thing" >&2; echo "token $TOKEN, $DB_PASSWORD" >&2; exit 3`,
			"sh ended with exit status 3", ": bad thing token <secret>, <secret>;"},
		{"a signal", `kill -TERM $$`, "sh was ended: signal: terminated", ""},
		{"many words: the last are shown", `i=0; while test $i -lt 3000; do echo "line $i" >&2; i=$((i+1)); done; echo last >&2; exit 1`,
			"sh ended with exit status 1", "line 2999 last;"},
	} {
		v := newProgram(t, c.script)
		v.src.Command.Env = []string{"DB_PASSWORD"}
		p, problems := v.fetch()
		if p.Status != Failed || p.Reason != c.reason || !strings.Contains(problems[0].Text, c.detail) || strings.Contains(problems[0].Text, "pass-of-the-test") {
			t.Errorf("%s: got %q and %v", c.about, p.Reason, problems)
		}
		if len(problems[0].Text) > 3000 {
			t.Errorf("%s: %d bytes of text", c.about, len(problems[0].Text))
		}
	}
}

func TestProgramThatIsNotThere(t *testing.T) {
	for _, program := range []string{"no-such-program-of-uptree", "./export.sh"} {
		v := newProgram(t, "")
		v.src.Command.Args = []string{program}
		if p, problems := v.fetch(); p.Reason != "there is no program "+filepath.Base(program) {
			t.Errorf("%s: got %v", program, problems)
		}
	}
}

// What a program has started is killed with it.
func TestChildrenEndWithTheirProgram(t *testing.T) {
	v := newProgram(t, `(sleep 1; echo alive > survivor) & sleep 30`)
	v.src.Timeout = 100 * time.Millisecond
	began := time.Now()
	if p, _ := v.fetch(); p.Reason != "not done within timeout = 100ms" || time.Since(began) > time.Second {
		t.Errorf("got %q after %s", p.Reason, time.Since(began))
	}
	time.Sleep(1200*time.Millisecond - time.Since(began))
	if _, err := os.Stat(filepath.Join(v.dir, "survivor")); err == nil {
		t.Error("a child has survived")
	}
}
