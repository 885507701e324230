package ingest

import (
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"uptree/generator/content"
	"uptree/generator/model"
)

// view decides what of a raw record may be shown: what is looked for by its name and is no
// prose, and what the record has that was made of it. Of the rest the names are shown.
type view struct {
	*looks
	made   map[string]bool // texts of the record
	strict bool            // the records are about people: only what was made of them, and times
}

// Bounds of a value that is shown, in runes.
const (
	maxShown = 200
	maxPlain = 40 // of a text that is not in the record
)

// cells are the fields of a raw record that are read, and how many are not.
func (v view) cells(raw map[string]any, place, prefix string) (cells []Cell, more int) {
	for _, key := range slices.Sorted(maps.Keys(raw)) {
		at := look{place, key}
		switch {
		case nothing(raw[key]):
			continue
		case !v.reads(at):
			more++
			continue
		}
		if inner, step := v.within(raw[key], place+"."+key); inner != nil {
			below, rest := v.cells(inner, place+"."+key+step, prefix+key+step+".")
			cells, more = append(cells, below...), more+rest
			continue
		}
		cells = append(cells, Cell{prefix + key, v.raw(at, raw[key], v.own[identity(raw)])})
	}
	return cells, more
}

// within is the object in a value that is looked into: itself, or the first of a list.
func (v view) within(value any, place string) (inner map[string]any, step string) {
	if list, ok := value.([]any); ok && len(list) > 0 {
		value, step = list[0], "[]"
	}
	inner, ok := value.(map[string]any)
	if !ok || !v.opens(place+step) {
		return nil, ""
	}
	return inner, step
}

// raw is a value of a raw record.
func (v view) raw(at look, value any, person bool) string {
	text, isText := value.(string)
	switch {
	case person:
		return aPerson
	case !isText || v.made[text]:
	case strings.TrimSpace(text) == "":
		return ""
	case isMoment(text):
	case v.strict, v.sought[at] == 0, prose[strings.ToLower(at.key)], utf8.RuneCountInString(text) > maxPlain && strings.ContainsAny(text, " \n"):
		return "(a text)"
	case strings.HasPrefix(text, "/"): // of somebody's machine, maybe
		return "…/" + path.Base(text)
	}
	return v.shown(at.place+"."+at.key, value)
}

// isMoment reports whether a text is a time or a number.
func isMoment(text string) bool {
	return !strings.ContainsFunc(text, func(r rune) bool { return !strings.ContainsRune("0123456789-:.,/+ TZUC", r) })
}

// prose are names of fields in which people write what they like.
var prose = map[string]bool{
	"body": true, "description": true, "summary": true, "note": true, "notes": true, "comment": true, "comments": true, "message": true, "text": true,
	"lines": true, "content": true, "details": true, "snippet": true, "code": true, "close_notes": true, "work_notes": true,
}

// shown is a value as it may be shown to anybody who may read the site.
func (l *looks) shown(at string, v any) string {
	if name, ok := v.(string); aboutPerson(at) || ok && (model.IsPerson(name) && !strings.Contains(name, " ") || len(name) >= minName && l.persons[name]) {
		return aPerson
	}
	text := fmt.Sprint(v)
	switch v := v.(type) {
	case string:
		text = v
	case []any:
		var all []string
		for _, e := range v {
			if _, nested := e.(map[string]any); nested {
				return fmt.Sprintf("(%d objects)", len(v))
			}
			if e != nil {
				all = append(all, l.shown("", e))
			}
		}
		text = strings.Join(all, "; ")
	case map[string]any:
		return "(an object)"
	}
	text = content.Redact(strings.ToValidUTF8(text, "\uFFFD"))
	if runes := []rune(text); len(runes) > maxShown {
		text = string(runes[:maxShown]) + "…"
	}
	return text
}
