package ingest

import (
	"strconv"
	"strings"
)

// aPerson is shown in the place of what is about one.
const aPerson = "(a person: dropped)"

// minName is how long a text about a person must be to be told from others' words.
const minName = 3

// withoutPersons takes out of a message the values that it quotes and that stand in a field
// about a person.
func (l *looks) withoutPersons(text string) string {
	if !strings.Contains(text, `"`) {
		return text
	}
	for name := range l.persons {
		if len(name) >= minName {
			text = strings.ReplaceAll(text, strconv.Quote(name), aPerson)
		}
	}
	return text
}

// isPerson reports whether an object says itself that it describes a person.
func isPerson(v map[string]any) bool {
	for _, key := range []string{"kind", "type"} {
		word, _ := v[key].(string)
		switch strings.ToLower(word) {
		case "user", "user_reference", "person", "people", "bot":
			return true
		}
	}
	return false
}

// personal are words that are in the names of fields about persons.
var personal = map[string]bool{
	"user": true, "users": true, "username": true, "login": true, "author": true, "authors": true, "assignee": true, "assignees": true, "assigned": true,
	"assignment": true, "assignments": true, "assigner": true, "reporter": true, "creator": true, "by": true, "acknowledger": true, "acknowledgers": true,
	"responder": true, "responders": true, "actor": true, "actors": true, "agent": true, "commander": true, "member": true, "members": true, "person": true,
	"persons": true, "people": true, "caller": true, "requester": true, "requesters": true, "handle": true, "handles": true, "email": true, "emails": true,
	"mail": true, "avatar": true, "gravatar": true, "phone": true, "contact": true, "contacts": true, "firstname": true, "lastname": true, "fullname": true,
	"recipient": true, "recipients": true, "subscriber": true, "subscribers": true, "employee": true, "deployer": true, "committer": true,
	"participant": true, "participants": true, "attendee": true, "attendees": true, "organizer": true, "organiser": true,
}

// aboutPerson reports whether a field is about persons by its name or by what it stands in:
// acknowledged_by, assignee.name. detected_by says what noticed, not who.
func aboutPerson(path string) bool {
	for part := range strings.FieldsFuncSeq(path, func(r rune) bool { return r == '.' || r == '[' || r == ']' }) {
		if part == "detected_by" || part == "by_role" {
			continue
		}
		for _, word := range wordsOf(part) {
			if personal[word] {
				return true
			}
		}
		if personal[strings.ToLower(strings.ReplaceAll(part, "_", ""))] {
			return true
		}
	}
	return false
}

// wordsOf cuts a name at what joins its words: created_by, createdBy, created-by.
func wordsOf(name string) []string {
	var words []string
	from := 0
	for i, r := range name {
		switch {
		case r == '_' || r == '-' || r == ' ':
			words = append(words, name[from:i])
			from = i + 1
		case 'A' <= r && r <= 'Z' && i > from && !('A' <= name[i-1] && name[i-1] <= 'Z'):
			words = append(words, name[from:i])
			from = i
		}
	}
	words = append(words, name[from:])
	for i := range words {
		words[i] = strings.ToLower(words[i])
	}
	return words
}
