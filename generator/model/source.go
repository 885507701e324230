package model

// SourceInfo is what the model knows of one source.
type SourceInfo struct {
	Name        string
	Title       string
	Datasets    []Dataset
	CoversFrom  Time // covers_from, else the start of its first record; None without records
	Pilot       bool
	FileNames   []string
	Read        int // accepted + merged + rejected
	Accepted    int
	Merged      int
	Rejected    int
	Remembered  int // records that it gave to earlier builds and gives no more; not in Read
	Unmapped    int // inputs for which the mapping emitted nothing
	Rejects     []Reject
	FetchedAt   Time // when its newest file was written or fetched; None where unknown
	Status      SourceStatus
	Reason      string   // why it is not ok
	Warnings    []string // what the source says is wrong with its data, in its own words
	Definition  string   // one line of its kind, format and mapping, without secrets
	CoversCount int      // subjects that it covers
}

// SourceStatus is how a source fared in this build.
type SourceStatus uint8

// The states of a source, as in build.json.
const (
	SourceOK SourceStatus = iota
	SourceStale
	SourceOmitted
	SourceFailed
)

// String returns the word of build.json.
func (s SourceStatus) String() string {
	return [...]string{"ok", "stale", "omitted", "failed"}[s]
}

// Reject is one record that could not be used.
type Reject struct {
	File   string
	Line   int
	Reason string
}
