package config

import (
	"fmt"
	"maps"
	"strings"

	"uptree/generator/diag"
	"uptree/generator/model"
)

// deliveryKeys are the keys of [delivery] that list results.
var deliveryKeys = []struct {
	key     string
	outcome model.Outcome
}{
	{"success", model.Succeeded},
	{"failure", model.Failed},
	{"rolled_back", model.RolledBack},
	{"unfinished", model.NotCarriedOut},
}

// readDelivery replaces the default words of each key that is given.
func (s section) readDelivery(w *model.DeliveryWords) {
	if s.Has("production") {
		w.Production = s.lowered("production")
	}
	given := map[string]string{} // word -> its key
	for _, k := range deliveryKeys {
		if !s.Has(k.key) {
			continue
		}
		maps.DeleteFunc(w.Outcomes, func(word string, o model.Outcome) bool { return o == k.outcome && given[word] == "" })
		for _, word := range s.lowered(k.key) {
			if other := given[word]; other != "" && other != k.key {
				s.Report(diag.ConflictingKeys, k.key, fmt.Sprintf("%q stands in %s already", word, other), "a word means one result")
				continue
			}
			given[word], w.Outcomes[word] = k.key, k.outcome
		}
	}
}

func (s section) lowered(key string) []string {
	words := s.list(key)
	for i := range words {
		words[i] = strings.ToLower(strings.TrimSpace(words[i]))
	}
	return words
}
