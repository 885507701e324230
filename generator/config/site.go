package config

import (
	"net/url"
	"time"

	"uptree/generator/diag"
	"uptree/generator/model"
)

// Site is what site.toml says, with every default filled in; Keys says what they are. It
// never changes after Load.
type Site struct {
	Dir      string // the folder that holds site.toml; relative paths start there
	File     string // the path as shown in messages
	Title    string
	Zone     *time.Location
	BaseURL  string // "" where none is given; ends with a slash
	EditURL  string // "" where none is given; holds {path}
	LineURL  string // where a line of a file of the site is read: "" or with {path} and perhaps {line}
	Periods  []Period
	Sources  []Source // in the order of the file
	Severity Severities
	// ImpactEnds is the moment that ends an impact: model.Mitigated (default) or model.Resolved.
	ImpactEnds model.Phase
	Delivery   model.DeliveryWords
	// Objectives are those of [slo.<id>]: a record per objective and change of its target.
	// Line is that of the file.
	Objectives []model.ObjectiveRecord
	MinEvents  int64 // fewer valid events are no data, where an objective does not say
	Security   model.SecurityRules
	// FindingsInFull publishes what was found; without it findings are counted alone.
	FindingsInFull bool
	Costs          model.PublishLevel // how much of costs is on the site
	Theme          Theme
	Publish        Publish
	History        History
	Metrics        []model.OwnMetric // in the order of the file
	Gates          []model.Gate      // in the order of the file; metrics, nodes and parts may not exist
	// CheckLevels is [check]: the severity of codes for this site. Errors stay errors.
	CheckLevels map[diag.Code]diag.Severity
}

// costLevels are the values of publish in [costs]; the index is the model.PublishLevel.
var costLevels = []string{model.PublishFull: "full", model.PublishCounts: "counts", model.PublishNone: "none"}

// Period is one [period.<name>]: a rolling number of days or a calendar unit.
type Period struct {
	Name    string // "28d", "month", "quarter"
	Days    int    // length of a rolling period; 0 for a calendar unit
	Default bool
}

// Source is one [source.<name>].
type Source struct {
	Name       string
	Pos        diag.Pos   // of the table's header
	Title      string     // the name where none is given
	Kind       string     // one of Kinds
	Path       string     // of kind file: pattern with slashes, relative to Site.Dir
	HTTP       HTTP       // of kinds http and prometheus
	Prometheus Prometheus // of kind prometheus
	Postgres   Postgres   // of kind postgres
	Command    Command    // of kind command
	Format     string     // "" means: from the file's extension
	Preset     string     // "" where Dataset is given
	Dataset    model.Dataset
	HasDataset bool
	Columns    map[string]string // field -> column of the file
	Map        string            // jq
	MapPos     diag.Pos
	OnError    OnError
	MaxStale   time.Duration // 0: no bound
	Expect     Expect
	Covers     []string  // ids, "node:<id>" for all below a node, or "*"
	CoversFrom model.Day // model.NoDay: from its first record
	Currency   string    // of costs whose records do not say; "" where not given
	Pilot      bool
	Merge      bool
	Remember   Remember
	MaxBytes   int64         // of all its files together
	Every      time.Duration // 0: at every build
	Timeout    time.Duration // 0: no bound
	Retries    int
	TokenEnv   string // name of the environment variable that holds its secret
}

// Origin is where the bytes of a source come from, for people: path, host or program.
func (src *Source) Origin() string {
	switch src.Kind {
	case "http", "prometheus", "postgres":
		address, _ := src.Asks()
		if u, err := url.Parse(address); err == nil {
			return u.Host
		}
		return ""
	case "command":
		return src.Command.program()
	}
	return src.Path
}

// Asks returns the address that the source asks, "" where it asks no host, and how many
// requests at once.
func (src *Source) Asks() (address string, perHost int) {
	switch src.Kind {
	case "http", "prometheus":
		return src.HTTP.URL, src.HTTP.PerHost
	case "postgres":
		return src.Postgres.URL, src.Postgres.PerHost
	}
	return "", 0
}

// OnError says what a failing source does to the build.
type OnError uint8

// The policies of on_error.
const (
	UseStale OnError = iota
	Omit
	Fail
)

// Expect guards against a mapping that silently matches nothing.
type Expect struct {
	MinRecords   int
	MayBeEmpty   bool          // min_records = 0 stands there: no record is no failure, even where there were some
	NewestWithin time.Duration // 0: no bound
	// Fields are those that most records must have. Nil stands for those that nearly all had
	// when the source was last good.
	Fields []string
}

// Severities is [severity.incidents]: the organisation's words, gravest first, and the
// vendor words that stand for them.
type Severities struct {
	Order []string
	Words map[string]string // vendor word -> word of Order; those of Order stand for themselves
}

// Theme is [theme].
type Theme struct {
	Name   string // folder under themes/ that shadows the default; "" for the default alone
	Bundle string // path of a chart bundle, relative to Site.Dir; "" for the built-in one
	Words  string // path of a words.toml, relative to Site.Dir
}

// Remember says what becomes of a source's records when it no longer gives them.
type Remember uint8

// The policies of remember.
const (
	RememberWindow Remember = iota // those behind its oldest record are forgotten, older ones remembered
	RememberAlways
	RememberNever
)

// History is [history]: how many days things are remembered.
type History struct {
	Retain  map[model.Dataset]int
	Numbers int
	Private []model.Dataset // not published
}

// Publish is [publish].
type Publish struct {
	Dir       string        // destination, relative to Site.Dir; default "public"
	Publisher string        // "", "swap" or "files"
	Every     time.Duration // between two builds; 0 where it does not say
}

// DefaultPeriod returns the index of the default period.
func (s *Site) DefaultPeriod() int {
	for i, p := range s.Periods {
		if p.Default {
			return i
		}
	}
	return 0
}
