package report

// ScriptWord is a text that the script needs, under the key that it asks for.
type ScriptWord struct{ Key, Text string }

// scriptTable names the texts of the script; see themes/default/script/words.ts.
var scriptTable = []struct {
	key  string
	word Word
}{
	{"age.now", wAgeNow},
	{"age.minutes", wAgeMinutes},
	{"age.hours", wAgeHours},
	{"age.days", wAgeDays},
	{"newer", wNewer},
	{"copied", wCopied},
	{"link", wChartLink},
	{"find.missing", wFindMissing},
	{"chart.keys", wChartKeys},
	{"chart.missing", wChartMissing},
	{"chart.target", wChartTarget},
	{"chart.total", wChartTotal},
	{"chart.median", wMedian},
	{"chart.p90", wP90},
	{"chart.csv", wChartCSV},
	{"chart.svg", wChartSVG},
	{"chart.date", wChartWhen},
	{"chart.under", wChartUnder},
	{"chart.months", wMonths},
}

// ScriptWords lists the texts of the script. Arguments stay as {name}: it fills them in.
func (p *Plan) ScriptWords() []ScriptWord {
	var out []ScriptWord
	for _, t := range scriptTable {
		out = append(out, ScriptWord{t.key, p.Words.pattern(t.word)})
	}
	out = append(out, ScriptWord{"chart.weekdays", sundayFirst(fields(p.Words.Plain(say(wWeekdays)), 7))})
	return out
}

// SearchWords are the texts of the search, under the keys that the script asks for.
func (p *Plan) SearchWords() []ScriptWord {
	var out []ScriptWord
	for _, t := range []struct {
		key  string
		word Word
	}{
		{"find.also", wFindAlso}, {"find.ended", wKindEnded}, {"find.key_off", wFindKeyOff}, {"find.key_on", wFindKeyOn},
		{"find.more", wFindMore}, {"find.none", wFindNone},
		{"find.none_hint", wFindNoneHint}, {"find.some", wFindSome}, {"find.where", wFindWhere},
	} {
		out = append(out, ScriptWord{t.key, p.Words.pattern(t.word)})
	}
	return out
}

// pattern is a sentence whose arguments stay as {name}.
func (w *Words) pattern(word Word) string {
	s := say(word)
	for _, name := range specOf(word).args {
		s.Args = append(s.Args, argText(name, "{"+name+"}"))
	}
	return w.Plain(s)
}

func sundayFirst(days []string) string {
	out := days[6]
	for _, d := range days[:6] {
		out += " " + d
	}
	return out
}
