package diag

import "strings"

// Suggest returns the known word nearest to a mistyped one, or "" if none is near: at
// most one edit in three letters, and never the word itself.
func Suggest(word string, known []string) string {
	best, limit := "", min(len(word)/3+1, 3)+1
	for _, k := range known {
		if k == word {
			continue
		}
		if d := distance(strings.ToLower(word), strings.ToLower(k), limit); d < limit {
			best, limit = k, d
		}
	}
	return best
}

// DidYouMean returns the hint for a mistyped word, or "" if no known word is near.
func DidYouMean(word string, known []string) string {
	if s := Suggest(word, known); s != "" {
		return "did you mean \"" + s + "\"?"
	}
	return ""
}

// distance is the number of inserted, deleted, replaced or swapped neighbouring bytes
// that turn a into b (optimal string alignment); it gives up at limit.
func distance(a, b string, limit int) int {
	if d := len(a) - len(b); d >= limit || -d >= limit {
		return limit
	}
	before, row, next := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := 1; i <= len(a); i++ {
		next[0] = i
		best := i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			next[j] = min(row[j]+1, next[j-1]+1, row[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				next[j] = min(next[j], before[j-2]+1)
			}
			best = min(best, next[j])
		}
		if best >= limit {
			return limit
		}
		before, row, next = row, next, before
	}
	return row[len(b)]
}
