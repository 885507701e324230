package config

import (
	_ "embed" // for zones.txt
	"math"
	"path"
	"strconv"
	"strings"

	"uptree/generator/diag"
)

// sizeUnits are the units of sizes; "B" is last because the others end in it.
var sizeUnits = []struct {
	suffix string
	bytes  int64
}{
	{"KiB", 1 << 10}, {"MiB", 1 << 20}, {"GiB", 1 << 30},
	{"kB", 1e3}, {"KB", 1e3}, {"MB", 1e6}, {"GB", 1e9}, {"B", 1},
}

// maxSize bounds max_bytes: 1 TB.
const maxSize = int64(1e12)

// parseSize reads "500MB", "2 GiB" or "4096". Sizes are larger than zero.
func parseSize(s string) (int64, bool) {
	unit := int64(1)
	for _, u := range sizeUnits {
		if rest, ok := strings.CutSuffix(s, u.suffix); ok {
			s, unit = strings.TrimRight(rest, " "), u.bytes
			break
		}
	}
	n, err := strconv.ParseUint(s, 10, 63)
	if err != nil || n == 0 || n > uint64(math.MaxInt64/unit) {
		return 0, false
	}
	return int64(n) * unit, int64(n)*unit <= maxSize
}

// zoneNames holds the names of the IANA database, one a line. It only serves suggestions:
// what exists is for package time to say.
//
//go:embed zones.txt
var zoneNames string

// suggestZone returns the zone that was probably meant: one with the same city, or the
// nearest in spelling; "" if none is near.
func suggestZone(name string) string {
	zones := strings.Fields(zoneNames)
	city := strings.ReplaceAll(path.Base(name), " ", "_")
	for _, z := range zones {
		if strings.EqualFold(path.Base(z), city) {
			return z
		}
	}
	return diag.Suggest(name, zones)
}
