package source

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
)

// maxFiles bounds what one pattern may match.
const maxFiles = 100_000

// anyFolders is the segment of a pattern that stands for any number of folders.
const anyFolders = "**"

// expand returns the paths below dir that match a pattern, sorted. Segments are matched as
// by path.Match; ** stands for any folders, none included, but for neither links nor
// folders whose name begins with a dot. A path without a pattern is returned as it is.
func expand(ctx context.Context, dir, pattern string) ([]string, error) {
	pattern = path.Clean(pattern)
	if !hasMeta(pattern) {
		return []string{pattern}, nil
	}
	base, rest := splitPattern(pattern)
	fsys := os.DirFS(locate(dir, base))
	names, err := find(ctx, fsys, rest)
	if err != nil {
		return nil, fmt.Errorf("%q: %w", pattern, withoutPath(err))
	}
	if len(names) > maxFiles {
		return nil, fmt.Errorf("%q: matches more than %d files", pattern, maxFiles)
	}
	for i, name := range names {
		names[i] = path.Join(base, name)
	}
	slices.Sort(names)
	return names, nil
}

func hasMeta(pattern string) bool { return strings.ContainsAny(pattern, `*?[\`) }

// splitPattern cuts a pattern before its first segment that is one. Only the part behind
// the cut can be asked of an fs.FS, which knows neither "/" nor "..".
func splitPattern(pattern string) (base, rest string) {
	segments := strings.Split(pattern, "/")
	i := slices.IndexFunc(segments, hasMeta)
	base = strings.Join(segments[:i], "/")
	if base == "" && strings.HasPrefix(pattern, "/") {
		base = "/"
	}
	return base, strings.Join(segments[i:], "/")
}

// find lists what matches a pattern in a file system.
func find(ctx context.Context, fsys fs.FS, pattern string) ([]string, error) {
	segments := strings.Split(pattern, "/")
	if !slices.Contains(segments, anyFolders) {
		return fs.Glob(fsys, pattern)
	}
	var names []string
	err := fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case name == "." && errors.Is(err, fs.ErrNotExist):
			return fs.SkipAll // the same as a folder without a match
		case err != nil:
			return fmt.Errorf("%s: %w", name, withoutPath(err))
		case d.IsDir() && name != "." && strings.HasPrefix(d.Name(), "."):
			return fs.SkipDir
		case d.IsDir() || !matches(segments, strings.Split(name, "/")):
			return nil
		case len(names) > maxFiles:
			return fs.SkipAll
		}
		names = append(names, name)
		return nil
	})
	return names, err
}

// matches reports whether the segments of a path match those of a pattern. After a
// mismatch only the last ** can take in more, so the time is the product of the lengths.
func matches(pattern, name []string) bool {
	p, n, star, mark := 0, 0, -1, 0
	for n < len(name) {
		switch {
		case p < len(pattern) && pattern[p] == anyFolders:
			star, mark = p, n
			p++
		case p < len(pattern) && matchSegment(pattern[p], name[n]):
			p++
			n++
		case star >= 0:
			mark++
			p, n = star+1, mark
		default:
			return false
		}
	}
	for p < len(pattern) && pattern[p] == anyFolders {
		p++
	}
	return p == len(pattern)
}

// matchSegment ignores malformed patterns: config has refused them.
func matchSegment(pattern, name string) bool {
	ok, err := path.Match(pattern, name)
	return ok && err == nil
}
