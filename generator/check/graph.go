package check

import (
	"fmt"
	"strings"

	"uptree/generator/diag"
	"uptree/generator/model"
	"uptree/generator/rollup"
)

// maxNamed bounds the ids in one problem; the page of cracks has them all.
const maxNamed = 8

// gathered is one problem for many records: the first's place, and the ids of all.
type gathered struct {
	at    model.Origin
	names []string
}

func (g *gathered) add(at model.Origin, name string) {
	if len(g.names) == 0 {
		g.at = at
	}
	g.names = append(g.names, name)
}

// problem words what was gathered; nothing where nothing was.
func (g *gathered) problem(in Input, code diag.Code, one, many, hint string) diag.List {
	n := len(g.names)
	if n == 0 {
		return nil
	}
	text, rest := fmt.Sprintf("%d %s", n, many), ""
	if n == 1 {
		text = "one " + one
	}
	if n > maxNamed {
		g.names, rest = g.names[:maxNamed], ", …"
	}
	return diag.List{{Code: code, Pos: in.Model.Position(g.at), Text: text + ": " + strings.Join(g.names, ", ") + rest, Hint: hint}}
}

// unowned gathers the living services that nobody answers for.
func unowned(in Input) diag.List {
	var g gathered
	for _, c := range in.Model.Cracks {
		if c.Kind == model.CrackUnowned && c.Service != model.NoIndex {
			g.add(c.Origin, in.Model.Services[c.Service].ID)
		}
	}
	return g.problem(in, diag.NoOwner, "service without an owner", "services without an owner",
		"name the owning node in the source of services, or in one that it is merged with")
}

// needsEvidence: without an observed dependency nothing can be compared with the declared.
func needsEvidence(in Input) string {
	declared, observed := false, false
	for _, d := range in.Model.Dependencies {
		declared, observed = declared || d.Declared, observed || d.Observed
	}
	if declared && observed {
		return ""
	}
	return "no source gives both declared and observed dependencies"
}

// evidence compares the dependencies that are declared with those that are observed.
func evidence(in Input) diag.List {
	var undeclared, unseen gathered
	for _, d := range in.Model.Dependencies {
		name := in.Model.Services[d.From].ID + " → " + in.Model.Services[d.To].ID
		switch {
		case !d.Declared:
			undeclared.add(d.Origin, name)
		case !d.Observed:
			unseen.add(d.Origin, name)
		}
	}
	out := undeclared.problem(in, diag.Undeclared, "dependency is observed and not declared", "dependencies are observed and not declared",
		"declare it, so that its promise counts and its owner knows")
	out.Append(unseen.problem(in, diag.Unobserved, "dependency is declared and not observed", "dependencies are declared and not observed",
		"take it away if it is gone; what is seldom called may not have been seen"))
	return out
}

// promises reports the objectives that promise more than a hard dependency does.
func promises(in Input) diag.List {
	var out diag.List
	m := in.Model
	for s := range m.Services {
		for _, p := range in.Cube.Promises(model.ServiceIdx(s)) {
			if p.Verdict == rollup.PromiseBroken {
				o := &m.Objectives[p.Objective]
				out.Add(diag.Problem{
					Code: diag.PromiseAbove, Pos: m.Position(o.Origin),
					Text: fmt.Sprintf("objective %q promises more than %s", o.ID, weakest(in, p)),
					Hint: "lower it, make the dependency soft, or ask its owner for more",
				})
			}
		}
	}
	return out
}

// weakest names the dependency with the lowest target.
func weakest(in Input, p rollup.Promise) string {
	m, low := in.Model, int32(model.NoIndex)
	for _, d := range p.Dependencies {
		if d.Objective != model.NoIndex && (low == model.NoIndex || targetOf(m, d.Objective) < targetOf(m, low)) {
			low = d.Objective
		}
	}
	return fmt.Sprintf("%q, which its service depends on", m.Objectives[low].ID)
}

func targetOf(m *model.Model, objective int32) model.Share {
	versions := m.Objectives[objective].Versions
	return versions[len(versions)-1].Target
}
