package report

import "slices"

// Page is one page of the site. Subject, Article, Explained or Moved holds its body.
type Page struct {
	Kind    string // name of its row in Kinds: the layout that draws it
	Path    string // from the site's root: "org/payments/index.html"
	Title   string // plain text, without the site's title
	Root    string // path of the site's root on its host where links cannot be relative; else ""
	Site    *Frame // what all pages share
	Trail   []Span // from the root to the page's parent
	Tree    []TreeItem
	Periods []PeriodLink // none on pages without figures
	Subject *Subject
	Article *Article
	Moved   *Moved
	Twin    *Twin        // the figures behind the page, unrounded; nil where there are none
	Talk    *TwinTalk    // index.json of the page of conversations; nil on others
	Changes *TwinChanges // index.json of the page of changes; nil on others
	Map     *TwinMap     // index.json and data.csv of a page of the map; nil on others
	Card    *Card        // what stands for the page elsewhere; nil where it is about no subject
	Feed    *Feed        // what changed, to subscribe to; nil where there is none
	Records *Records     // a CSV beside the page; nil where there is none

	Explained *Explained
	Beside    *Page // explains the figures of this one; nil where there are none
}

// HasCharts reports whether the page needs the script for charts.
func (p *Page) HasCharts() bool {
	s := p.Subject
	if p.Article != nil {
		return p.Article.Prose.hasCharts() || slices.ContainsFunc(p.Article.Sections, func(s ArticleSection) bool { return s.Figure != nil })
	}
	return s != nil && (s.Context.Prose.hasCharts() || s.Incidents.Chart != nil || s.Tests.Chart != nil || len(s.Levels.Full) > 0 ||
		s.Delivery.Chart != nil || s.Security.Chart != nil || len(s.Cost.Months) > 0)
}

// Frame is what all pages share.
type Frame struct {
	Title     string
	Home      string // path of the root's page
	Lang, Dir string
	Nav       []Span
	Skip      Sentence
	WhatIf    Cell     // what is supposed and is not so; empty on the site as it is
	Find      Sentence // what the search is for
	TreeTitle Sentence
	TreeHint  Sentence // what the counts on the org chart mean
	PagesName Sentence
	TrailName Sentence
	AsOf      Span
	Fresh     Span // how the sources fare
	Foot      Sentence
	Late      Sentence // said by the script when the next build is overdue
	Choose    Sentence // name of the period switch
}

// PeriodLink is one choice of the period switch.
type PeriodLink struct {
	Name    string // "28d": in addresses and in the twins
	Text    Sentence
	Default bool
}

// Section is the heading of a block.
type Section struct {
	ID    string
	Title Sentence
	Lead  Sentence // one line under the heading; may say nothing
}

// Subject is the body of a node's, service's or journey's page. A block whose Section has
// no title is not on the page.
type Subject struct {
	Name      string
	Line      []Span // kind and what it holds
	Lineage   []Span // what it was part of before, and what it stands for
	Edit      Span   // link to the source of the page's words; may be empty
	Facts     Facts
	Attention Attention
	Voice     Voice
	Changes   Changed
	Numbers   Numbers
	Context   Context
	Talk      Talk
	Levels    Levels
	Incidents Incidents
	Tests     Tests
	Delivery  Delivery
	Security  Security
	Cost      Cost
	Bandwidth Bandwidth
	Members   []Listing // services, journeys, dependencies inside
	Origin    Origin
	Boundary  []Border
	Notes     Notes
}

// Attention says what needs a conversation, gravest first.
type Attention struct {
	Section
	Lines []AttentionLine
	Empty Sentence
}

// Changed is what is otherwise at a node and below, what needs someone first.
type Changed struct {
	Section
	Lines []AttentionLine
	Empty Sentence
	More  Sentence // what was left out, and where it is
	Feed  Sentence // how to subscribe; none where the site has no feeds
}

// AttentionLine is one state with its lever.
type AttentionLine struct {
	Mark  Mark
	Text  Sentence
	Lever Sentence
}

// Numbers are the figures of a subject.
type Numbers struct {
	Section
	Leads   []Sentence // Lead over each of the page's periods
	Glance  Glance
	Tiles   []Tile     // those a leader reads first
	Further []Tile     // the others, drawn smaller
	Missing []Sentence // which metrics have no figure here, and why
	Dispute Span       // where it is said that one of them is wrong; may be empty
	Empty   Sentence
}

// Tile is one metric over each period.
type Tile struct {
	Metric   string // id; with the prefix "m-" the tile's anchor
	To       string // where the figure stands in full, of a tile that only points there: "#m-cost"
	Title    Span
	Caveats  []CaveatMark
	Default  int // index into Periods
	Periods  []TilePeriod
	Coverage Sentence // only where not all is covered
	Spark    *Chart
	Detail   Detail
}

// TilePeriod is what a tile says about one period.
type TilePeriod struct {
	Name    string // of the period
	Value   Span
	Known   bool
	Change  Sentence // against the period before
	Usual   Sentence // the usual range, and whether the value is outside
	Outside Mark     // set where the value is outside: a risk, or quiet where that is wished
	Bar     *Chart   // its segments; nil where there are none
	Caption Cell
}

// CaveatMark points from a number to a caveat about it.
type CaveatMark struct {
	Kind Sentence // note, disputed or pilot
	Text string
	Href string
}

// Detail is what opens under a number: how it was computed.
type Detail struct {
	Open    Sentence
	Formula string
	Records Span // how many it is made of: leads to the page that explains it
}

// ID is the tile's anchor; one that points has the number itself elsewhere on the page.
func (t *Tile) ID() string {
	if t.To != "" {
		return "first-" + t.Metric
	}
	return "m-" + t.Metric
}

// Voice is what those who answer for a node say, in the first screen: the beginning of their
// words, and where the rest is.
type Voice struct {
	Section
	Text  string   // the first paragraph, shortened; "" where nothing is written
	Empty Sentence // where to write
	Lines []Span   // the rest of the words, what is decided and asked, what changed
}

// Context is the words of those who answer for the subject.
type Context struct {
	Section
	Prose   Prose
	By      Cell // age, review, edit link
	Links   []Span
	Tags    []Span
	Side    []SideNote // remarks of the subject itself
	Below   []SideNote // of what flows into its figures
	More    Sentence   // opens the remarks from below
	Empty   Sentence   // how to write the first words
	Present bool
	Old     bool // its day of review has passed
}

// SideNote is a dated remark beside the text: a caveat or a mark.
type SideNote struct {
	ID    string
	Head  Sentence
	Text  string
	Where Sentence // which number, which node it comes from
}

// Talk is what is asked, provided, decided and traded at a subject.
type Talk struct {
	Section
	Groups []TalkGroup
	More   Sentence // what is said below, and where it is listed
	Add    Sentence // where to write; where nothing is written yet, what
}

// TalkGroup is one list of a Talk.
type TalkGroup struct {
	ID    string
	Title Sentence
	Items []TalkItem
	More  Sentence // what was left out, and where it is
}

// TalkItem is one thing said.
type TalkItem struct {
	ID    string // anchor
	Head  Cell   // who, whom, what; may be empty
	Text  string // their words; may be empty
	Lines []Cell // since when, by which role, the answer, where to write it
}

// Incidents are the incidents of the default period, newest first.
type Incidents struct {
	Section
	Chart   *ChartFigure
	Table   Table
	Empty   Sentence
	Hours   *ChartFigure // where the time of the responses went
	Lengths *ChartFigure // how long each of their phases took
	Behind  Cell         // how these figures came about
	Learned Table        // what was learned of them
	Stories []Story
	Themes  Cell // what keeps coming back here
}

// Story is the narrative of one incident.
type Story struct {
	ID    string // anchor
	Title Span
	By    Cell
	Prose Prose
}

// Tests are the synthetic tests of a subject.
type Tests struct {
	Section
	Chart *ChartFigure
	Table Table
}

// Delivery are the figures of how changes reach production.
type Delivery struct {
	Section
	Caution Sentence // how to read them, and how not
	Chart   *ChartFigure
	Tiles   []Tile // of a service
	Figures Table  // of what holds several services
	Table   Table  // of services; at a service of its deployments
	Left    Cell   // what is in no figure, and why
}

// Security are the figures of what security scanners found.
type Security struct {
	Section
	Caution Sentence // how to read them, and how not
	Counts  Table    // by severity
	Chart   *ChartFigure
	Lines   []Cell // what the counts do not say
	Table   Table  // of a service: what is open
}

// Cost is what a subject costs, and what that pays for.
type Cost struct {
	Section
	Until    Cell           // which sources end early
	Beside   Sentence       // at the root: what suppliers cost
	Figures  Table          // a column per period
	Months   []*ChartFigure // a chart per currency
	Terms    Table          // of a node: where it lies
	Serves   Table          // beside which objectives: at a node a row per service
	Question Sentence       // of a service or journey
}

// Bandwidth are the people of a node, as counts: never who they are.
type Bandwidth struct {
	Section
	People Table      // as of now
	Pages  Table      // per person, a column per period
	Lines  []Sentence // what to ask about
}

// Listing is a section that is one table.
type Listing struct {
	Section
	Table Table
	Empty Sentence
}

// Border is what crosses the border of a node one way: incidents, then dependencies.
type Border struct {
	Listing
	Lines []Cell
}

// Facts are short statements about a service or journey: a term and its value.
type Facts struct {
	Rows []Fact
}

// Fact is one statement.
type Fact struct {
	Name  Sentence
	Value Cell
}

// Origin says where totals come from: the conservation lines.
type Origin struct {
	Section
	Totals []Total
}

// Total is one conservation line: the terms add up to the value.
type Total struct {
	Title Sentence
	Sum   Sentence // the equation in words
	Terms []Term   // as they are drawn
	Table Table    // all of them
}

// Term is one term of a total.
type Term struct {
	Sign     string // "+ ", "− ", "= "; "" before the first
	Title    Span
	Value    string
	From, To float64 // where its bar lies, as shares of the width
	Kind     string  // child, direct, shared, total
}

// Notes say what the figures stand on.
type Notes struct {
	Section
	Sources Table // that there is something to say about
	Fine    Cell  // the others
	Lines   []Sentence
}

// Article is the body of the pages that are not about one subject.
type Article struct {
	Name     string
	Lead     Sentence
	Prose    Prose
	By       Cell
	Choices  []Choice
	Contents []ContentsLine
	Sections []ArticleSection

	StoriesHead Section
	Stories     []Story
}

// ContentsLine leads to a section or a page.
type ContentsLine struct {
	To    Span
	Count int // as of ArticleSection
}

// Choice is a choice between pages that show the same in another way.
type Choice struct {
	Name  Sentence
	Items []ChoiceItem
}

// ChoiceItem is one of them.
type ChoiceItem struct {
	To      Span
	Current bool
}

// ArticleSection is one section of an article.
type ArticleSection struct {
	ID    string
	Title Span
	Count int    // shown beside the title; -1 for none
	Paras []Cell // paragraphs
	Facts Facts
	Table Table

	Figure *ChartFigure
	Matrix Table // before the table

	RestOpen Sentence // opens the rows that are too many to be read in passing
	Rest     Table
}

// Records are a CSV beside a page.
type Records struct {
	Path    string
	Columns []string
	Rows    [][]string
}
