package content

import (
	"errors"
	"fmt"
	"path"
	"strings"
)

// Kind says what a document is about, and what a typed link points to. Its text is the
// word before the colon of a typed link: (service:checkout).
type Kind string

// The kinds. All but Metric and Objective have documents.
const (
	Node     Kind = "node"
	Service  Kind = "service"
	Journey  Kind = "journey"
	Incident Kind = "incident"
	Page     Kind = "page"
	Metric   Kind = "metric"
	// Objective is a service level objective.
	Objective Kind = "slo"
)

// folders says which kind of document each folder of the content root holds.
var folders = []struct {
	name string
	kind Kind
}{
	{"org", Node},
	{"service", Service},
	{"journey", Journey},
	{"incident", Incident},
	{"pages", Page},
}

// linkKinds are the kinds a typed link may have, in the order they are told to people.
var linkKinds = []string{
	string(Node), string(Service), string(Journey), string(Incident), string(Objective), string(Metric), string(Page),
}

func isLinkKind(word string) bool {
	for _, k := range linkKinds {
		if k == word {
			return true
		}
	}
	return false
}

func folderNames() []string {
	var out []string
	for _, f := range folders {
		out = append(out, f.name)
	}
	return out
}

func kindOfFolder(name string) (Kind, bool) {
	for _, f := range folders {
		if f.name == name {
			return f.kind, true
		}
	}
	return "", false
}

// A subject is what a document is about: the identity of the document.
type subject struct {
	kind Kind
	id   string
}

var errNotMarkdown = errors.New("not a .md file")

// subjectOf says what the document at a path below the content root is about. A page's
// id is its path below pages/ without .md, as written; other ids are decoded.
func subjectOf(rel string) (subject, error) {
	folder, name, ok := strings.Cut(rel, "/")
	if !ok {
		return subject{}, errors.New("not in a folder of documents")
	}
	kind, ok := kindOfFolder(folder)
	if !ok {
		return subject{}, fmt.Errorf("no documents are kept in %q", folder)
	}
	name, ok = strings.CutSuffix(name, ".md")
	if !ok {
		return subject{}, errNotMarkdown
	}
	if kind == Page {
		return subject{Page, name}, checkSegments(name)
	}
	id, err := DecodeID(name)
	if err != nil {
		return subject{}, err
	}
	return subject{kind, id}, checkReserved(name)
}

func checkSegments(name string) error {
	for segment := range strings.SplitSeq(name, "/") {
		if _, err := DecodeID(segment); err != nil {
			return err
		}
		if err := checkReserved(segment); err != nil {
			return err
		}
	}
	return nil
}

// checkReserved refuses the segments that no published path may have.
func checkReserved(segment string) error {
	if segment == "" || segment == "." || segment == ".." || strings.HasPrefix(segment, "_") {
		return fmt.Errorf("%q is reserved", segment)
	}
	return nil
}

// dir is the folder of the subject's document, below the content root.
func (s subject) dir() string {
	for _, f := range folders {
		if f.kind == s.kind && s.kind == Page {
			return path.Dir(f.name + "/" + s.id)
		}
		if f.kind == s.kind {
			return f.name
		}
	}
	return ""
}
