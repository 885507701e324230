package decode

import (
	"encoding/binary"
	"encoding/hex"
	"math"
	"math/big"
	"strconv"
	"strings"
	"time"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/format"
)

// parquetText writes a value as a text. It returns what kind of value that is.
type parquetText func(to []byte, v parquet.Value) ([]byte, ValueKind)

// parquetTextOf returns how the values of a column are written: numbers and decimals with
// all their digits, times as RFC 3339 in UTC, or without an offset where the column is in
// no zone.
func parquetTextOf(c *parquet.Column) parquetText {
	if t := c.Type().LogicalType(); t != nil {
		if text := logicalText(c, t.Value); text != nil {
			return text
		}
	}
	switch c.Type().Kind() {
	case parquet.Boolean:
		return func(to []byte, v parquet.Value) ([]byte, ValueKind) { return strconv.AppendBool(to, v.Boolean()), Bool }
	case parquet.Int32:
		return func(to []byte, v parquet.Value) ([]byte, ValueKind) {
			return strconv.AppendInt(to, int64(v.Int32()), 10), Number
		}
	case parquet.Int64:
		return func(to []byte, v parquet.Value) ([]byte, ValueKind) {
			return strconv.AppendInt(to, v.Int64(), 10), Number
		}
	case parquet.Int96:
		return int96Text
	case parquet.Float:
		return func(to []byte, v parquet.Value) ([]byte, ValueKind) { return appendNumber(to, float64(v.Float()), 32) }
	case parquet.Double:
		return func(to []byte, v parquet.Value) ([]byte, ValueKind) { return appendNumber(to, v.Double(), 64) }
	case parquet.FixedLenByteArray:
		return hexText
	}
	return plainText
}

// logicalText returns how the values of a logical type are written; nil for the types whose
// values are those that are stored.
func logicalText(c *parquet.Column, t format.LogicalTypeValue) parquetText {
	switch t := t.(type) {
	case *format.DecimalType:
		scale := int(t.Scale)
		return func(to []byte, v parquet.Value) ([]byte, ValueKind) {
			return appendDecimal(to, unscaled(v), scale), Number
		}
	case *format.DateType:
		return func(to []byte, v parquet.Value) ([]byte, ValueKind) {
			return time.Unix(int64(v.Int32())*86400, 0).UTC().AppendFormat(to, time.DateOnly), String
		}
	case *format.TimestampType:
		return timestampText(unitOf(t.Unit), t.IsAdjustedToUTC)
	case *format.TimeType:
		return timeOfDayText(unitOf(t.Unit))
	case *format.IntType:
		if !t.IsSigned {
			return unsignedText
		}
	case *format.UUIDType:
		return uuidText
	case *format.Float16Type:
		return float16Text
	case *format.StringType, *format.EnumType, *format.JsonType:
		return plainText
	}
	return nil
}

func plainText(to []byte, v parquet.Value) ([]byte, ValueKind) {
	return append(to, v.ByteArray()...), String
}

func hexText(to []byte, v parquet.Value) ([]byte, ValueKind) {
	return hex.AppendEncode(to, v.ByteArray()), String
}

func uuidText(to []byte, v parquet.Value) ([]byte, ValueKind) {
	id := v.ByteArray()
	if len(id) != 16 {
		return hexText(to, v)
	}
	for i, end := range []int{4, 6, 8, 10, 16} {
		if i > 0 {
			to = append(to, '-')
		}
		to = hex.AppendEncode(to, id[[]int{0, 4, 6, 8, 10}[i]:end])
	}
	return to, String
}

func unsignedText(to []byte, v parquet.Value) ([]byte, ValueKind) {
	if v.Kind() == parquet.Int32 {
		return strconv.AppendUint(to, uint64(v.Uint32()), 10), Number
	}
	return strconv.AppendUint(to, v.Uint64(), 10), Number
}

func appendNumber(to []byte, f float64, size int) ([]byte, ValueKind) {
	return strconv.AppendFloat(to, f, 'g', -1, size), Number
}

func float16Text(to []byte, v parquet.Value) ([]byte, ValueKind) {
	raw := v.ByteArray()
	if len(raw) != 2 {
		return hexText(to, v)
	}
	n := binary.LittleEndian.Uint16(raw)
	exponent, fraction := int(n>>10&31), float64(n&1023)
	f := math.Ldexp(1+fraction/1024, exponent-15)
	switch {
	case exponent == 0:
		f = math.Ldexp(fraction/1024, -14)
	case exponent == 31 && fraction != 0:
		f = math.NaN()
	case exponent == 31:
		f = math.Inf(1)
	}
	if n>>15 == 1 {
		f = -f
	}
	return appendNumber(to, f, 32)
}

// unscaled returns the digits of a decimal as a whole number.
func unscaled(v parquet.Value) *big.Int {
	switch v.Kind() {
	case parquet.Int32:
		return big.NewInt(int64(v.Int32()))
	case parquet.Int64:
		return big.NewInt(v.Int64())
	}
	raw := v.ByteArray() // the two's complement, its highest byte first
	n := new(big.Int).SetBytes(raw[:min(len(raw), maxFixedLength)])
	if len(raw) > 0 && raw[0]&0x80 != 0 {
		n.Sub(n, new(big.Int).Lsh(big.NewInt(1), uint(8*len(raw))))
	}
	return n
}

// maxScale bounds the digits behind the point of a decimal.
const maxScale = 1000

func appendDecimal(to []byte, n *big.Int, scale int) []byte {
	digits := n.Text(10)
	sign := strings.HasPrefix(digits, "-")
	digits = strings.TrimPrefix(digits, "-")
	if sign {
		to = append(to, '-')
	}
	if scale <= 0 || scale > maxScale {
		return append(to, digits...)
	}
	if missing := scale + 1 - len(digits); missing > 0 {
		digits = strings.Repeat("0", missing) + digits
	}
	point := len(digits) - scale
	return append(append(append(to, digits[:point]...), '.'), digits[point:]...)
}

// unitOf is the length of a unit of time, in nanoseconds.
func unitOf(u format.TimeUnit) int64 {
	switch u.Value.(type) {
	case *format.MilliSeconds:
		return 1e6
	case *format.MicroSeconds:
		return 1e3
	}
	return 1
}

const localNanos = "2006-01-02T15:04:05.999999999"

func timestampText(unit int64, utc bool) parquetText {
	layout := localNanos
	if utc {
		layout = time.RFC3339Nano
	}
	perSecond := int64(time.Second) / unit
	return func(to []byte, v parquet.Value) ([]byte, ValueKind) {
		n := v.Int64()
		return time.Unix(n/perSecond, n%perSecond*unit).UTC().AppendFormat(to, layout), String
	}
}

func timeOfDayText(unit int64) parquetText {
	return func(to []byte, v parquet.Value) ([]byte, ValueKind) {
		n := v.Int64()
		if v.Kind() == parquet.Int32 {
			n = int64(v.Int32())
		}
		perSecond := int64(time.Second) / unit
		return time.Unix(n/perSecond, n%perSecond*unit).UTC().AppendFormat(to, "15:04:05.999999999"), String
	}
}

// int96Text writes the timestamps of older programs: nanoseconds of a Julian day.
func int96Text(to []byte, v parquet.Value) ([]byte, ValueKind) {
	const julian1970 = 2440588
	n := v.Int96()
	nanos := int64(uint64(n[1])<<32 | uint64(n[0]))
	return time.Unix((int64(n[2])-julian1970)*86400, nanos).UTC().AppendFormat(to, time.RFC3339Nano), String
}
