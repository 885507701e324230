package decode

import (
	"encoding/binary"
	"math/bits"
)

// Eight bytes are looked at as one word: everyByte times b has b in each of them, and
// highBits are the bits by which the results are marked.
const (
	everyByte = 0x0101010101010101
	highBits  = 0x8080808080808080
)

// zeroBytes marks the high bit of every byte of w that is zero, and of no other.
func zeroBytes(w uint64) uint64 {
	const rest = ^uint64(highBits)
	return ^((w&rest + rest) | w | rest)
}

// indexEither returns the index of the first x or y in b, or its length.
func indexEither(b []byte, x, y byte) int {
	i := 0
	for ; i+8 <= len(b); i += 8 {
		w := binary.LittleEndian.Uint64(b[i:])
		if found := zeroBytes(w^everyByte*uint64(x)) | zeroBytes(w^everyByte*uint64(y)); found != 0 {
			return i + bits.TrailingZeros64(found)/8
		}
	}
	for ; i < len(b); i++ {
		if b[i] == x || b[i] == y {
			return i
		}
	}
	return i
}

// indexSpecial returns the index of the first quote, backslash or control character in
// b, or its length: the bytes that do not stand for themselves in a JSON string.
func indexSpecial(b []byte) int {
	i := 0
	for ; i+8 <= len(b); i += 8 {
		w := binary.LittleEndian.Uint64(b[i:])
		// A byte is a control character if none of its three high bits is set.
		found := zeroBytes(w^everyByte*'"') | zeroBytes(w^everyByte*'\\') | zeroBytes(w&(everyByte*0xe0))
		if found != 0 {
			return i + bits.TrailingZeros64(found)/8
		}
	}
	for ; i < len(b); i++ {
		if b[i] == '"' || b[i] == '\\' || b[i] < ' ' {
			return i
		}
	}
	return i
}
