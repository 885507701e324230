package serve

import (
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"strings"

	"uptree/generator/diag"
)

// ownFolder is where what belongs to no site is served. No id of a site begins like it.
const ownFolder = "_uptree/"

//go:embed own
var embedded embed.FS

var ownFiles = func() fs.FS {
	own, err := fs.Sub(embedded, "own")
	if err != nil { // the path is valid
		panic(err)
	}
	return own
}()

// events tells a page what is new about it, until it is left.
func (s *server) events(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	stream := &stream{w: w, page: fileOf(q.Get("page")), shown: look{q.Get("body"), q.Get("style")}}
	w.Header().Set("Content-Type", "text/event-stream")
	for {
		now := s.now()
		stream.tell(now)
		if err := errors.Join(stream.err, http.NewResponseController(w).Flush()); err != nil {
			return
		}
		select {
		case <-r.Context().Done():
			return
		case <-now.changed:
		}
	}
}

// stream is one open page.
type stream struct {
	w     http.ResponseWriter
	page  string
	shown look
	said  string // the problems that lie over it
	err   error  // of the last write
}

// tell sends what differs from what the page shows.
func (t *stream) tell(now *state) {
	next, broken := now.look(t.page)
	if said := now.said + text(broken); said != t.said {
		t.said = said
		t.send("problems", said)
	}
	if next == t.shown || next == (look{}) {
		return
	}
	if next.body != t.shown.body {
		t.send("page", "")
	} else {
		t.send("style", next.style)
	}
	t.shown = next
}

func (t *stream) send(event, data string) {
	text, err := json.Marshal(data)
	if err == nil {
		_, err = fmt.Fprintf(t.w, "event: %s\ndata: %s\n\n", event, text)
	}
	t.err = err
}

// maxSaid bounds the problems over a page: more are not read.
const maxSaid = 20

// text is what problems say, as on the terminal.
func text(list diag.List) string {
	more := len(list) - maxSaid
	var b strings.Builder
	_ = diag.Text(&b, list[:min(len(list), maxSaid)], false) // a Builder takes all
	if more > 0 {
		fmt.Fprintf(&b, "and %d more\n", more)
	}
	return b.String()
}
