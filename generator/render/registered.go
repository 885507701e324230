package render

import "uptree/generator/report"

// registered writes the scripts at the root that register what no page holds as a whole, for
// those who ask: the org chart when somebody opens a branch, the search when somebody goes
// to its field. They are scripts because pages fetch nothing and work from a file share.
func (r *renderer) registered() error {
	if r.theme.paths.Site == "" {
		return nil // nobody would ask
	}
	if err := r.write("tree.js", appendOrg(nil, r.plan.Org())); err != nil {
		return err
	}
	return r.write("search.js", appendSearch(nil, r.plan))
}

// appendOrg writes the nodes in preorder: depth, title, segment of the address, index of the
// kind, count of what waits; zeros at the end are left out.
func appendOrg(dst []byte, nodes []report.OrgNode) []byte {
	o := object{dst: append(dst, "(window.uptree=window.uptree||{}).tree="...)}
	o.dst = append(o.dst, '{')
	kinds, index := []string{""}, map[string]int{"": 0}
	o.key("nodes").open('[')
	for i := range nodes {
		n := &nodes[i]
		if _, ok := index[n.Kind]; !ok {
			index[n.Kind] = len(kinds)
			kinds = append(kinds, n.Kind)
		}
		o.line().open('[').int(n.Depth).str(n.Title).str(n.Segment)
		if kind := index[n.Kind]; kind > 0 || n.Waiting > 0 {
			o.int(kind)
		}
		if n.Waiting > 0 {
			o.int(n.Waiting)
		}
		o.close(']')
	}
	return append(o.close(']').key("kinds").strings(kinds).close('}').dst, ";\n"...)
}

// appendSearch writes the groups of what can be found: title, segment of the address, number
// of what it belongs to, other names.
func appendSearch(dst []byte, plan *report.Plan) []byte {
	s := plan.Search()
	o := object{dst: append(dst, "(window.uptree=window.uptree||{}).search="...)}
	o.dst = append(o.dst, '{')
	o.key("words")
	o.dst = append(o.dst, scriptWords(plan.SearchWords())...)
	o.key("former").open('[')
	for _, f := range s.Former {
		o.line().open('[').int(f.Node)
		for _, name := range f.Names {
			o.str(name)
		}
		o.close(']')
	}
	o.close(']').key("groups").open('[')
	for i := range s.Groups {
		o.group(&s.Groups[i], plan.Words)
	}
	return append(o.close(']').close('}').dst, ";\n"...)
}

func (o *object) group(g *report.SearchGroup, words *report.Words) {
	o.line().open('{').key("kind").str(words.Plain(g.Kind)).key("at").str(g.At).key("items").open('[')
	for i := range g.Items {
		item := &g.Items[i]
		o.line().open('[').str(item.Title).str(item.Segment).int(item.On)
		for _, name := range item.Names {
			o.str(name)
		}
		o.close(']')
	}
	o.close(']').key("ended").open('[')
	for i := range g.Items {
		if g.Items[i].Ended {
			o.int(i)
		}
	}
	o.close(']').close('}')
}
