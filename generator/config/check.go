package config

import (
	"cmp"
	"fmt"
	"slices"

	"uptree/generator/diag"
)

// levels are the values of [check]; the index is the diag.Severity.
var levels = []string{diag.Error: "error", diag.Warning: "warning", diag.Note: "note"}

// readLevels reads [check]. Errors stay errors: with them the site would be wrong.
func readLevels(s section) map[diag.Code]diag.Severity {
	out := map[diag.Code]diag.Severity{}
	known := codes()
	for _, key := range s.Keys() {
		word := s.oneOf(key, levels)
		level := slices.Index(levels, word)
		switch {
		case !slices.Contains(known, key):
			s.Report(diag.UnknownKey, key, fmt.Sprintf("unknown code %q", key),
				cmp.Or(diag.DidYouMean(key, known), `"uptree list rules" prints the codes`))
		case level < 0: // reported
		case diag.Severity(level) != diag.Error && diag.Lookup(diag.Code(key)).Severity == diag.Error:
			s.Report(diag.OutOfRange, key, key+" is an error and cannot be lowered", "")
		default:
			out[diag.Code(key)] = diag.Severity(level)
		}
	}
	return out
}

func codes() []string {
	names := make([]string, 0, len(diag.Codes))
	for _, e := range diag.Codes {
		names = append(names, string(e.Code))
	}
	return names
}
