package generator_test

import (
	"regexp"
	"testing"
)

// questions are what a leader asks of a node, and where its first screen answers.
var questions = []struct{ asked, at string }{
	{"what waits for a decision here", ".attention li"},
	{"is it ours or inherited", ".glance dl > div:nth-child(1)"},
	{"what do the teams say", ".voice blockquote"},
	{"is it outside our usual", ".glance dl > div:nth-child(2)"},
	{"can I trust the number", ".glance dl > div:nth-child(3)"},
}

// answers are those of three nodes of the sample, in the order of questions.
var answers = map[string][5]string{
	"": {
		`^Feature flags answer has spent \d+ % of its budget, and no decision is recorded`,
		`Mostly ours: .+ of .+ of incident time began here`,
		`^The autumn is about one thing`,
		`\d+ of \d+ numbers: .*Synthetic tests`,
		`all \d+ sources up to date · 193 of 246 services have data · 1 number is disputed`,
	},
	"consumer": {
		`^Incident time of .+ is above what is usual here`,
		`Mostly ours: .+ of .+ of incident time began here`,
		`^Everything that a customer touches before the money moves`,
		`\d+ of \d+ numbers: Incident time`,
		`all \d+ sources up to date · \d+ of 82 services have data`,
	},
	"card-payments": {
		`^Card payments are answered has spent \d+ % of its budget, and no decision is recorded`,
		`Mostly inherited: .+ of .+ of incident time began elsewhere, most of it at \(third party\)`,
		`^We pass on what the card network decides`,
		`\d+ of \d+ numbers: Synthetic tests`,
		`all \d+ sources up to date · 4 of 4 services have data`,
	},
}

// inSight is the text of the first element of a selector where all of it is seen without
// scrolling, else what hides it.
const inSight = `((selector) => {
	const e = document.querySelector(selector);
	if (!e) return "(not on the page)";
	const box = e.getBoundingClientRect();
	if (scrollY !== 0 || box.top < 0 || box.bottom > innerHeight || box.right > innerWidth) return "(out of sight at " + Math.round(box.bottom) + ")";
	const seen = document.elementFromPoint(box.left + 2, box.top + box.height / 2);
	return e.contains(seen) || seen?.contains(e) ? e.innerText.replace(/\s+/g, " ").trim() : "(covered)";
})`

// A leader asks five questions of a node, and scrolls for none.
func TestFiveQuestionsOnTheFirstScreen(t *testing.T) {
	if testing.Short() {
		t.Skip("a browser takes its time")
	}
	b := startBrowser(t)
	for node, want := range answers {
		for _, scripts := range []bool{true, false} {
			w := b.tab(t, b.base)
			w.scripts(scripts)
			w.size(1440, 900)
			path := "index.html"
			if node != "" {
				path = urlOf(t, b.site, "node", node)
			}
			w.open(b.base + path)
			w.scripts(true)
			for i, q := range questions {
				got := eval[string](w, inSight+`("`+q.at+`")`)
				if !regexp.MustCompile(want[i]).MatchString(got) {
					t.Errorf("%q, scripts %t: %s? %q, want %s", node, scripts, q.asked, got, want[i])
				}
			}
		}
	}
}
