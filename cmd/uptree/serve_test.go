package main

import (
	"io"
	"net/http"
	"os"
	"regexp"
	"strings"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

// patience is how long a served site may take to show a change, on a busy machine.
const patience = 30 * time.Second

// shows is the script command "shows FILE PATH PATTERN": it waits until the site whose
// address the file holds shows a page that matches.
func shows(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 {
		ts.Fatalf("usage: shows file path pattern")
	}
	seen := ""
	eventually(ts, args[2], func() string {
		base, _ := os.ReadFile(ts.MkAbs(args[0]))
		answer, err := http.Get(strings.TrimSpace(string(base)) + strings.TrimPrefix(args[1], "/"))
		if err != nil {
			return seen
		}
		defer answer.Body.Close()
		page, _ := io.ReadAll(answer.Body)
		seen = string(page)
		return seen
	})
}

// waits is the script command "waits FILE PATTERN": it waits until the file matches.
func waits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: waits file pattern")
	}
	eventually(ts, args[1], func() string {
		text, _ := os.ReadFile(ts.MkAbs(args[0]))
		return string(text)
	})
}

func eventually(ts *testscript.TestScript, pattern string, read func() string) {
	want, err := regexp.Compile(pattern)
	ts.Check(err)
	for end := time.Now().Add(patience); ; time.Sleep(10 * time.Millisecond) {
		text := read()
		if want.MatchString(text) {
			return
		}
		if time.Now().After(end) {
			ts.Fatalf("in vain for %q in:\n%.3000s", pattern, text)
		}
	}
}
