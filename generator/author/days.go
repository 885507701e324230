package author

import (
	"cmp"
	"strings"
	"time"
)

// day is the day in so many months.
func (s *Site) day(months int) string { return s.Today.AddDate(0, months, 0).Format(time.DateOnly) }

func (s *Site) since(given string) string { return cmp.Or(given, s.day(0)) }

// dated puts today's date into a line.
func (s *Site) dated(line string) string { return strings.ReplaceAll(line, "{today}", s.day(0)) }
