package source

import (
	"context"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"sync"

	"uptree/generator/config"
)

// turns holds the requests of all sources to so many at once per host.
type turns struct {
	mu    sync.Mutex
	slots map[string]chan struct{} // by hostPort
}

// newTurns makes the turns of a site. Of several sources of a host the lowest per_host
// holds for all of them.
func newTurns(site *config.Site) *turns {
	least := map[string]int{}
	for i := range site.Sources {
		s := &site.Sources[i]
		address, perHost := s.Asks()
		if u, err := url.Parse(address); err == nil && perHost > 0 {
			host := hostPort(u)
			if n, ok := least[host]; !ok || perHost < n {
				least[host] = perHost
			}
		}
	}
	t := &turns{slots: map[string]chan struct{}{}}
	for host, n := range least {
		t.slots[host] = make(chan struct{}, n)
	}
	return t
}

// of returns the slots of a host. One that no source is of has a single one.
func (t *turns) of(host string) chan struct{} {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.slots[host] == nil {
		t.slots[host] = make(chan struct{}, 1)
	}
	return t.slots[host]
}

// take waits for a turn at the host of an address; time stands still meanwhile. The turn
// ends when the slot is received from.
func (t *turns) take(ctx context.Context, u *url.URL, time *allowance) (slot chan struct{}, err error) {
	slot = t.of(hostPort(u))
	select {
	case slot <- struct{}{}:
		return slot, nil
	default:
	}
	time.pause()
	select {
	case slot <- struct{}{}:
		time.resume()
		return slot, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// hostPort names a host as it is counted: with its port.
func hostPort(u *url.URL) string {
	port := u.Port()
	if port == "" {
		port = map[string]string{"http": "80", "https": "443", "postgres": "5432", "postgresql": "5432"}[u.Scheme]
	}
	return net.JoinHostPort(strings.ToLower(u.Hostname()), port)
}

// turnTaker sends the requests of one source, each when it is its turn. A turn lasts until
// the body of the answer is closed.
type turnTaker struct {
	http.RoundTripper
	turns *turns
	time  *allowance
}

func (t *turnTaker) RoundTrip(req *http.Request) (*http.Response, error) {
	slot, err := t.turns.take(req.Context(), req.URL, t.time)
	if err != nil {
		return nil, err
	}
	resp, err := t.RoundTripper.RoundTrip(req)
	if err != nil {
		<-slot
		return nil, err
	}
	resp.Body = &turnBody{ReadCloser: resp.Body, slot: slot}
	return resp, nil
}

type turnBody struct {
	io.ReadCloser
	slot chan struct{}
	once sync.Once
}

func (b *turnBody) Close() error {
	err := b.ReadCloser.Close()
	b.once.Do(func() { <-b.slot })
	return err
}
