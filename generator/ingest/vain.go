package ingest

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"uptree/generator/content"
	"uptree/generator/decode"
)

// Bounds of what is read again to say why a source gives less than it should.
const (
	maxWatched = 1000 // documents of a file
	maxSaid    = 3    // places that a message tells of
	maxNames   = 5    // keys of a place
)

var errEnough = errors.New("enough was seen")

// inVain says what the mapping of a source looked for where and did not find: "" without a
// mapping, or where it found it all. It begins with what joins it to a reason.
func (t *taking) inVain(ctx context.Context, n *normaliser) string {
	l := t.looks
	if l == nil && t.mapping != nil {
		l = newLooks()
		for i := range t.files {
			t.watchFile(ctx, n, &t.files[i], l)
		}
	}
	if l == nil {
		return ""
	}
	renamed, partly, nowhere := l.missed()
	switch why, n := t.refusals(); {
	case len(renamed) > 0:
		return "; " + l.sayRenamed(renamed)
	case len(partly) > 0:
		return "; " + l.sayMissing(partly)
	case n > 0:
		return fmt.Sprintf("; %s rejected: %s", plural(n, "record was", "records were"), why)
	case len(nowhere) > 0:
		return "; " + l.sayMissing(nowhere)
	}
	return ""
}

// refusals are how many records were rejected for what they hold, and why the first was.
func (t *taking) refusals() (why string, n int) {
	for i := range t.files {
		in := t.files[i].intake
		if in == nil {
			continue
		}
		for _, r := range in.rejects {
			if why == "" && r.Reason != mappingFailedOn {
				why = r.Reason
			}
		}
		n += in.rejected
	}
	if why == "" {
		return "", 0
	}
	return why, n
}

// watchFile runs the mapping on a file again, for what it looks for alone. What is wrong
// with the file is said already; one on which the mapping had to be stopped is left alone.
func (t *taking) watchFile(ctx context.Context, n *normaliser, f *file, l *looks) {
	if f.intake != nil && f.intake.runaways > 0 {
		return
	}
	m, err := t.watch(l, n)
	if err != nil {
		return
	}
	bytes, err := f.blob.Open()
	if err != nil {
		return
	}
	defer bytes.Close() // nothing was written
	in, seen := n.intake(t, f.blob.Name), 0
	_ = in.eachDocument(bytes, f.format.Name, func(doc decode.Document) error {
		l.begin(doc.Value)
		_ = m.each(newBudget(ctx, f.inputSize()+watchedShare), doc.Value, in.file, func(any) {})
		if seen++; seen == maxWatched {
			return errEnough
		}
		return ctx.Err()
	})
}

// missed are the keys that no more than half of the objects have in which they were looked
// for: those that may be called otherwise now, those that some have, and those that none has.
func (l *looks) missed() (renamed, partly, nowhere []look) {
	for _, at := range sortedLooks(l.sought) {
		switch {
		case l.held(at)*2 > l.objects[at.place] || l.objects[at.place] == 0:
		case l.similar(at) != "":
			renamed = append(renamed, at)
		case l.held(at) > 0:
			partly = append(partly, at)
		default:
			nowhere = append(nowhere, at)
		}
	}
	return renamed, partly, nowhere
}

func (l *looks) sayRenamed(renamed []look) string {
	var said []string
	for _, at := range renamed[:min(len(renamed), maxSaid)] {
		said = append(said, fmt.Sprintf("looked for .%s in %s: there is .%s", known(at.key), l.in(at), known(l.similar(at))))
	}
	return strings.Join(said, "; ")
}

// sayMissing words the keys that are missing at the first place, which lies highest.
func (l *looks) sayMissing(missing []look) string {
	place, names, more := missing[0].place, []string{}, 0
	for _, at := range missing {
		switch {
		case at.place != place:
		case len(names) == maxNames:
			more++
		default:
			names = append(names, "."+known(at.key))
		}
	}
	where, has := "the answer", ", which has "
	if place != "" || l.objects[place] > 1 {
		where, has = l.in(missing[0]), "; there are "
	}
	text := "looked for " + joined(names, more) + " in " + where
	var there []string
	for _, at := range sortedLooks(l.fields) {
		if at.place == place && !l.reads(at) {
			there = append(there, "."+known(at.key))
		}
	}
	if len(there) > 0 {
		text += has + joined(there[:min(len(there), maxNames)], max(0, len(there)-maxNames))
	}
	return text
}

// in words the objects of a place, and how many of them have the key.
func (l *looks) in(at look) string {
	where := fmt.Sprintf("each of %d %s", l.objects[at.place], at.place)
	if at.place == "" {
		where = plural(l.objects[at.place], "record", "records")
	}
	if n := l.held(at); n > 0 {
		return fmt.Sprintf("%s, and %d have it", where, n)
	}
	return where + ", and none has it"
}

func (l *looks) held(at look) int {
	if f := l.fields[at]; f != nil {
		return f.count
	}
	return 0
}

// known is a key as it may be shown: keys of an answer may be data.
func known(key string) string { return shorten([]byte(content.Redact(key)), maxExample) }

// joined lists names as a sentence does.
func joined(names []string, more int) string {
	if more > 0 {
		names = append(names[:len(names):len(names)], fmt.Sprintf("%d more", more))
	}
	if len(names) == 1 {
		return names[0]
	}
	return strings.Join(names[:len(names)-1], ", ") + " and " + names[len(names)-1]
}
