//go:build unix

package source

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"uptree/generator/config"
	"uptree/generator/diag"
)

// subject is a connector in the conformance suite: sources of its kind that behave in a
// certain way. A new connector supplies one and inherits the tests.
type subject struct {
	kind string
	// gives makes a source of a text, endless one that does not end in time and gives more
	// and more, failing one that fails and says the token where it can.
	gives           func(t *testing.T, content string) *vendor
	endless, failed func(t *testing.T) *vendor
	secret          bool // it is given a secret
	// start makes what the sources of a kind ask; nil for nothing. As is what becomes of
	// the text; nil where it stays as it is.
	start func(t *testing.T)
	as    func(content string) string
}

// of is what a source is to give for a text.
func (s *subject) of(content string) string {
	if s.as != nil {
		return s.as(content)
	}
	return content
}

// subjects is the table of them.
var subjects = []subject{
	{
		kind: "file",
		gives: func(t *testing.T, content string) *vendor {
			return newFile(t, "a.json", []byte(content))
		},
		endless: func(t *testing.T) *vendor {
			zeros := pack(t, ".gz", strings.Repeat("\x00", 1<<20))
			return newFile(t, "a.json.gz", bytes.Repeat(zeros, 4000)) // 4 GB
		},
		failed: func(t *testing.T) *vendor { return newFile(t, "a.json.gz", []byte("not compressed")) },
	},
	{
		kind: "http", secret: true,
		gives: func(t *testing.T, content string) *vendor {
			return newVendor(t, func(w http.ResponseWriter, _ *http.Request) { reply(w, "application/json", content) })
		},
		endless: func(t *testing.T) *vendor {
			return newVendor(t, drip)
		},
		failed: func(t *testing.T) *vendor { return newVendor(t, refuse) },
	},
	{
		kind: "prometheus", secret: true,
		as: func(content string) string {
			return `{"content":"` + strings.ReplaceAll(content, `"`, `\"`) + `","day":"2025-03-20","time":"2025-03-20T08:00:00Z","value":1}` + "\n"
		},
		gives: func(t *testing.T, content string) *vendor {
			return newProm(t, func(w http.ResponseWriter, r *http.Request) {
				answerVector(w, r, map[string]string{"content": content})
			}).vendor
		},
		endless: func(t *testing.T) *vendor { return newProm(t, drip).vendor },
		failed:  func(t *testing.T) *vendor { return newProm(t, refuse).vendor },
	},
	{
		kind: "postgres", secret: true, start: startDatabase,
		as: func(content string) string {
			return `{"content":"` + strings.ReplaceAll(content, `"`, `\"`) + "\"}\n"
		},
		gives: func(t *testing.T, content string) *vendor {
			return newDatabase(t, "SELECT $$"+content+"$$ AS content")
		},
		endless: func(t *testing.T) *vendor {
			return newDatabase(t, "SELECT repeat('0', 512), pg_sleep(0.001), generate_series(1, 1e12)")
		},
		failed: func(t *testing.T) *vendor {
			return newDatabase(t, "SELECT E'no\n\x1b[31m"+token+"'::int")
		},
	},
	{
		kind: "command", secret: true,
		gives: func(t *testing.T, content string) *vendor { return newProgram(t, `printf %s "$0"`, content) },
		endless: func(t *testing.T) *vendor {
			return newProgram(t, `trap '' PIPE TERM; while :; do printf '%0512d' 0; sleep 0.001; done`)
		},
		failed: func(t *testing.T) *vendor {
			return newProgram(t, `printf 'no\n\033[31m%s\n' "$TOKEN" >&2; printf %s "$TOKEN"; exit 1`)
		},
	},
}

// drip answers without end.
func drip(w http.ResponseWriter, r *http.Request) {
	for r.Context().Err() == nil {
		if _, err := fmt.Fprint(w, strings.Repeat("0", 512)); err != nil {
			return
		}
		w.(http.Flusher).Flush()
		time.Sleep(time.Millisecond)
	}
}

// refuse answers with what it was given, the secret too.
func refuse(w http.ResponseWriter, r *http.Request) {
	http.Error(w, "no\n\x1b[31m"+r.Header.Get("Authorization"), http.StatusBadRequest)
}

func newFile(t *testing.T, name string, content []byte) *vendor {
	v := newVendor(t, nil)
	v.src.Kind, v.src.Path, v.src.HTTP, v.src.TokenEnv = "file", name, config.HTTP{}, ""
	v.write(name, string(content))
	return v
}

func TestEveryConnectorIsInTheConformanceSuite(t *testing.T) {
	for _, c := range Connectors {
		found := false
		for _, s := range subjects {
			found = found || s.kind == c.Kind
		}
		if !found {
			t.Errorf("kind %q is not", c.Kind)
		}
	}
}

func TestConformance(t *testing.T) {
	for _, s := range subjects {
		t.Run(s.kind, func(t *testing.T) {
			if s.start != nil {
				s.start(t)
			}
			t.Run("gives its bytes and lets go of them", s.testBytes)
			t.Run("ends when the build is interrupted", s.testCancel)
			t.Run("ends when its time is over", s.testTimeout)
			t.Run("ends when it gives too much", s.testSize)
			t.Run("keeps no secret", s.testSecret)
			t.Run("says in one line why it failed", s.testFailure)
		})
	}
}

func (s *subject) testBytes(t *testing.T) {
	for _, content := range []string{oneIncident, strings.Repeat("x", 100_000)} {
		v := s.gives(t, content)
		v.keep()
		p, _ := v.fetch()
		if p.Status != OK || text(t, p.Fresh) != s.of(content) || p.Fresh.Blobs[0].Size != int64(len(s.of(content))) || p.Fresh.FetchedAt.IsZero() {
			t.Errorf("got %+v", p)
		}
		v.emptyAfterClose()
	}
}

// emptyAfterClose makes sure that nothing of what was fetched stays.
func (v *vendor) emptyAfterClose() {
	v.t.Helper()
	if err := v.store.Close(); err != nil {
		v.t.Error(err)
	}
	if left, _ := os.ReadDir(filepath.Join(v.dir, ".uptree", "tmp")); len(left) > 0 {
		v.t.Errorf("left: %v", left)
	}
}

func (s *subject) testCancel(t *testing.T) {
	v := s.endless(t)
	v.src.MaxBytes, v.src.Timeout = 0, 0
	ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
	defer cancel()
	began := time.Now()
	_, _, err := Fetch(ctx, &config.Site{Dir: v.dir, Sources: []config.Source{v.src}}, v.options)
	if took := time.Since(began); !errors.Is(err, context.DeadlineExceeded) || took > 2*time.Second {
		t.Errorf("%v after %s", err, took)
	}
	v.emptyAfterClose()
}

func (s *subject) testTimeout(t *testing.T) {
	v := s.endless(t)
	v.src.MaxBytes, v.src.Timeout = 0, 100*time.Millisecond
	began := time.Now()
	p, _ := v.fetch()
	if took := time.Since(began); p.Status != Failed || p.Reason != "not done within timeout = 100ms" || took > 2*time.Second {
		t.Errorf("%+v after %s", p, took)
	}
	v.emptyAfterClose()
}

func (s *subject) testSize(t *testing.T) {
	most := len(s.of(strings.Repeat("x", 5000)))
	for _, v := range []*vendor{s.gives(t, strings.Repeat("x", 5001)), s.endless(t)} {
		v.src.MaxBytes = int64(most)
		began := time.Now()
		p, _ := v.fetch()
		if took := time.Since(began); p.Status != Failed || p.Reason != fmt.Sprint("more than max_bytes = ", most) || took > 2*time.Second {
			t.Errorf("%+v after %s", p, took)
		}
		v.emptyAfterClose()
	}
	v := s.gives(t, strings.Repeat("x", 5000))
	v.src.MaxBytes = int64(most)
	if p, _ := v.fetch(); p.Status != OK {
		t.Errorf("as much as is allowed: %+v", p)
	}
}

func (s *subject) testSecret(t *testing.T) {
	if !s.secret {
		return
	}
	v := s.gives(t, `[{"token":"`+token+`"}]`)
	v.keep()
	v.noSecretOnDisk()
	p, _ := v.fetch()
	if got := text(t, p.Fresh); got != s.of(`[{"token":"<secret>"}]`) {
		t.Errorf("got %q", got)
	}
	v = s.gives(t, "[]")
	v.src.TokenEnv = "NOT_SET"
	if p, _ := v.fetch(); p.Reason != "the environment variable NOT_SET is not set" {
		t.Errorf("got %+v", p)
	}
}

func (s *subject) testFailure(t *testing.T) {
	v := s.failed(t)
	p, problems := v.fetch()
	if p.Status != Failed || p.Reason == "" || len(problems) != 1 || problems[0].Code != diag.SourceFailed || problems[0].Pos != v.src.Pos {
		t.Fatalf("got %+v, %v", p, problems)
	}
	for _, text := range []string{p.Reason, problems[0].Text, problems[0].Hint} {
		if strings.ContainsAny(text, "\n\r") || strings.Contains(text, v.dir) || strings.HasSuffix(text, ".") {
			t.Errorf("text %q", text)
		}
	}
	if !strings.HasPrefix(problems[0].Text, `source "incidents" failed: `+p.Reason) {
		t.Errorf("text %q does not hold the reason %q", problems[0].Text, p.Reason)
	}
	if s.secret && !strings.Contains(problems[0].Text, masked) {
		t.Errorf("text %q does not say what the source said", problems[0].Text)
	}
	v.emptyAfterClose()
}
