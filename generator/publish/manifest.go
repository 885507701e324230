package publish

import (
	"bufio"
	"cmp"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strconv"
	"strings"
)

// ManifestName is the file at the site's root that lists all its other files.
const ManifestName = "manifest.json"

// ErrBadManifest is wrapped by ReadManifest when the file exists but is no manifest.
var ErrBadManifest = errors.New("not a manifest of uptree")

// File is a row of the manifest.
type File struct {
	Path   string   // relative to the site, with slashes
	SHA256 [32]byte // of the contents
	Bytes  int64    // size of the contents
}

// Manifest lists files in the byte order of their paths, each path once.
type Manifest []File

// Find returns the row of a path.
func (m Manifest) Find(path string) (File, bool) {
	i, ok := slices.BinarySearchFunc(m, path, func(f File, p string) int { return cmp.Compare(f.Path, p) })
	if !ok {
		return File{}, false
	}
	return m[i], true
}

// holdsDir reports whether a file of the manifest lies below the directory.
func (m Manifest) holdsDir(dir string) bool {
	i, _ := slices.BinarySearchFunc(m, dir+"/", func(f File, p string) int { return cmp.Compare(f.Path, p) })
	return i < len(m) && strings.HasPrefix(m[i].Path, dir+"/")
}

// ReadManifest reads manifest.json at the root of fsys. The error wraps fs.ErrNotExist if
// there is none and ErrBadManifest if it is something else: cut short, edited, or the file
// of another program.
func ReadManifest(fsys fs.FS) (Manifest, error) {
	file, err := fsys.Open(ManifestName)
	if err != nil {
		return nil, fmt.Errorf("open the manifest: %w", err)
	}
	defer file.Close()
	m, err := decodeManifest(bufio.NewReaderSize(file, 1<<16))
	if err != nil {
		return nil, fmt.Errorf("%s: %w: %w", ManifestName, ErrBadManifest, err)
	}
	return m, nil
}

// manifestRow is the wire form of a File.
type manifestRow struct {
	Path   string `json:"path"`
	SHA256 string `json:"sha256"`
	Bytes  *int64 `json:"bytes"`
}

func decodeManifest(r io.Reader) (Manifest, error) {
	dec := json.NewDecoder(r)
	if t, err := dec.Token(); err != nil || t != json.Delim('[') {
		return nil, errors.New("it is no JSON array")
	}
	m := Manifest{}
	for dec.More() {
		f, err := decodeRow(dec)
		if err != nil {
			return nil, fmt.Errorf("row %d: %w", len(m)+1, err)
		}
		if n := len(m); n > 0 && m[n-1].Path >= f.Path {
			return nil, fmt.Errorf("row %d: %q is not in order", n+1, f.Path)
		}
		m = append(m, f)
	}
	if _, err := dec.Token(); err != nil {
		return nil, errors.New("it is cut short")
	}
	if _, err := dec.Token(); err != io.EOF {
		return nil, errors.New("text follows the array")
	}
	return m, nil
}

func decodeRow(dec *json.Decoder) (File, error) {
	var row manifestRow
	if err := dec.Decode(&row); err != nil {
		return File{}, err
	}
	if err := checkPath(row.Path); err != nil {
		return File{}, err
	}
	f := File{Path: row.Path}
	if n, err := hex.Decode(f.SHA256[:], []byte(row.SHA256[:min(len(row.SHA256), 64)])); err != nil || n != 32 || len(row.SHA256) != 64 {
		return File{}, fmt.Errorf("%q has no sha256", row.Path)
	}
	if row.Bytes == nil || *row.Bytes < 0 {
		return File{}, fmt.Errorf("%q has no size", row.Path)
	}
	f.Bytes = *row.Bytes
	return f, nil
}

// encode writes the manifest, one row per line.
func (m Manifest) encode(w io.Writer) error {
	b := bufio.NewWriterSize(w, 1<<16)
	var line []byte
	for i, f := range m {
		line = append(line[:0], ",\n"...)
		if i == 0 {
			line = append(line[:0], "[\n"...)
		}
		path, err := json.Marshal(f.Path)
		if err != nil {
			return err
		}
		line = append(append(line, `{"path":`...), path...)
		line = hex.AppendEncode(append(line, `,"sha256":"`...), f.SHA256[:])
		line = strconv.AppendInt(append(line, `","bytes":`...), f.Bytes, 10)
		if _, err := b.Write(append(line, '}')); err != nil {
			return err
		}
	}
	if len(m) == 0 {
		b.WriteString("[") // a failed write is reported by Flush
	}
	b.WriteString("\n]\n")
	return b.Flush()
}
