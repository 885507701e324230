package report

// Levels are the objectives of a subject: at a node the worst few, on a service's or a
// journey's page each in full.
type Levels struct {
	Section
	States   Cell         // how many are in each state
	Cards    []LevelCard  // at a node: the worst few, their budgets on one scale
	Full     []LevelFull  // on a service's or journey's page
	Own      Table        // at a node: the objectives that it answers for itself
	Journeys Table        // at a node: those of which it carries a part
	Without  LevelWithout // services that have no objective
	More     Cell         // where all of them are listed
	Empty    Sentence
}

// LevelCard is what is said of an objective wherever it stands.
type LevelCard struct {
	Title   Span
	State   Span
	Subject Span   // empty on the subject's own page
	Small   *Chart // what is left of its budget; nil without data
	Lines   []Cell // budget, status, reason, decision
}

// LevelFull is an objective on its subject's page.
type LevelFull struct {
	LevelCard
	ID       string // anchor
	Facts    Facts
	Burndown *ChartFigure // nil without data
	Days     *ChartFigure // the year, day by day; nil where nothing was measured
	Views    Table        // by week and by month
	ViewsOf  Sentence     // opens them
	How      LevelHow
}

// LevelHow opens under an objective: how it was judged and what was left out.
type LevelHow struct {
	Open    Sentence
	Formula Sentence
	Facts   Facts
	Left    Table // exclusions
}

// LevelWithout names the services of a node that have no objective.
type LevelWithout struct {
	Open     Sentence
	Services Cell
}
