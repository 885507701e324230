package source

import (
	"fmt"
	"sync"

	"uptree/generator/config"
	"uptree/generator/diag"
)

// Asked remembers what sources that are no files gave, for a process that fetches again and
// again: each is asked once, until site.toml asks it something else. The Store of what was
// fetched stays open as long as it. A nil Asked remembers nothing.
type Asked struct {
	mu      sync.Mutex
	answers map[string]remembered // by the source's name
}

type remembered struct {
	wants    string
	payload  Payload
	problems diag.List
}

// wants is what a source is asked and what becomes of it if it does not answer.
func wants(s *config.Source) string {
	return fmt.Sprint(definition(s), s.OnError, s.MaxStale)
}

func (a *Asked) recall(s *config.Source) (Payload, diag.List, bool) {
	if a == nil {
		return Payload{}, nil, false
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	known, ok := a.answers[s.Name]
	if !ok || known.wants != wants(s) {
		return Payload{}, nil, false
	}
	p := known.payload
	p.Source = s
	problems := append(diag.List(nil), known.problems...)
	for i := range problems {
		problems[i].Pos = s.Pos // the table may have moved
	}
	return p, problems, true
}

func (a *Asked) note(s *config.Source, p Payload, problems diag.List) {
	if a == nil {
		return
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.answers == nil {
		a.answers = map[string]remembered{}
	}
	a.answers[s.Name] = remembered{wants(s), p, problems}
}
