package generator_test

import (
	"path"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// sampleTalk is an entry of conversations/index.json.
type sampleTalk struct{ Kind, ID, Node, About, To, Status, Against string }

func sampleTalks(t *testing.T, kind string) (out []sampleTalk) {
	var all struct{ Entries []sampleTalk }
	sampleSite(t).decode(t, "conversations/index.json", &all)
	for _, e := range all.Entries {
		if e.Kind == kind {
			out = append(out, e)
		}
	}
	return out
}

// sampleStates are the states of the objectives on a page, by their ids.
func sampleStates(t *testing.T, page string) map[string]string {
	var subject struct{ Objectives []struct{ ID, State string } }
	sampleSite(t).decode(t, path.Join(page, "index.json"), &subject)
	out := map[string]string{}
	for _, o := range subject.Objectives {
		out[o.ID] = o.State
	}
	return out
}

func TestTheSampleHasObjectivesInAllStates(t *testing.T) {
	seen := map[string]bool{}
	for _, f := range sampleSite(t).manifest(t) {
		if path.Base(f.Path) != "index.json" || !strings.HasPrefix(f.Path, "service/") {
			continue
		}
		for _, state := range sampleStates(t, path.Dir(f.Path)) {
			seen[state] = true
		}
	}
	if diff := cmp.Diff(map[string]bool{"met": true, "at_risk": true, "breached": true, "no_data": true}, seen); diff != "" {
		t.Error(diff)
	}
}

func TestTheSampleHasDecisionsAndAsksAtSeveralLevels(t *testing.T) {
	var decisions []string
	for _, d := range sampleTalks(t, "decision") {
		decisions = append(decisions, d.About+" "+d.Status)
	}
	slices.Sort(decisions)
	if diff := cmp.Diff([]string{
		"card-availability due", "checkout-availability holds", "postgres-availability holds", "wcs-availability holds",
	}, decisions); diff != "" {
		t.Error(diff)
	}
	asks, granted, levels := sampleTalks(t, "ask"), 0, map[int]bool{}
	for _, a := range asks {
		var to struct{ Path []string }
		page := path.Join("org", a.To, "index.json")
		if a.To == "acme" {
			page = "index.json"
		}
		sampleSite(t).decode(t, page, &to)
		levels[len(to.Path)] = true
		if a.Status == "granted" && a.Against != "" {
			granted++
		}
	}
	if len(asks) != 6 || len(levels) != 3 || granted != 1 {
		t.Errorf("%d asks at %d levels, %d granted against a budget", len(asks), len(levels), granted)
	}
}

func TestTheSampleHasARedJourneyOfGreenTeams(t *testing.T) {
	var journey struct{ Services []string }
	sampleSite(t).decode(t, "journey/return-item/index.json", &journey)
	for id, state := range sampleStates(t, "journey/return-item") {
		if state != "breached" {
			t.Errorf("%s of the journey is %s", id, state)
		}
	}
	green := 0
	for _, service := range journey.Services {
		page := path.Join("service", strings.NewReplacer(":", "~3a", "/", "~2f").Replace(service))
		for id, state := range sampleStates(t, page) {
			green++
			if state != "met" {
				t.Errorf("%s of %s is %s", id, service, state)
			}
		}
	}
	if green < 3 {
		t.Errorf("%d objectives of its services", green)
	}
}

// A number that a team disputes is marked at every level that it flows into.
func TestTheSampleHasADisputedNumber(t *testing.T) {
	for _, page := range []string{"org/warehouse-control", "org/warehouses", "org/fulfilment", "org/supply", "."} {
		_, tile, _ := strings.Cut(string(sampleSite(t).read(t, path.Join(page, "index.html"))), `id="m-incident_time"`)
		head, _, _ := strings.Cut(tile, "</h3>")
		if !strings.Contains(head, ">Disputed</a>") || !strings.Contains(head, `#caveat-node-warehouse-control-1"`) {
			t.Errorf("%s: %s", page, head)
		}
	}
	_, other, _ := strings.Cut(string(sampleSite(t).read(t, "org/platform/index.html")), `id="m-incident_time"`)
	if head, _, _ := strings.Cut(other, "</h3>"); strings.Contains(head, "Disputed") {
		t.Errorf("a level that the number does not flow into: %s", head)
	}
}
