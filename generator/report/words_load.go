package report

import (
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"github.com/BurntSushi/toml"

	"uptree/generator/diag"
)

// LoadWords reads words.toml of the default theme and, over it, the site's own, where
// site is not nil. Both are checked both ways against the table of words: a sentence
// that is missing, unknown, or does not use the arguments it is given is a problem. A
// sentence that a site's file lacks is taken from the default.
func LoadWords(base, site fs.FS, file string) (*Words, diag.List) {
	var list diag.List
	w := &Words{sentences: map[Word]phrase{}}
	w.load(base, "words.toml", "words.toml", &list)
	if site != nil {
		w.load(site, file, file, &list)
	}
	for _, spec := range allWords() {
		if _, ok := w.sentences[spec.key]; !ok {
			list.Add(wordProblem(file, nil, spec.key, "the sentence is missing"))
			w.sentences[spec.key] = phrase{other: []piece{{text: string(spec.key)}}}
		}
	}
	w.settle(&list, file)
	return w, list
}

// settle takes out of the sentences what is used without a page.
func (w *Words) settle(list *diag.List, file string) {
	w.Lang, w.Dir = w.Plain(say(wLang)), w.Plain(say(wDir))
	w.months = strings.Fields(w.Plain(say(wMonths)))
	if len(w.months) != 12 {
		list.Add(wordProblem(file, nil, wMonths, "twelve names of months are needed, separated by spaces"))
		w.months = strings.Fields("1. 2. 3. 4. 5. 6. 7. 8. 9. 10. 11. 12.")
	}
}

// load reads one file into the sentences.
func (w *Words) load(fsys fs.FS, path, shown string, list *diag.List) {
	data, err := fs.ReadFile(fsys, path)
	if err != nil {
		list.Add(diag.Problem{Code: diag.WordMissing, Pos: diag.Pos{File: shown}, Text: "the file cannot be read"})
		return
	}
	var tables map[string]map[string]phraseText
	if _, err := toml.Decode(string(data), &tables); err != nil {
		list.Add(diag.Problem{Code: diag.WordMissing, Pos: diag.Pos{File: shown}, Text: err.Error()})
		return
	}
	for _, key := range sortedKeys(tables) {
		for _, text := range tables[key.table][key.name].check(key, specOf(key.word())) {
			list.Add(wordProblem(shown, data, key.word(), text))
		}
		w.sentences[key.word()] = tables[key.table][key.name].phrase()
	}
}

// phraseText is a sentence as it stands in words.toml: a text, or its two forms.
type phraseText struct{ one, other string }

// UnmarshalTOML reads "text" or { one = "…", other = "…" }.
func (p *phraseText) UnmarshalTOML(v any) error {
	switch v := v.(type) {
	case string:
		p.other = v
		return nil
	case map[string]any:
		one, okOne := v["one"].(string)
		other, okOther := v["other"].(string)
		if okOne && okOther && len(v) == 2 {
			p.one, p.other = one, other
			return nil
		}
	}
	return fmt.Errorf("a sentence is a text, or a table of one and other")
}

func (p phraseText) phrase() phrase {
	other, _ := parsePhrase(p.other)
	if p.one == "" {
		return phrase{other: other}
	}
	one, _ := parsePhrase(p.one)
	return phrase{one: one, other: other}
}

// check says what is wrong with a sentence, given its row in the table.
func (p phraseText) check(key wordKey, spec *wordSpec) []string {
	if spec == nil {
		return []string{"unknown sentence " + string(key.word())}
	}
	other, okOther := parsePhrase(p.other)
	one, okOne := parsePhrase(p.one)
	if !okOther || !okOne {
		return []string{"a { is not closed"}
	}
	var out []string
	used := args(other)
	for _, a := range append(used, args(one)...) {
		if !slices.Contains(spec.args, a) {
			out = append(out, fmt.Sprintf("%s has no argument {%s}; it has %s", key.word(), a, braced(spec.args)))
		}
	}
	for _, a := range spec.args {
		if !slices.Contains(used, a) {
			out = append(out, fmt.Sprintf("%s does not use its argument {%s}", key.word(), a))
		}
	}
	return out
}

func braced(names []string) string {
	if len(names) == 0 {
		return "none"
	}
	return "{" + strings.Join(names, "}, {") + "}"
}

// wordKey is the place of a sentence in the file.
type wordKey struct{ table, name string }

func (k wordKey) word() Word { return Word(k.table + "." + k.name) }

func sortedKeys(tables map[string]map[string]phraseText) []wordKey {
	var out []wordKey
	for table, names := range tables {
		for name := range names {
			out = append(out, wordKey{table, name})
		}
	}
	slices.SortFunc(out, func(a, b wordKey) int { return strings.Compare(string(a.word()), string(b.word())) })
	return out
}

func wordProblem(file string, data []byte, key Word, text string) diag.Problem {
	p := diag.Problem{Code: diag.WordMissing, Pos: diag.Pos{File: file}, Text: string(key) + ": " + text}
	p.Pos.Line = lineOf(string(data), key)
	if specOf(key) == nil {
		p.Hint = diag.DidYouMean(string(key), wordNames())
	}
	return p
}

// lineOf finds the line of a sentence; 0 where the file does not have it.
func lineOf(data string, key Word) int {
	table, name, _ := strings.Cut(string(key), ".")
	inside := false
	for i, line := range strings.Split(data, "\n") {
		line = strings.TrimSpace(line)
		if strings.HasPrefix(line, "[") {
			inside = line == "["+table+"]"
		}
		if before, _, ok := strings.Cut(line, "="); ok && inside && strings.Trim(before, " \"") == name {
			return i + 1
		}
	}
	return 0
}
