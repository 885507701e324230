package model

// NoCount is the count of something that is not recorded.
const NoCount = -1

// Ref is an id as given, interned in its Batch.
type Ref uint32

// Batch holds the accepted records of one file of one source, with references still as
// text. Packages fill batches in parallel, one goroutine each; Freeze consumes them.
type Batch struct {
	Source int // index into Input.Sources
	File   string
	// Remembered says that the records are what earlier builds knew: fresh ones win, and
	// they count in SourceInfo.Remembered alone.
	Remembered bool

	Nodes        []NodeRecord
	Services     []ServiceRecord
	Dependencies []DependencyRecord
	Journeys     []JourneyRecord
	Incidents    []IncidentRecord
	Objectives   []ObjectiveRecord
	Exclusions   []ExclusionRecord
	Deployments  []DeploymentRecord
	Findings     []FindingRecord
	Observations []ObservationRecord
	Staffing     []StaffingRecord

	refs    interner
	words   interner // severities, types, locations, environments, results, components, currencies, kinds
	urls    interner
	refPool []Ref
	tests   []testRecord
	testOf  map[testKey]uint32
	last    uint32       // test of the last result: neighbours are often of one test
	wide    []wideCounts // of results, where they are not small
	buckets bucketStore
	costs   []costRow
	costOf  map[costKey]int
}

// NodeRecord is a record of the dataset nodes.
type NodeRecord struct {
	ID, Title, Kind, Parent, Successor string
	Aliases                            []string
	Order                              float64
	HasOrder                           bool
	ValidFrom, ValidTo                 Day
	Partial                            bool // says something about a node that another record defines
	Line                               uint32
}

// ServiceRecord is a record of the dataset services. An owner that is a person ("user:…"
// or an address) counts as none and is never printed.
type ServiceRecord struct {
	ID, Title, Tier, Lifecycle, System, URL string
	Owners, Aliases                         []string
	ThirdParty                              bool
	ValidFrom, ValidTo                      Day
	Partial                                 bool
	Line                                    uint32
}

// DependencyRecord is a record of the dataset dependencies.
type DependencyRecord struct {
	From, To string
	Hardness Hardness
	Observed bool // evidence is observed; declared otherwise
	Line     uint32
}

// JourneyRecord is a record of the dataset journeys.
type JourneyRecord struct {
	ID, Title, Owner, URL string
	Services              []string
	Line                  uint32
}

// RefList is a list of references of a Batch.
type RefList struct{ from, to uint32 }

// IncidentRecord is a record of the dataset incidents. Severity is already the
// organisation's word where site.toml maps it. Counts are NoCount where not recorded.
type IncidentRecord struct {
	ID, Title, URL, Review         string
	Severity, Type                 Ref // of Batch.Word
	Services, Cause                RefList
	Moments                        [NumMoments]Time
	Planned, Reviewed              bool
	DetectedBy                     DetectedBy
	FollowupsOpen, FollowupsClosed int32
	Line                           uint32
}

// ResultRecord is a record of the dataset synthetics. Exactly one of Service and Journey
// is given; At is the first moment of the day where IsDay.
type ResultRecord struct {
	Test, Title, Service, Journey, Location, URL []byte
	At                                           Time
	IsDay                                        bool
	Passed, Failed, Flaky, Skipped               uint32
	Line                                         uint32
}

type testKey struct {
	test, subject Ref
	journey       bool
}

// testRecord is a test of the file with its results, in blocks that grow without copying.
type testRecord struct {
	id, subject Ref
	title       string
	journey     bool
	blocks      [][]resultRow
}

// The rows of a block: few tests have many results, and many have few.
const (
	minBlock = 16
	maxBlock = 4096
)

func (t *testRecord) add(r resultRow) {
	n := len(t.blocks)
	if n == 0 || len(t.blocks[n-1]) == cap(t.blocks[n-1]) {
		rows := minBlock
		if n > 0 {
			rows = min(2*cap(t.blocks[n-1]), maxBlock)
		}
		t.blocks = append(t.blocks, make([]resultRow, 0, rows))
		n++
	}
	t.blocks[n-1] = append(t.blocks[n-1], r)
}

// Ref interns an id.
func (b *Batch) Ref(id []byte) Ref { return b.refs.add(id) }

// Word interns a severity, type, location, environment or result; the empty word is "not recorded".
func (b *Batch) Word(w []byte) Ref { return b.words.add(w) }

// Refs keeps a list of ids.
func (b *Batch) Refs(ids []Ref) RefList {
	from := len(b.refPool)
	b.refPool = append(b.refPool, ids...)
	return RefList{uint32(from), uint32(len(b.refPool))}
}

func (b *Batch) list(l RefList) []Ref { return b.refPool[l.from:l.to] }

// AddResult keeps a synthetic result. Its byte slices may be reused by the caller. Of the
// addresses, only those of failures are kept: nobody looks up what went well, and systems
// that give each run its own have millions.
func (b *Batch) AddResult(r *ResultRecord) {
	counts := wideCounts{passed: r.Passed, failed: r.Failed, flaky: r.Flaky, skipped: r.Skipped}
	if r.Failed > 0 {
		counts.url = uint32(b.urls.add(r.URL))
	}
	row := resultRow{at: clampSeconds(r.At), line: r.Line, location: uint16(min(b.words.add(r.Location), maxWords))}
	if r.IsDay {
		row.flags = flagDay
	}
	var fits bool
	if row.counts, fits = counts.packed(); !fits {
		row.flags |= flagWide
		row.counts = uint32(len(b.wide))
		b.wide = append(b.wide, counts)
	}
	b.tests[b.test(r)].add(row)
}

// maxWords bounds distinct locations, severities and types of one batch.
const maxWords = 1<<16 - 1

func (b *Batch) test(r *ResultRecord) uint32 {
	subject, journey := r.Service, false
	if len(subject) == 0 {
		subject, journey = r.Journey, true
	}
	if int(b.last) < len(b.tests) && b.isTest(&b.tests[b.last], r.Test, subject, journey) {
		return b.last
	}
	key := testKey{b.refs.add(r.Test), b.refs.add(subject), journey}
	i, ok := b.testOf[key]
	if !ok {
		if b.testOf == nil {
			b.testOf = map[testKey]uint32{}
		}
		i = uint32(len(b.tests))
		b.tests = append(b.tests, testRecord{id: key.test, subject: key.subject, title: string(r.Title), journey: journey})
		b.testOf[key] = i
	}
	b.last = i
	return i
}

func (b *Batch) isTest(t *testRecord, id, subject []byte, journey bool) bool {
	return t.journey == journey && b.refs.text(t.id) == string(id) && b.refs.text(t.subject) == string(subject)
}

// clampSeconds keeps a moment within what a Result can hold: 1970 to 2106.
func clampSeconds(t Time) uint32 { return uint32(max(0, min(t, 1<<32-1))) }

// interner gives small numbers to texts; number 0 is the empty text.
type interner struct {
	index map[string]Ref
	texts []string
	last  Ref // neighbours are often equal
}

func (in *interner) add(text []byte) Ref {
	if in.index == nil {
		in.index, in.texts = map[string]Ref{"": 0}, []string{""}
	}
	if in.texts[in.last] == string(text) {
		return in.last
	}
	r, ok := in.index[string(text)]
	if !ok {
		r = Ref(len(in.texts))
		s := string(text)
		in.texts = append(in.texts, s)
		in.index[s] = r
	}
	in.last = r
	return r
}

// word gives a small number to a word; those beyond the bound read as not recorded.
func (in *interner) word(text string) uint16 {
	if r := in.add([]byte(text)); r < maxWords {
		return uint16(r)
	}
	return 0
}

func (in *interner) text(r Ref) string {
	if int(r) >= len(in.texts) {
		return ""
	}
	return in.texts[r]
}
