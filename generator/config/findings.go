package config

import (
	"fmt"
	"slices"
	"strings"

	"uptree/generator/diag"
	"uptree/generator/model"
)

// publishLevels are the values of publish.
var publishLevels = []string{"counts", "full"}

// readSecurity reads [severity.findings] and [findings].
func (site *Site) readSecurity(top section) {
	rules := &site.Security
	if t, ok := top.Table.Table("severity"); ok {
		if words := readSeverities(section{t, top.partial}, "findings"); len(words.Order) > 0 {
			rules.Severities, rules.Words = words.Order, map[string]string{}
			for vendor, word := range words.Words {
				rules.Words[strings.ToLower(vendor)] = word
			}
		}
	}
	t, ok := top.sub("findings", findingsTable)
	if !ok {
		return
	}
	site.FindingsInFull = t.oneOf("publish", publishLevels) == "full"
	if limits, ok := t.Table.Table("limits"); ok {
		s := section{limits, top.partial}
		s.readLimits("", rules)
		if tiers, ok := limits.Table("tier"); ok {
			for _, tier := range tiers.Keys() {
				if table, ok := tiers.Table(tier); ok {
					section{table, top.partial}.readLimits(tier, rules)
				}
			}
		}
	}
}

// readLimits reads the limits of a tier, a key per severity.
func (s section) readLimits(tier string, rules *model.SecurityRules) {
	limits := map[string]int{}
	for _, key := range s.Keys() {
		switch {
		case key == "tier" && tier == "":
		case !slices.Contains(rules.Severities, key):
			s.Report(diag.UnknownKey, key, fmt.Sprintf("%q is no severity of findings", key), didYouMean(key, rules.Severities))
		default:
			limits[key] = s.days(key)
		}
	}
	rules.Limits[tier] = limits
}
