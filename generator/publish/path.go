package publish

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strings"
	"sync"
	"unicode"

	"uptree/generator/diag"
)

// What file systems and servers commonly take, in bytes.
const (
	maxSegment = 255
	maxPath    = 3000
)

// ownPrefix begins the names at the root of a destination that publishing itself uses.
const ownPrefix = ".uptree-"

// errUnsafePath is wrapped by the errors about paths that cannot be published.
var errUnsafePath = errors.New("path cannot be published")

// checkPath says why a path cannot be published, if so.
func checkPath(name string) error {
	switch {
	case !fs.ValidPath(name) || name == ".":
		return fmt.Errorf("%w: %q is not a plain relative path", errUnsafePath, name)
	case strings.ContainsFunc(name, func(r rune) bool { return r == '\\' || r == ':' || unicode.IsControl(r) }):
		return fmt.Errorf("%w: %q has a character that file systems do not take", errUnsafePath, name)
	case len(name) > maxPath:
		return fmt.Errorf("%w: %.60q… has %d bytes, more than %d", errUnsafePath, name, len(name), maxPath)
	case name == ManifestName || strings.HasPrefix(name, ownPrefix):
		return fmt.Errorf("%w: %q is reserved", errUnsafePath, name)
	}
	for segment := range strings.SplitSeq(name, "/") {
		if len(segment) > maxSegment {
			return fmt.Errorf("%w: %.60q… has a name of %d bytes, more than %d", errUnsafePath, name, len(segment), maxSegment)
		}
	}
	return nil
}

// names is the set of the paths of a site. It compares without regard to case, because the
// site may be served from, or copied to, a file system that does.
type names struct {
	mu       sync.Mutex
	files    map[string]string   // folded path to path
	dirs     map[string]struct{} // folded
	problems diag.List
}

func newNames() *names {
	return &names{files: map[string]string{}, dirs: map[string]struct{}{}}
}

// claim takes a path for one content. It returns false, and notes a problem, if the path
// is taken. The text of the problem does not depend on who came first.
func (n *names) claim(name string) bool {
	key := fold(name)
	n.mu.Lock()
	defer n.mu.Unlock()
	if taken, ok := n.files[key]; ok {
		n.refuse(taken == name, key)
		return false
	}
	if _, ok := n.dirs[key]; ok {
		n.refuseDir(key)
		return false
	}
	for dir := path.Dir(key); dir != "."; dir = path.Dir(dir) {
		if _, ok := n.files[dir]; ok {
			n.refuseDir(dir)
			return false
		}
	}
	n.files[key] = name
	for dir := path.Dir(key); dir != "."; dir = path.Dir(dir) {
		n.dirs[dir] = struct{}{}
	}
	return true
}

func (n *names) refuse(same bool, key string) {
	text := fmt.Sprintf("two files would be published as %q", key)
	if !same {
		text = fmt.Sprintf("files whose names differ only in case would be published as %q", key)
	}
	n.problems.Add(diag.Problem{Code: diag.DuplicateURL, Text: text})
}

func (n *names) refuseDir(key string) {
	n.problems.Add(diag.Problem{Code: diag.DuplicateURL, Text: fmt.Sprintf("%q would be both a file and a directory", key)})
}

// displaces reports whether the site has a file or directory where an old path was that it
// does not itself have: below it, above it, or under a name that differs in case.
func (n *names) displaces(old string) bool {
	key := fold(old)
	if _, ok := n.dirs[key]; ok {
		return true
	}
	for ; key != "."; key = path.Dir(key) {
		if _, ok := n.files[key]; ok {
			return true
		}
	}
	return false
}

func fold(name string) string { return strings.ToLower(name) }
