package report

import (
	"slices"

	"uptree/generator/signal"
)

// The words of what changed.
const (
	wNavChanges     Word = "site.changes"
	wChanges        Word = "changes.title"
	wChangesLead    Word = "changes.lead"
	wChangesNone    Word = "changes.none"
	wChangesNothing Word = "changes.nothing"
	wSinceYesterday Word = "changes.since_yesterday"
	wSinceWeek      Word = "changes.since_week"
	wSinceMonth     Word = "changes.since_month"
	wSinceFirst     Word = "changes.since_first"
	wSinceOlder     Word = "changes.since_older"
	wFirstBuild     Word = "changes.first_build"
	wChangesFeed    Word = "changes.feed"
	wChangesFeedOf  Word = "changes.feed_of"
	wChangesNoFeed  Word = "changes.no_feed"
	wChangesWhat    Word = "changes.what"
	wChangesWhere   Word = "changes.where"
	wChangesDay     Word = "changes.day"
	wChangesHere    Word = "changes.here"
	wChangesHereNo  Word = "changes.here_none"
	wChangesMore    Word = "changes.more"
	wChangesAll     Word = "changes.all"
	wChangeOn       Word = "changes.on"
	wChangeAbove    Word = "changes.above"
	wFeedTitle      Word = "changes.feed_title"

	wDigestTitle   Word = "digest.title"
	wDigestFirst   Word = "digest.first"
	wDigestOn      Word = "digest.on"
	wDigestAsOf    Word = "digest.as_of"
	wDigestNeeds   Word = "digest.needs"
	wDigestNoNeeds Word = "digest.no_needs"
	wDigestChanged Word = "digest.changed"
	wDigestNoneNew Word = "digest.none_new"
	wDigestAsks    Word = "digest.asks"
	wDigestAsk     Word = "digest.ask"
	wDigestNumbers Word = "digest.numbers"
	wDigestNumber  Word = "digest.number"
	wDigestPage    Word = "digest.page"
)

// changeWords are their rows of the table of words.
var changeWords = slices.Concat([]wordSpec{
	{wNavChanges, nil},
	{wChanges, nil},
	{wChangesLead, nil},
	{wChangesNone, nil},
	{wChangesNothing, nil},
	{wSinceYesterday, []string{"day"}},
	{wSinceWeek, []string{"day"}},
	{wSinceMonth, []string{"day"}},
	{wSinceFirst, []string{"day"}},
	{wSinceOlder, []string{"day"}},
	{wFirstBuild, nil},
	{wChangesFeed, []string{"feed"}},
	{wChangesFeedOf, []string{"feed"}},
	{wChangesNoFeed, nil},
	{wChangesWhat, nil},
	{wChangesWhere, nil},
	{wChangesDay, nil},
	{wChangesHere, nil},
	{wChangesHereNo, []string{"page"}},
	{wChangesMore, []string{"n", "page"}},
	{wChangesAll, []string{"page"}},
	{wChangeOn, []string{"day"}},
	{wChangeAbove, []string{"n", "node"}},
	{wFeedTitle, []string{"node"}},
	{wDigestTitle, []string{"node", "day"}},
	{wDigestFirst, []string{"node"}},
	{wDigestOn, []string{"day"}},
	{wDigestAsOf, []string{"day"}},
	{wDigestNeeds, nil},
	{wDigestNoNeeds, nil},
	{wDigestChanged, nil},
	{wDigestNoneNew, nil},
	{wDigestAsks, nil},
	{wDigestAsk, []string{"n", "to", "text"}},
	{wDigestNumbers, nil},
	{wDigestNumber, []string{"metric", "value", "period", "usual"}},
	{wDigestPage, []string{"page"}},
}, transitionWords())

// changeWord is the sentence of a transition's code.
func changeWord(code string) Word { return Word("change." + code) }

func transitionWords() []wordSpec {
	var out []wordSpec
	for i := range signal.Transitions {
		out = append(out, wordSpec{changeWord(signal.Transitions[i].Code), signal.Transitions[i].Args})
	}
	return out
}
