package config

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"uptree/generator/diag"
)

// Word returns the organisation's word for a vendor's: by exact spelling first, then
// without regard to case, the gravest where several fit. Without [severity.incidents]
// every word stands for itself.
func (s *Severities) Word(vendor string) (string, bool) {
	if len(s.Order) == 0 {
		return vendor, true
	}
	if w, ok := s.Words[vendor]; ok {
		return w, true
	}
	best := len(s.Order)
	for v, w := range s.Words {
		if strings.EqualFold(v, vendor) {
			best = min(best, slices.Index(s.Order, w))
		}
	}
	if best == len(s.Order) {
		return "", false
	}
	return s.Order[best], true
}

// readSeverities reads the words of a dataset in [severity].
func readSeverities(parent section, dataset string) Severities {
	t, ok := parent.Table.Table(dataset)
	if !ok {
		return Severities{}
	}
	s := section{t, parent.partial}
	words := Severities{Order: s.readOrder(), Words: map[string]string{}}
	for _, word := range words.Order {
		words.Words[word] = word
	}
	for _, key := range s.Keys() {
		switch {
		case key == "order":
		case !slices.Contains(words.Order, key):
			s.Report(diag.UnknownKey, key, fmt.Sprintf("%q is not in order", key),
				cmp.Or(diag.DidYouMean(key, words.Order), "add it to order, at its place"))
		default:
			s.readWords(key, words.Words)
		}
	}
	return words
}

// readOrder reads the organisation's words.
func (s section) readOrder() []string {
	s.require("order", "it lists the organisation's words, gravest first")
	var order []string
	for _, word := range s.list("order") {
		switch {
		case strings.TrimSpace(word) == "" || word == "order":
			s.Report(diag.OutOfRange, "order", fmt.Sprintf("%q cannot be a word for severity", word), "")
		case slices.Contains(order, word):
			s.Report(diag.DuplicateKey, "order", fmt.Sprintf("%q stands twice in order", word), "")
		default:
			order = append(order, word)
		}
	}
	return order
}

// readWords adds the vendor words of one severity.
func (s section) readWords(word string, words map[string]string) {
	for _, vendor := range s.list(word) {
		if other, taken := words[vendor]; taken && other != word {
			s.Report(diag.ConflictingKeys, word, fmt.Sprintf("%q stands for %q already", vendor, other), "a word stands for one severity")
			continue
		}
		words[vendor] = word
	}
}
