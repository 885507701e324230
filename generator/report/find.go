package report

import (
	"path"
	"sync"
)

// finder finds pages by their paths, once somebody asks.
type finder struct {
	once sync.Once
	at   map[string]Key
}

// Find returns the page that a path of the site belongs to: its own, or that of the page's
// folder for what lies beside it.
func (p *Plan) Find(name string) (Key, bool) {
	p.finder.once.Do(func() {
		p.finder.at = map[string]Key{}
		for _, k := range p.Keys() {
			p.finder.at[Kinds[k.Kind].path(p, k.Index)] = k
		}
	})
	if k, ok := p.finder.at[name]; ok {
		return k, true
	}
	k, ok := p.finder.at[path.Join(path.Dir(name), "index.html")]
	return k, ok
}
