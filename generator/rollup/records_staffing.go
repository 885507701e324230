package rollup

import "uptree/generator/model"

// staffRecord is a record of the people of a node; i is where it was read, -1 for nowhere.
func (s *scope) staffRecord(n model.NodeIdx, i int32) Record {
	node := &s.c.Model.Nodes[n]
	r := Record{Kind: model.Staff, ID: node.ID, Title: node.Title, Origin: node.Origin, From: model.None, To: model.None}
	if i >= 0 {
		r.Origin = s.c.Model.Staffing[i].Origin
	}
	return r
}

func (s *scope) headcountRecords(_ int, put func(Record)) {
	for n := range s.nodes {
		if at := &s.index.staff.at[n]; at.from >= 0 {
			r := s.staffRecord(n, at.from)
			r.Value = float64(at.heads)
			put(r)
		}
	}
}

func (s *scope) rotationRecords(_ int, put func(Record)) {
	for n := range s.nodes {
		if at := &s.index.staff.at[n]; at.rota >= 0 {
			r := s.staffRecord(n, at.rota)
			r.Value = float64(at.rotations[0])
			put(r)
		}
	}
}

// headRecords has a record for each node with people enough, and one for all others together:
// what they have per head is nobody's to see.
func (s *scope) headRecords(at func() map[model.NodeIdx]int64, put func(Record)) {
	if s.subject.Kind != NodeSubject || s.index.staff.below[s.subject.Index].heads < minGroup {
		return
	}
	var out []Record
	has := at()
	rest := s.staffRecord(model.NodeIdx(s.subject.Index), -1)
	rest.As = "the others"
	for n := range s.nodes {
		switch crew := &s.index.staff.at[n]; {
		case crew.heads >= minGroup:
			r := s.staffRecord(n, crew.from)
			r.Good, r.Valid = has[n], crew.heads
			out = append(out, r)
		default:
			rest.Good, rest.Valid = rest.Good+has[n], rest.Valid+crew.heads
		}
	}
	if rest.Valid > 0 && rest.Valid < minGroup { // one more joins them
		last := out[len(out)-1]
		rest.Good, rest.Valid = rest.Good+last.Good, rest.Valid+last.Valid
		out = out[:len(out)-1]
	}
	if rest.Good > 0 || rest.Valid > 0 {
		out = append(out, rest)
	}
	for _, r := range out {
		put(r)
	}
}

// pageRecords has a record for each group that pages per head are shown of, and one for the
// rest: single records would tell of groups that are too small.
func (s *scope) pageRecords(period int, put func(Record)) {
	x := s.index.staff
	if s.subject.Kind != NodeSubject || !x.told[period][s.subject.Index] {
		return
	}
	n := model.NodeIdx(s.subject.Index)
	rest := x.paged[period][n]
	add := func(at model.NodeIdx, pages, heads int64, as string) {
		if heads > 0 {
			r := s.staffRecord(at, -1)
			r.Good, r.Valid, r.As = pages, heads, as
			put(r)
		}
	}
	for _, part := range x.parts[period][n] {
		p := &x.paged[period][part]
		add(part, p.all(), p.heads, "all of it")
		rest.heads -= p.heads
		for h := range rest.pages {
			rest.pages[h] -= p.pages[h]
		}
	}
	add(n, rest.all(), rest.heads, "what is left")
}
