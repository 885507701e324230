package serve

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"slices"
	"sync"
	"syscall"
	"time"

	"uptree/generator/diag"
)

// Site is one build of a site. It is read-only and safe for concurrent use.
type Site struct {
	Root  string // path that it is published below, with a slash at both ends
	Style string // path of its style sheet, which names its content
	// File draws the file at a path from the root; nil where there is none. A problem is
	// one of the theme: the page cannot be drawn.
	File func(path string) ([]byte, diag.List)
}

// Built is what a build gave.
type Built struct {
	Site     *Site // nil where the problems do not allow one
	Problems diag.List
	Folders  []Folder // to be watched
}

// Folder is one whose files the site is made from.
type Folder struct {
	Path string
	// Names are patterns of the files in it that count; without any, all below it does.
	Names []string
}

// Options steer Run.
type Options struct {
	Listener net.Listener
	Hosts    []string // names that requests may be for, beside localhost and addresses
	// Build is called with "" for the first build, once more when its folders are watched,
	// and after each change with the file that changed last. Calls do not overlap.
	Build func(ctx context.Context, changed string) (Built, error)
	// Ready is called with the root's path once the first build is there.
	Ready func(root string)
}

// Run serves the site until the context ends, whose error it returns.
func Run(ctx context.Context, o Options) error {
	defer o.Listener.Close()
	built, err := o.Build(ctx, "")
	if err != nil {
		return err
	}
	watch, err := newWatch()
	if err != nil {
		return err
	}
	defer watch.close()
	s := &server{hosts: o.Hosts, state: &state{changed: make(chan struct{})}}
	s.show(built, nil)
	watch.follow(built.Folders)

	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	web := &http.Server{Handler: s.handler(), ReadHeaderTimeout: 10 * time.Second, BaseContext: func(net.Listener) context.Context { return ctx }}
	var running sync.WaitGroup
	running.Go(func() { stop(web.Serve(o.Listener)) })
	running.Go(func() { watch.run(ctx) })
	o.Ready(s.now().site.root())
	again := func(name string) {
		if built, err := o.Build(ctx, name); ctx.Err() == nil {
			s.show(built, err)
			watch.follow(built.Folders)
		}
	}
	again("") // files may have changed before they were watched
	for ctx.Err() == nil {
		select {
		case <-ctx.Done():
		case name := <-watch.changed:
			again(name)
		}
	}
	web.Close() // the streams of events never end by themselves
	running.Wait()
	return context.Cause(ctx)
}

// state is what is shown from one build to the next.
type state struct {
	site    *Site  // the last that could be built; nil before
	said    string // errors of the last build
	changed chan struct{}
}

func (s *Site) root() string {
	if s == nil {
		return "/"
	}
	return s.Root
}

// server answers requests.
type server struct {
	hosts []string

	mu    sync.Mutex
	state *state
}

// now is the state; its channel is closed when there is a newer one.
func (s *server) now() *state {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.state
}

// show replaces the state. Of the problems only errors lie over pages: a site may live with
// its warnings for long.
func (s *server) show(b Built, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	errs := slices.DeleteFunc(slices.Clone(b.Problems), func(p diag.Problem) bool { return p.Severity() != diag.Error })
	next := &state{site: cmp.Or(b.Site, s.state.site), said: text(errs), changed: make(chan struct{})}
	if err != nil {
		next.said += err.Error() + "\n"
	}
	close(s.state.changed)
	s.state = next
}

// maxTries is how many ports are tried.
const maxTries = 100

const inUseOnWindows = syscall.Errno(10048)

// Listen listens at the port, or the next one that is free.
func Listen(ctx context.Context, host string, port int) (net.Listener, error) {
	var err error
	for try := port; try < port+maxTries && try < 1<<16; try++ {
		var l net.Listener
		l, err = new(net.ListenConfig).Listen(ctx, "tcp", net.JoinHostPort(host, fmt.Sprint(try)))
		if err == nil {
			return l, nil
		}
		if !errors.Is(err, syscall.EADDRINUSE) && !errors.Is(err, inUseOnWindows) {
			return nil, err
		}
	}
	return nil, fmt.Errorf("no port from %d on is free: %w", port, err)
}
