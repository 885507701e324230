package source

import (
	"context"
	"sync"
	"time"
)

// allowance is the time that a source may take. It stands still while the source waits for
// its turn at a host: that wait is of the site's own making.
type allowance struct {
	mu       sync.Mutex
	timer    *time.Timer // nil without a timeout
	deadline time.Time
	rest     time.Duration // while it stands still
}

// allow begins an allowance; 0 is without limit. Beyond it the context ends with
// errTimeout as its cause. The function ends both.
func allow(ctx context.Context, timeout time.Duration) (context.Context, *allowance, func()) {
	ctx, cancel := context.WithCancelCause(ctx)
	a := &allowance{}
	if timeout > 0 {
		a.deadline = time.Now().Add(timeout)
		a.timer = time.AfterFunc(timeout, func() { cancel(errTimeout) })
	}
	return ctx, a, func() {
		a.pause()
		cancel(nil)
	}
}

func (a *allowance) pause() {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.timer != nil {
		a.timer.Stop()
		a.rest = time.Until(a.deadline)
	}
}

func (a *allowance) resume() {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.timer != nil {
		a.deadline = time.Now().Add(a.rest)
		a.timer.Reset(max(a.rest, 0))
	}
}

// allows reports whether a wait ends within the allowance.
func (a *allowance) allows(wait time.Duration) bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.timer == nil || wait < time.Until(a.deadline)
}
