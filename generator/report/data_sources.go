package report

import (
	"time"

	"uptree/generator/config"
	"uptree/generator/model"
)

// configured is what site.toml says of a source.
func (p *Plan) configured(s *model.SourceInfo) *config.Source {
	for i := range p.site.Sources {
		if p.site.Sources[i].Name == s.Name {
			return &p.site.Sources[i]
		}
	}
	return &config.Source{}
}

// origin names the kind and the host, path or program. None holds a secret.
func (p *Plan) origin(s *model.SourceInfo) Cell {
	src := p.configured(s)
	return Cell{text(src.Kind + " "), name(src.Origin())}
}

// addSchedule says when a source is asked and what happens when it fails.
func (p *Plan) addSchedule(f *Facts, s *model.SourceInfo) {
	src := p.configured(s)
	asked := say(wAskedAlways)
	if src.Every > 0 {
		asked = say(wAskedEvery, argText("every", length(src.Every)))
	}
	f.add(wAsked, Cell{words(asked)})
	f.add(wOnError, Cell{words(onError(src))})
}

func onError(src *config.Source) Sentence {
	switch {
	case src.OnError == config.Omit:
		return say(wDoOmit)
	case src.OnError == config.Fail:
		return say(wDoFail)
	case src.MaxStale > 0:
		return say(wUseStaleFor, argText("max", length(src.MaxStale)))
	}
	return say(wUseStale)
}

func length(d time.Duration) string { return Duration(d.Seconds()) }

// coverageTable says of each dataset how many of the own services and journeys any source
// of it covers, pilots apart.
func (p *Plan) coverageTable() Table {
	t := Table{
		ID: "covered", Caption: say(wCoverage), Plain: true, Stack: true,
		Columns: []Column{{Head: say(wDataset)}, {Head: say(wCoversServices), Number: true}, {Head: say(wCoversJourneys), Number: true}, {Head: say(wSources)}},
	}
	for d := range model.Dataset(len(model.Specs)) {
		if sources := p.givers(d); d.Covers() && len(sources) > 0 {
			services, journeys := p.covered(d)
			t.Rows = append(t.Rows, Row{Cells: []Cell{{text(d.String())}, services, journeys, joined(sources)}})
		}
	}
	return t
}

// givers links the sources of a dataset to their sections.
func (p *Plan) givers(d model.Dataset) []Span {
	var out []Span
	for i := range p.model.Sources {
		s := &p.model.Sources[i]
		for _, given := range s.Datasets {
			if given == d && !s.Pilot {
				out = append(out, link(sourceTitle(s), "#"+sourceAnchor(s)))
			}
		}
	}
	return out
}

// covered counts the living services and the journeys of the tree that a dataset covers.
func (p *Plan) covered(d model.Dataset) (services, journeys Cell) {
	m := p.model
	var n, of [2]int
	for i := range m.Services {
		if s := &m.Services[i]; s.Living && m.In(s.Home, 0) {
			of[0]++
			if m.ServiceCovered(d, model.ServiceIdx(i)) {
				n[0]++
			}
		}
	}
	for i := range m.Journeys {
		if m.In(m.Journeys[i].Home, 0) {
			of[1]++
			if m.JourneyCovered(d, model.JourneyIdx(i)) {
				n[1]++
			}
		}
	}
	share := func(k int) Cell { return Cell{words(say(wOfCount, argCount("n", n[k]), argCount("of", of[k])))} }
	return share(0), share(1)
}
