package diag

// Code names a kind of problem for good: a letter for the area and three digits.
// C config, D data records, H history, M model, X context, T theme, S sources, P published
// output.
type Code string

// Entry is a row of the table of codes. Doc is shown by "uptree list rules".
type Entry struct {
	Code     Code
	Severity Severity
	Title    string
	Doc      string
}

// The codes. A new kind of problem is one constant here and one row in Codes.
const (
	TOMLSyntax        Code = "C101"
	WrongType         Code = "C102"
	UnknownKey        Code = "C103"
	WrongCase         Code = "C104"
	DuplicateKey      Code = "C105"
	OutOfRange        Code = "C106"
	MissingKey        Code = "C107"
	ConflictingKeys   Code = "C108"
	BadMapping        Code = "C109"
	UnknownPreset     Code = "C110"
	SecretInConfig    Code = "C111"
	NoConfig          Code = "C112"
	UnknownGate       Code = "C113"
	TakenMetric       Code = "C114"
	BadRecord         Code = "D101"
	UnknownColumn     Code = "D102"
	MissingColumn     Code = "D103"
	BadValue          Code = "D104"
	BadEncoding       Code = "D105"
	TooLarge          Code = "D106"
	MappingFailed     Code = "D107"
	MappingSilent     Code = "D108"
	UnknownSeverity   Code = "D109"
	ConflictingMerge  Code = "D110"
	FutureRecord      Code = "D111"
	UnknownResult     Code = "D112"
	OutOfOrder        Code = "D113"
	HistoryBroken     Code = "H101"
	HistoryUnused     Code = "H102"
	HistoryFull       Code = "H103"
	HistoryNotKept    Code = "H104"
	PreviousUnusable  Code = "H105"
	PreviousNotRead   Code = "H106"
	HistoryNewer      Code = "H107"
	UnknownReference  Code = "M101"
	TreeCycle         Code = "M102"
	SuccessorCycle    Code = "M103"
	SeveralRoots      Code = "M104"
	UnknownParent     Code = "M105"
	BadID             Code = "M106"
	CollidingIDs      Code = "M107"
	UnknownOwner      Code = "M108"
	UserOwner         Code = "M109"
	AmbiguousAlias    Code = "M110"
	EmptyTree         Code = "M111"
	ImpossibleChange  Code = "M112"
	GateUnheld        Code = "M113"
	NoOwner           Code = "M114"
	PromiseAbove      Code = "M115"
	Undeclared        Code = "M116"
	Unobserved        Code = "M117"
	FrontMatter       Code = "X101"
	UnknownSubject    Code = "X102"
	BrokenLink        Code = "X103"
	UnsafeLink        Code = "X104"
	RawHTML           Code = "X105"
	ReviewPassed      Code = "X106"
	BadReference      Code = "X107"
	PersonInContext   Code = "X108"
	ContextTooLarge   Code = "X109"
	MissingAlt        Code = "X110"
	BadImage          Code = "X111"
	TermEnded         Code = "X112"
	SecretInContext   Code = "X113"
	HeadingOrder      Code = "X114"
	ThemeBroken       Code = "T101"
	WordMissing       Code = "T102"
	BundleMissing     Code = "T103"
	OriginalMovedOn   Code = "T104"
	OriginalUnknown   Code = "T105"
	ShadowsNothing    Code = "T106"
	SourceFailed      Code = "S101"
	SourceEmpty       Code = "S102"
	SourceOmitted     Code = "S103"
	SourceStale       Code = "S104"
	SourceNotKept     Code = "S105"
	SourceWarns       Code = "S106"
	SourceOffline     Code = "S107"
	BrokenInternal    Code = "P101"
	BrokenAnchor      Code = "P102"
	DuplicateURL      Code = "P103"
	OutputLeftover    Code = "P104"
	DuplicateAnchor   Code = "P105"
	InlineCode        Code = "P106"
	NotConserved      Code = "P107"
	GoneFromPublished Code = "P108"
	SiteOld           Code = "P109"
	SourceOld         Code = "P110"
	SiteUnreadable    Code = "P111"
)

// Codes is the table of all codes, in order.
var Codes = []Entry{
	{TOMLSyntax, Error, "not valid TOML", "The file could not be read as TOML. Later problems in the same file may follow from it."},
	{WrongType, Error, "value of the wrong type", "The key exists, but its value has another type than the one named in the message."},
	{UnknownKey, Error, "unknown key", "Keys are checked, so that a typing mistake does not silently switch something off."},
	{WrongCase, Error, "key in the wrong case", "Keys are written in lower case, exactly as documented."},
	{DuplicateKey, Error, "key given twice", "The same key or table stands twice in the file."},
	{OutOfRange, Error, "value out of range", "The value has the right type but is not one that can be used; the message says what can."},
	{MissingKey, Error, "required key missing", "The table needs this key."},
	{ConflictingKeys, Error, "keys that exclude each other", "Only one of the named keys can be given."},
	{BadMapping, Error, "mapping does not compile", "The jq program of a source could not be compiled."},
	{UnknownPreset, Error, "unknown preset", "\"uptree list presets\" prints the presets that this program knows."},
	{SecretInConfig, Error, "secret written in site.toml", "Secrets are read from the environment: name the variable with token_env."},
	{NoConfig, Error, "no site.toml", "The folder named with --source holds no site.toml."},
	{UnknownGate, Error, "gate that cannot be", "The metric of the gate does not exist, or its bound is of another kind than the figure."},
	{TakenMetric, Error, "id of a metric that is taken", "A metric of the organisation's own has the id of one of uptree's."},
	{BadRecord, Warning, "record rejected", "The record could not be used. It is counted and listed on the data page."},
	{UnknownColumn, Warning, "column not used", "The column is no field of the dataset and no rename names it."},
	{MissingColumn, Error, "required column missing", "A required field of the dataset is in no column of the file."},
	{BadValue, Warning, "value not understood", "The field was left empty because its value could not be read."},
	{BadEncoding, Warning, "not valid UTF-8", "Bytes that are no UTF-8 were replaced with U+FFFD."},
	{TooLarge, Warning, "record too large", "The record is longer than uptree reads; it was rejected and counted."},
	{MappingFailed, Warning, "mapping failed on a record", "The jq program failed, ran too long or made too much output for one input."},
	{MappingSilent, Warning, "mapping emitted nothing", "The jq program emitted no record for some inputs; they are counted as unmapped."},
	{UnknownSeverity, Warning, "severity without a place in [severity]", "The word is shown as \"unknown\" until the table maps it."},
	{ConflictingMerge, Warning, "records disagree", "Two records of one id give different values; the first in file order is kept."},
	{FutureRecord, Note, "record after as_of", "The record begins after the build's clock and is not in this build."},
	{UnknownResult, Warning, "result without a place in [delivery]", "The deployment is left out of every figure until the table says what the word means."},
	{OutOfOrder, Warning, "ends before it begins", "The moments of the record contradict each other: an incident whose ends all lie before its start counts, and has no length."},
	{HistoryBroken, Warning, "file of history cannot be used", "It is damaged, or was written by another version. The site is built without what it held."},
	{HistoryUnused, Note, "history of a source that is gone", "What a source gave is remembered, but site.toml names it no more: it is kept and not shown until retain has passed."},
	{HistoryFull, Note, "too much to remember", "The source gives more than uptree remembers; what it drops is gone from the site as well."},
	{HistoryNotKept, Warning, "history not kept", "What this build pulled could not be put under .uptree: once the sources drop it, it is gone."},
	{PreviousUnusable, Error, "history of the published site cannot be read", "The site that --previous names could not be read, or not whole, and there is no history beside site.toml. A new site would replace the one history there is, so nothing is published."},
	{PreviousNotRead, Warning, "published site not read", "There is no site yet where --previous points, or it could not be read; the build goes on with the history beside site.toml."},
	{HistoryNewer, Error, "history of a later version", "A later version of uptree has written what is remembered. A build without it would lose it, so nothing is published."},
	{UnknownReference, Warning, "reference to an unknown id", "The id is in no record. The record is kept; the reference is listed under cracks."},
	{TreeCycle, Error, "cycle in the org tree", "A node is its own ancestor; the path is in the message."},
	{SuccessorCycle, Error, "cycle of successors", "A node is its own successor; the path is in the message."},
	{SeveralRoots, Warning, "several roots", "The tree has one root; the roots found are placed under a generated one."},
	{UnknownParent, Warning, "unknown parent", "The node names a parent that does not exist; it is placed under the generated root."},
	{BadID, Error, "id that cannot be used", "Ids may not be empty, \".\" or \"..\", nor start with \"_\"."},
	{CollidingIDs, Error, "ids that collide", "The ids differ only in case or in Unicode form, so that their pages would overwrite each other."},
	{UnknownOwner, Warning, "unknown owner", "The owner is no node of the tree; the service counts as not owned unless it has another owner."},
	{UserOwner, Warning, "owned by a person", "A person is not an owner; the service counts as not owned. The name is not printed."},
	{AmbiguousAlias, Warning, "alias of two services or nodes", "The alias is kept for the first of them."},
	{EmptyTree, Error, "no org nodes", "No source gave a node, so there is no tree to build a site for."},
	{GateUnheld, Error, "gate on what is not there", "The node or the part of the figure that the gate names does not exist; it counts as crossed."},
	{ImpossibleChange, Error, "what-if that cannot be", "The change of a what-if names something that is not there, or leaves no tree; nothing is compared."},
	{NoOwner, Warning, "services without an owner", "Nobody answers for them: what happens there counts for (not owned) alone."},
	{PromiseAbove, Warning, "promise above a dependency's", "A service cannot keep a target that is higher than the lowest of what it depends on."},
	{Undeclared, Note, "dependencies that nobody declared", "They were observed between services, and no source declares them."},
	{Unobserved, Note, "dependencies that were not observed", "They are declared, and no observation shows them."},
	{FrontMatter, Error, "front matter that cannot be used", "The block between the +++ lines is not valid for this kind of document."},
	{UnknownSubject, Error, "document for an unknown id", "The file's name is the id of nothing that exists; its text is published nowhere."},
	{BrokenLink, Error, "link to something unknown", "A typed or relative link leads nowhere."},
	{UnsafeLink, Error, "link that is not safe", "Only http, https, mailto-free and relative links are published."},
	{RawHTML, Warning, "HTML in Markdown", "HTML is not published; write Markdown."},
	{ReviewPassed, Warning, "review date has passed", "The document asks to be looked at again since the day it names."},
	{BadReference, Error, "reference to an unknown id", "A mark, caveat or link names an id that does not exist."},
	{PersonInContext, Error, "a person is named", "Context speaks of roles, not people: no addresses and no @handles."},
	{ContextTooLarge, Error, "document too large", "The document is longer than uptree reads."},
	{MissingAlt, Warning, "image without a description", "Write what the picture shows between the square brackets."},
	{BadImage, Error, "image that cannot be published", "The file is no PNG, JPEG or GIF, or too large. It was left out."},
	{TermEnded, Warning, "after its last day", "A caveat, decision, trade-off or grant still stands in a document after the day until which it held."},
	{SecretInContext, Error, "a key or password", "What looks like a secret is not published; the document is, without it."},
	{HeadingOrder, Note, "a level of headings is left out", "Headings go down one level at a time: readers of screen readers go by them."},
	{ThemeBroken, Error, "theme cannot be used", "A template of the theme does not parse or does not fit its data."},
	{WordMissing, Error, "words.toml does not fit", "A sentence is missing, unknown, or uses an argument it is not given."},
	{BundleMissing, Note, "charts are static", "The interactive charts were not built in; the pages show the drawn charts alone."},
	{OriginalMovedOn, Warning, "the original of a theme's file has moved on", "The file shadows one of the default theme that is another now: what was mended or added there is missing."},
	{OriginalUnknown, Note, "a theme's file of unknown origin", "Without the fingerprint of its original nobody can tell when that one moves on."},
	{ShadowsNothing, Warning, "a theme's file that is not used", "No page has such a layout."},
	{SourceFailed, Error, "source failed", "The source gave nothing that can be used and its on_error does not allow to go on without."},
	{SourceEmpty, Error, "fewer records than expected", "The source gave fewer records than its expect says it must."},
	{SourceOmitted, Warning, "source omitted", "The source failed and its on_error is omit: the site was built without it."},
	{SourceStale, Warning, "source stale", "The source failed: the site was built from its last good data, and says how old they are."},
	{SourceNotKept, Note, "last good copy not kept", "The source is fine, but its copy could not be put under .uptree: should it fail next time, there is nothing to fall back on."},
	{SourceWarns, Warning, "source warns of its own data", "It answered, and said that something is wrong with the answer: that a part of its data could not be had, say. The data are used; the data page shows the warning."},
	{SourceOffline, Note, "source not asked", "With --offline no source is asked: its last good data stand in, and the pages say how old they are."},
	{BrokenInternal, Error, "broken link in the output", "A published page links to a file that is not published."},
	{BrokenAnchor, Error, "broken anchor in the output", "A published page links to an anchor that its target does not have."},
	{DuplicateURL, Error, "two pages with one URL", "Two subjects would be published at the same address."},
	{OutputLeftover, Warning, "leftover in the output", "A published page holds a mark that a template engine leaves behind when something went wrong."},
	{DuplicateAnchor, Error, "anchor given twice", "Two elements of one page have the same id."},
	{InlineCode, Error, "inline script or style", "The page would break under the site's content security policy."},
	{NotConserved, Error, "a total does not reconcile", "A node's value is not the sum of its children and direct records less the shared: this is a bug of uptree."},
	{GoneFromPublished, Warning, "gone since the published site", "An id that the published site has is not in this build."},
	{SiteOld, Error, "published site is old", "Its last build is longer ago than --max-age allows: whatever builds it has stopped, or fails."},
	{SourceOld, Error, "published site without fresh data of a source", "The source failed at the last build, and its data are older than --max-age allows."},
	{SiteUnreadable, Error, "published site cannot be read", "Its build.json is not there, or is none, so nobody knows how old it is."},
}

// Lookup returns the table's row for a code; an unknown code is an error without a text.
func Lookup(c Code) Entry {
	for i := range Codes {
		if Codes[i].Code == c {
			return Codes[i]
		}
	}
	return Entry{Code: c}
}
