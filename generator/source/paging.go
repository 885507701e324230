package source

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"uptree/generator/config"
)

// pager leads from page to page of an answer. It never goes in a circle: a page that came
// before, or a mark of one, is a fault.
type pager struct {
	config.Paging
	url    *url.URL // of the next page
	body   []byte   // likewise, of a POST
	post   bool
	number int // of the next page, or of its first item
	page   int // pages so far
	seen   map[string]bool
	last   string // sum of the last page
}

func newPager(p config.Paging, u *url.URL, body []byte, post bool) (*pager, error) {
	out := &pager{Paging: p, url: u, body: body, post: post, number: p.First, seen: map[string]bool{}}
	if p.By == "" || p.By == "link" && p.Size == 0 {
		return out, nil
	}
	if p.Size > 0 {
		if err := out.set(p.SizeParam, p.Size, ""); err != nil {
			return nil, err
		}
	}
	if p.By == "offset" || p.By == "page" {
		return out, out.set(p.Param, out.number, "")
	}
	return out, nil
}

// set puts a parameter, a number or else a text, into the query or into the posted object.
func (p *pager) set(name string, number int, text string) error {
	if !p.post {
		u := *p.url
		query := u.Query()
		if text == "" {
			text = strconv.Itoa(number)
		}
		query.Set(name, text)
		u.RawQuery = query.Encode()
		p.url = &u
		return nil
	}
	value, err := json.Marshal(text)
	if text == "" {
		value, err = json.Marshal(number)
	}
	if err != nil {
		return err
	}
	p.body, err = withMember(p.body, strings.Split(name, "."), value)
	return err
}

// withMember sets a member of a JSON object, which is made where there is none; path leads
// through objects to it.
func withMember(body []byte, path []string, value json.RawMessage) (json.RawMessage, error) {
	object := map[string]json.RawMessage{}
	if len(body) > 0 && string(body) != "null" {
		if err := json.Unmarshal(body, &object); err != nil {
			return nil, &fault{text: "body is no JSON object", detail: err.Error()}
		}
	}
	if len(path) > 1 {
		inner, err := withMember(object[path[0]], path[1:], value)
		if err != nil {
			return nil, err
		}
		value = inner
	}
	object[path[0]] = value
	return json.Marshal(object)
}

// readsPages reports whether the next page is told by what the pages hold.
func (p *pager) readsPages() bool { return p.By != "" && p.By != "link" }

// advance prepares for the page after the one that was read, if there is one.
func (p *pager) advance(resp *http.Response, page *answer) (bool, error) {
	p.page++
	switch {
	case p.By == "":
		return false, nil
	case p.last == page.sum && page.size > 0:
		return false, &fault{text: fmt.Sprintf("page %d is the same as the one before: the paging does not turn pages", p.page),
			hint: "compare param with the vendor's description, or say with more how the last page is told"}
	}
	p.last = page.sum
	more, err := p.next(resp, page)
	if more && err == nil && p.page >= p.MaxPages {
		return false, &fault{text: fmt.Sprintf("more than max_pages = %d pages", p.MaxPages)}
	}
	return more, err
}

// next finds out what the next page is.
func (p *pager) next(resp *http.Response, page *answer) (bool, error) {
	facts := &page.facts
	switch {
	case facts.more != nil && !*facts.more:
		return false, nil
	case p.By == "link":
		return p.follow(resp, nextLink(resp.Header))
	case p.By == "next":
		return p.follow(resp, facts.next)
	case p.By == "cursor":
		if facts.next == "" {
			return false, nil
		}
		if err := p.mark(facts.next); err != nil {
			return false, err
		}
		return true, p.set(p.Param, 0, facts.next)
	}
	return p.count(facts)
}

// count goes on by number. Without a flag the pages end with an empty one: a shorter one
// may only mean that the server gives fewer than it was asked for.
func (p *pager) count(facts *facts) (bool, error) {
	items, known := facts.count()
	switch {
	case facts.more == nil && !known:
		return false, &fault{text: "it cannot be told how many items a page has", hint: `name their list, as in items = "data.items"`}
	case facts.more == nil && items == 0:
		return false, nil
	case p.By == "page":
		p.number++
	case known && items > 0:
		p.number += items
	default:
		p.number += p.Size
	}
	return true, p.set(p.Param, p.number, "")
}

// follow goes to the address that an answer names.
func (p *pager) follow(resp *http.Response, address string) (bool, error) {
	if address == "" {
		return false, nil
	}
	u, err := resp.Request.URL.Parse(address)
	if err != nil {
		return false, &fault{text: "the address of the next page cannot be read"}
	}
	p.url = u
	return true, p.mark(u.String())
}

// mark notes a cursor or address, which never comes twice.
func (p *pager) mark(at string) error {
	if p.seen[at] {
		return &fault{text: fmt.Sprintf("page %d leads back to one before: the pages have no end", p.page)}
	}
	p.seen[at] = true
	return nil
}

// nextLink returns the address of the header Link whose relation is next (RFC 8288), or "".
func nextLink(header http.Header) string {
	for _, value := range header.Values("Link") {
		for rest := value; ; {
			_, after, ok := strings.Cut(rest, "<")
			target, params, closed := strings.Cut(after, ">")
			if !ok || !closed {
				break
			}
			end := strings.IndexByte(params, '<')
			if end < 0 {
				end = len(params)
			}
			if isNext(params[:end]) {
				return target
			}
			rest = params[end:]
		}
	}
	return ""
}

// isNext reports whether the parameters of a link say rel="next".
func isNext(params string) bool {
	for _, param := range strings.FieldsFunc(params, func(r rune) bool { return r == ';' || r == ',' }) {
		name, value, _ := strings.Cut(strings.TrimSpace(param), "=")
		if strings.EqualFold(strings.TrimSpace(name), "rel") {
			relations := strings.Fields(strings.Trim(strings.TrimSpace(value), `"`))
			return slices.Contains(relations, "next")
		}
	}
	return false
}
