package source

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/url"
	"slices"
	"strings"
)

// answer is one page on its way from the server into the room.
type answer struct {
	fetch      *httpFetch
	name       string // of the blob
	url        *url.URL
	readsFacts bool // the next page is told by what this one holds
	blob       Blob
	size       int64
	sum        string
	facts      facts
}

// maxPage bounds a page of several, in bytes: all of its values are looked at.
const maxPage = 64 << 20

// read takes a response. Its error is a fault, after which no other try would help, or
// that of a connection.
func (a *answer) read(resp *http.Response) error {
	defer resp.Body.Close() // nothing was written
	switch code := resp.StatusCode; {
	case code >= 400:
		return a.fetch.statusFault(resp)
	case code == http.StatusNotModified && a.fetch.last != nil && a.fetch.single():
		return nil
	case code < 200 || code >= 300 || code == http.StatusPartialContent:
		return &fault{text: fmt.Sprintf("it answers with %s", statusText(code))}
	}
	if err := checkType(resp.Header, a.fetch.source.Format); err != nil {
		return err
	}
	a.fetch.warned(resp.Header.Values("Warning"))
	body, err := decodeBody(resp, a.url, a.fetch.room.limit)
	if err != nil {
		return err
	}
	if err := a.spool(body); err != nil {
		return err
	}
	a.fetch.fresh.etag, a.fetch.fresh.modified = a.validator(resp.Header, "Etag"), a.validator(resp.Header, "Last-Modified")
	if !a.readsFacts {
		return nil
	}
	return a.readFacts()
}

// warned notes what an answer says is wrong with it, as caches and search engines do.
func (h *httpFetch) warned(said []string) {
	for _, text := range said {
		if have := h.fresh.Warnings; len(have) < maxWarnings && !slices.Contains(have, text) {
			h.fresh.Warnings = append(have, text)
		}
	}
}

// validator returns a header that is sent back with the next question, if it is fit.
func (a *answer) validator(header http.Header, name string) string {
	value := header.Get(name)
	if len(value) > 256 || a.fetch.secrets.mask(value) != value || strings.ContainsFunc(value, func(r rune) bool { return r < ' ' || r >= 0x7f }) {
		return ""
	}
	return value
}

// mediaTypes are those in which a format is served, beside the general ones. A format that
// is not listed is taken in any, HTML excepted.
var mediaTypes = map[string][]string{
	"json":  {"application/json", "text/json", "text/javascript", "application/javascript"},
	"jsonl": {"application/json", "application/jsonl", "application/json-lines", "application/ndjson", "application/x-ndjson", "application/x-jsonlines", "text/json"},
	"csv":   {"text/csv", "application/csv", "application/vnd.ms-excel", "text/comma-separated-values"},
	"yaml":  {"application/yaml", "application/x-yaml", "text/yaml", "text/x-yaml", "text/vnd.yaml"},
	"toml":  {"application/toml", "text/toml", "text/x-toml"},
}

// generalTypes say nothing of what is served.
var generalTypes = []string{"", "text/plain", "application/octet-stream", "binary/octet-stream", "application/gzip", "application/x-gzip", "application/zstd"}

// checkType refuses answers that are clearly of another kind than the source's format.
func checkType(header http.Header, format string) error {
	given, _, _ := mime.ParseMediaType(header.Get("Content-Type"))
	fit, listed := mediaTypes[format]
	switch {
	case given == "text/html", given == "application/xhtml+xml":
		return htmlFault()
	case !listed, slices.Contains(fit, given), slices.Contains(generalTypes, given):
		return nil
	case strings.HasPrefix(format, "json") && strings.HasSuffix(given, "+json"):
		return nil
	}
	return &fault{text: fmt.Sprintf("its answer is of type %s where %s is expected", given, format)}
}

func htmlFault() error {
	return &fault{text: "its answer is an HTML page where data are expected", hint: "a login page, maybe: see to its credentials and its address"}
}

// decodeBody returns what an answer from an address holds, checked to be no HTML. limit is
// max_bytes.
func decodeBody(resp *http.Response, from *url.URL, limit int64) (io.Reader, error) {
	var body io.Reader = &counted{r: resp.Body, left: limit, limit: limit}
	var err error
	switch encoding := strings.ToLower(strings.TrimSpace(resp.Header.Get("Content-Encoding"))); encoding {
	case "", "identity":
	case "gzip", "x-gzip":
		body, err = decoderOf(".gz")(body)
	case "zstd":
		body, err = decoderOf(".zst")(body)
	default:
		return nil, &fault{text: "its answer is compressed in a way that was not asked for"}
	}
	if err != nil {
		return nil, err
	}
	plain := bufio.NewReader(body)
	if open := decoderOf(from.Path); open != nil && isCompressed(plain) {
		z, err := open(plain)
		if err != nil {
			return nil, err
		}
		plain = bufio.NewReader(z)
	}
	start, err := plain.Peek(sniffed)
	if err != nil && err != io.EOF {
		return nil, err
	}
	if isHTML(start) {
		return nil, htmlFault()
	}
	return plain, nil
}

// sniffed is how many bytes are looked at to tell what an answer is.
const sniffed = 512

func isHTML(start []byte) bool {
	start = bytes.ToLower(bytes.TrimLeft(bytes.TrimPrefix(start, []byte("\ufeff")), " \t\r\n"))
	return bytes.HasPrefix(start, []byte("<!doctype html")) || bytes.HasPrefix(start, []byte("<html"))
}

// isCompressed tells by the first bytes: a server may have undone the compression.
func isCompressed(r *bufio.Reader) bool {
	start, _ := r.Peek(4)
	return bytes.HasPrefix(start, []byte{0x1f, 0x8b}) || bytes.HasPrefix(start, []byte{0x28, 0xb5, 0x2f, 0xfd})
}

// counted ends a body that is longer than the source may be, even while it is compressed:
// a stream of nothing has no other end. limit 0 is none.
type counted struct {
	r           io.Reader
	left, limit int64
}

func (c *counted) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	if c.left -= int64(n); c.limit > 0 && c.left < 0 {
		return n, tooLarge(c.limit)
	}
	return n, err
}

// spool writes the answer into the room, without the secrets.
func (a *answer) spool(body io.Reader) error {
	file, err := a.fetch.room.create(a.name)
	if err != nil {
		return err
	}
	hash := sha256.New()
	out := &masking{to: file, secrets: a.fetch.secrets}
	_, err = io.Copy(io.MultiWriter(out, hash), body)
	if err == nil {
		err = out.flush()
	}
	if err != nil {
		file.discard()
		return err
	}
	a.size, a.sum = file.size, hex.EncodeToString(hash.Sum(nil))
	a.blob, err = file.blob(a.fetch.asOf)
	return err
}

// readFacts looks for what the page says of the next.
func (a *answer) readFacts() error {
	if a.size > maxPage {
		return &fault{text: fmt.Sprintf("%s has more than %d bytes", a.name, maxPage), hint: "ask for smaller pages with size"}
	}
	r, err := a.blob.Open()
	if err != nil {
		return err
	}
	defer r.Close() // nothing was written
	a.facts, err = scanFacts(r, &a.fetch.asks.Paging)
	if err != nil {
		return &fault{text: fmt.Sprintf("%s is not whole JSON", a.name), detail: err.Error()}
	}
	return nil
}
