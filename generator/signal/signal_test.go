package signal

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"uptree/generator/content"
	"uptree/generator/model"
	"uptree/generator/rollup"
)

// world is a small organisation: acme over product (shop, search) and platform (storage).
type world struct {
	batch model.Batch
}

var asOf = model.Time(time.Date(2026, 11, 20, 9, 5, 0, 0, time.UTC).Unix())

func newWorld() *world {
	w := &world{}
	for _, n := range []string{"acme", "product<acme", "shop<product", "search<product", "platform<acme", "storage<platform"} {
		id, parent, _ := strings.Cut(n, "<")
		w.batch.Nodes = append(w.batch.Nodes, model.NodeRecord{ID: id, Parent: parent, ValidFrom: model.NoDay, ValidTo: model.NoDay})
	}
	for service, owner := range map[string]string{"cart": "shop", "index": "search", "disk": "storage"} {
		w.service(model.ServiceRecord{ID: service, Owners: []string{owner}})
	}
	w.service(model.ServiceRecord{ID: "mailer", ThirdParty: true})
	return w
}

func (w *world) service(r model.ServiceRecord) {
	r.ValidFrom, r.ValidTo = model.NoDay, model.NoDay
	w.batch.Services = append(w.batch.Services, r)
}

// incident began so many hours before as_of and lasted so many; 0 is still open.
func (w *world) incident(services, cause string, hoursAgo, hours int, change ...func(*model.IncidentRecord)) {
	r := model.IncidentRecord{ID: fmt.Sprint("I", len(w.batch.Incidents)), FollowupsOpen: model.NoCount, FollowupsClosed: model.NoCount,
		Services: w.refs(services), Cause: w.refs(cause)}
	for i := range r.Moments {
		r.Moments[i] = model.None
	}
	r.Moments[model.Started] = asOf - model.Time(hoursAgo*3600)
	if hours > 0 {
		r.Moments[model.Mitigated] = r.Moments[model.Started] + model.Time(hours*3600)
	}
	for _, c := range change {
		c(&r)
	}
	w.batch.Incidents = append(w.batch.Incidents, r)
}

func (w *world) refs(ids string) model.RefList {
	var refs []model.Ref
	for _, id := range strings.Fields(ids) {
		refs = append(refs, w.batch.Ref([]byte(id)))
	}
	return w.batch.Refs(refs)
}

// compute freezes the world and measures it.
func (w *world) compute(t *testing.T) *rollup.Cube {
	t.Helper()
	source := model.SourceInput{Info: model.SourceInfo{Name: "s", Datasets: []model.Dataset{model.Nodes, model.Services, model.Incidents}}, Covers: []string{"*"}, CoversFrom: model.NoDay}
	m, problems := model.Freeze(model.Input{AsOf: asOf, Zone: time.UTC, ImpactEnds: model.Mitigated, Sources: []model.SourceInput{source}, Batches: []*model.Batch{&w.batch}})
	if m == nil {
		t.Fatal(problems)
	}
	cube, problems := rollup.Compute(m, []rollup.PeriodSpec{{Name: "28d", Days: 28}}, 1)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	return cube
}

// find returns the lines as "node: code (lever)".
func (w *world) find(t *testing.T, files fstest.MapFS) ([]string, *Findings, *rollup.Cube) {
	t.Helper()
	cube := w.compute(t)
	m := cube.Model
	docs, problems, err := content.Load(files, "content")
	if err != nil || len(problems) > 0 {
		t.Fatal(err, problems)
	}
	found, problems := Find(cube, docs, nil, 0, Past{})
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	var lines []string
	for n := range m.Nodes {
		for _, s := range found.Attention(model.NodeIdx(n)) {
			lines = append(lines, fmt.Sprintf("%s: %s (%s)", m.Nodes[n].ID, s.Code, m.Nodes[s.Lever].ID))
		}
	}
	slices.Sort(lines)
	return lines, found, cube
}

func TestLinesAppearWhereSomeoneCanAct(t *testing.T) {
	for name, c := range map[string]struct {
		make  func(*world)
		files fstest.MapFS
		want  []string
	}{
		"nothing happened": {make: func(*world) {}, want: nil},
		"a short incident is not worth a line": {
			make: func(w *world) {
				w.incident("cart", "cart", 30, 1, func(r *model.IncidentRecord) { r.Moments[model.Mitigated] -= 1800 })
			},
		},
		"what the platform caused is said at the sufferer, above it and at the platform": {
			make: func(w *world) { w.incident("cart", "disk", 100, 5) },
			want: []string{"product: mostly-inherited (storage)", "shop: mostly-inherited (storage)", "storage: exports-incidents (storage)"},
		},
		"half is not more than half": {
			make: func(w *world) { w.incident("cart", "disk", 100, 5); w.incident("cart", "cart", 200, 5) },
		},
		"another company is no lever": {
			make: func(w *world) { w.incident("cart", "mailer", 100, 5) },
		},
		"an incident open for more than a day is said where it can be closed": {
			make: func(w *world) { w.incident("index", "index", 30, 0) },
			want: []string{"search: open-incidents (search)"},
		},
		"one open since this morning is not": {
			make: func(w *world) { w.incident("index", "index", 3, 0) },
		},
		"three incidents without a cause": {
			make: func(w *world) {
				for i := range 3 {
					w.incident("index", "", 100+i*10, 1)
				}
			},
			want: []string{"search: causes-unrecorded (search)"},
		},
		"services without an owner and incidents without a service wait at the root": {
			make: func(w *world) {
				w.service(model.ServiceRecord{ID: "lonely"})
				w.incident("", "disk", 100, 1)
			},
			want: []string{"acme: unmapped-incidents (acme)", "acme: unowned-services (acme)"},
		},
		"follow-ups are old after ninety days": {
			make: func(w *world) {
				open := func(r *model.IncidentRecord) { r.FollowupsOpen = 2 }
				w.incident("cart", "cart", 24*100, 1, open)
				w.incident("index", "index", 24*50, 1, open)
			},
			want: []string{"shop: old-followups (shop)"},
		},
		"words that asked to be looked at again": {
			make:  func(*world) {},
			files: fstest.MapFS{"content/org/shop.md": {Data: []byte("+++\nreview_by = 2026-11-01\n+++\nHello.\n")}, "content/org/search.md": {Data: []byte("+++\nreview_by = 2026-12-01\n+++\nHello.\n")}},
			want:  []string{"shop: context-due (shop)"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld()
			c.make(w)
			if got, _, _ := w.find(t, c.files); !slices.Equal(got, c.want) {
				t.Errorf("got  %q\nwant %q", got, c.want)
			}
		})
	}
}

func TestTheTwoSidesMeetAtTheirCommonAncestor(t *testing.T) {
	w := newWorld()
	w.incident("cart", "disk", 100, 5)
	_, found, cube := w.find(t, nil)
	shop, _ := cube.Model.Node("shop")
	if s := found.Attention(shop)[0]; cube.Model.Nodes[s.Meet].ID != "acme" {
		t.Errorf("they meet at %q", cube.Model.Nodes[s.Meet].ID)
	}
	if storage, _ := cube.Model.Node("storage"); found.Waiting(storage) != 1 || found.Waiting(shop) != 0 {
		t.Error("the line waits for the level that has the lever")
	}
}

// A month far outside the past twelve is grave; one inside is no line.
func TestUnusualIncidentTime(t *testing.T) {
	for hours, want := range map[int]bool{2: false, 60: true} {
		w := newWorld()
		for k := 1; k <= 12; k++ {
			w.incident("cart", "cart", (28*k+5)*24, 2+k%3)
		}
		w.incident("cart", "cart", 24*400, 1) // the source reaches back far enough
		w.incident("cart", "cart", 24*5, hours)
		got, _, _ := w.find(t, nil)
		if slices.Contains(got, "shop: unusual-incident-time (shop)") != want {
			t.Errorf("%d hours: %q", hours, got)
		}
	}
}

func TestEveryRuleHasADocAndNamesItsArguments(t *testing.T) {
	for _, r := range Rules {
		if r.Code == "" || r.Doc == "" || len(r.Args) == 0 {
			t.Errorf("%+v", r.Code)
		}
	}
}
