package publish

import (
	"bytes"
	"compress/gzip"
	"path"
	"slices"
)

// twinFloor is the size from which a compressed twin is worth a file, in bytes.
const twinFloor = 1 << 10

var compressibleTypes = []string{".atom", ".css", ".csv", ".html", ".js", ".json", ".svg", ".txt", ".xml"}

func compressible(name string, content []byte) bool {
	return len(content) > twinFloor && slices.Contains(compressibleTypes, path.Ext(name))
}

// compress returns the content in gzip form, without a name or a time, so that the same
// content always gives the same bytes.
func (s *Stage) compress(content []byte) ([]byte, error) {
	var out bytes.Buffer
	w, ok := s.gzips.Get().(*gzip.Writer)
	if !ok {
		w = gzip.NewWriter(nil)
	}
	defer s.gzips.Put(w)
	w.Reset(&out)
	if _, err := w.Write(content); err != nil {
		return nil, err
	}
	err := w.Close()
	return out.Bytes(), err
}
