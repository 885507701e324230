package signal

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"uptree/generator/model"
)

// objective adds one with a target of 99 % for a service and returns what adds hours to it.
func (w *world) objective(id, service string, change ...func(*model.ObjectiveRecord)) *measured {
	r := model.ObjectiveRecord{ID: id, Title: id, Service: service, Target: model.Whole / 100 * 99, MinEvents: model.NoCount, ValidFrom: model.NoDay, ReviewBy: model.NoDay}
	for _, c := range change {
		c(&r)
	}
	w.batch.Objectives = append(w.batch.Objectives, r)
	return &measured{w, id}
}

type measured struct {
	w  *world
	id string
}

// hours adds hours from so many ago on, each of a hundred events with so many bad ones.
func (m *measured) hours(ago, n, bad int) *measured { return m.buckets(ago, n, 1, bad) }

// buckets is hours for longer buckets.
func (m *measured) buckets(ago, n, length, bad int) *measured {
	for i := range n {
		from := asOf - model.Time((ago-i*length)*3600)
		m.w.batch.AddBucket(&model.BucketRecord{SLO: []byte(m.id), Bucket: model.Bucket{
			From: uint32(from), To: uint32(from) + uint32(length*3600), Good: model.Amount(100-bad) * model.OneEvent, Valid: 100 * model.OneEvent,
		}})
	}
	return m
}

func TestLinesAboutObjectives(t *testing.T) {
	decided := func(until string) fstest.MapFS {
		return fstest.MapFS{"content/service/cart.md": {Data: []byte(fmt.Sprintf(
			"+++\n[[decisions]]\nabout = \"cart-ok\"\nchoice = \"fix\"\nsince = 2026-11-01\nuntil = %s\nby_role = \"lead\"\ntext = \"x\"\n+++\n", until))}}
	}
	for name, c := range map[string]struct {
		make  func(*world)
		files fstest.MapFS
		want  []string
	}{
		"met is no line": {make: func(w *world) { w.objective("cart-ok", "cart").hours(100, 50, 0) }},
		"a breach without a decision waits at home": {
			make: func(w *world) { w.objective("cart-ok", "cart").hours(100, 50, 2) },
			want: []string{"shop: breach-without-decision (shop)"},
		},
		"a decision that holds is the conversation": {
			make:  func(w *world) { w.objective("cart-ok", "cart").hours(100, 50, 2) },
			files: decided("2026-12-01"),
		},
		"the breach is back when the decision has ended": {
			make:  func(w *world) { w.objective("cart-ok", "cart").hours(100, 50, 2) },
			files: decided("2026-11-19"),
			want:  []string{"shop: breach-without-decision (shop)", "shop: decision-due (shop)"},
		},
		"mostly inherited under one node: there, at home and where they meet": {
			make: func(w *world) {
				w.incident("cart", "disk", 100, 6, short)
				w.objective("cart-ok", "cart").hours(200, 100, 0).hours(100, 6, 40).hours(90, 50, 0)
			},
			want: []string{"acme: breach-without-decision (storage)", "shop: breach-without-decision (storage)", "storage: breach-without-decision (storage)"},
		},
		"half inherited is not more than half": {
			make: func(w *world) {
				w.incident("cart", "disk", 100, 6, short)
				w.objective("cart-ok", "cart").hours(100, 6, 40).hours(90, 6, 40)
			},
			want: []string{"shop: breach-without-decision (shop)"},
		},
		"days are too coarse to blame anyone": {
			make: func(w *world) {
				w.incident("cart", "disk", 100, 6, short)
				w.objective("cart-ok", "cart").buckets(240, 10, 24, 5)
			},
			want: []string{"shop: breach-without-decision (shop)"},
		},
		"another company holds no lever": {
			make: func(w *world) {
				w.incident("cart", "mailer", 100, 6, short)
				w.objective("cart-ok", "cart").hours(100, 6, 40)
			},
			want: []string{"shop: breach-without-decision (shop)"},
		},
		"what another company breaks of itself waits at the root": {
			make: func(w *world) { w.objective("mail-ok", "mailer").hours(100, 50, 2) },
			want: []string{"acme: breach-without-decision (acme)"},
		},
		"at risk": {
			make: func(w *world) { w.objective("cart-ok", "cart").hours(600, 100, 1).hours(100, 20, 0) },
			want: []string{"shop: objectives-at-risk (shop)"},
		},
		"without data": {
			make: func(w *world) { w.objective("cart-ok", "cart") },
			want: []string{"shop: objective-no-data (shop)"},
		},
		"to be looked at again": {
			make: func(w *world) {
				w.objective("cart-ok", "cart", func(r *model.ObjectiveRecord) { r.ReviewBy = model.DayOf(2026, 11, 19) }).hours(100, 50, 0)
			},
			want: []string{"shop: objective-review-due (shop)"},
		},
		"never used, three windows in a row": {
			make: func(w *world) { w.objective("cart-ok", "cart").buckets(100*24, 100, 24, 0) },
			want: []string{"shop: lagom-unspent (shop)"},
		},
		"breached three windows in a row, and decided": {
			make:  func(w *world) { w.objective("cart-ok", "cart").buckets(100*24, 100, 24, 3) },
			files: decided("2026-12-01"),
			want:  []string{"shop: lagom-breached (shop)"},
		},
		"a promise above what it needs": {
			make: func(w *world) {
				available := func(r *model.ObjectiveRecord) { r.Indicator = "availability" }
				w.batch.Dependencies = append(w.batch.Dependencies, model.DependencyRecord{From: "cart", To: "disk", Hardness: model.Hard})
				w.objective("cart-ok", "cart", available).hours(100, 50, 0)
				w.objective("disk-ok", "disk", available, func(r *model.ObjectiveRecord) { r.Target = model.Whole / 10 * 9 }).hours(100, 50, 0)
			},
			want: []string{"shop: promise-above (shop)"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld()
			c.make(w)
			lines, _, _ := w.find(t, c.files)
			lines = slices.DeleteFunc(lines, func(l string) bool {
				return strings.Contains(l, "mostly-inherited") || strings.Contains(l, "exports-incidents") || strings.Contains(l, "not-covered")
			})
			if diff := cmp.Diff(c.want, lines); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// short ends an incident with the last hour that it touches.
func short(r *model.IncidentRecord) { r.Moments[model.Mitigated]-- }

func TestSeveralBreachesAreOneLineThatNamesTheWorst(t *testing.T) {
	w := newWorld()
	w.objective("cart-fast", "cart").hours(100, 50, 2)
	w.objective("cart-ok", "cart").hours(100, 50, 9)
	_, found, cube := w.find(t, nil)
	shop, _ := cube.Model.Node("shop")
	lines := found.Attention(shop)
	if len(lines) != 1 || lines[0].Ref != "slo:cart-ok" || lines[0].Args[0].Value != 2 {
		t.Fatalf("%+v", lines)
	}
	if len(found.Silent()) != 2 {
		t.Errorf("%d cracks, want both", len(found.Silent()))
	}
}
