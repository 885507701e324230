package render

import (
	"strconv"

	"uptree/generator/report"
)

// mapColumns are the columns of the map's data.csv.
var mapColumns = []string{"kind", "period", "from", "to", "n", "hard", "undeclared", "unseen", "seconds", "sum"}

// appendMap writes the pairs of a level.
func appendMap(dst []byte, lines []report.MapLine) []byte {
	dst = appendLine(dst, mapColumns)
	for i := range lines {
		l := &lines[i]
		kind := "caused"
		if l.Relies != nil {
			kind = "relies"
		}
		dst = append(append(append(dst, kind...), ','), l.Period...)
		dst = appendField(append(dst, ','), l.From)
		dst = appendField(append(dst, ','), l.To)
		dst = strconv.AppendInt(append(dst, ','), int64(l.N), 10)
		if r := l.Relies; r != nil {
			for _, n := range []int{r.Hard, r.Undeclared, r.Unseen} {
				dst = strconv.AppendInt(append(dst, ','), int64(n), 10)
			}
			dst = append(dst, ",,\n"...)
			continue
		}
		dst = appendNumber(append(dst, ",,,,"...), l.Seconds)
		dst = appendNumber(append(dst, ','), l.Sum)
		dst = append(dst, '\n')
	}
	return dst
}
