//go:build unix

package source

import (
	"bufio"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"uptree/generator/config"
)

// killedEnv makes the test binary a program that fetches and keeps until it is killed.
const killedEnv = "UPTREE_TEST_KEEP"

func TestMain(m *testing.M) {
	if arg := os.Getenv(killedEnv); arg != "" {
		keepForever(arg)
	}
	os.Exit(m.Run())
}

// killedSource is of files that all tell the same generation.
var killedSource = config.Source{Name: "incidents", Kind: "file", Path: "*.csv.gz", MaxBytes: 1 << 20}

// keepForever keeps one generation after the other, as many builds would.
func keepForever(arg string) {
	first, dir, _ := strings.Cut(arg, ":")
	g, _ := strconv.Atoi(first)
	fmt.Println("ready")
	for ; ; g++ {
		if err := keepGeneration(dir, g); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	}
}

func keepGeneration(dir string, g int) error {
	for i := range 5 {
		content := strings.Repeat(fmt.Sprintf("generation %d\n", g), 100*(i+1))
		if err := os.WriteFile(fmt.Sprintf("%s/%d.csv.gz", dir, i), pack(nil, ".gz", content), 0o600); err != nil {
			return err
		}
	}
	store := OpenStore(filepath.Join(dir, ".uptree"))
	site := &config.Site{Dir: dir, Sources: []config.Source{killedSource}}
	payloads, problems, err := Fetch(context.Background(), site, Options{Store: store})
	if err != nil || len(problems) > 0 {
		return fmt.Errorf("%v, %v", problems, err)
	}
	problems, err = store.Keep(context.Background(), []Good{{Payload: &payloads[0], Records: g}})
	if err != nil || len(problems) > 0 {
		return fmt.Errorf("%v, %v", problems, err)
	}
	return store.Close()
}

// TestNoKillLosesTheLastGoodCopy kills builds at random moments of a fetch and of a keep.
func TestNoKillLosesTheLastGoodCopy(t *testing.T) {
	kills := 100
	if testing.Short() {
		kills = 10
	}
	dir := t.TempDir()
	if err := keepGeneration(dir, 1); err != nil {
		t.Fatal(err)
	}
	last := 1
	for range kills {
		killBuild(t, dir, last+1)
		c := OpenStore(filepath.Join(dir, ".uptree")).load(&killedSource)
		if c == nil || c.Records < last || len(c.Blobs) != 5 {
			t.Fatalf("after generation %d: %+v", last, c)
		}
		if last = c.Records; text(t, c) != strings.Repeat(fmt.Sprintf("generation %d\n", last), 1500) {
			t.Fatalf("generation %d is not whole", last)
		}
	}
	if err := keepGeneration(dir, last+1); err != nil {
		t.Fatal(err)
	}
	if left, _ := filepath.Glob(dir + "/.uptree/tmp/*"); len(left) > 0 {
		t.Errorf("left: %q", left)
	}
	t.Logf("%d generations over %d kills", last, kills)
}

// killBuild lets builds run for a moment.
func killBuild(t *testing.T, dir string, first int) {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), fmt.Sprintf("%s=%d:%s", killedEnv, first, dir))
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	if _, err := bufio.NewReader(out).ReadString('\n'); err != nil {
		t.Fatal(err)
	}
	time.Sleep(time.Duration(rand.IntN(40_000)) * time.Microsecond)
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	cmd.Wait() // it was killed
}
