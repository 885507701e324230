package report

// ScriptWord is a text that the script needs, under the key that it asks for.
type ScriptWord struct{ Key, Text string }

// scriptTable names the texts of the script; see themes/default/script/words.ts.
var scriptTable = []struct {
	key   string
	word  Word
	chart bool // only on pages with charts
}{
	{"age.now", wAgeNow, false},
	{"age.minutes", wAgeMinutes, false},
	{"age.hours", wAgeHours, false},
	{"age.days", wAgeDays, false},
	{"newer", wNewer, false},
	{"copied", wCopied, false},
	{"link", wChartLink, false},
	{"find.missing", wFindMissing, false},
	{"chart.keys", wChartKeys, true},
	{"chart.missing", wChartMissing, true},
	{"chart.target", wChartTarget, true},
	{"chart.total", wChartTotal, true},
	{"chart.csv", wChartCSV, true},
	{"chart.svg", wChartSVG, true},
	{"chart.date", wChartWhen, true},
	{"chart.under", wChartUnder, true},
	{"chart.months", wMonths, true},
}

// ScriptWords lists the texts of the script for pages with or without charts. Arguments
// stay as {name}: the script fills them in.
func (p *Plan) ScriptWords(charts bool) []ScriptWord {
	var out []ScriptWord
	for _, t := range scriptTable {
		if charts || !t.chart {
			out = append(out, ScriptWord{t.key, p.Words.pattern(t.word)})
		}
	}
	if charts {
		out = append(out, ScriptWord{"chart.weekdays", sundayFirst(fields(p.Words.Plain(say(wWeekdays)), 7))})
	}
	return out
}

// SearchWords are the texts of the search, under the keys that the script asks for.
func (p *Plan) SearchWords() []ScriptWord {
	var out []ScriptWord
	for _, t := range []struct {
		key  string
		word Word
	}{
		{"find.also", wFindAlso}, {"find.ended", wKindEnded}, {"find.more", wFindMore}, {"find.none", wFindNone},
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
