//go:build unix

package main

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"
)

const killedSite = `
[publish]
publisher = %q

[source.org]
dataset = "nodes"
path = "org.csv"

[source.services]
dataset = "services"
path = "services.csv"

[source.incidents]
kind = "http"
dataset = "incidents"
format = "json"
url = %q
retries = 0
`

// TestNoKillHarmsTheNextBuild kills builds at random moments, a hundred in all: while they
// fetch, keep their last good copies, render and publish. After each the next build writes
// the bytes of one that nothing happened to, and an offline one still has its data.
func TestNoKillHarmsTheNextBuild(t *testing.T) {
	rounds := 50
	if testing.Short() {
		rounds = 5
	}
	for i, publisher := range []string{"swap", "files"} {
		t.Run(publisher, func(t *testing.T) {
			t.Parallel()
			k := newKilled(t, publisher, rand.New(rand.NewPCG(2026, uint64(i))))
			killed := 0
			for n := 0; killed < rounds; n++ {
				if n == 4*rounds {
					t.Fatalf("only %d of %d builds were killed: the others were done before", killed, n)
				}
				k.generation.Store(int64(n % len(k.clean)))
				if k.kill() {
					killed++
				}
				k.recovers(n)
			}
		})
	}
}

// killed is a site whose vendor has one of two generations of data.
type killed struct {
	*site
	generation atomic.Int64
	clean      [2]map[string]string // what a site without a past publishes of each
	whole      time.Duration        // how long the last build took that was not killed
	random     *rand.Rand
}

func newKilled(t *testing.T, publisher string, random *rand.Rand) *killed {
	k := &killed{random: random}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		sendJSON(w, incidentsOf(int(k.generation.Load())))
	}))
	t.Cleanup(server.Close)
	org, services := "id,title,parent\nacme,Acme,\n", "id,title,owner\n"
	for i := range 40 {
		org += fmt.Sprintf("team-%d,Team %d,acme\n", i, i)
		services += fmt.Sprintf("service-%d,Service %d,team-%d\n", i, i, i)
	}
	files := map[string]string{"site.toml": fmt.Sprintf(killedSite, publisher, server.URL), "org.csv": org, "services.csv": services}
	written := time.Now().Add(-time.Hour) // build.json says when: it is that of all sites
	empty := func() *site {
		s := newSite(t, files)
		for name := range files {
			if err := os.Chtimes(filepath.Join(s.dir, name), written, written); err != nil {
				t.Fatal(err)
			}
		}
		return s
	}
	for g := range k.clean {
		k.generation.Store(int64(g))
		k.site = empty()
		k.useBuilt()
		k.mustBuild()
		k.clean[g] = k.tree("public")
	}
	return k // the last one has a past: one build
}

// incidentsOf are the incidents of a generation: some pages are of both, some of one.
func incidentsOf(generation int) string {
	var list []string
	for i := range 200 {
		list = append(list, fmt.Sprintf(`{"id":"I%d-%d","title":"generation %d","services":["service-%d"],"started":"2026-11-%02dT10:00:00Z","mitigated":"2026-11-%02dT11:00:00Z"}`,
			generation*(i%2), i, generation, i%(40-generation), i%18+1, i%18+1))
	}
	return "[" + strings.Join(list, ",\n") + "]"
}

func (k *killed) mustBuild(args ...string) {
	k.Helper()
	began := time.Now()
	if output, code := k.uptree(append([]string{"build", "--as-of", "2026-11-20"}, args...)...); code != 0 {
		k.Fatalf("exit %d: %s", code, output)
	}
	k.whole = time.Since(began)
}

// kill starts a build and ends it at a random moment. It reports whether it was in time.
func (k *killed) kill() bool {
	k.Helper()
	cmd := k.command("build", "--as-of", "2026-11-20")
	if err := cmd.Start(); err != nil {
		k.Fatal(err)
	}
	time.Sleep(time.Duration(k.random.Int64N(int64(k.whole))))
	cmd.Process.Kill()
	cmd.Wait() // it says what is looked at next
	status, ok := cmd.ProcessState.Sys().(syscall.WaitStatus)
	return ok && status.Signaled()
}

// recovers looks at the last good copy in every second round of each generation, and at the
// site in each.
func (k *killed) recovers(round int) {
	k.Helper()
	if round%4 > 1 {
		k.mustBuild("--offline", "--destination", filepath.Join(k.TempDir(), "offline"))
	}
	k.mustBuild()
	want := k.clean[k.generation.Load()]
	if got := k.tree("public"); !maps.Equal(got, want) {
		for name := range want {
			if got[name] != want[name] {
				k.Errorf("round %d: %s is not that of a clean build", round, name)
			}
		}
		k.Fatalf("round %d: %d files, want %d", round, len(got), len(want))
	}
	left, _ := filepath.Glob(k.dir + "/.public.uptree-*")
	spooled, _ := filepath.Glob(k.dir + "/.uptree/tmp/*")
	if len(left)+len(spooled) > 0 {
		k.Errorf("round %d: left are %q, %q", round, left, spooled)
	}
}
