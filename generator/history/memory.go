package history

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"uptree/generator/diag"
	"uptree/generator/source"
)

// Memory is what earlier builds knew. It never changes: Merge returns another.
type Memory struct {
	files    map[string]source.File // by name, as in the folder history/ of a site
	journal  journal
	partial  bool // some of it was lost
	problems diag.List
}

// Folder is where a site publishes its history.
const Folder = "history"

// segmentName is a file of facts: source, dataset, month.
var segmentName = regexp.MustCompile(`^facts\.([a-z0-9_-]{1,100})\.([a-z]+)\.([0-9]{4})-(0[1-9]|1[0-2])\.jsonl$`)

// otherName is any other file: of the builds, of what changed, of states and of numbers.
var otherName = regexp.MustCompile(`^(builds|changes|states\.[a-z]+|numbers\.[0-9]{4}-[0-9]{2}-[0-9]{2})\.jsonl$`)

const journalName = "builds.jsonl"

// New returns what the files hold. Those that cannot be used are problems, and are left out;
// so it is a problem that there were more, which lost says.
func New(files []source.File, lost error) *Memory {
	m := &Memory{files: map[string]source.File{}, journal: newJournal(), partial: lost != nil}
	if lost != nil {
		m.problems.Add(diag.Problem{
			Code: diag.HistoryBroken, Text: fmt.Sprintf("not all of the history that was kept is there: %s", lost),
			Hint: "--previous takes up that of the published site",
		})
	}
	for _, f := range files {
		if isOurs(f.Name) {
			m.files[f.Name] = f
		}
	}
	f, ok := m.files[journalName]
	if !ok {
		return m
	}
	content, err := f.Read()
	if err == nil {
		m.journal, err = parseJournal(content)
	}
	if err != nil {
		m.bad(journalName, err)
	}
	return m
}

// isOurs reports whether a file in the folder of history is one of it.
func isOurs(name string) bool {
	return segmentName.MatchString(name) || sightingsName.MatchString(name) || otherName.MatchString(name)
}

// Problems are what was wrong with files of history.
func (m *Memory) Problems() diag.List { return m.problems }

// Empty reports whether nothing is known.
func (m *Memory) Empty() bool { return len(m.files) == 0 }

// Last is the last day of a build, NoDay where there was none.
func (m *Memory) Last() int { return m.journal.last }

// Files are all files, by name. Those of datasets that are not to be published are left out.
func (m *Memory) Files(published func(dataset string) bool) []source.File {
	var out []source.File
	for _, name := range slices.Sorted(maps.Keys(m.files)) {
		if d := datasetOf(name); d == "" || published(d) {
			out = append(out, m.files[name])
		}
	}
	return out
}

// Publish puts the files of datasets that are to be published. It returns the memory
// without those that turn out to be damaged, which are its problems. The error is that of
// put.
func (m *Memory) Publish(published func(dataset string) bool, put func(path string, content []byte) error) (*Memory, error) {
	out := m.clone()
	for _, f := range m.Files(published) {
		content := out.read(f.Name)
		if content == nil {
			continue
		}
		if err := put(Folder+"/"+f.Name, content); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// datasetOf returns the dataset that a file is of, "" where it is of none.
func datasetOf(name string) string {
	if m := segmentName.FindStringSubmatch(name); m != nil {
		return m[2]
	}
	if m := sightingsName.FindStringSubmatch(name); m != nil {
		return m[2]
	}
	if d, ok := strings.CutPrefix(name, "states."); ok {
		return strings.TrimSuffix(d, ".jsonl")
	}
	return ""
}

// Kept returns the memory with its files as they were kept, for those that were: they are
// in memory no more.
func (m *Memory) Kept(files []source.File) *Memory {
	out := m.clone()
	for _, f := range files {
		if have, ok := out.files[f.Name]; ok && have.SHA256 == f.SHA256 {
			out.files[f.Name] = f
		}
	}
	return out
}

// with puts a file into a memory that is being made; no content removes it.
func (m *Memory) with(name string, content []byte) {
	if content == nil {
		delete(m.files, name)
		return
	}
	m.files[name] = source.NewFile(name, content)
}

// clone returns a copy that can be changed.
func (m *Memory) clone() *Memory {
	return &Memory{files: maps.Clone(m.files), journal: m.journal.clone()}
}

// bad strikes off a file that cannot be used, but for one of a later version.
func (m *Memory) bad(name string, err error) {
	p := diag.Problem{
		Code: diag.HistoryBroken, Pos: diag.Pos{File: Folder + "/" + name},
		Text: fmt.Sprintf("it cannot be used: %s", err), Hint: "what it held is forgotten, unless a source still gives it",
	}
	if errors.Is(err, errNewer) {
		p.Code, p.Hint = diag.HistoryNewer, "build with that version, or remove the folder history from .uptree to begin anew"
	} else {
		delete(m.files, name)
	}
	m.problems.Add(p)
}

// read returns a file's content; nil where there is none, or none that can be used.
func (m *Memory) read(name string) []byte {
	f, ok := m.files[name]
	if !ok {
		return nil
	}
	content, err := f.Read()
	if err != nil {
		m.bad(name, err)
		return nil
	}
	return content
}

// table names the facts of one dataset of one source.
type table struct{ source, dataset string }

func (t table) file(at month) string {
	return fmt.Sprintf("facts.%s.%s.%s.jsonl", t.source, t.dataset, at)
}

// tables lists the months of facts that are known.
func (m *Memory) tables() map[table][]month {
	out := map[table][]month{}
	for _, name := range slices.Sorted(maps.Keys(m.files)) {
		if p := segmentName.FindStringSubmatch(name); p != nil {
			t := table{p[1], p[2]}
			var year, mon int
			fmt.Sscanf(p[3]+" "+p[4], "%d %d", &year, &mon)
			out[t] = append(out[t], month(12*year+mon-1))
		}
	}
	return out
}

func sortedTables[V any](of map[table]V) []table {
	return slices.SortedFunc(maps.Keys(of), func(a, b table) int {
		return cmp.Or(cmp.Compare(a.source, b.source), cmp.Compare(a.dataset, b.dataset))
	})
}
