package content

import (
	"cmp"
	"slices"
	"strings"

	"uptree/generator/diag"
)

// Docs are the documents of a site, indexed. It is read-only.
type Docs struct {
	all []*Doc // by kind, then id
	by  map[subject]*Doc
	img map[string]*Image // by file
}

func newDocs(all []*Doc, images map[string]*Image) *Docs {
	slices.SortFunc(all, func(a, b *Doc) int {
		return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.ID, b.ID))
	})
	d := &Docs{all: all, by: make(map[subject]*Doc, len(all)), img: images}
	for _, doc := range all {
		d.by[doc.subject()] = doc
	}
	return d
}

// Get returns the document about a subject, or nil if there is none.
func (d *Docs) Get(kind Kind, id string) *Doc { return d.by[subject{kind, id}] }

// All returns the documents ordered by kind and id. The slice is not to be changed.
func (d *Docs) All() []*Doc { return d.all }

// Images returns the pictures beside the documents, each content once, ordered by name.
func (d *Docs) Images() []*Image {
	var out []*Image
	for _, img := range d.img {
		out = append(out, img)
	}
	slices.SortFunc(out, func(a, b *Image) int { return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.File, b.File)) })
	return slices.CompactFunc(out, func(a, b *Image) bool { return a.Name == b.Name })
}

// OfKind returns the documents of a kind ordered by id. The slice is not to be changed.
func (d *Docs) OfKind(kind Kind) []*Doc {
	from, _ := slices.BinarySearchFunc(d.all, kind, func(doc *Doc, k Kind) int { return cmp.Compare(doc.Kind, k) })
	to := from
	for to < len(d.all) && d.all[to].Kind == kind {
		to++
	}
	return d.all[from:to]
}

// collisions reports the documents whose names differ only in case: one would overwrite
// the other on file systems that do not tell them apart.
func (d *Docs) collisions() diag.List {
	var out diag.List
	first := map[subject]*Doc{}
	for _, doc := range d.all {
		key := subject{doc.Kind, strings.ToLower(doc.ID)}
		other, taken := first[key]
		if !taken {
			first[key] = doc
			continue
		}
		out.Add(diag.Problem{
			Code: diag.CollidingIDs, Pos: diag.Pos{File: doc.File},
			Text: "name differs from " + other.File + " only in case",
			Hint: "keep one of the two",
		})
	}
	return out
}
