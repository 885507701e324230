package ingest

import (
	"encoding/json"
	"fmt"

	"github.com/itchyny/gojq"
)

// watched rewrites a program so that it tells each time it looks for a key, and each time
// it takes an object as a whole. What it makes stays what it was: the telling stands in the
// condition of an if, where jq neither passes a value on nor follows a path.
func watched(q *gojq.Query) {
	if q == nil {
		return
	}
	for _, def := range q.FuncDefs {
		watched(def.Body)
	}
	if q.Term != nil {
		q.Term = watchedTerm(q.Term)
	}
	watched(q.Left)
	watched(q.Right)
}

// watchedTerm rewrites a term with its suffixes, one after the other: each becomes a term of
// its own in brackets, of which the next is a suffix.
func watchedTerm(t *gojq.Term) *gojq.Term {
	suffixes := t.SuffixList
	t.SuffixList = nil
	watchedParts(t)
	out := watchedHead(t)
	for _, s := range suffixes {
		key, named := constantKey(s.Index)
		switch {
		case named:
			out = bracketed(pipe(out, lookFor(key)))
		case s.Iter:
			out = bracketed(pipe(out, parsed(`if __whole then . else . end | .[]`)))
		default:
			if s.Index != nil {
				watched(s.Index.Start)
				watched(s.Index.End)
			}
			out = bracketed(&gojq.Query{Term: out})
			out.SuffixList = []*gojq.Suffix{s}
		}
	}
	return out
}

// watchedHead rewrites a term without suffixes, whose parts are rewritten.
func watchedHead(t *gojq.Term) *gojq.Term {
	if key, ok := constantKey(t.Index); ok && t.Type == gojq.TermTypeIndex {
		return bracketed(lookFor(key))
	}
	if t.Type != gojq.TermTypeFunc {
		return t
	}
	if key, ok := constantArg(t.Func); ok && t.Func.Name == "has" {
		return bracketed(pipe(bracketed(parsed(fmt.Sprintf(`if __look(%s) then . else . end`, key))), &gojq.Query{Term: t}))
	}
	if takesWhole[t.Func.Name] {
		return bracketed(pipe(bracketed(parsed(`if __whole then . else . end`)), &gojq.Query{Term: t}))
	}
	return t
}

// takesWhole are the functions for which every key of an object counts.
var takesWhole = map[string]bool{
	"to_entries": true, "with_entries": true, "keys": true, "keys_unsorted": true, "map_values": true, "tojson": true, "tostring": true,
	"recurse": true, "paths": true, "leaf_paths": true, "add": true, "map": true, "any": true, "all": true,
}

// watchedParts rewrites what a term is made of.
func watchedParts(t *gojq.Term) {
	switch {
	case t.Index != nil:
		watched(t.Index.Start)
		watched(t.Index.End)
	case t.Func != nil:
		watchedAll(t.Func.Args)
	case t.Object != nil:
		watchedObject(t.Object)
	case t.Array != nil:
		watched(t.Array.Query)
	case t.Unary != nil:
		t.Unary.Term = watchedTerm(t.Unary.Term)
	case t.If != nil:
		watchedIf(t.If)
	case t.Try != nil:
		watchedAll([]*gojq.Query{t.Try.Body, t.Try.Catch})
	case t.Reduce != nil:
		watchedAll([]*gojq.Query{t.Reduce.Query, t.Reduce.Start, t.Reduce.Update})
	case t.Foreach != nil:
		watchedAll([]*gojq.Query{t.Foreach.Query, t.Foreach.Start, t.Foreach.Update, t.Foreach.Extract})
	case t.Label != nil:
		watched(t.Label.Body)
	case t.Query != nil:
		watched(t.Query)
	}
	if t.Str != nil {
		watchedAll(t.Str.Queries)
	}
}

func watchedAll(all []*gojq.Query) {
	for _, q := range all {
		watched(q)
	}
}

func watchedIf(i *gojq.If) {
	watchedAll([]*gojq.Query{i.Cond, i.Then, i.Else})
	for _, e := range i.Elif {
		watchedAll([]*gojq.Query{e.Cond, e.Then})
	}
}

// watchedObject rewrites what an object is made of: {id} is short for {id: .id}.
func watchedObject(o *gojq.Object) {
	for _, kv := range o.KeyVals {
		watched(kv.KeyQuery)
		switch {
		case kv.Val != nil:
			watched(kv.Val)
		case kv.Key != "" && kv.Key[0] != '$':
			kv.Val = &gojq.Query{Term: bracketed(lookFor(literal(kv.Key)))}
		case kv.KeyString != nil && len(kv.KeyString.Queries) == 0:
			kv.Val = &gojq.Query{Term: bracketed(lookFor(literal(kv.KeyString.Str)))}
		}
	}
}

// constantKey returns the key that an index names, as a literal of jq.
func constantKey(i *gojq.Index) (string, bool) {
	switch {
	case i == nil || i.IsSlice:
		return "", false
	case i.Name != "":
		return literal(i.Name), true
	case i.Str != nil:
		return literal(i.Str.Str), len(i.Str.Queries) == 0
	}
	return constantText(i.Start)
}

func constantArg(f *gojq.Func) (string, bool) {
	if len(f.Args) != 1 {
		return "", false
	}
	return constantText(f.Args[0])
}

// constantText is the text that a query is, if it is one.
func constantText(q *gojq.Query) (string, bool) {
	if q == nil || q.Term == nil || q.Term.Type != gojq.TermTypeString || q.Term.Str == nil || len(q.Term.SuffixList) > 0 || len(q.Term.Str.Queries) > 0 {
		return "", false
	}
	return literal(q.Term.Str.Str), true
}

func literal(key string) string {
	text, _ := json.Marshal(key) // a string can be written
	return string(text)
}

func lookFor(key string) *gojq.Query {
	return parsed(fmt.Sprintf(`if __look(%s) then . else . end | .[%s]`, key, key))
}

func parsed(program string) *gojq.Query {
	q, err := gojq.Parse(program)
	if err != nil {
		panic(err) // it is written here
	}
	return q
}

func bracketed(q *gojq.Query) *gojq.Term { return &gojq.Term{Type: gojq.TermTypeQuery, Query: q} }

func pipe(t *gojq.Term, q *gojq.Query) *gojq.Query {
	return &gojq.Query{Left: &gojq.Query{Term: t}, Op: gojq.OpPipe, Right: q}
}
