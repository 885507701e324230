package config

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strconv"

	"uptree/generator/diag"
)

// maxDays bounds a rolling period: ten years.
const maxDays = 3660

// defaultPeriods are those of a site that names none.
func defaultPeriods() []Period {
	return []Period{{"7d", 7, false}, {"28d", 28, true}, {"90d", 90, false}, {"365d", 365, false}}
}

// calendarUnits are the periods without a number, shortest first.
var calendarUnits = []string{"month", "quarter"}

var rollingName = regexp.MustCompile(`^([1-9][0-9]{0,3})d$`)

// parsePeriod reads the name of a period, which is its length. Every length has one name.
func parsePeriod(name string) (Period, bool) {
	if slices.Contains(calendarUnits, name) {
		return Period{Name: name}, true
	}
	m := rollingName.FindStringSubmatch(name)
	if m == nil {
		return Period{}, false
	}
	days, err := strconv.Atoi(m[1])
	return Period{Name: name, Days: days}, err == nil && days <= maxDays
}

// readPeriods returns the periods of a site, or the default ones where it names none that
// can be used. Exactly one of them is the default period.
func readPeriods(named []section) []Period {
	var periods []Period
	chosen := ""
	for _, s := range named {
		p, ok := parsePeriod(s.Name())
		if !ok {
			s.Report(diag.OutOfRange, "", fmt.Sprintf("%q is not a period", s.Name()),
				fmt.Sprintf(`the name is the length: 1 to %d days as in "28d", "month" or "quarter"`, maxDays))
			continue
		}
		p.Default = s.flag("default")
		switch {
		case p.Default && chosen != "":
			s.Report(diag.ConflictingKeys, "default", fmt.Sprintf("[period.%s] is the default already", chosen), "one period is shown first")
			p.Default = false
		case p.Default:
			chosen = p.Name
		}
		periods = append(periods, p)
	}
	if len(periods) == 0 {
		return defaultPeriods()
	}
	slices.SortFunc(periods, comparePeriods)
	if chosen == "" {
		chooseDefault(periods)
	}
	return periods
}

// comparePeriods orders by length, calendar units last.
func comparePeriods(a, b Period) int {
	if (a.Days == 0) != (b.Days == 0) {
		return cmp.Compare(b.Days, a.Days)
	}
	return cmp.Or(cmp.Compare(a.Days, b.Days), cmp.Compare(a.Name, b.Name))
}

// chooseDefault takes 28d, over which objectives are usually set, else the shortest.
func chooseDefault(periods []Period) {
	i := slices.IndexFunc(periods, func(p Period) bool { return p.Days == 28 })
	periods[max(i, 0)].Default = true
}
