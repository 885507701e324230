package report

// The words of a page's first screen.
const (
	wVoice            Word = "voice.title"
	wVoiceMore        Word = "voice.more"
	wVoiceNone        Word = "voice.none"
	wVoiceTalk        Word = "voice.talk"
	wVoiceChanges     Word = "voice.changes"
	wVoiceNoChanges   Word = "voice.no_changes"
	wGlanceLever      Word = "glance.lever"
	wGlanceNoTime     Word = "glance.no_time"
	wGlanceOwn        Word = "glance.own"
	wGlanceOwnAll     Word = "glance.own_all"
	wGlanceAll        Word = "glance.inherited_all"
	wGlanceAllFrom    Word = "glance.inherited_all_from"
	wGlanceInherited  Word = "glance.inherited"
	wGlanceFrom       Word = "glance.inherited_from"
	wGlanceUnrecorded Word = "glance.unrecorded"
	wGlanceSeveral    Word = "glance.several"
	wGlanceUsual      Word = "glance.usual"
	wGlanceOutside    Word = "glance.outside"
	wGlanceInside     Word = "glance.inside"
	wGlanceNoPast     Word = "glance.no_past"
	wGlanceTrust      Word = "glance.trust"
	wGlanceDisputed   Word = "glance.disputed"
	wSpreadRange      Word = "numbers.spread_range"
	wOfOpen           Word = "numbers.of_open"
)

// openingWords are their rows of the table of words.
var openingWords = []wordSpec{
	{wVoice, nil},
	{wVoiceMore, nil},
	{wVoiceNone, []string{"file"}},
	{wVoiceTalk, []string{"n"}},
	{wVoiceChanges, []string{"n"}},
	{wVoiceNoChanges, nil},
	{wGlanceLever, nil},
	{wGlanceNoTime, []string{"period"}},
	{wGlanceOwn, []string{"value", "of"}},
	{wGlanceOwnAll, []string{"of"}},
	{wGlanceAll, []string{"of"}},
	{wGlanceAllFrom, []string{"of", "node"}},
	{wGlanceInherited, []string{"value", "of"}},
	{wGlanceFrom, []string{"value", "of", "node"}},
	{wGlanceUnrecorded, []string{"value", "of"}},
	{wGlanceSeveral, []string{"value", "of"}},
	{wGlanceUsual, nil},
	{wGlanceOutside, []string{"n", "outside"}},
	{wGlanceInside, []string{"n"}},
	{wGlanceNoPast, nil},
	{wGlanceTrust, nil},
	{wGlanceDisputed, []string{"n"}},
	{wSpreadRange, []string{"n", "range"}},
	{wOfOpen, []string{"n"}},
}
