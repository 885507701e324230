package main

import (
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestWrongUsageExitsWith2AndSaysWhy(t *testing.T) {
	dir := t.TempDir()
	for _, c := range []struct{ args, want string }{
		{"", "name a command"},
		{"sampel -o " + dir, `unknown command "sampel"`},
		{"sample", "name a folder with -o"},
		{"sample -o " + dir + " extra", `unexpected argument "extra"`},
		{"sample -o " + dir + " -as-of tomorrow", `-as-of "tomorrow" is no day like 2026-11-20`},
		{"sample -o " + dir + " -size M", "-size belongs to orggen size"},
		{"sample -o " + dir + " -seed -1", "invalid value"},
		{"sample -speed 3", "flag provided but not defined"},
		{"size -o " + dir, `-size "" is none of S, M, L`},
		{"size -o " + dir + " -size XL", `-size "XL" is none of S, M, L`},
		{"size -o " + dir + " -size S -sizes M", "-uptree and -sizes belong to orggen bench"},
		{"bench", "name a built uptree with -uptree"},
		{"bench -uptree u -o " + dir, "-o does not belong to orggen bench"},
		{"bench -uptree u -sizes S,M", `-size "S,M" is none of S, M, L`},
	} {
		var stderr strings.Builder
		code := run(strings.Fields(c.args), io.Discard, &stderr)
		if code != 2 || !strings.Contains(stderr.String(), c.want) || !strings.Contains(stderr.String(), "usage:") {
			t.Errorf("orggen %s: exit %d, want 2 and %q:\n%s", c.args, code, c.want, stderr.String())
		}
	}
	if left, _ := os.ReadDir(dir); len(left) > 0 {
		t.Errorf("wrong usage wrote %v", left)
	}
}

func TestHelpExitsWith0(t *testing.T) {
	for _, args := range []string{"-h", "help", "sample -h", "size -help"} {
		var stderr strings.Builder
		if code := run(strings.Fields(args), io.Discard, &stderr); code != 0 || stderr.String() != usage {
			t.Errorf("orggen %s: exit %d:\n%s", args, code, stderr.String())
		}
	}
}

func TestAFolderThatCannotBeWrittenExitsWith1(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	var stderr strings.Builder
	if code := run([]string{"sample", "-o", file}, io.Discard, &stderr); code != 1 || !strings.HasPrefix(stderr.String(), "orggen: write ") {
		t.Errorf("exit %d, want 1:\n%s", code, stderr.String())
	}
}
