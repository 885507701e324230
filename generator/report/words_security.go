package report

// The words of security findings.
const (
	wSecurity         Word = "security.title"
	wSecurityLead     Word = "security.lead"
	wSecurityCaution  Word = "security.caution"
	wSecurityCounts   Word = "security.counts"
	wSecurityAll      Word = "security.all"
	wSecurityOpen     Word = "security.open"
	wSecurityOverdue  Word = "security.overdue"
	wSecurityOpened   Word = "security.opened"
	wSecurityClosed   Word = "security.closed"
	wSecuritySeverity Word = "security.severity"
	wSecurityKinds    Word = "security.kinds"
	wSecurityAge      Word = "security.age"
	wSecurityAgeLong  Word = "security.age_long"
	wSecurityShared   Word = "security.shared"
	wSecurityNoDue    Word = "security.no_due"
	wSecurityFirst    Word = "security.first_look"
	wSecurityGrave    Word = "security.grave"
	wSecurityList     Word = "security.list"
	wSecurityKind     Word = "security.kind"
	wSecurityWhat     Word = "security.what"
	wSecurityIn       Word = "security.what_in"
	wSecuritySince    Word = "security.since"
	wSecurityAtLeast  Word = "security.at_least"
	wSecurityDue      Word = "security.due"
	wSecurityPast     Word = "security.past"
	wSecurityScanner  Word = "security.scanner"
	wSecurityOpenIt   Word = "security.open_it"
	wFindingsSource   Word = "members.covered_findings"
	wReasonNoLimit    Word = "reason.no_limit"
	wNoteFirstLook    Word = "note.first_look"
	wCrackFound       Word = "cracks.found_service"
	wCrackFoundWhy    Word = "cracks.found_service_why"
)

// securityWords are their rows of the table of words.
var securityWords = []wordSpec{
	{wSecurity, nil},
	{wSecurityLead, []string{"period"}},
	{wSecurityCaution, nil},
	{wSecurityCounts, []string{"period"}},
	{wSecurityAll, nil},
	{wSecurityOpen, nil},
	{wSecurityOverdue, nil},
	{wSecurityOpened, nil},
	{wSecurityClosed, nil},
	{wSecuritySeverity, []string{"severity"}},
	{wSecurityKinds, nil},
	{wSecurityAge, []string{"median"}},
	{wSecurityAgeLong, []string{"median", "p90"}},
	{wSecurityShared, []string{"n"}},
	{wSecurityNoDue, []string{"n"}},
	{wSecurityFirst, []string{"n"}},
	{wSecurityGrave, nil},
	{wSecurityList, nil},
	{wSecurityKind, nil},
	{wSecurityWhat, nil},
	{wSecurityIn, []string{"rule", "via"}},
	{wSecuritySince, nil},
	{wSecurityAtLeast, []string{"day"}},
	{wSecurityDue, nil},
	{wSecurityPast, []string{"day"}},
	{wSecurityScanner, nil},
	{wSecurityOpenIt, nil},
	{wFindingsSource, nil},
	{wReasonNoLimit, nil},
	{wNoteFirstLook, []string{"n", "metric"}},
	{wCrackFound, nil},
	{wCrackFoundWhy, nil},
}
