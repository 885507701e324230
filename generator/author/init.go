package author

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// first is the site that Init writes. Names that begin with "dot-" begin with a dot there:
// here they would be the repository's own. Days are counted from the one of writing.
//
//go:embed site
var first embed.FS

var counted = regexp.MustCompile(`\{day([+-]\d+)\}`)

// Init writes a first site, small and whole, into a folder that is not there or empty: one
// that holds nothing but a repository of git is. It returns the files that it wrote.
func Init(dir string, today time.Time) ([]string, error) {
	if err := vacant(dir); err != nil {
		return nil, err
	}
	site := Site{Dir: dir, Today: today}
	var out []string
	err := fs.WalkDir(first, "site", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := first.ReadFile(name)
		if err != nil {
			return err
		}
		file := strings.ReplaceAll(strings.TrimPrefix(name, "site"), "/dot-", "/.")[1:]
		out = append(out, file)
		return site.Create(file, site.counted(text))
	})
	return out, err
}

// counted puts days in the place of their distances.
func (s *Site) counted(text []byte) []byte {
	return counted.ReplaceAllFunc(text, func(m []byte) []byte {
		days, _ := strconv.Atoi(string(counted.FindSubmatch(m)[1])) // digits
		return []byte(s.Today.AddDate(0, 0, days).Format(time.DateOnly))
	})
}

// vacant refuses a folder that holds something.
func vacant(dir string) error {
	entries, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("begin a site: %w", err)
	}
	for _, e := range entries {
		if e.Name() != ".git" {
			return &RefusedError{Text: fmt.Sprintf("%s is not empty: it holds %s", filepath.Clean(dir), e.Name()), Hint: "name a new folder"}
		}
	}
	return nil
}
