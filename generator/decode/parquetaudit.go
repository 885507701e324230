package decode

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"io"
	"math/bits"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/snappy"
	"github.com/klauspost/compress/zstd"
	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/encoding/thrift"
	"github.com/parquet-go/parquet-go/format"
)

// The library reads pages as fast as it can and trusts what they say of their sizes: a few
// bytes can make it ask for more memory than there is, which nothing recovers from. So
// each page is looked through before the library reads it, up to the point from where a
// page that lies can only be wrong. What the usual programs do not write is refused.

// Bounds of Parquet files.
const (
	maxFooter       = 8 << 20 // bytes of the metadata
	maxSchema       = 10_000  // elements
	maxSchemaDepth  = 64
	maxPage         = 64 << 20 // bytes, decompressed
	maxPageValues   = 1 << 22
	maxParquetBytes = 4 << 30 // of all pages, decompressed, and of all texts made of them
	maxFixedLength  = 4096
)

// plainDictionary is what older programs call both a dictionary and what refers to it.
const plainDictionary format.Encoding = 2

// parquetMetadata reads the metadata at the end of a file.
func parquetMetadata(data []byte) (*format.FileMetaData, *fault) {
	const magic, tail = "PAR1", 8
	if len(data) < len(magic)+tail || string(data[:4]) != magic || string(data[len(data)-4:]) != magic {
		return nil, &fault{1, "not a Parquet file, or an encrypted one"}
	}
	size := binary.LittleEndian.Uint32(data[len(data)-tail:])
	if int64(size) > int64(len(data)-len(magic)-tail) || size > maxFooter {
		return nil, &fault{1, "metadata larger than the file, or than what is read"}
	}
	footer := data[len(data)-tail-int(size) : len(data)-tail]
	if n, ok := auditThrift(footer); !ok || n != len(footer) {
		return nil, &fault{1, "metadata that are not well formed, or signed"}
	}
	m := &format.FileMetaData{}
	if err := thrift.Unmarshal(&thrift.CompactProtocol{}, footer, m); err != nil {
		return nil, &fault{1, "metadata that cannot be read: " + shorten(err.Error())}
	}
	return m, auditMetadata(m)
}

func auditMetadata(m *format.FileMetaData) *fault {
	if len(m.Schema) == 0 || len(m.Schema) > maxSchema {
		return &fault{1, fmt.Sprintf("a schema without columns, or of more than %d elements", maxSchema)}
	}
	var open []int32 // children to come, per level
	for _, e := range m.Schema {
		for len(open) > 0 && open[len(open)-1] == 0 {
			open = open[:len(open)-1]
		}
		if len(open) > 0 {
			open[len(open)-1]--
		}
		if e.TypeLength.Valid && (e.TypeLength.V < 0 || e.TypeLength.V > maxFixedLength) {
			return &fault{1, "a column of values longer than what is read"}
		}
		if open = append(open, max(e.NumChildren.V, 0)); len(open) > maxSchemaDepth {
			return &fault{1, fmt.Sprintf("columns nested deeper than %d", maxSchemaDepth)}
		}
	}
	for _, g := range m.RowGroups {
		for _, c := range g.Columns {
			if c.FilePath != "" || c.CryptoMetadata.Value != nil {
				return &fault{1, "columns in other files, or encrypted ones"}
			}
		}
	}
	return nil
}

// pageAudit looks through the pages of one column of one row group.
type pageAudit struct {
	codec   format.CompressionCodec
	maxRep  int
	maxDef  int
	scratch *bytes.Buffer // decompressed
	spent   *int64        // decompressed bytes of the file so far
}

// chunk returns what is wrong with the pages of a chunk, "" if nothing.
func (a *pageAudit) chunk(data []byte, m *format.ColumnMetaData) string {
	from := m.DataPageOffset
	if m.DictionaryPageOffset != 0 {
		from = m.DictionaryPageOffset
	}
	if from < 0 || m.TotalCompressedSize < 0 || from > int64(len(data)) || m.TotalCompressedSize > int64(len(data))-from {
		return "a column outside of the file"
	}
	for rest := data[from : from+m.TotalCompressedSize]; len(rest) > 0; {
		size, ok := auditThrift(rest)
		if !ok {
			return "the header of a page is not well formed"
		}
		var header format.PageHeader
		if err := thrift.Unmarshal(&thrift.CompactProtocol{}, rest[:size], &header); err != nil {
			return "the header of a page cannot be read"
		}
		rest = rest[size:]
		if header.CompressedPageSize < 0 || int64(header.CompressedPageSize) > int64(len(rest)) {
			return "a page outside of its column"
		}
		if reason := a.page(&header, rest[:header.CompressedPageSize]); reason != "" {
			return reason
		}
		rest = rest[header.CompressedPageSize:]
	}
	return ""
}

func (a *pageAudit) page(h *format.PageHeader, body []byte) string {
	size := int(h.UncompressedPageSize)
	if *a.spent += int64(size); size < 0 || size > maxPage || *a.spent > maxParquetBytes {
		return "a page larger than what is read, or too many of them"
	}
	switch {
	case h.Type == format.DataPage && h.DataPageHeader.Valid:
		p := &h.DataPageHeader.V
		text, ok := a.expand(body, size)
		ok = ok && (a.maxRep == 0 || p.RepetitionLevelEncoding == format.RLE) && (a.maxDef == 0 || p.DefinitionLevelEncoding == format.RLE)
		return a.verdict(ok, text, int(p.NumValues), p.Encoding, a.levels)
	case h.Type == format.DataPageV2 && h.DataPageHeaderV2.Valid:
		p := &h.DataPageHeaderV2.V
		return a.pageV2(p, body, size)
	case h.Type == format.DictionaryPage && h.DictionaryPageHeader.Valid:
		p := &h.DictionaryPageHeader.V
		_, ok := a.expand(body, size)
		if !ok || p.NumValues < 0 || p.NumValues > maxPageValues || p.Encoding != format.Plain && p.Encoding != plainDictionary {
			return "a dictionary that cannot be read"
		}
		return ""
	}
	return "a page of a kind that is not read"
}

func (a *pageAudit) pageV2(p *format.DataPageHeaderV2, body []byte, size int) string {
	rep, def := int(p.RepetitionLevelsByteLength), int(p.DefinitionLevelsByteLength)
	if rep < 0 || def < 0 || rep > len(body) || def > len(body)-rep || rep+def > size {
		return "levels outside of their page"
	}
	levels := auditRuns(body[:rep], bits.Len(uint(a.maxRep)), int(p.NumValues)) && auditRuns(body[rep:rep+def], bits.Len(uint(a.maxDef)), int(p.NumValues))
	text, ok := body[rep+def:], true
	if !p.IsCompressed.Valid || p.IsCompressed.V {
		text, ok = a.expand(text, size-rep-def)
	}
	return a.verdict(ok && levels, text, int(p.NumValues), p.Encoding, nil)
}

// verdict judges what a data page holds: its levels, where they stand in it, and values.
func (a *pageAudit) verdict(ok bool, text []byte, values int, e format.Encoding, levels func([]byte, int) ([]byte, bool)) string {
	if ok && values >= 0 && values <= maxPageValues {
		if levels != nil {
			text, ok = levels(text, values)
		}
		if ok && auditValues(text, values, e) {
			return ""
		}
	}
	return fmt.Sprintf("a page that cannot be read: its compression (%s), its encoding (%s), or what it says of its size", a.codec, e)
}

// expand decompresses what must have the given size then.
func (a *pageAudit) expand(body []byte, size int) ([]byte, bool) {
	var from io.Reader
	switch a.codec {
	case format.Uncompressed:
		return body, len(body) == size
	case format.Snappy:
		if n, err := snappy.DecodedLen(body); err != nil || n != size {
			return nil, false
		}
		text, err := snappy.Decode(nil, body)
		return text, err == nil
	case format.Gzip:
		r, err := gzip.NewReader(bytes.NewReader(body))
		if err != nil {
			return nil, false
		}
		from = r
	case format.Zstd:
		if len(body) == 0 {
			return nil, size == 0
		}
		r, err := zstd.NewReader(bytes.NewReader(body), zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(2*maxPage))
		if err != nil {
			return nil, false
		}
		defer r.Close()
		from = r
	default:
		return nil, false
	}
	a.scratch.Reset()
	n, err := a.scratch.ReadFrom(io.LimitReader(from, int64(size)+1))
	return a.scratch.Bytes(), err == nil && n == int64(size)
}

// levels walks over the levels that data pages of version 1 begin with.
func (a *pageAudit) levels(text []byte, values int) (rest []byte, ok bool) {
	for _, most := range []int{a.maxRep, a.maxDef} {
		if most == 0 {
			continue
		}
		runs, rest, ok := sized(text)
		if !ok || !auditRuns(runs, bits.Len(uint(most)), values) {
			return nil, false
		}
		text = rest
	}
	return text, true
}

// sized cuts a text with its length before it.
func sized(text []byte) (part, rest []byte, ok bool) {
	if len(text) < 4 {
		return nil, nil, false
	}
	n := binary.LittleEndian.Uint32(text)
	if text = text[4:]; int64(n) > int64(len(text)) {
		return nil, nil, false
	}
	return text[:n], text[n:], true
}

func auditValues(text []byte, values int, e format.Encoding) bool {
	switch e {
	case format.Plain, format.ByteStreamSplit:
		return true // no larger than the page
	case format.RLE: // truths
		runs, _, ok := sized(text)
		return ok && auditRuns(runs, 1, values)
	case format.RLEDictionary, plainDictionary:
		return len(text) == 0 || text[0] <= 32 && auditRuns(text[1:], int(text[0]), values)
	case format.DeltaBinaryPacked, format.DeltaLengthByteArray:
		return auditDelta(text, values)
	}
	return false
}

// auditRuns walks over values of a width in bits, in runs of one value or packed by eight,
// and reports whether there are about as many as the page says.
func auditRuns(text []byte, width, values int) bool {
	left := uint64(2*values + 64) // the last run may be filled up
	for len(text) > 0 {
		head, n := binary.Uvarint(text)
		if n <= 0 {
			return false
		}
		text = text[n:]
		count, size := head>>1, uint64(width+7)/8
		if head&1 != 0 {
			size = count * uint64(width)
			if count <= left {
				count *= 8
			}
		}
		if count > left || size > uint64(len(text)) {
			return false
		}
		left -= count
		text = text[size:]
	}
	return true
}

// auditDelta reads how many values a delta encoding announces, and in which blocks.
func auditDelta(text []byte, values int) bool {
	var head [3]uint64 // values per block, miniblocks per block, values
	for i := range head {
		n, size := binary.Uvarint(text)
		if size <= 0 || n > maxPageValues {
			return false
		}
		head[i], text = n, text[size:]
	}
	return head[2] <= uint64(values) && head[0] > 0 && head[1] > 0 && head[0] <= 1<<16 && head[1] <= head[0]
}

func newPageAudit(c *parquet.Column, m *format.ColumnMetaData, scratch *bytes.Buffer, spent *int64) pageAudit {
	return pageAudit{codec: m.Codec, maxRep: c.MaxRepetitionLevel(), maxDef: c.MaxDefinitionLevel(), scratch: scratch, spent: spent}
}
