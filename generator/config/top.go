package config

import (
	"fmt"
	"net/url"
	"path"
	"regexp"
	"strings"
	"time"

	"uptree/generator/diag"
)

func (site *Site) readTop(top section) {
	if title, ok := top.text("title"); ok {
		site.Title = title
	}
	if name, ok := top.text("timezone"); ok {
		site.Zone = top.zone("timezone", name)
	}
	if base, ok := top.address("base_url"); ok {
		site.BaseURL = strings.TrimSuffix(base, "/") + "/"
	}
	site.EditURL = top.fileAddress("edit_url")
	site.LineURL = top.fileAddress("line_url")
}

// fileAddress reads an address with a place for the path of a file.
func (s section) fileAddress(key string) string {
	address, ok := s.address(key)
	if ok && !strings.Contains(address, "{path}") {
		s.Report(diag.OutOfRange, key, key+" names no place for the file", `put {path} where the path of the file belongs`)
	}
	return address
}

// zone returns UTC where the name is of no zone. "Local" is refused: it would make the
// site depend on the machine.
func (s section) zone(key, name string) *time.Location {
	zone, err := time.LoadLocation(name)
	if err == nil && name != "Local" {
		return zone
	}
	hint := `an IANA name is "UTC" or has the form "Europe/Stockholm"`
	if near := suggestZone(name); near != "" {
		hint = `did you mean "` + near + `"?`
	}
	s.Report(diag.OutOfRange, key, fmt.Sprintf("unknown time zone %q", name), hint)
	return time.UTC
}

// address reads an absolute http or https URL without credentials.
func (s section) address(key string) (string, bool) {
	text, ok := s.text(key)
	if !ok {
		return "", false
	}
	u, err := url.Parse(text)
	switch {
	case strings.Contains(text, "@") && userinfo.MatchString(text), err == nil && u.User != nil:
		s.Report(diag.SecretInConfig, key, key+" holds a user name or password", "leave out the part before the @")
	case err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https":
		s.Report(diag.OutOfRange, key, key+" is no address", `it has the form "https://host/path/"`)
	case u.RawQuery != "" && key == "base_url", u.Fragment != "" && key == "base_url":
		s.Report(diag.OutOfRange, key, key+" has a query or a fragment", "pages are placed below it, so it ends with a path")
	default:
		return text, true
	}
	return "", false
}

// folderName is a name without a way out of its folder.
var folderName = regexp.MustCompile(`^[\p{L}\p{N}_-][\p{L}\p{N}._-]*$`)

func readTheme(s section) Theme {
	var t Theme
	if name, ok := s.text("name"); ok {
		t.Name = name
		if !folderName.MatchString(name) {
			s.Report(diag.OutOfRange, "name", fmt.Sprintf("%q is not the name of a folder", name), "the theme is a folder under themes/")
		}
	}
	t.Bundle, _ = s.text("bundle")
	t.Words, _ = s.text("words")
	return t
}

// publishers are the values of publisher.
var publishers = []string{"swap", "files"}

func (p *Publish) read(s section) {
	if dir, ok := s.text("dir"); ok {
		p.Dir = dir
		if holdsSite(dir) {
			s.Report(diag.OutOfRange, "dir", fmt.Sprintf("a site in %q would replace its own source", dir), `name a folder of its own, such as "public"`)
		}
	}
	p.Publisher = s.oneOf("publisher", publishers)
	p.Every = s.duration("every")
}

// holdsSite reports whether a relative path leads to the site's folder or to one above it.
func holdsSite(dir string) bool {
	last := path.Base(path.Clean(dir))
	return last == "." || last == ".."
}
