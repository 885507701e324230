package decode

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf8"

	"uptree/generator/diag"
)

// findings collects what is wrong with one file.
type findings struct {
	file     string
	rejects  []Reject
	problems diag.List
	badUTF8  bool // reported
}

// Rejects returns the records rejected so far, in the order of the file.
func (f *findings) Rejects() []Reject { return f.rejects }

// Problems returns the problems found so far that are not about one record alone.
func (f *findings) Problems() diag.List { return f.problems }

func (f *findings) reject(line int, code diag.Code, reason string) {
	// Neighbours often have one reason: they share its text.
	if n := len(f.rejects); n > 0 && f.rejects[n-1].Reason == reason {
		reason = f.rejects[n-1].Reason
	}
	f.rejects = append(f.rejects, Reject{Line: line, Reason: reason, Code: code})
}

// rejectRest rejects what begins at a line and all behind it.
func (f *findings) rejectRest(line int, code diag.Code, reason string) {
	f.reject(line, code, reason)
	f.rejects[len(f.rejects)-1].Rest = true
}

func (f *findings) tooLarge(line, limit int) {
	f.reject(line, diag.TooLarge, tooLong(limit))
}

func tooLong(limit int) string {
	return fmt.Sprintf("longer than %d bytes", limit)
}

func readError(file string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("reading %s: %w", file, err)
}

// replacement stands for bytes that are no UTF-8.
var replacement = []byte("\uFFFD")

// repairValues makes the values of a record valid UTF-8, if its raw bytes are not.
func (f *findings) repairValues(values []Value, line int, raw []byte) {
	if utf8.Valid(raw) {
		return
	}
	f.badEncoding(line, raw)
	for i := range values {
		values[i].Text = bytes.ToValidUTF8(values[i].Text, replacement)
	}
}

// repair returns text as valid UTF-8.
func (f *findings) repair(line int, text []byte) []byte {
	if utf8.Valid(text) {
		return text
	}
	f.badEncoding(line, text)
	return bytes.ToValidUTF8(text, replacement)
}

// shownBytes bounds how much of an offending line is kept behind the place to show.
const shownBytes = 200

// badEncoding reports the first bytes of raw that are no UTF-8, once per file. raw starts
// at the given line.
func (f *findings) badEncoding(line int, raw []byte) {
	if f.badUTF8 {
		return
	}
	f.badUTF8 = true
	bad := firstBad(raw)
	start := bytes.LastIndexByte(raw[:bad], '\n') + 1
	shown, _, _ := bytes.Cut(raw[start:], newline)
	f.problems.Add(diag.Problem{
		Code: diag.BadEncoding,
		Pos:  diag.Pos{File: f.file, Line: line + bytes.Count(raw[:start], newline), Col: bad - start + 1},
		Text: fmt.Sprintf("byte 0x%02x is not valid UTF-8", raw[bad]),
		Line: string(shown[:min(len(shown), bad-start+shownBytes)]),
		Hint: "save the file as UTF-8; until then U+FFFD stands for such bytes, here and further down",
	})
}

// firstBad returns the index of the first byte of b that is no UTF-8.
func firstBad(b []byte) int {
	for i := 0; i < len(b); {
		r, n := utf8.DecodeRune(b[i:])
		if r == utf8.RuneError && n == 1 {
			return i
		}
		i += n
	}
	return len(b)
}

// shorten keeps a hostile name from filling a message.
func shorten(name string) string {
	const longest = 80
	if len(name) <= longest {
		return name
	}
	return strings.ToValidUTF8(name[:longest], "") + "…"
}
