package source

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"time"

	"uptree/generator/config"
)

// meta is meta.json: what a kept copy consists of.
type meta struct {
	Version    int       `json:"version"`
	Definition string    `json:"definition"` // definition of the source that it is of
	FetchedAt  time.Time `json:"fetched_at"`
	Records    int       `json:"records"`
	Fields     Fields    `json:"fields,omitzero"`
	// ETag and LastModified are the source's names for this state of its data.
	ETag         string     `json:"etag,omitempty"`
	LastModified string     `json:"last_modified,omitempty"`
	Warnings     []string   `json:"warnings,omitempty"`
	Blobs        []metaBlob `json:"blobs"`
}

// metaBlob is one file of a kept copy.
type metaBlob struct {
	Name    string    `json:"name"`
	Size    int64     `json:"size"` // decoded
	ModTime time.Time `json:"mod_time"`
	SHA256  string    `json:"sha256"` // of the decoded bytes; names the file
}

// metaVersion is raised when kept copies of older versions can no longer be read.
const metaVersion = 1

// maxMeta bounds meta.json, in bytes: maxFiles files with long names.
const maxMeta = 64 << 20

var sum = regexp.MustCompile(`^[0-9a-f]{64}$`)

// Definition tells what a source is asked: it changes with the question and with what the
// answer is taken for.
func Definition(s *config.Source) string { return definition(s) }

// definition tells copies of different questions apart: it changes with what is asked and
// with what the answer is taken for, not with how often or how patiently it is asked.
func definition(s *config.Source) string {
	rows := s.Postgres
	rows.PerHost, rows.MaxRows = 0, 0
	asked := s.HTTP
	asked.Hosts, asked.PerHost, asked.Paging.MaxPages = nil, 0, 0
	text, err := json.Marshal(struct {
		Kind, Path, Format, Preset, Map string
		Dataset                         int
		Columns                         map[string]string
		TokenEnv                        string            `json:",omitzero"`
		HTTP                            config.HTTP       `json:",omitzero"`
		Command                         []string          `json:",omitzero"`
		Prometheus                      config.Prometheus `json:",omitzero"`
		Postgres                        config.Postgres   `json:",omitzero"`
		Zone                            string            `json:",omitzero"` // whose days
	}{s.Kind, s.Path, s.Format, s.Preset, s.Map, int(s.Dataset), s.Columns, s.TokenEnv, asked, s.Command.Args, s.Prometheus, rows, zoneOf(s)})
	if err != nil {
		panic(err) // strings and maps of them
	}
	hash := sha256.Sum256(text)
	return hex.EncodeToString(hash[:])
}

// zoneOf names the zone whose days a source is asked for; "" where it is asked for none.
func zoneOf(s *config.Source) string {
	if s.Prometheus.Zone == nil {
		return ""
	}
	return s.Prometheus.Zone.String()
}

// sourceDir is the folder of a source, whose name config has checked.
func (s *Store) sourceDir(name string) string { return filepath.Join(s.dir, "sources", name) }

// load returns the kept copy of a source: nil where there is none of its definition that
// is whole.
func (s *Store) load(src *config.Source) *Copy {
	if s == nil {
		return nil
	}
	dir := s.sourceDir(src.Name)
	m, err := readMeta(dir)
	if err != nil || m.Definition != definition(src) || !m.whole(dir) {
		return nil
	}
	c := &Copy{FetchedAt: m.FetchedAt, Records: m.Records, Fields: m.Fields, Warnings: warnings(m.Warnings, &secrets{}), kept: m, etag: m.ETag, modified: m.LastModified}
	for _, b := range m.Blobs {
		file := filepath.Join(dir, b.file())
		c.Blobs = append(c.Blobs, Blob{Name: b.Name, Size: b.Size, ModTime: b.ModTime, open: func() (io.ReadCloser, error) {
			return openCompressed(file)
		}})
	}
	return c
}

func (b *metaBlob) file() string { return b.SHA256 + ".zst" }

// readMeta reads meta.json. It may have come from elsewhere, a cache of CI for one.
func readMeta(dir string) (*meta, error) {
	f, err := os.Open(filepath.Join(dir, "meta.json"))
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var m meta
	if err := json.NewDecoder(io.LimitReader(f, maxMeta)).Decode(&m); err != nil {
		return nil, err
	}
	odd := func(b metaBlob) bool { return !sum.MatchString(b.SHA256) || b.Size < 0 }
	if m.Version != metaVersion || len(m.Blobs) == 0 || m.Records < 0 || slices.ContainsFunc(m.Blobs, odd) {
		return nil, errors.New("meta.json is not of this version")
	}
	return &m, nil
}

// of reports whether a copy consists of the same files as the kept one.
func (m *meta) of(c *Copy) bool {
	return slices.EqualFunc(m.Blobs, c.Blobs, func(a metaBlob, b Blob) bool {
		return a.Name == b.Name && a.Size == b.Size && a.ModTime.Equal(b.ModTime)
	})
}

// equal reports whether there is nothing new in a meta.json of the same files.
func (m *meta) equal(other *meta) bool {
	return m.FetchedAt.Equal(other.FetchedAt) && m.Definition == other.Definition && m.Records == other.Records &&
		m.Fields.Rows == other.Fields.Rows && maps.Equal(m.Fields.With, other.Fields.With) &&
		m.ETag == other.ETag && m.LastModified == other.LastModified && slices.Equal(m.Warnings, other.Warnings)
}

// whole reports whether all files are there.
func (m *meta) whole(dir string) bool {
	return !slices.ContainsFunc(m.Blobs, func(b metaBlob) bool {
		_, err := os.Stat(filepath.Join(dir, b.file()))
		return err != nil
	})
}
