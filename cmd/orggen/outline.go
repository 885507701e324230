package main

import (
	_ "embed"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

//go:embed acme.txt
var acme string

// outline reads an organisation from the text form that acme.txt describes.
type outline struct {
	org  organisation
	path []int // the nodes above the current line, by depth
}

// parseOutline reads the text; an error names the line.
func parseOutline(text string) (*organisation, error) {
	var o outline
	for i, line := range strings.Split(text, "\n") {
		if err := o.line(line); err != nil {
			return nil, fmt.Errorf("line %d: %w", i+1, err)
		}
	}
	return &o.org, nil
}

func (o *outline) line(line string) error {
	body := strings.TrimLeft(line, " ")
	if body == "" || body[0] == '#' {
		return nil
	}
	depth := (len(line) - len(body)) / 2
	if depth > len(o.path) {
		return errors.New("indented below nothing")
	}
	fields := strings.Split(body, "|")
	for i := range fields {
		fields[i] = strings.TrimSpace(fields[i])
	}
	fields = append(fields, "", "", "")[:4]
	word, id, _ := strings.Cut(fields[0], " ")
	if fields[1] == "" {
		fields[1] = titleOf(id)
	}
	attributes := strings.Fields(fields[2])
	switch word {
	case "-":
		return o.service(depth, id, fields[1], attributes)
	case "journey":
		return o.journey(id, fields[1], attributes, strings.Split(fields[3], ";"))
	}
	return o.node(depth, word, id, fields[1], attributes)
}

func (o *outline) node(depth int, kind, id, title string, attributes []string) error {
	n := node{id: id, title: title, kind: kind, parent: -1, order: 10, weight: 1}
	if depth > 0 {
		n.parent = o.path[depth-1]
		n.weight = o.org.nodes[n.parent].weight
	}
	for _, before := range o.org.nodes {
		if before.parent == n.parent {
			n.order += 10
		}
	}
	for _, a := range attributes {
		if err := n.set(a); err != nil {
			return err
		}
	}
	o.path = append(o.path[:depth], len(o.org.nodes))
	o.org.nodes = append(o.org.nodes, n)
	return nil
}

// set reads one attribute of a node.
func (n *node) set(attribute string) error {
	key, value, _ := strings.Cut(attribute, "=")
	switch key {
	case "weight":
		w, err := strconv.ParseFloat(value, 64)
		n.weight *= w
		return err
	case "until":
		n.until = value
	case "successor":
		n.successor = value
	case "was":
		return n.was.set(value)
	default:
		return fmt.Errorf("unknown attribute %q of a node", attribute)
	}
	return nil
}

// set reads NODE@DAY.
func (f *former) set(value string) (err error) {
	node, day, _ := strings.Cut(value, "@")
	f.node = node
	f.last, err = time.Parse(time.DateOnly, day)
	return err
}

// usualWeight is how often a service of a tier breaks: what changes most breaks most.
var usualWeight = map[string]float64{"tier-1": 1.5, "tier-2": 1, "tier-3": 0.6}

func (o *outline) service(depth int, id, title string, attributes []string) error {
	s := service{id: id, title: title, node: -1, lifecycle: "production", weight: -1}
	weight := 1.0
	if depth > 0 {
		s.node = o.path[depth-1]
		n := o.org.nodes[s.node]
		s.owners, weight = []string{n.id}, n.weight
	}
	for _, a := range attributes {
		if err := s.set(a); err != nil {
			return err
		}
	}
	if s.weight < 0 {
		s.weight = weight * usualWeight[s.tier]
	}
	o.org.services = append(o.org.services, s)
	return nil
}

// set reads one attribute of a service.
func (s *service) set(attribute string) (err error) {
	key, value, _ := strings.Cut(attribute, "=")
	switch key {
	case "t1", "t2", "t3":
		s.tier = "tier-" + key[1:]
	case "deprecated", "experimental":
		s.lifecycle = key
	case "third":
		s.thirdParty, s.lifecycle = true, ""
	case "runs":
		s.runs = true
	case "owner":
		s.owners = slices.DeleteFunc(strings.Split(value, ";"), func(id string) bool { return id == "none" })
	case "alias":
		s.aliases = strings.Split(value, ";")
	case "needs":
		s.needs = strings.Split(value, ";")
	case "probe":
		s.probes = strings.Split(value, "+")
	case "until":
		s.until = value
	case "was":
		return s.was.set(value)
	case "hub":
		s.hub, err = strconv.ParseFloat(value, 64)
	case "weight":
		s.weight, err = strconv.ParseFloat(value, 64)
	default:
		return fmt.Errorf("unknown attribute %q of a service", attribute)
	}
	return err
}

func (o *outline) journey(id, title string, attributes, services []string) error {
	j := journey{id: id, title: title, services: services}
	for _, a := range attributes {
		key, value, _ := strings.Cut(a, "=")
		switch key {
		case "owner":
			j.owner = value
		case "probe":
			j.probes = strings.Split(value, "+")
		case "browser":
			j.browser = true
		default:
			return fmt.Errorf("unknown attribute %q of a journey", a)
		}
	}
	o.org.journeys = append(o.org.journeys, j)
	return nil
}

// capitals are parts of ids that are written in capitals in a title.
var capitals = []string{"api", "edi", "dns", "vpn", "ml", "cdn"}

// titleOf makes a title of an id: "stock-api" becomes "Stock API".
func titleOf(id string) string {
	words := strings.Split(id, "-")
	for i, w := range words {
		switch {
		case slices.Contains(capitals, w):
			words[i] = strings.ToUpper(w)
		case i == 0:
			first, n := utf8.DecodeRuneInString(w)
			words[i] = string(unicode.ToUpper(first)) + w[n:]
		}
	}
	return strings.Join(words, " ")
}

// urlPath writes an id as one segment of an address.
func urlPath(id string) string { return url.PathEscape(id) }
