package ingest

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"math"
	"math/big"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/itchyny/gojq"

	"uptree/generator/model"
)

// hostFunction is a function that mappings have beside those of jq. All are pure.
//
// They read the shapes of real exports, see clock.moment, duration and number. What says
// that nothing is recorded becomes null. What cannot be read is returned as it is: it is
// then counted as a bad value of the field it ends up in, and costs neither the other
// records of the input nor is it lost in silence.
type hostFunction struct {
	name string
	args int // besides the input
	doc  string
	call func(z *zones, in any, args []any) any
}

// hostFunctions is the table of functions.
var hostFunctions = []hostFunction{
	{"ts", 0, "A timestamp of any shape, or an epoch in s, ms, µs or ns, as RFC 3339 in UTC. Without an offset it is in the site's zone.", ts},
	{"ts", 1, `The same; without an offset it is in the named zone: ts("Europe/Stockholm").`, ts},
	{"dur", 0, "A length of time (ISO 8601, Go, h:mm:ss, 0 days 00:17:00) in seconds.", dur},
	{"num", 0, "A text as a number: a % at its end is dropped.", num},
	{"pct", 0, `Percent as a ratio, exactly: "99.9" is 0.999.`, pct},
	{"digest", 0, "A short hash of a text: for ids made of what is long.", digest},
	{"secs_to", 1, "Seconds from one timestamp to another; null where one is not known.", secsTo},
}

// zones holds the calendars of the site's zone and of those that mappings name.
type zones struct {
	site   *model.Calendar
	mu     sync.Mutex
	byName map[string]*model.Calendar
}

func (z *zones) named(name string) (*model.Calendar, error) {
	z.mu.Lock()
	defer z.mu.Unlock()
	if cal, ok := z.byName[name]; ok {
		return cal, nil
	}
	zone, err := time.LoadLocation(name)
	if err != nil || name == "Local" {
		return nil, fmt.Errorf("ts: no time zone %q", shorten([]byte(name), maxExample))
	}
	if z.byName == nil {
		z.byName = map[string]*model.Calendar{}
	}
	z.byName[name] = model.NewCalendar(zone)
	return z.byName[name], nil
}

// scalarText returns the text of a text or number. Other values have none.
func scalarText(v any) ([]byte, bool) {
	switch v := v.(type) {
	case nil:
		return nil, true
	case string:
		return []byte(v), true
	case int:
		return strconv.AppendInt(nil, int64(v), 10), true
	case float64:
		return appendFloat(nil, v), true
	case *big.Int:
		return v.Append(nil, 10), true
	case json.Number:
		return []byte(v), true
	}
	return nil, false
}

// appendFloat writes whole numbers without an exponent, as the parsers expect them.
func appendFloat(buf []byte, f float64) []byte {
	if math.Abs(f) < 1e20 {
		return strconv.AppendFloat(buf, f, 'f', -1, 64)
	}
	return strconv.AppendFloat(buf, f, 'g', -1, 64)
}

func ts(z *zones, in any, args []any) any {
	cal := z.site
	if len(args) == 1 {
		name, ok := args[0].(string)
		if !ok {
			return fmt.Errorf("ts: the zone is not a text but %s", gojq.TypeOf(args[0]))
		}
		var err error
		if cal, err = z.named(name); err != nil {
			return err
		}
	}
	text, ok := scalarText(in)
	if !ok {
		return in
	}
	c := clock{cal: cal}
	switch t, got := c.moment(text, false); got {
	case read:
		return time.Unix(int64(t), 0).UTC().Format(time.RFC3339)
	case absent:
		return nil
	}
	return in
}

// digest is the first half of a text's SHA-256.
func digest(_ *zones, in any, _ []any) any {
	text, ok := scalarText(in)
	if !ok {
		return fmt.Errorf("digest: not a text but %s", gojq.TypeOf(in))
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:16])
}

func dur(_ *zones, in any, _ []any) any {
	text, ok := scalarText(in)
	if !ok {
		return in
	}
	switch f, got := duration(text); got {
	case read:
		return f
	case absent:
		return nil
	}
	return in
}

func num(_ *zones, in any, _ []any) any {
	text, ok := scalarText(in)
	if !ok {
		return in
	}
	digits := strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(string(text)), "%"))
	switch f, got := number([]byte(digits)); {
	case got == absent:
		return nil
	case got == bad:
		return in
	case json.Valid([]byte(digits)):
		return json.Number(digits) // all its decimals, as money needs them
	default:
		return f
	}
}

// pct moves the decimal point of the text: dividing by 100 would give 0.9990000000000001.
func pct(z *zones, in any, _ []any) any {
	n := num(z, in, nil)
	text, ok := scalarText(n)
	if _, isText := n.(string); !ok || isText || n == nil {
		return n
	}
	digits, exponent, _ := strings.Cut(strings.ToLower(string(text)), "e")
	e, err := strconv.Atoi("0" + exponent)
	if strings.HasPrefix(exponent, "-") || strings.HasPrefix(exponent, "+") {
		e, err = strconv.Atoi(exponent)
	}
	if err != nil {
		return in
	}
	return json.Number(shiftPoint(digits, e-2))
}

// maxShift bounds the zeros that moving a point can write.
const maxShift = 400

// shiftPoint multiplies a decimal number with a power of ten, digit by digit.
func shiftPoint(text string, by int) string {
	sign := ""
	if strings.HasPrefix(text, "-") {
		sign, text = "-", text[1:]
	}
	whole, fraction, _ := strings.Cut(text, ".")
	by = max(-maxShift, min(by, maxShift))
	if by < 0 {
		whole = strings.Repeat("0", max(0, -by-len(whole)+1)) + whole
		cut := len(whole) + by
		whole, fraction = whole[:cut], whole[cut:]+fraction
	} else {
		fraction += strings.Repeat("0", max(0, by-len(fraction)))
		whole, fraction = whole+fraction[:by], fraction[by:]
	}
	whole = strings.TrimLeft(whole, "0")
	fraction = strings.TrimRight(fraction, "0")
	if whole == "" {
		whole = "0"
	}
	if fraction == "" {
		return sign + whole
	}
	return sign + whole + "." + fraction
}

func secsTo(z *zones, in any, args []any) any {
	c := clock{cal: z.site}
	var at [2]model.Time
	for i, v := range []any{in, args[0]} {
		text, _ := scalarText(v)
		t, got := c.moment(text, false)
		if got != read {
			return nil
		}
		at[i] = t
	}
	return int(at[1] - at[0])
}
