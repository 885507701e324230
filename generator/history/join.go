package history

import (
	"maps"
	"slices"
)

// join unites two memories of one site. One of them has lost the other: it began anew, or
// stood still, while other builds went on. What later says of its own days wins.
func join(first, later *Memory, shapes []*Shape) *Memory {
	out := first.clone()
	of := map[string]*Shape{}
	for _, s := range shapes {
		of[s.Dataset] = s
	}
	for _, name := range slices.Sorted(maps.Keys(later.files)) {
		_, both := out.files[name]
		switch shape := of[datasetOf(name)]; {
		case both && segmentName.MatchString(name) && shape != nil:
			out.joinFacts(name, later, shape)
		case both && sightingsName.MatchString(name):
			out.joinSightings(name, later)
		case both && shape == nil && datasetOf(name) != "":
			out.joinStates(name, later)
		case both && name == stepsName:
			out.joinSteps(later)
		default:
			out.files[name] = later.files[name]
		}
	}
	out.journal = first.journal.join(&later.journal)
	out.with(journalName, out.journal.encode())
	out.problems = slices.Concat(first.problems, later.problems, out.problems)
	return out
}

// joinFacts unites the facts of a month.
func (m *Memory) joinFacts(name string, later *Memory, shape *Shape) {
	part := segmentName.FindStringSubmatch(name)
	both, old := NewFacts(part[1], shape), NewFacts(part[1], shape)
	if content := later.read(name); content == nil || both.parse(content, heads{}) != nil {
		return // said where it is merged
	}
	both.settle()
	if content := m.read(name); content == nil || old.parse(content, heads{}) != nil {
		m.files[name] = later.files[name]
		return
	}
	if !shape.Timed {
		have := newView(both)
		old.groups = slices.DeleteFunc(old.groups, func(g *group) bool { return have.series[g.Identity] != nil })
	}
	both.absorb(old)
	both.settle()
	for _, p := range both.parts() { // one: a file holds one month
		m.write(name, p)
	}
}

// joinStates lets what was seen later hold from the first day of that look on.
func (m *Memory) joinStates(name string, later *Memory) {
	dataset := datasetOf(name)
	content := m.read(name)
	if content == nil {
		m.files[name] = later.files[name]
		return
	}
	old, err := parseTimeline(dataset, content)
	next, err2 := parseTimeline(dataset, later.read(name))
	since := later.journal.since(dataset)
	if err2 != nil || err == nil && since == NoDay {
		return
	}
	if err != nil {
		m.files[name] = later.files[name]
		return
	}
	for id, all := range old.versions {
		all = slices.DeleteFunc(all, func(v version) bool { return v.from >= since })
		if len(next.versions[id]) == 0 || next.versions[id][0].from > since {
			all = append(all, version{since, ""})
		}
		old.versions[id] = all
	}
	for id, all := range next.versions {
		old.versions[id] = tidy(append(old.versions[id], all...))
	}
	m.with(name, old.encode())
}

// joinSteps adds what was seen to change later.
func (m *Memory) joinSteps(later *Memory) {
	seen, _ := m.Steps() // what is wrong with a file is said where it is used
	next, problems := later.Steps()
	if len(problems) > 0 {
		return
	}
	seen = slices.DeleteFunc(seen, func(s Step) bool { return s.Day >= later.journal.began })
	m.files[stepsName] = m.WithSteps(append(seen, next...)).files[stepsName]
}

// join unites the journals of two memories.
func (j *journal) join(later *journal) journal {
	out := j.clone()
	out.began, out.last = earlier(j.began, later.began), max(j.last, later.last)
	maps.Copy(out.definitions, later.definitions)
	for dataset, stints := range later.looked {
		var before []stint
		for _, s := range j.looked[dataset] {
			if s.to = min(s.to, stints[0].from-1); s.from <= s.to {
				before = append(before, s)
			}
		}
		out.looked[dataset] = slices.Concat(before, stints)
	}
	return out
}

// earlier is the earlier of two days that there may be.
func earlier(a, b int) int {
	if a == NoDay || b == NoDay {
		return max(a, b)
	}
	return min(a, b)
}
