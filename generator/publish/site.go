package publish

import (
	"fmt"
	"io"
	"io/fs"
	"os"
	"slices"
)

// Site is the complete new site before it replaces the old one: an fs.FS that opens files,
// not directories; Files lists them. It is safe for concurrent use and ends with verify.
type Site struct {
	plan  *plan
	stage *Stage
}

// Files lists the files of the site in order of path. The caller must not change it.
func (s *Site) Files() Manifest { return s.plan.manifest }

// Has reports whether the site will have a file at the path, which may be the manifest's.
func (s *Site) Has(name string) bool {
	_, ok := s.plan.manifest.Find(name)
	return ok || name == ManifestName
}

// Open opens a file of the site, whether it was written now or is kept from the old site.
func (s *Site) Open(name string) (fs.File, error) {
	if _, ok := s.plan.manifest.Find(name); !ok {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	return s.holder(name).Open(name)
}

// ReadFile returns the content of a file of the site.
func (s *Site) ReadFile(name string) ([]byte, error) {
	row, ok := s.plan.manifest.Find(name)
	if !ok {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	file, err := s.holder(name).Open(name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	content := make([]byte, row.Bytes)
	if _, err := io.ReadFull(file, content); err != nil {
		return nil, fmt.Errorf("read %s of the staged site: %w", name, err)
	}
	return content, nil
}

func (s *Site) holder(name string) *os.Root {
	if _, ok := slices.BinarySearch(s.plan.staged, name); ok {
		return s.stage.pub.staged()
	}
	return s.stage.old.root
}
