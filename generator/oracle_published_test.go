package generator_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"uptree/generator"
)

// publishedOrganisations is how many random organisations are built as whole sites.
const publishedOrganisations = 12

// TestIndexJSONAgreesWithTheOracle builds sites and reads every index.json.
func TestIndexJSONAgreesWithTheOracle(t *testing.T) {
	for seed := range uint64(publishedOrganisations) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Parallel()
			in := randomOrganisation(seed + 1000)
			dir := t.TempDir()
			in.write(t, dir)
			in.publish(t, dir)
			o := newOracle(in)
			var differing []string
			for _, v := range o.views() {
				got := publishedFacts(t, filepath.Join(dir, "public", o.page(v), "index.json"))
				for _, d := range differences(got, o.figures(v).published()) {
					differing = append(differing, v.kind+"/"+v.id+": "+d)
				}
			}
			if report(t, differing); t.Failed() {
				t.Logf("the organisation:\n%s", in)
			}
		})
	}
}

func (o *organisation) publish(t *testing.T, dir string) {
	t.Helper()
	at, err := time.Parse(time.RFC3339, o.AsOf)
	if err != nil {
		t.Fatal(err)
	}
	result, problems, err := generator.Build(t.Context(), generator.Options{
		Dir: dir, Config: "site.toml", Jobs: 2, Pinned: true, Version: "test",
		AsOf: func(zone *time.Location) time.Time { return at.In(zone) },
	})
	if err != nil || result.Outcome != generator.Built {
		t.Fatalf("outcome %d: %v %v", result.Outcome, err, problems)
	}
}

// page is the folder of a view's page.
func (o *oracle) page(v view) string {
	if v.kind == "org" && v.id == o.root {
		return ""
	}
	return v.kind + "/" + v.id
}

// publishedFacts reads the figures of an index.json.
func publishedFacts(t *testing.T, file string) facts {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var page struct {
		Metrics map[string]map[string]map[string]any
	}
	if err := json.Unmarshal(data, &page); err != nil {
		t.Fatalf("%s: %v", file, err)
	}
	f := facts{}
	for metric, periods := range page.Metrics {
		for period, figure := range periods {
			f.figure(metric+"/"+period+"/", figure)
		}
	}
	return f
}

// figure takes the members of a figure that are numbers or reasons.
func (f facts) figure(path string, figure map[string]any) {
	if c, ok := figure["coverage"].(map[string]any); ok {
		f[path+"coverage"] = fmt.Sprintf("%v of %v", c["covered"], c["of"])
	}
	if usual, ok := figure["usual"].([]any); ok {
		f.value(path+"usual/low", usual[0])
		f.value(path+"usual/high", usual[1])
	}
	if notes, ok := figure["notes"].([]any); ok {
		for _, n := range notes {
			note := n.(map[string]any)
			f.value(path+"notes/"+note["code"].(string), note["count"])
		}
	}
	for _, name := range []string{"coverage", "usual", "notes", "unit", "sources"} {
		delete(figure, name)
	}
	for _, name := range []string{"value", "previous"} { // null beside a reason
		if figure[name] == nil {
			delete(figure, name)
		}
	}
	f.value(path, figure)
}

// value flattens a JSON value.
func (f facts) value(path string, value any) {
	switch v := value.(type) {
	case nil:
		f[path] = "null"
	case string:
		f[path] = v
	case float64:
		f.num(path, v)
	case []any:
		for i, member := range v {
			f.value(strings.TrimSuffix(path, "/")+"/"+strconv.Itoa(i), member)
		}
	case map[string]any:
		for name, member := range v {
			f.value(strings.TrimSuffix(path, "/")+"/"+name, member)
		}
	default:
		panic(fmt.Sprintf("%s holds %T", path, value))
	}
}

// published leaves what an index.json holds: of a figure that is missing its reason.
func (f facts) published() facts {
	out := maps.Clone(f)
	maps.DeleteFunc(out, func(path, text string) bool {
		parts := strings.SplitN(path, "/", 3)
		reason, missing := f[parts[0]+"/"+parts[1]+"/reason"]
		member, _, _ := strings.Cut(parts[2], "/")
		switch member {
		case "coverage":
			return text == "0 of 0"
		case "reason", "notes", "states", "without_objective":
			return false
		case "failed", "tests", "worst", "oldest":
			return true
		}
		return missing && parts[0] != "cost" && !keepsDelivery(parts[0], member) && !strings.HasPrefix(reason, "a distribution")
	})
	return out
}
