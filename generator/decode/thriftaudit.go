package decode

import "encoding/binary"

// thriftAudit walks over a value in Thrift's compact protocol, in which Parquet writes what
// it says of itself, without building it. What passes can be given to a reader that trusts
// the lengths and the nesting in it.
type thriftAudit struct {
	text     []byte
	pos      int
	elements int // of lists and maps that may still come
}

const (
	maxThriftDepth    = 32
	maxThriftElements = 1 << 19
)

// auditThrift returns the size of the struct that text begins with.
func auditThrift(text []byte) (size int, ok bool) {
	a := thriftAudit{text: text, elements: maxThriftElements}
	ok = a.structure(0)
	return a.pos, ok
}

func (a *thriftAudit) byte() (byte, bool) {
	if a.pos >= len(a.text) {
		return 0, false
	}
	a.pos++
	return a.text[a.pos-1], true
}

func (a *thriftAudit) number() (uint64, bool) {
	n, size := binary.Uvarint(a.text[a.pos:])
	a.pos += max(size, 0)
	return n, size > 0
}

func (a *thriftAudit) skip(n uint64) bool {
	if n > uint64(len(a.text)-a.pos) {
		return false
	}
	a.pos += int(n)
	return true
}

// structure walks over fields up to the stop.
func (a *thriftAudit) structure(depth int) bool {
	for depth < maxThriftDepth {
		field, ok := a.byte()
		switch {
		case !ok:
			return false
		case field == 0:
			return true
		}
		if field>>4 == 0 { // the number of the field follows
			if _, ok := a.number(); !ok {
				return false
			}
		}
		if !a.value(field&15, depth, false) {
			return false
		}
	}
	return false
}

// The types of the compact protocol.
const (
	thriftTrue = iota + 1
	thriftFalse
	thriftByte
	thriftInt16
	thriftInt32
	thriftInt64
	thriftDouble
	thriftBinary
	thriftList
	thriftSet
	thriftMap
	thriftStruct
)

// value walks over a value. A truth is a byte in a list and nothing in a field.
func (a *thriftAudit) value(kind byte, depth int, inList bool) bool {
	switch kind {
	case thriftTrue, thriftFalse:
		return !inList || a.skip(1)
	case thriftByte:
		return a.skip(1)
	case thriftInt16, thriftInt32, thriftInt64:
		_, ok := a.number()
		return ok
	case thriftDouble:
		return a.skip(8)
	case thriftBinary:
		n, ok := a.number()
		return ok && a.skip(n)
	case thriftList, thriftSet:
		return a.list(depth + 1)
	case thriftMap:
		return a.mapping(depth + 1)
	case thriftStruct:
		return a.structure(depth + 1)
	}
	return false
}

func (a *thriftAudit) list(depth int) bool {
	head, ok := a.byte()
	n := uint64(head >> 4)
	if ok && n == 15 {
		n, ok = a.number()
	}
	return ok && a.values(n, depth, head&15)
}

func (a *thriftAudit) mapping(depth int) bool {
	n, ok := a.number()
	if !ok || n == 0 {
		return ok
	}
	kinds, ok := a.byte()
	return ok && a.values(n, depth, kinds>>4, kinds&15)
}

// values walks over n times one value of each of the kinds.
func (a *thriftAudit) values(n uint64, depth int, kinds ...byte) bool {
	if n > uint64(a.elements) || depth >= maxThriftDepth {
		return false
	}
	a.elements -= int(n)
	for range n {
		for _, kind := range kinds {
			if !a.value(kind, depth, true) {
				return false
			}
		}
	}
	return true
}
