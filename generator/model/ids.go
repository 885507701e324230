package model

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"uptree/generator/diag"
)

// maxSegment bounds an id in bytes as a path segment, so that it fits a file name.
const maxSegment = 200

// segmentLength is how long the id is in a path: letters, digits, ".", "_" and "-" stay,
// every other byte becomes three.
func segmentLength(id string) int {
	n := 0
	for _, r := range id {
		size := utf8.RuneLen(r)
		switch {
		case size < 0 || r == utf8.RuneError:
			n += 3 * 3
		case unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune("._-", r):
			n += size
		default:
			n += 3 * size
		}
	}
	return n
}

// badID says why an id cannot become an address, or "".
func badID(id string) string {
	switch {
	case id == "":
		return "an id is empty"
	case id == "." || id == "..":
		return "\"" + id + "\" is no id"
	case strings.HasPrefix(id, "_"):
		return "\"" + id + "\" starts with \"_\", which is reserved"
	case segmentLength(id) > maxSegment:
		return "an id is longer than an address can hold: \"" + id[:20] + "…\""
	}
	return ""
}

// idSpace keeps the ids of one kind of page apart: two that differ only in case or in
// their Unicode form would be one file on some systems.
type idSpace map[string]string

// claim returns the id that already has the place, or "" where it was free.
func (s idSpace) claim(id string) string {
	folded := strings.ToLower(norm.NFKC.String(id))
	if have, ok := s[folded]; ok && have != id {
		return have
	}
	s[folded] = id
	return ""
}

// usable rejects a record whose id cannot be used, with a problem.
func (f *freezer) usable(space idSpace, id string, o Origin) bool {
	if why := badID(id); why != "" {
		f.reject(o, why)
		f.problem(diag.BadID, o, why, "ids become addresses: choose one that stays")
		return false
	}
	if have := space.claim(id); have != "" {
		why := "\"" + id + "\" collides with \"" + have + "\""
		f.reject(o, why)
		f.problem(diag.CollidingIDs, o, why, "ids are told apart without regard to case")
		return false
	}
	return true
}
