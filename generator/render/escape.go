package render

// appendEscaped appends a text so that it can stand between tags and in a quoted attribute.
// It is the one place where the writers escape; a fuzz test holds it equal to what
// html/template does in both places.
func appendEscaped(dst []byte, s string) []byte {
	written := 0
	for i := range len(s) {
		entity := entityOf(s[i])
		if entity == "" {
			continue
		}
		dst = append(append(dst, s[written:i]...), entity...)
		written = i + 1
	}
	return append(dst, s[written:]...)
}

func entityOf(c byte) string {
	switch c {
	case 0:
		return "\uFFFD"
	case '"':
		return "&#34;"
	case '&':
		return "&amp;"
	case '\'':
		return "&#39;"
	case '+':
		return "&#43;"
	case '<':
		return "&lt;"
	case '>':
		return "&gt;"
	}
	return ""
}
