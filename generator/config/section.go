package config

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"uptree/generator/decode"
	"uptree/generator/diag"
	"uptree/generator/model"
)

// section is a table of the file. Its methods read one key each, report what is wrong with
// it at its value, and return false where there is no value to use.
type section struct {
	*decode.Table
	// partial says that lines of the file could not be read. What is missing may stand
	// there, so it is not reported.
	partial bool
}

// checkKeys reports the keys that are not in Keys for the table.
func (s section) checkKeys(table string) {
	var known []string
	for _, k := range Keys {
		if k.Table == table {
			known = append(known, k.Name)
		}
	}
	s.Unused(append(known, s.secrets(known)...)...)
}

// secrets reports the keys that are named like secrets, and returns them.
func (s section) secrets(known []string) []string {
	var found []string
	for _, key := range s.Keys() {
		if isSecret(key) && !slices.Contains(known, key) {
			s.badSecret(key, fmt.Sprintf("%q holds a secret", key))
			found = append(found, key)
		}
	}
	return found
}

func (s section) badSecret(key, text string) {
	s.Report(diag.SecretInConfig, key, text, `put it in an environment variable and name that: token_env = "NAME"`)
}

// require reports a key that is missing.
func (s section) require(key, hint string) {
	if !s.Has(key) && !s.partial {
		s.Report(diag.MissingKey, key, fmt.Sprintf("%s needs the key %q", s.Label(), key), hint)
	}
}

// sub opens a table of the section; table is its name in Keys.
func (s section) sub(key, table string) (section, bool) {
	t, ok := s.Table.Table(key)
	if !ok {
		return section{}, false
	}
	sub := section{t, s.partial}
	sub.checkKeys(table)
	return sub, true
}

// subs opens the named tables of a table, in the order of the file.
func (s section) subs(key, table string) []section {
	var subs []section
	for _, t := range s.Tables(key) {
		sub := section{t, s.partial}
		sub.checkKeys(table)
		subs = append(subs, sub)
	}
	return subs
}

// text reads a string that is not blank.
func (s section) text(key string) (string, bool) {
	var text string
	if !s.String(key, &text) {
		return "", false
	}
	if strings.TrimSpace(text) == "" {
		s.Report(diag.OutOfRange, key, key+" is empty", "write a value, or leave the key out")
		return "", false
	}
	return text, true
}

// oneOf reads a word of a closed list; "" where there is none.
func (s section) oneOf(key string, words []string) string {
	word, ok := s.text(key)
	if !ok || slices.Contains(words, word) {
		return word
	}
	s.unknown(key, word, words)
	return ""
}

// unknown reports a value that is none of the known ones.
func (s section) unknown(key, value string, known []string) {
	s.Report(diag.OutOfRange, key, fmt.Sprintf("%s: %q is not known", key, value), didYouMean(value, known))
}

func didYouMean(word string, known []string) string {
	return cmp.Or(diag.DidYouMean(word, known), "known are: "+strings.Join(known, ", "))
}

// list reads a list of strings.
func (s section) list(key string) []string {
	var list []string
	s.Strings(key, &list)
	return list
}

func (s section) flag(key string) bool {
	var on bool
	s.Bool(key, &on)
	return on
}

// count reads a whole number from 0 to limit.
func (s section) count(key string, limit int) int {
	var n int
	if s.Int(key, &n) && (n < 0 || n > limit) {
		s.Report(diag.OutOfRange, key, fmt.Sprintf("%s is %d", key, n), fmt.Sprintf("a number from 0 to %d", limit))
		return 0
	}
	return n
}

// maxDuration bounds every duration of site.toml: ten years.
const maxDuration = maxDays * 24 * time.Hour

// duration reads a duration longer than zero.
func (s section) duration(key string) time.Duration {
	var d time.Duration
	if s.Duration(key, &d) && (d <= 0 || d > maxDuration) {
		s.Report(diag.OutOfRange, key, fmt.Sprintf("%s is %s", key, d), fmt.Sprintf("longer than 0 and at most %dd", maxDays))
		return 0
	}
	return d
}

// size reads a number of bytes, as a number or with a unit.
func (s section) size(key string) (int64, bool) {
	text := ""
	switch s.Kind(key) {
	case "":
		return 0, false
	case "a string":
		s.String(key, &text)
	default:
		var n int
		if !s.Int(key, &n) {
			return 0, false
		}
		text = fmt.Sprint(n)
	}
	n, ok := parseSize(text)
	if !ok {
		s.Report(diag.OutOfRange, key, fmt.Sprintf("%s: %q is not a size", key, text), `write it like "500MB", "2GiB", or as a number of bytes, up to 1000GB`)
	}
	return n, ok
}

// day reads a date; model.NoDay where there is none.
func (s section) day(key string) model.Day {
	var date time.Time
	if !s.Date(key, &date) {
		return model.NoDay
	}
	return model.DayOf(date.Year(), date.Month(), date.Day())
}
