package check

import (
	"time"

	"uptree/generator/config"
	"uptree/generator/content"
	"uptree/generator/diag"
	"uptree/generator/model"
	"uptree/generator/render"
	"uptree/generator/rollup"
)

// Input is what a check looks at. Published may be nil.
type Input struct {
	Site      *config.Site
	Model     *model.Model
	Cube      *rollup.Cube
	Docs      *content.Docs
	Resolve   content.Resolver // of the build, relative to the site's root
	Published *Published
	Drawn     func(metric string) bool // whether a metric has charts
	Theme     []render.Shadow          // of the site's own theme
	Pages     Pages                    // the written site, for the rules of --deep; nil skips them
}

// Rule is a row of the table of rules.
type Rule struct {
	Name string
	Doc  string

	needs func(Input) string // why the rule cannot be applied, or ""
	find  func(Input) diag.List
}

// Rules is the table of rules, in the order in which they are applied.
var Rules = []Rule{
	{"documents", "Every document is about something that exists, names metrics that exist, and is not past its review date.", nil, documents},
	{"prose", "Every link of every document leads somewhere, no HTML, no persons, pictures are described.", nil, prose},
	{"terms", "No caveat, decision, trade-off or grant stands after its last day.", nil, terms},
	{"ownership", "Every living service has an owner.", nil, unowned},
	{"promises", "No objective promises more than what its service depends on.", nil, promises},
	{"evidence", "What is observed to depend on what is declared, and the reverse.", needsEvidence, evidence},
	{"theme", "Each file of the site's theme says which original it was made from, and that one is the program's.", nil, theme},
	{"gone", "No id of the published site is gone without a successor.", needsPublished, gone},
	{"pages", "Every internal link and anchor of the written site resolves, no id stands twice, nothing is inline, no template left a mark.", needsPages, Deep},
}

// Run applies every rule and names the ones that were skipped, with the reason.
func Run(in Input) (found diag.List, skipped []string) {
	for _, r := range Rules {
		if r.needs != nil {
			if why := r.needs(in); why != "" {
				skipped = append(skipped, r.Name+": "+why)
				continue
			}
		}
		found.Append(r.find(in))
	}
	return found, skipped
}

func needsPublished(in Input) string {
	if in.Published == nil {
		return "no published site given (--against)"
	}
	return ""
}

func needsPages(in Input) string {
	if in.Pages == nil {
		return "the pages were not walked (--deep)"
	}
	return ""
}

// resolve knows the ids of the build and those of the published site, so that a runner
// without the data still knows every id.
func (in Input) resolve(kind content.Kind, id string) (content.Target, bool) {
	t, ok := in.Resolve(kind, id)
	if !ok && in.Published != nil {
		if url, known := in.Published.find(kind, id); known {
			return content.Target{URL: url}, true
		}
	}
	return t, ok
}

func (in Input) periods() []string {
	var out []string
	for i := range in.Site.Periods {
		out = append(out, in.Site.Periods[i].Name)
	}
	return out
}

func documents(in Input) diag.List {
	asOf := time.Unix(int64(in.Model.AsOf), 0).In(in.Site.Zone)
	return content.Check(in.Docs, in.resolve, asOf)
}

func terms(in Input) diag.List { return content.Ended(in.Docs, in.resolve, today(in)) }

func today(in Input) content.Date {
	return content.DateOf(time.Unix(int64(in.Model.AsOf), 0).In(in.Site.Zone))
}

func prose(in Input) diag.List {
	var out diag.List
	for _, d := range in.Docs.All() {
		_, problems := content.Render(d, content.Options{Resolve: in.resolve, Periods: in.periods(), Drawn: in.Drawn})
		out.Append(problems)
		_, problems = content.Links(d, in.resolve)
		out.Append(problems)
	}
	return out
}
