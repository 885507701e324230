package config

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"uptree/generator/diag"
)

// HTTP is what a source of kind http asks, beside the bounds that all sources have.
type HTTP struct {
	URL        string // may hold {since} and {until}
	Method     string // GET or POST
	Body       string // of a POST; likewise
	Headers    map[string]string
	HeadersEnv map[string]string // header -> environment variable that holds its value
	// TokenHeader is the header that carries the variable of token_env, TokenPrefix what
	// stands before it there.
	TokenHeader, TokenPrefix string
	BasicEnv                 string   // variable that holds user:password
	Hosts                    []string // host or host:port that may be contacted beside the URL's own
	PerHost                  int      // requests at once
	Paging                   Paging
	Since                    time.Duration // how far {since} lies before as_of
	Window                   time.Duration // the longest {since} to {until} of one request; 0: all at once
	TimeFormat               string        // one of timeFormats
}

// Paging is [source.<name>.paging]: how the pages of an answer follow each other.
type Paging struct {
	By        string   // one of pagings; "" for an answer of one page
	Param     string   // query parameter, or key of a POST's body, that says which page
	SizeParam string   // likewise, how many items a page has
	Size      int      // 0: not sent
	First     int      // number of the first page or offset
	Items     []string // path of the array of items; nil: the answer itself, or its one array
	More      []string // path of the flag that another page follows; nil without one
	Next      []string // path of the cursor or address of the next page
	MaxPages  int
}

// The values of paging.by, each with its parameter's name where none is given.
var pagings = []struct{ by, param, size string }{
	{"offset", "offset", "limit"},
	{"page", "page", "per_page"},
	{"cursor", "cursor", "limit"},
	{"link", "", "per_page"},
	{"next", "", "limit"},
}

// timeFormats are the values of time_format.
var timeFormats = []string{"rfc3339", "date", "unix", "unix_ms"}

// Bounds and defaults of kind http.
const (
	defaultPerHost  = 2
	maxPerHost      = 20
	defaultPageSize = 100
	defaultMaxPages = 1000
	defaultRetries  = 2
	defaultSince    = 400 * 24 * time.Hour
	defaultTimeout  = 10 * time.Minute
	maxPages        = 100_000
)

// readHTTP reads the keys of kind http.
func (src *Source) readHTTP(s section) {
	h := &src.HTTP
	h.readAddress(s)
	h.readRequest(s)
	h.readHeaders(s)
	h.readSecrets(s)
	h.readTime(s)
	h.readPerHost(s)
	if t, ok := s.sub("paging", pagingTable); ok {
		h.Paging.read(t, h)
	}
}

func (h *HTTP) readPerHost(s section) {
	h.PerHost = defaultPerHost
	if s.Has("per_host") {
		h.PerHost = s.between("per_host", 1, maxPerHost)
	}
}

// readAddress reads url and hosts.
func (h *HTTP) readAddress(s section) {
	s.require("url", `name its address, as in url = "https://host/api/incidents"`)
	if text, ok := s.address("url"); ok {
		h.URL = text
		u, err := url.Parse(text)
		for key, values := range u.Query() {
			if err == nil && isSecret(key) && strings.Join(values, "") != "" {
				s.badSecret("url", fmt.Sprintf("url holds a secret, %q", key))
			}
		}
	}
	for _, host := range s.list("hosts") {
		if u, err := url.Parse("//" + host); err != nil || u.Host != host || host == "" {
			s.Report(diag.OutOfRange, "hosts", fmt.Sprintf("hosts: %q is no host", host), `it has the form "files.example" or "files.example:8443"`)
			continue
		}
		h.Hosts = append(h.Hosts, host)
	}
}

// readRequest reads method and body.
func (h *HTTP) readRequest(s section) {
	h.Method = http.MethodGet
	if method := s.oneOf("method", []string{http.MethodGet, http.MethodPost}); method != "" {
		h.Method = method
	}
	h.Body, _ = s.text("body")
	if s.Has("body") && h.Method != http.MethodPost {
		s.Report(diag.ConflictingKeys, "body", "only a POST has a body", `add method = "POST"`)
	}
}

func (h *HTTP) readHeaders(s section) {
	if t, ok := s.Table.Table("headers"); ok {
		t := section{t, s.partial}
		t.secrets(nil)
		h.Headers = t.headers(func(string, string) bool { return true })
	}
}

// readSecrets reads which secrets go with a request.
func (h *HTTP) readSecrets(s section) {
	h.TokenHeader, h.TokenPrefix = "Authorization", "Bearer "
	if name, ok := s.text("token_header"); ok {
		h.TokenHeader, h.TokenPrefix = name, ""
		s.checkHeader("token_header", name)
	}
	if s.Has("token_prefix") {
		s.String("token_prefix", &h.TokenPrefix)
	}
	h.BasicEnv = s.variable("basic_env")
	if s.Has("basic_env") && s.Has("token_env") && h.TokenHeader == "Authorization" {
		s.Report(diag.ConflictingKeys, "basic_env", "token_env and basic_env exclude each other", "both are sent as Authorization")
	}
	if t, ok := s.Table.Table("headers_env"); ok {
		t := section{t, s.partial}
		h.HeadersEnv = t.headers(func(key, name string) bool { return t.isVariable(key, name) })
	}
}

// headers reads a table of headers whose values are fit.
func (s section) headers(fit func(key, value string) bool) map[string]string {
	out := map[string]string{}
	for _, key := range s.Keys() {
		if value, ok := s.text(key); ok && s.checkHeader(key, key) && fit(key, value) {
			out[key] = value
		}
	}
	return out
}

// checkHeader reports a name that no header can have, and headers that are not the site's
// to set.
func (s section) checkHeader(key, name string) bool {
	ours := []string{"host", "content-length", "transfer-encoding", "connection", "accept-encoding"}
	odd := func(r rune) bool {
		return !(r == '-' || r == '_' || '0' <= r && r <= '9' || 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z')
	}
	if !strings.ContainsFunc(name, odd) && !slices.Contains(ours, strings.ToLower(name)) {
		return true
	}
	s.Report(diag.OutOfRange, key, fmt.Sprintf("%q cannot be set as a header", name), "")
	return false
}

// readTime reads what {since} and {until} stand for.
func (h *HTTP) readTime(s section) {
	h.TimeFormat = timeFormats[0]
	h.readSince(s)
	if name := s.oneOf("time_format", timeFormats); name != "" {
		h.TimeFormat = name
	}
	if h.Window > 0 && h.Since/h.Window > maxWindows {
		s.Report(diag.OutOfRange, "window", fmt.Sprintf("since = %s is more than %d windows", h.Since, maxWindows), "")
	}
	asked := h.URL + h.Body
	if s.Has("window") && !(strings.Contains(asked, "{since}") && strings.Contains(asked, "{until}")) && !s.partial {
		s.Report(diag.ConflictingKeys, "window", "window needs {since} and {until} in url or body", `as in url = "https://host/api?from={since}&to={until}"`)
	}
}

// readSince reads how far back is asked, and how much of it at once.
func (h *HTTP) readSince(s section) {
	h.Since = defaultSince
	if d := s.duration("since"); d > 0 {
		h.Since = d
	}
	h.Window = s.duration("window")
}

// maxWindows bounds into how many windows the time may be cut.
const maxWindows = 1000

// read reads the table, whose defaults depend on by.
func (p *Paging) read(s section, h *HTTP) {
	names := make([]string, len(pagings))
	for i := range pagings {
		names[i] = pagings[i].by
	}
	s.require("by", strings.Join(names, ", "))
	p.By = s.oneOf("by", names)
	for _, d := range pagings {
		if d.by == p.By {
			p.Param, p.SizeParam = d.param, d.size
		}
	}
	p.readParams(s)
	p.Items, p.More, p.Next = s.path("items"), s.path("more"), s.path("next")
	if p.By == "cursor" || p.By == "next" {
		s.require("next", `the path to it in the answer, as in next = "meta.next"`)
	}
	p.MaxPages = defaultMaxPages
	if s.Has("max_pages") {
		p.MaxPages = s.between("max_pages", 1, maxPages)
	}
	var object map[string]json.RawMessage
	if h.Method == http.MethodPost && p.By != "link" && p.By != "next" && json.Unmarshal([]byte(h.Body), &object) != nil {
		s.Report(diag.ConflictingKeys, "by", "the pages of a POST are asked for in its body, which is no JSON object", "")
	}
}

// readParams reads the parameters.
func (p *Paging) readParams(s section) {
	numbered := p.By == "offset" || p.By == "page"
	if name, ok := s.text("param"); ok {
		p.Param = name
	}
	if name, ok := s.text("size_param"); ok {
		p.SizeParam = name
	}
	switch {
	case s.Has("size"):
		p.Size = s.between("size", 1, 1_000_000)
	case numbered:
		p.Size = defaultPageSize
	}
	if p.By == "page" {
		p.First = 1
	}
	if s.Has("first") {
		p.First = s.count("first", 1_000_000)
	}
	if s.Has("param") && (p.By == "link" || p.By == "next") {
		s.Report(diag.ConflictingKeys, "param", "param is not for by = "+fmt.Sprintf("%q", p.By), "the answer names the next page")
	}
}

// path reads the path of a value in a JSON document: keys with dots between them.
func (s section) path(key string) []string {
	text, ok := s.text(key)
	if !ok {
		return nil
	}
	path := strings.Split(text, ".")
	if slices.Contains(path, "") {
		s.Report(diag.OutOfRange, key, fmt.Sprintf("%s: %q is not a path", key, text), `keys with dots between them, as in "meta.next"`)
		return nil
	}
	return path
}

// between reads a whole number.
func (s section) between(key string, low, high int) int {
	n := low
	if s.Int(key, &n) && (n < low || n > high) {
		s.Report(diag.OutOfRange, key, fmt.Sprintf("%s is %d", key, n), fmt.Sprintf("a number from %d to %d", low, high))
		return low
	}
	return n
}

// variable reads the name of an environment variable. It is not shown where it is none: it
// may be the secret itself.
func (s section) variable(key string) string {
	name, ok := s.text(key)
	if !ok || !s.isVariable(key, name) {
		return ""
	}
	return name
}

func (s section) isVariable(key, name string) bool {
	if !variable.MatchString(name) {
		s.badSecret(key, key+" is not the name of an environment variable, written in A-Z, 0-9 and _")
		return false
	}
	return true
}
