package report

import (
	"slices"

	"uptree/generator/signal"
)

// wordSpec is a row of the table of words: a sentence and the arguments that it must use.
type wordSpec struct {
	key  Word
	args []string
}

// wordTables are the tables of sentences; the rules of signals have theirs.
var wordTables = [][]wordSpec{
	wordTable,
	openingWords,
	sectionWords,
	talkWords,
	levelWords,
	reorgWords,
	gateWords,
	changeWords,
	costWords,
	bandwidthWords,
	learningWords,
	explainedWords,
	responseWords,
	securityWords,
	ownWords,
	proseWords,
	mapWords,
	searchWords,
}

// specOf returns the row of a sentence; nil for an unknown one.
func specOf(key Word) *wordSpec {
	for _, table := range wordTables {
		for i := range table {
			if table[i].key == key {
				return &table[i]
			}
		}
	}
	if spec := metricSpec(key); spec != nil {
		return spec
	}
	for i := range signal.Rules {
		if signalWord(signal.Rules[i].Code) == key {
			return &wordSpec{key, signalArgs(signal.Rules[i].Args)}
		}
	}
	return nil
}

// allWords lists the table of words, and a sentence for each rule of signals.
func allWords() []wordSpec {
	out := slices.Concat(wordTables...)
	for i := range signal.Rules {
		out = append(out, wordSpec{signalWord(signal.Rules[i].Code), signalArgs(signal.Rules[i].Args)})
	}
	return out
}

func wordNames() []string {
	var out []string
	for _, spec := range allWords() {
		out = append(out, string(spec.key))
	}
	return out
}
