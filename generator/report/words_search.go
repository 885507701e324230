package report

// The words of the search. But for the name of its field they stand in search.js, so that
// pages do not carry them.
const (
	wFind          Word = "search.find"
	wKindPage      Word = "search.page"
	wKindService   Word = "search.service"
	wKindJourney   Word = "search.journey"
	wKindObjective Word = "search.objective"
	wKindMetric    Word = "search.metric"
	wKindEnded     Word = "search.ended"
	wFindWhere     Word = "search.where"
	wFindAlso      Word = "search.also"
	wFindNone      Word = "search.none"
	wFindNoneHint  Word = "search.none_hint"
	wFindSome      Word = "search.some"
	wFindMore      Word = "search.more"
	wFindMissing   Word = "search.missing"
	wFindKeyOff    Word = "search.key_off"
	wFindKeyOn     Word = "search.key_on"
)

// searchWords is the table of them.
var searchWords = []wordSpec{
	{wFind, nil},
	{wKindPage, nil},
	{wKindService, nil},
	{wKindJourney, nil},
	{wKindObjective, nil},
	{wKindMetric, nil},
	{wKindEnded, []string{"kind"}},
	{wFindWhere, []string{"kind", "path"}},
	{wFindAlso, []string{"name"}},
	{wFindNone, []string{"text"}},
	{wFindNoneHint, nil},
	{wFindSome, []string{"n"}},
	{wFindMore, []string{"n", "of"}},
	{wFindMissing, nil},
	{wFindKeyOff, nil},
	{wFindKeyOn, nil},
}
