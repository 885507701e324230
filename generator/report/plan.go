package report

import (
	"uptree/generator/config"
	"uptree/generator/content"
	"uptree/generator/model"
	"uptree/generator/rollup"
	"uptree/generator/signal"
)

// Kind is a row of the table of page kinds.
type Kind struct {
	Name string // its layout: layouts/<name>.html
	URL  string // pattern, for readers
	Doc  string // what it answers

	count   func(*Plan) int
	path    func(*Plan, int) string // of the page, without composing it
	compose func(*Plan, int) *Page
}

// Kinds is the table of page kinds. A new kind of page is one row, its composer and its
// layout.
var Kinds = []Kind{
	{Name: "node", URL: "/ for the root, /org/<id>/", Doc: "How are we doing, whose lever is it, what do the teams say?",
		count: func(p *Plan) int { return len(p.model.Nodes) }, path: func(p *Plan, i int) string { return p.nodes[i] }, compose: composeNode},
	{Name: "service", URL: "/service/<id>/", Doc: "Incidents, tests, dependencies in and out, owner.",
		count: func(p *Plan) int { return len(p.model.Services) }, path: func(p *Plan, i int) string { return p.service[i] }, compose: composeService},
	{Name: "journey", URL: "/journey/<id>/", Doc: "A flow of a consumer across teams, and the level that answers for it.",
		count: func(p *Plan) int { return len(p.model.Journeys) }, path: func(p *Plan, i int) string { return p.journey[i] }, compose: composeJourney},
	{Name: explainedKind, URL: "numbers.html beside each of them", Doc: "How did each number come about: formula, terms, records, sources?",
		count: none},
	{Name: "cracks", URL: "/cracks/", Doc: "What belongs to nobody, or not clearly.",
		count: single, path: at(cracksPath), compose: composeCracks},
	{Name: "map", URL: "/map/ for the first level, /map/<level>/; each also /<period>/", Doc: "Who waits on whom, and who caused what for whom, across the borders of a level.",
		count: (*Plan).mapPages, path: (*Plan).mapPath, compose: composeMap},
	{Name: "conversations", URL: "/conversations/", Doc: "What is asked, decided and traded: waiting, due for another look, holding, answered.",
		count: single, path: at(talkPath), compose: composeConversations},
	{Name: "changes", URL: "/changes/", Doc: "What changed since yesterday, last week, last month.",
		count: single, path: at(changesPath), compose: composeChanges},
	{Name: "themes", URL: "/themes/", Doc: "What keeps coming back, where: the tags of documents, and the narratives of incidents.",
		count: single, path: at(themesPath), compose: composeThemes},
	{Name: "metrics", URL: "/metrics/", Doc: "Every metric's definition, operator and caveats.",
		count: single, path: at(metricsPath), compose: composeMetrics},
	{Name: "data", URL: "/data/", Doc: "Every source: state, age, records read and rejected.",
		count: single, path: at(dataPath), compose: composeData},
	{Name: "guide", URL: "/guide/, /guide/<name>/", Doc: "How to read and edit the site, and free pages.",
		count: func(p *Plan) int { return 1 + len(p.pages) }, path: (*Plan).guidePage, compose: composeGuide},
	{Name: "moved", URL: "/org/<id>/, /service/<id>/", Doc: "For old addresses: leads to the node that took over, or to the service with that other id.",
		count: func(p *Plan) int { return len(p.moved) }, path: func(p *Plan, i int) string { return p.moved[i].path }, compose: composeMoved},
	{Name: "404", URL: "/404.html", Doc: "For addresses that lead nowhere.",
		count: single, path: at(missingPath), compose: composeMissing},
}

func single(*Plan) int { return 1 }

// none is the count of pages that are composed along with those above them.
func none(*Plan) int { return 0 }

func at(path string) func(*Plan, int) string { return func(*Plan, int) string { return path } }

// Key names a page: a row of Kinds and a place in it.
type Key struct{ Kind, Index int }

// Plan is the site that will be written. It is read-only and safe for concurrent use.
type Plan struct {
	Words *Words

	site     *config.Site
	cube     *rollup.Cube
	model    *model.Model
	docs     *content.Docs
	found    *signal.Findings
	frame    *Frame
	period   int // index of the default period in the cube
	pages    []*content.Doc
	nodes    []string // paths of pages, by index
	service  []string
	journey  []string
	charts   *ChartText
	days     timeline
	periods  []periodWords
	ownFiles []bool // by file of the model: it is the site's own
	rows     metricRows
	metrics  []rollup.Metric // the cube's, in the site's words
	caveats  []placedCaveat  // of all documents
	themes   []theme
	finder   finder
	borders  []borders // by level of the map
	promised promises
	entries  []Entry        // of conversations
	windows  []changeWindow // what changed
	moved    []moved        // addresses
}

// Compose plans the site. The metrics and periods are the cube's, in its order.
func Compose(site *config.Site, cube *rollup.Cube, docs *content.Docs, found *signal.Findings, words *Words) *Plan {
	p := &Plan{
		Words: words, site: site, cube: cube, model: cube.Model, docs: docs, found: found,
		period: defaultPeriod(site, cube), pages: freePages(docs),
	}
	p.metrics = words.Metrics(cube.Metrics)
	p.address()
	p.ownFiles = p.listOwnFiles()
	p.charts = chartText(words)
	p.days = p.timeline()
	p.periods = p.wordPeriods()
	p.rows = findRows(cube)
	p.borders = make([]borders, p.mapLevels())
	p.caveats, p.themes = p.placeCaveats(), p.gatherThemes()
	p.entries = p.listEntries()
	p.windows = p.listWindows()
	p.moved = p.listMoved()
	p.frame = p.composeFrame()
	return p
}

func defaultPeriod(site *config.Site, cube *rollup.Cube) int {
	if d := site.DefaultPeriod(); d < len(cube.Periods) {
		return d
	}
	return 0
}

// Keys lists all pages, by kind and place.
func (p *Plan) Keys() []Key {
	var keys []Key
	for k := range Kinds {
		for i := range Kinds[k].count(p) {
			keys = append(keys, Key{k, i})
		}
	}
	return keys
}

// Page composes a page. It is pure: the same key gives an equal page.
func (p *Plan) Page(k Key) *Page {
	kind := &Kinds[k.Kind]
	page := kind.compose(p, k.Index)
	page.Kind, page.Site = kind.Name, p.frame
	return page
}

// metricRows are the rows of the metrics that pages name; -1 where the cube has none.
type metricRows struct {
	incidentTime, incidentCount, phaseHours, phaseDuration, synthetics, deployments, objectives, cost int

	findingsOpen, findingsOverdue, findingsOpened, findingsClosed, findingsAge int

	headcount, rotationSize, pagesPerHead int

	detected, reviewed, followups int
}

func findRows(cube *rollup.Cube) metricRows {
	return metricRows{
		incidentTime:  cube.Metric("incident_time"),
		incidentCount: cube.Metric("incident_count"),
		phaseHours:    cube.Metric("phase_hours"),
		phaseDuration: cube.Metric("phase_duration"),
		synthetics:    cube.Metric("synthetic_success"),
		deployments:   cube.Metric("deployment_frequency"),
		objectives:    cube.Metric("objectives"),

		findingsOpen: cube.Metric("findings_open"), findingsOverdue: cube.Metric("findings_overdue"), findingsAge: cube.Metric("findings_age"),
		findingsOpened: cube.Metric("findings_opened"), findingsClosed: cube.Metric("findings_closed"),
		cost: cube.Metric("cost"),

		headcount: cube.Metric("headcount"), rotationSize: cube.Metric("rotation_size"), pagesPerHead: cube.Metric("pages_per_head"),

		detected: cube.Metric("detected_by_customer"), reviewed: cube.Metric("reviews_done"), followups: cube.Metric("followups_open"),
	}
}
