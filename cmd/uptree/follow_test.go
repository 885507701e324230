package main

import (
	"os"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"
)

// follows is the script command "follows FILE": it does what the file's blocks for a shell
// say, line by line, and nothing else.
func follows(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: follows file")
	}
	text, err := os.ReadFile(ts.MkAbs(args[0]))
	ts.Check(err)
	done := 0
	for _, m := range fence.FindAllStringSubmatch(string(text), -1) {
		if m[1] != "sh" {
			continue
		}
		for line := range strings.Lines(strings.ReplaceAll(m[2], "\\\n", " ")) {
			words := shellWords(line)
			if words[0] == "cd" {
				ts.Check(ts.Chdir(words[1]))
			} else {
				ts.Check(ts.Exec(words[0], words[1:]...))
			}
			done++
		}
	}
	if done == 0 {
		ts.Fatalf("%s says nothing to do", args[0])
	}
}

// shellWords splits a line as a shell does that knows blanks and double quotes.
func shellWords(line string) []string {
	var out []string
	for i, part := range strings.Split(line, `"`) {
		if i%2 == 1 {
			out = append(out, part)
		} else {
			out = append(out, strings.Fields(part)...)
		}
	}
	return out
}
