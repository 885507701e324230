package main

import (
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
)

// block is a fenced block of a document.
type block struct {
	file, language, text string
}

var (
	fence  = regexp.MustCompile("(?ms)^```([a-z]*)\n(.*?)^```$")
	inline = regexp.MustCompile("`(uptree [^`]+)`")
	// called matches the program where a shell or systemd would start it, and what it is given.
	called = regexp.MustCompile(`(?m)(?:^|[ =/])uptree( [^|&;>\n]+)`)
)

// guide returns the documents that show users what to type, by path.
func guide(t *testing.T) map[string]string {
	t.Helper()
	files, err := filepath.Glob("../../content/pages/*.md")
	if err != nil || len(files) == 0 {
		t.Fatal("no guide", err)
	}
	families, err := filepath.Glob("../../content/pages/*/*.md")
	if err != nil || len(families) == 0 {
		t.Fatal("no presets in the guide", err)
	}
	files = append(files, families...)
	out := map[string]string{}
	for _, file := range append(files, "../../README.md") {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		out[file] = string(text)
	}
	return out
}

func blocks(t *testing.T) []block {
	t.Helper()
	var out []block
	for file, text := range guide(t) {
		for _, m := range fence.FindAllStringSubmatch(text, -1) {
			out = append(out, block{file, m[1], m[2]})
		}
	}
	return out
}

// commandLines are the command lines of a block. YAML is read as YAML: a command there is
// a text or a list.
func (b block) commandLines(t *testing.T) []string {
	t.Helper()
	var out []string
	switch b.language {
	case "yaml":
		var value any
		if err := yaml.UnmarshalWithOptions([]byte(b.text), &value, yaml.Strict()); err != nil {
			t.Errorf("%s: %v", b.file, err)
		}
		for _, text := range texts(value) {
			if strings.HasPrefix(text, "uptree ") {
				out = append(out, strings.Split(strings.TrimSpace(text), "\n")...)
			}
		}
	case "toml", "markdown":
	default:
		for _, m := range called.FindAllStringSubmatch(b.text, -1) {
			out = append(out, "uptree"+strings.TrimRight(m[1], " "))
		}
	}
	return out
}

// texts are the texts in a document of YAML; a list that is a command is one of them.
func texts(value any) []string {
	switch v := value.(type) {
	case string:
		return []string{v}
	case []any:
		var all []string
		for _, item := range v {
			all = append(all, texts(item)...)
		}
		if len(all) > 1 && all[0] == "uptree" {
			return []string{strings.Join(all, " ")}
		}
		return all
	case map[string]any:
		var all []string
		for _, item := range v {
			all = append(all, texts(item)...)
		}
		return all
	}
	return nil
}

// TestGuideNamesRealCommands holds every command line of the guide and the README to the
// commands and flags that there are.
func TestGuideNamesRealCommands(t *testing.T) {
	var lines []string
	for _, b := range blocks(t) {
		lines = append(lines, b.commandLines(t)...)
	}
	for _, text := range guide(t) {
		for _, m := range inline.FindAllStringSubmatch(fence.ReplaceAllString(text, ""), -1) {
			lines = append(lines, m[1])
		}
	}
	if len(lines) < 10 {
		t.Errorf("%d command lines were found: the guide has more", len(lines))
	}
	for _, line := range lines {
		if err := typed(line); err != nil {
			t.Errorf("%s: %v", line, err)
		}
	}
}

// typed parses a command line as the program would, and runs nothing.
func typed(line string) error {
	root := rootCommand(&app{stdout: io.Discard, stderr: io.Discard})
	cmd, args, err := root.Find(strings.Fields(line)[1:])
	if err != nil {
		return err
	}
	if cmd == root {
		return usage("no command")
	}
	if err := cmd.ParseFlags(args); err != nil {
		return err
	}
	if cmd.Name() == "list" && !slices.Contains(cmd.ValidArgs, cmd.Flags().Arg(0)) && !strings.Contains(cmd.Flags().Arg(0), "|") {
		return usage("list has no such table")
	}
	return cmd.ValidateArgs(cmd.Flags().Args())
}

func TestTypedFindsWhatIsWrong(t *testing.T) {
	for _, line := range []string{"uptree", "uptree biuld", "uptree build --chek", "uptree check --max-age", "uptree check --max-age soon", "uptree build x", "uptree list none"} {
		if typed(line) == nil {
			t.Errorf("%s is taken", line)
		}
	}
}
