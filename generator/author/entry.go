package author

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"unicode"

	"uptree/generator/content"
)

// Subject is what an ask or a decision is written for.
type Subject struct {
	Kind content.Kind
	ID   string
}

// subjectKinds are the kinds of documents that hold asks and decisions.
var subjectKinds = []content.Kind{content.Node, content.Service, content.Journey}

// Subject reads "service:checkout", or an id alone where it is clear what has it.
func (s *Site) Subject(word string) (Subject, error) {
	kind, id, typed := strings.Cut(word, ":")
	for _, k := range subjectKinds {
		if typed && kind == string(k) {
			return Subject{k, id}, s.known(k, id)
		}
	}
	return s.find(word)
}

// find looks up what has an id.
func (s *Site) find(id string) (Subject, error) {
	if s.Resolve == nil {
		return Subject{}, &RefusedError{Text: fmt.Sprintf("it cannot be told what %q is", id), Hint: fmt.Sprintf("write node:%s, service:%s or journey:%s", id, id, id)}
	}
	var found []Subject
	var near []string
	for _, k := range subjectKinds {
		target, ok := s.Resolve(k, id)
		if ok {
			found = append(found, Subject{k, id})
		} else if target.Near != "" {
			near = append(near, fmt.Sprintf("%s:%s", k, target.Near))
		}
	}
	switch len(found) {
	case 0:
		e := &RefusedError{Text: fmt.Sprintf("there is no node, service or journey %q", id)}
		if len(near) > 0 {
			e.Hint = "did you mean " + strings.Join(near, " or ") + "?"
		}
		return Subject{}, e
	case 1:
		return found[0], s.known(found[0].Kind, id)
	}
	return Subject{}, &RefusedError{Text: fmt.Sprintf("%q is a %s and a %s", id, found[0].Kind, found[1].Kind), Hint: fmt.Sprintf("write %s:%s or %s:%s", found[0].Kind, id, found[1].Kind, id)}
}

// Ask is an ask as it is given: what is empty is chosen.
type Ask struct{ ID, Text, To, Since string }

// Ask adds an ask to the document of a subject, which is begun where there is none. It
// returns its path and the id of the ask.
func (s *Site) Ask(of Subject, a Ask) (file, id string, err error) {
	if id = a.ID; id == "" {
		id, err = s.freeID(of, a.Text)
	}
	if err != nil {
		return "", "", err
	}
	file, err = s.add(of, "asks", []content.Field{
		{Key: "id", Value: id}, {Key: "text", Value: a.Text}, {Key: "to", Value: a.To}, {Key: "since", Value: s.since(a.Since)},
	})
	return file, id, err
}

// Decision is a decision as it is given: what is empty is chosen.
type Decision struct{ About, Choice, ByRole, Text, Since, Until string }

// holds is for how many months a decision holds where nothing else is said.
const holds = 3

// Decide adds a decision to the document of a subject, which is begun where there is none.
func (s *Site) Decide(of Subject, d Decision) (file string, err error) {
	until := d.Until
	if until == "" {
		until = s.day(holds)
	}
	return s.add(of, "decisions", []content.Field{
		{Key: "about", Value: d.About}, {Key: "choice", Value: d.Choice}, {Key: "since", Value: s.since(d.Since)}, {Key: "until", Value: until},
		{Key: "by_role", Value: d.ByRole}, {Key: "text", Value: d.Text},
	})
}

// add puts a table at the end of a document's front matter.
func (s *Site) add(of Subject, list string, fields []content.Field) (string, error) {
	file, err := s.fileOf(of.Kind, of.ID)
	if err != nil {
		return "", err
	}
	before, exists, err := s.read(file)
	if err != nil {
		return "", err
	}
	after, err := content.AddTable(before, list, fields)
	if err != nil {
		return "", &RefusedError{Text: fmt.Sprintf("%s: %v", file, err)}
	}
	if err := s.sound(file, before, after); err != nil {
		return "", err
	}
	if !exists {
		return file, s.Create(file, after)
	}
	return file, s.replace(file, after)
}

// read returns a document of the site; that there is none is no error.
func (s *Site) read(file string) (text []byte, exists bool, err error) {
	path := filepath.Join(s.Dir, filepath.FromSlash(file))
	info, err := os.Lstat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, false, nil
	}
	if err == nil && !info.Mode().IsRegular() {
		return nil, true, &RefusedError{Text: file + " is no file of its own", Hint: "write in what it leads to"}
	}
	if err == nil {
		text, err = os.ReadFile(path)
	}
	if err != nil {
		return nil, true, fmt.Errorf("read %s: %w", file, err)
	}
	return text, true, nil
}

// replace puts a text in the place of a file's, or leaves the file as it is.
func (s *Site) replace(file string, text []byte) error {
	path := filepath.Join(s.Dir, filepath.FromSlash(file))
	info, err := os.Stat(path)
	if err != nil {
		return fmt.Errorf("write %s: %w", file, err)
	}
	temp, err := os.CreateTemp(filepath.Dir(path), ".uptree-new-")
	if err != nil {
		return fmt.Errorf("write %s: %w", file, err)
	}
	defer os.Remove(temp.Name()) // is gone when all went well
	_, err = temp.Write(text)
	err = errors.Join(err, temp.Chmod(info.Mode().Perm()), temp.Close())
	if err == nil {
		err = os.Rename(temp.Name(), path)
	}
	if err != nil {
		return fmt.Errorf("write %s: %w", file, err)
	}
	return nil
}

// idWords is how many words of its text make the id of an ask.
const idWords = 4

// freeID makes an id of the first words of a text that no ask of the document has.
func (s *Site) freeID(of Subject, text string) (string, error) {
	words := strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	if len(words) == 0 {
		return "", &RefusedError{Text: "the text of the ask has no words"}
	}
	taken, err := s.askIDs(of)
	if err != nil {
		return "", err
	}
	id := strings.Join(words[:min(idWords, len(words))], "-")
	for n, try := 2, id; ; n++ {
		if !taken[try] {
			return try, nil
		}
		try = fmt.Sprintf("%s-%d", id, n)
	}
}

func (s *Site) askIDs(of Subject) (map[string]bool, error) {
	file, err := s.fileOf(of.Kind, of.ID)
	if err != nil {
		return nil, err
	}
	text, _, err := s.read(file)
	if err != nil {
		return nil, err
	}
	docs, _, err := content.Parse(file, strings.TrimPrefix(file, root+"/"), text)
	if err != nil {
		return nil, err
	}
	taken := map[string]bool{}
	for _, d := range docs.All() {
		for _, a := range d.Meta.Asks {
			taken[a.ID] = true
		}
	}
	return taken, nil
}
