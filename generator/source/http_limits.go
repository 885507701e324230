package source

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"time"
)

// maxBackoff bounds a wait that no server asked for.
const maxBackoff = 30 * time.Second

// retried are the statuses after which a later try may help.
var retried = []int{
	http.StatusRequestTimeout, http.StatusTooManyRequests, http.StatusInternalServerError,
	http.StatusBadGateway, http.StatusServiceUnavailable, http.StatusGatewayTimeout,
}

// limited reports whether a status says that there were too many requests. Some say 403.
func limited(resp *http.Response) bool {
	switch resp.StatusCode {
	case http.StatusTooManyRequests, 420:
		return true
	case http.StatusForbidden:
		return resp.Header.Get("Retry-After") != "" || exhausted(resp.Header)
	}
	return false
}

// retry decides whether to try again, for the client of package retryablehttp.
func (a *asker) retry(ctx context.Context, resp *http.Response, err error) (bool, error) {
	var f *fault
	switch {
	case ctx.Err() != nil:
		return false, ctx.Err()
	case errors.As(err, &f):
		return false, f
	case err != nil:
		return true, nil // a connection that failed or broke
	}
	_, tooLong := a.waitsTooLong(resp)
	return mayPass(resp) && !tooLong, nil
}

// mayPass reports whether a later try may help.
func mayPass(resp *http.Response) bool {
	return limited(resp) || slices.Contains(retried, resp.StatusCode)
}

// waitsTooLong reports whether a refusal asks for a wait that the source has no time for.
func (a *asker) waitsTooLong(resp *http.Response) (time.Duration, bool) {
	wait, ok := asksToWait(resp.Header)
	return wait, ok && mayPass(resp) && !a.time.allows(wait)
}

func (a *asker) waitFault(resp *http.Response, wait time.Duration) *fault {
	unit := time.Second
	if wait > 10*time.Minute {
		unit = time.Minute
	}
	return &fault{
		text: fmt.Sprintf("%s asks to wait %s, longer than its timeout lasts: %s", resp.Request.URL.Host, wait.Round(unit), statusText(resp.StatusCode)),
		hint: "ask it less often with every, or give it more time with timeout",
	}
}

// backoff is how long to wait before the next try: what the server asks for, else longer
// with each try.
func backoff(least, most time.Duration, try int, resp *http.Response) time.Duration {
	if resp != nil {
		if wait, ok := asksToWait(resp.Header); ok {
			return wait
		}
	}
	return min(least<<min(try, 20), most)
}

// pace waits before the next page where the limit of requests is used up.
func (a *asker) pace(ctx context.Context, resp *http.Response) error {
	if !exhausted(resp.Header) {
		return nil
	}
	wait, ok := reset(resp.Header)
	switch {
	case !ok:
		return nil
	case !a.time.allows(wait):
		return a.waitFault(resp, wait)
	}
	select {
	case <-time.After(wait):
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// asksToWait is what an answer says of the time until the next request.
func asksToWait(header http.Header) (time.Duration, bool) {
	if text := header.Get("Retry-After"); text != "" {
		if seconds, err := strconv.ParseFloat(text, 64); err == nil && seconds >= 0 && seconds < maxWait.Seconds() {
			return time.Duration(seconds * float64(time.Second)), true
		}
		if at, err := http.ParseTime(text); err == nil {
			return max(time.Until(at), 0), true
		}
	}
	if exhausted(header) {
		return reset(header)
	}
	return 0, false
}

// maxWait bounds what is taken for a wait: a year.
const maxWait = 365 * 24 * time.Hour

// limitHeaders are the names under which vendors say what is left of a limit; their reset
// is in seconds from now, or since 1970.
var limitHeaders = []struct{ remaining, reset string }{
	{"Ratelimit-Remaining", "Ratelimit-Reset"},
	{"X-Ratelimit-Remaining", "X-Ratelimit-Reset"},
}

// exhausted reports whether no further request is allowed.
func exhausted(header http.Header) bool {
	for _, names := range limitHeaders {
		if header.Get(names.remaining) == "0" {
			return true
		}
	}
	return false
}

// reset is how long an exhausted limit lasts.
func reset(header http.Header) (time.Duration, bool) {
	const since1970 = 1e9 // seconds from now would be 30 years
	for _, names := range limitHeaders {
		seconds, err := strconv.ParseFloat(header.Get(names.reset), 64)
		switch {
		case err != nil || !(seconds >= 0 && seconds < 1e11):
			continue
		case seconds >= since1970:
			return max(time.Until(time.Unix(int64(seconds), 0)), 0), true
		}
		return time.Duration(min(seconds, maxWait.Seconds()) * float64(time.Second)), true
	}
	return 0, false
}
