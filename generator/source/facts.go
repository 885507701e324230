package source

import (
	"encoding/json"
	"errors"
	"io"
	"slices"

	"uptree/generator/config"
)

// facts are what a page says of the pages.
type facts struct {
	items *int  // at Paging.Items
	root  *int  // the page itself is a list
	lists []int // of the page's own keys that are lists
	more  *bool
	next  string
}

// count returns how many items the page has, where that can be told.
func (f *facts) count() (int, bool) {
	switch {
	case f.items != nil:
		return *f.items, true
	case f.root != nil:
		return *f.root, true
	case len(f.lists) == 1:
		return f.lists[0], true
	}
	return 0, false
}

// maxDepth bounds how deep a page may nest.
const maxDepth = 200

// factScanner walks through a page, which it never holds.
type factScanner struct {
	dec    *json.Decoder
	paging *config.Paging
	path   []string
	facts  facts
}

// scanFacts reads a page of JSON.
func scanFacts(r io.Reader, paging *config.Paging) (facts, error) {
	s := factScanner{dec: json.NewDecoder(r), paging: paging}
	s.dec.UseNumber()
	err := s.value()
	if err == io.EOF {
		err = io.ErrUnexpectedEOF
	}
	if paging.Items != nil {
		s.facts.root, s.facts.lists = nil, nil // it says where they are
	}
	return s.facts, err
}

func (s *factScanner) value() error {
	token, err := s.dec.Token()
	if err != nil {
		return err
	}
	if len(s.path) > maxDepth {
		return errors.New("it nests too deep")
	}
	switch token {
	case json.Delim('{'):
		return s.object()
	case json.Delim('['):
		return s.array()
	}
	s.scalar(token)
	return nil
}

func (s *factScanner) object() error {
	for s.dec.More() {
		key, err := s.dec.Token()
		if err != nil {
			return err
		}
		name, _ := key.(string)
		s.path = append(s.path, name)
		if err := s.value(); err != nil {
			return err
		}
		s.path = s.path[:len(s.path)-1]
	}
	_, err := s.dec.Token()
	return err
}

// array counts the elements of a list. They are no part of any path.
func (s *factScanner) array() error {
	n := 0
	s.path = append(s.path, "")
	for ; s.dec.More(); n++ {
		if err := s.value(); err != nil {
			return err
		}
	}
	s.path = s.path[:len(s.path)-1]
	switch {
	case len(s.path) > 0 && slices.Equal(s.path, s.paging.Items):
		s.facts.items = &n
	case len(s.path) == 0:
		s.facts.root = &n
	case len(s.path) == 1:
		s.facts.lists = append(s.facts.lists, n)
	}
	_, err := s.dec.Token()
	return err
}

func (s *factScanner) scalar(token json.Token) {
	if slices.Equal(s.path, s.paging.More) && s.paging.More != nil {
		if more, ok := token.(bool); ok {
			s.facts.more = &more
		}
	}
	if slices.Equal(s.path, s.paging.Next) && s.paging.Next != nil {
		switch v := token.(type) {
		case string:
			s.facts.next = v
		case json.Number:
			s.facts.next = v.String()
		}
	}
}
