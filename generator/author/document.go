package author

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"uptree/generator/content"
	"uptree/generator/diag"
)

// root is the folder of documents in that of a site.
const root = "content"

// Site is what is written into.
type Site struct {
	Dir     string // the folder of site.toml
	Today   time.Time
	Resolve content.Resolver // nil where the site cannot be read: ids are taken as they are
	// Check finds what is wrong with documents beyond what stands in them; nil as Resolve.
	Check func(*content.Docs) diag.List
}

// RefusedError says why nothing was written.
type RefusedError struct {
	Text, Hint string
	Problems   diag.List // what is wrong with what was to be written
}

func (e *RefusedError) Error() string { return e.Text }

// Kind is a row of the table of documents that Begin writes.
type Kind struct {
	Name   content.Kind
	Doc    string
	advice []string
}

// Kinds are the documents that can be begun.
var Kinds = []Kind{
	{content.Node, "what a team, area or division says beside its numbers", []string{
		"The words go below the second line of +++: what happened, what was traded for what, what",
		"you need from whom. Roles, not people. Lines like this one are not published.",
		"",
		`tags = ["migration"]`,
		`links = [{ title = "Runbook", url = "https://wiki.acme.example/runbook" }]`,
		`marks = [{ date = "{today}", text = "moved to the new ledger", metric = "incident_time" }]`,
		`caveats = [{ metric = "synthetic_success", kind = "disputed", text = "the probe fails on its own" }]`,
		"",
		`"uptree new ask" and "uptree new decision" add those.`,
	}},
	{content.Service, "what is to be known of a service", []string{
		"The words go below the second line of +++: what the service is for, what it promises to",
		"whom, what its numbers do not say. Lines like this one are not published.",
		"",
		`links = [{ title = "Runbook", url = "https://wiki.acme.example/runbook" }]`,
		`caveats = [{ metric = "synthetic_success", kind = "disputed", text = "the probe fails on its own" }]`,
	}},
	{content.Journey, "what is to be known of a journey", []string{
		"The words go below the second line of +++: who walks this way, and what they lose when it",
		"breaks. Lines like this one are not published.",
	}},
	{content.Incident, "the story of an incident, shown wherever it is listed", []string{
		"The story goes below the second line of +++: what happened, why it could, what changes.",
		"Roles, not people. Lines like this one are not published.",
		"",
		"Tags gather what comes back, over all incidents:",
		`tags = ["expired-certificate"]`,
	}},
	{content.Page, "a page of the guide", []string{
		"The words go below the second line of +++. Lines like this one are not published.",
	}},
}

// reviewAfter is in how many months a document is to be looked at again.
const reviewAfter = 6

// Begin writes a new document and returns its path in the site's folder.
func (s *Site) Begin(k Kind, id, title string) (string, error) {
	file, err := s.fileOf(k.Name, id)
	if err != nil {
		return "", err
	}
	if k.Name == content.Page {
		title = cmp.Or(title, id)
	} else if err := s.known(k.Name, id); err != nil {
		return "", err
	}
	var advice []string
	for _, line := range k.advice {
		advice = append(advice, s.dated(line))
	}
	text := content.NewText([]content.Field{{Key: "title", Value: title}, {Key: "review_by", Value: s.day(reviewAfter)}}, advice)
	if err := s.sound(file, nil, text); err != nil {
		return "", err
	}
	return file, s.Create(file, text)
}

// fileOf is where the document about an id is, from the site's folder.
func (s *Site) fileOf(kind content.Kind, id string) (string, error) {
	path, err := content.Path(kind, id)
	if err != nil {
		return "", &RefusedError{Text: fmt.Sprintf("%q is no id that a document can be about: %v", id, err)}
	}
	return root + "/" + path, nil
}

// known refuses what the site does not know.
func (s *Site) known(kind content.Kind, id string) error {
	if s.Resolve == nil {
		return nil
	}
	target, ok := s.Resolve(kind, id)
	switch {
	case ok && target.Heir != "":
		return &RefusedError{Text: fmt.Sprintf("%s %q has ended", kind, id), Hint: fmt.Sprintf("write for %q, which stands for it", target.Heir)}
	case ok:
		return nil
	}
	e := &RefusedError{Text: fmt.Sprintf("there is no %s %q", kind, id)}
	if target.Near != "" {
		e.Hint = fmt.Sprintf("did you mean %q?", target.Near)
	}
	return e
}

// sound refuses a text that has problems which the text before did not have.
func (s *Site) sound(file string, before, after []byte) error {
	was, err := s.problems(file, before)
	if err != nil {
		return err
	}
	is, err := s.problems(file, after)
	if err != nil {
		return err
	}
	is = slices.DeleteFunc(is, func(p diag.Problem) bool { return p.Severity() == diag.Note })
	for _, old := range was {
		same := func(p diag.Problem) bool { return p.Code == old.Code && p.Text == old.Text }
		if i := slices.IndexFunc(is, same); i >= 0 {
			is = slices.Delete(is, i, i+1)
		}
	}
	if len(is) > 0 {
		return &RefusedError{Text: file + " was left as it was", Problems: is}
	}
	return nil
}

func (s *Site) problems(file string, text []byte) (diag.List, error) {
	path, _ := filepath.Rel(root, filepath.FromSlash(file)) // both are relative
	doc, problems, err := content.Parse(file, filepath.ToSlash(path), text)
	if err != nil || s.Check == nil {
		return problems, err
	}
	problems.Append(s.Check(doc))
	return problems, nil
}

// Create writes a file that is not there, by its path in the site's folder.
func (s *Site) Create(file string, text []byte) error {
	path := filepath.Join(s.Dir, filepath.FromSlash(file))
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return fmt.Errorf("write %s: %w", file, err)
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if errors.Is(err, fs.ErrExist) {
		return &RefusedError{Text: file + " is there already", Hint: "write in it"}
	}
	if err != nil {
		return fmt.Errorf("write %s: %w", file, err)
	}
	_, err = f.Write(text)
	if err := errors.Join(err, f.Close()); err != nil {
		return fmt.Errorf("write %s: %w", file, err)
	}
	return nil
}

// day is the day in so many months.
func (s *Site) day(months int) string { return s.Today.AddDate(0, months, 0).Format(time.DateOnly) }

func (s *Site) since(given string) string { return cmp.Or(given, s.day(0)) }

// dated puts today's date into a line.
func (s *Site) dated(line string) string { return strings.ReplaceAll(line, "{today}", s.day(0)) }
