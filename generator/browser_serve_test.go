package generator_test

import (
	"bufio"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// serving is "uptree serve" of a folder, the program itself.
type serving struct {
	t    testing.TB
	dir  string
	base string // address of the site's root, with a slash at the end
}

func startServe(t testing.TB, dir string) *serving {
	t.Helper()
	cmd := exec.Command(program(t, "uptree"), "serve", "--source", dir, "--port", "0", "--as-of", sampleClock)
	messages := &strings.Builder{}
	cmd.Stderr = messages
	stdout, err := cmd.StdoutPipe()
	if err := errors.Join(err, cmd.Start()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Signal(syscall.SIGINT)
		if _ = cmd.Wait(); cmd.ProcessState.ExitCode() != 130 || t.Failed() {
			t.Errorf("serve ended with %v:\n%.5000s", cmd.ProcessState, messages)
		}
	})
	address, err := bufio.NewReader(stdout).ReadString('\n')
	if err != nil {
		t.Fatalf("serve names no address: %v", err)
	}
	return &serving{t, dir, strings.TrimSpace(address)}
}

// program builds one of the repository's programs.
func program(t testing.TB, name string) string {
	t.Helper()
	path := filepath.Join(scratch, name)
	if out, err := exec.Command("go", "build", "-o", path, "../cmd/"+name).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return path
}

// save replaces a file as editors do: a new one is put in its place.
func (s *serving) save(name, text string) {
	s.t.Helper()
	path := filepath.Join(s.dir, filepath.FromSlash(name))
	if err := errors.Join(os.WriteFile(path+"~", []byte(text), 0o600), os.Rename(path+"~", path)); err != nil {
		s.t.Fatal(err)
	}
}

// writable copies the sample organisation.
func writable(t testing.TB) string {
	t.Helper()
	dir := t.TempDir()
	for _, part := range []string{"content", "data"} {
		if err := os.CopyFS(filepath.Join(dir, part), os.DirFS("../"+part)); err != nil {
			t.Fatal(err)
		}
	}
	config, err := os.ReadFile("../site.toml")
	if err := errors.Join(err, os.WriteFile(filepath.Join(dir, "site.toml"), config, 0o600)); err != nil {
		t.Fatal(err)
	}
	return dir
}

// becomes waits for an expression to be true of the page, or of the one it becomes.
func (w *tab) becomes(expression string) {
	w.t.Helper()
	for end := time.Now().Add(time.Minute); ; time.Sleep(5 * time.Millisecond) {
		is, err := chromedp.Run(w.ctx, chromedp.Evaluate[bool](expression))
		if err == nil && is { // while a page goes, it cannot be asked
			return
		}
		if time.Now().After(end) {
			w.t.Fatalf("in vain: %s (%v)", expression, err)
		}
	}
}

// What reads and what lies over a page, as expressions.
func reads(text string) string {
	return fmt.Sprintf("document.querySelector('main')?.innerText.includes(%q) === true", text)
}

func lies(text string) string {
	return fmt.Sprintf("document.getElementById('_uptree')?.innerText.includes(%q) === true", text)
}

const nothingLies = "document.getElementById('_uptree') === null"

func TestAnOpenPageFollowsItsFiles(t *testing.T) {
	if testing.Short() {
		t.Skip("a browser takes its time")
	}
	b := &browser{ctx: startChromium(t)}
	dir := writable(t)
	config := readFile(t, dir, "site.toml") + "\n[theme]\nname = \"own\"\n"
	put(t, dir, "site.toml", config)
	style := readFile(t, "../themes/default/assets", "style.css")
	put(t, dir, "themes/own/assets/style.css", style)
	s := startServe(t, dir)
	const doc, page = "content/org/shopping.md", "org/shopping/"
	words := readFile(t, dir, doc)

	w := b.tab(t, s.base)
	w.media("light", "")
	w.open(s.base + page)
	eval[bool](w, "scrollTo({top: 700, behavior: 'instant'}), true")
	s.save(doc, words+"\nWritten while you look.\n")
	w.becomes(reads("Written while you look."))
	w.becomes("scrollY === 700")

	eval[bool](w, "window.same = true")
	s.save("themes/own/assets/style.css", style+"\nh1 { color: rgb(1, 2, 3); }\n")
	w.becomes(`getComputedStyle(document.querySelector("h1")).color === "rgb(1, 2, 3)" && document.querySelectorAll('link[rel="stylesheet"]').length > 0`)
	s.save("content/org/databases.md", "Another page's words.\n")
	time.Sleep(500 * time.Millisecond) // nothing to wait for: this page stays
	if !eval[bool](w, "window.same === true") {
		t.Error("the page was loaded again for a style sheet, or for another page")
	}

	s.save(doc, words+"\nIt leads [nowhere](node:gone).\n")
	w.becomes(reads("It leads nowhere."))
	w.becomes(lies(fmt.Sprintf("content/org/shopping.md:%d:10: error[X103]", strings.Count(words, "\n")+2)))
	w.becomes(lies("hint: "))
	s.save("site.toml", config+"titel = 1\n")
	w.becomes(lies("site.toml:"))
	w.becomes(lies("C103"))
	w.becomes(reads("It leads nowhere.")) // the last good page
	s.save("site.toml", config)
	w.becomes(lies("X103"))
	s.save(doc, words+"\nIt leads to [the end](node:acme).\n")
	w.becomes(reads("It leads to the end."))
	w.becomes(nothingLies)

	// Pages that nobody sees are told on their return.
	visible(w, false)
	s.save("site.toml", config+"titel = 1\n")
	other := b.tab(t, s.base)
	other.open(s.base)
	other.becomes(lies("C103"))
	if !eval[bool](w, nothingLies) {
		t.Error("a hidden page holds a stream open")
	}
	visible(w, true)
	w.becomes(lies("C103"))
	visible(w, false)
	s.save("site.toml", config)
	other.becomes(nothingLies)
	visible(w, true)
	w.becomes(nothingLies)
	for _, c := range w.complaints() {
		t.Error(c)
	}
}

// visible puts a page behind others, as far as it can tell, or before them.
func visible(w *tab, is bool) {
	w.t.Helper()
	state := map[bool]string{false: "hidden", true: "visible"}[is]
	eval[bool](w, fmt.Sprintf(`Object.defineProperty(document, "visibilityState", {value: %q, configurable: true}), document.dispatchEvent(new Event("visibilitychange"))`, state))
}

// BenchmarkSaveToRepaint measures from before a document is saved until the open page has
// painted it, in Chromium. Size M is written by orggen.
func BenchmarkSaveToRepaint(b *testing.B) {
	chrome := &browser{ctx: startChromium(b)}
	b.Run("sample", func(b *testing.B) { chrome.repaints(b, writable(b), "shopping") })
	b.Run("M", func(b *testing.B) {
		dir := b.TempDir()
		if out, err := exec.Command(program(b, "orggen"), "size", "-size", "M", "-o", dir).CombinedOutput(); err != nil {
			b.Fatalf("%v\n%s", err, out)
		}
		chrome.repaints(b, dir, "n1040")
	})
}

func (b *browser) repaints(t *testing.B, dir, node string) {
	s := startServe(t, dir)
	w := b.tab(t, s.base)
	w.open(s.base + "org/" + node + "/")
	doc := "content/org/" + node + ".md"
	words := readFile(t, dir, doc)
	var took []float64
	for t.Loop() {
		text := fmt.Sprintf("Saved %d times.", len(took)+1)
		saved := float64(time.Now().UnixMicro()) / 1000
		s.save(doc, words+"\n"+text+"\n")
		w.becomes(reads(text) + ` && performance.getEntriesByName("first-contentful-paint").length > 0`)
		took = append(took, eval[float64](w, `performance.timeOrigin + performance.getEntriesByName("first-contentful-paint")[0].startTime`)-saved)
	}
	slices.Sort(took)
	t.ReportMetric(took[len(took)/2], "ms-median")
	t.ReportMetric(took[len(took)-1], "ms-worst")
}
