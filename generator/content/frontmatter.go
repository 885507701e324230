package content

import (
	"regexp"
	"strings"
)

const fence = "+++"

// matter is the front matter of a file as text.
type matter struct {
	toml  string
	body  int    // offset of what follows it
	fault string // why there is none although there seems to be
	hint  string
}

// yamlStart is how a document with YAML front matter begins.
var yamlStart = regexp.MustCompile(`\A---[ \t]*\n[A-Za-z_-]+[ \t]*:`)

// cutFrontMatter finds the front matter. A document without has an empty one.
func cutFrontMatter(text string) matter {
	if yamlStart.MatchString(text) {
		return cutYAML(text)
	}
	first, rest, _ := strings.Cut(text, "\n")
	if strings.TrimRight(first, " \t") != fence {
		return matter{}
	}
	start := len(text) - len(rest)
	if length, after, ok := findFence(rest, fence); ok {
		return matter{toml: rest[:length], body: start + after}
	}
	return matter{
		body: start, fault: "front matter does not end",
		hint: "put a line of " + fence + " after it",
	}
}

// cutYAML leaves out front matter of the kind that is not read.
func cutYAML(text string) matter {
	m := matter{fault: "front matter is YAML", hint: "write it as TOML between two lines of " + fence}
	_, rest, _ := strings.Cut(text, "\n")
	if _, after, ok := findFence(rest, "---"); ok {
		m.body = len(text) - len(rest) + after
	}
	return m
}

// findFence returns the offset of the first line that is the fence, and of the line
// after it.
func findFence(text, fence string) (at, after int, ok bool) {
	for line := range strings.Lines(text) {
		after = at + len(line)
		if strings.TrimRight(line, " \t\n") == fence {
			return at, after, true
		}
		at = after
	}
	return 0, 0, false
}
