package history

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"

	"uptree/generator/diag"
)

// Step is that the state of something was seen to be another: see the kinds of States. From
// and To are "" where there was or is nothing.
type Step struct {
	Day      int
	Kind, ID string
	From, To string
}

const stepsName = "changes.jsonl"

type stepLine struct {
	Version string `json:"uptree,omitempty"` // of the first line
	Day     string `json:"day,omitempty"`
	Kind    string `json:"kind,omitempty"`
	ID      string `json:"id,omitempty"`
	From    string `json:"from,omitempty"`
	To      string `json:"to,omitempty"`
}

const stepsVersion = "changes/1"

// Steps are what earlier builds saw change, by day. What is wrong with their file is a
// problem.
func (m *Memory) Steps() ([]Step, diag.List) {
	look := m.clone() // a file that cannot be used is struck off
	content := look.read(stepsName)
	if content == nil {
		return nil, look.problems
	}
	steps, err := parseSteps(content)
	if err != nil {
		look.bad(stepsName, err)
	}
	return steps, look.problems
}

// WithSteps returns the memory with these steps in place of those it had.
func (m *Memory) WithSteps(steps []Step) *Memory {
	out := m.clone()
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	line := func(l stepLine) {
		if err := enc.Encode(l); err != nil {
			panic(err) // texts
		}
	}
	line(stepLine{Version: stepsVersion})
	for _, s := range steps {
		line(stepLine{Day: date(s.Day), Kind: s.Kind, ID: s.ID, From: s.From, To: s.To})
	}
	out.with(stepsName, b.Bytes())
	return out
}

func parseSteps(content []byte) ([]Step, error) {
	var out []Step
	dec := json.NewDecoder(bytes.NewReader(content))
	for n := 1; ; n++ {
		var l stepLine
		switch err := dec.Decode(&l); {
		case err == io.EOF && n > 1:
			return out, nil
		case err != nil:
			return nil, errSegment
		case n == 1:
			if err := ours(l.Version, stepsVersion); err != nil {
				return nil, err
			}
			continue
		}
		day, err := parseDate(l.Day)
		if err != nil || l.Kind == "" || l.ID == "" {
			return nil, errors.New("a change has no day, no kind or no id")
		}
		out = append(out, Step{day, l.Kind, l.ID, l.From, l.To})
	}
}
