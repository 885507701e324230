package publish

import (
	"errors"
	"fmt"
	"io/fs"
)

// choose picks the publisher and makes its staging tree.
func (s *Stage) choose() (publisher, error) {
	why, err := s.againstSwap()
	if err != nil {
		return nil, err
	}
	switch {
	case s.opts.Publisher == Files:
		return s.newFiles()
	case why == "":
		pub, err := s.newSwap()
		if !errors.Is(err, fs.ErrPermission) || s.opts.Publisher == Swap {
			return pub, err
		}
		why = "the directory above it cannot be written to"
	case s.opts.Publisher == Swap:
		return nil, fmt.Errorf("publish to %s with %q: %s (use %q)", s.dest.dir, Swap, why, Files)
	}
	s.opts.Log(fmt.Sprintf("publishing file by file, not by exchange: %s", why))
	return s.newFiles()
}

// againstSwap says why the destination cannot be exchanged as a whole, or "". It looks at
// the top of the destination only; the exchange itself looks at all of it.
func (s *Stage) againstSwap() (string, error) {
	if s.dest.fixed {
		return "the destination is a mount point, or the directory above it cannot be written to", nil
	}
	if s.dest.linked && s.opts.Publisher == "" {
		return "the destination is a symbolic link", nil
	}
	extra, err := s.old.foreignTop()
	if extra != "" {
		return fmt.Sprintf("it holds %q, which uptree did not write", extra), nil
	}
	return "", err
}
