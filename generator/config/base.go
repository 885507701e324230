package config

import "net/url"

// BasePath is the path of BaseURL: it begins and ends with a slash. "" where none is given.
func (s *Site) BasePath() string {
	u, err := url.Parse(s.BaseURL)
	if err != nil {
		return ""
	}
	return u.EscapedPath()
}
