package source

import (
	"context"
	"errors"
	"fmt"

	"uptree/generator/config"
)

// fault is why a source gave nothing. Text is published on the site; detail comes from
// outside, a server's words or a program's last lines, and is printed alone.
type fault struct{ text, detail, hint string }

func (f *fault) Error() string {
	if f.detail == "" {
		return f.text
	}
	return f.text + ": " + f.detail
}

// errTimeout is the cause of a context whose source took longer than its timeout.
var errTimeout = errors.New("took longer than its timeout")

// faultOf turns the error of a connector into a fault.
func faultOf(ctx context.Context, err error, s *config.Source) *fault {
	var f *fault
	switch {
	case errors.Is(context.Cause(ctx), errTimeout):
		return &fault{text: fmt.Sprintf("not done within timeout = %s", s.Timeout)}
	case errors.As(err, &f):
		return f
	}
	return &fault{text: err.Error()}
}

// masked returns the fault without the secrets.
func (f *fault) masked(s *secrets) *fault {
	return &fault{s.mask(f.text), s.mask(f.detail), s.mask(f.hint)}
}
