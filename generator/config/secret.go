package config

import (
	"regexp"
	"slices"
	"strings"

	"uptree/generator/diag"
)

// masked stands for a secret wherever one would be shown.
const masked = "<secret>"

// secretWords are the parts of a key's name that give away that its value is a secret.
var secretWords = []string{"token", "password", "passwd", "secret", "apikey", "authorization", "credential"}

// isSecret reports whether a key is named like a literal secret: "token", "API-Key",
// "client_secret", but not "token_env" or "token_header", which speak of one.
func isSecret(key string) bool {
	name := strings.NewReplacer("_", "", "-", "").Replace(strings.ToLower(key))
	for _, about := range []string{"env", "header", "prefix"} {
		if strings.HasSuffix(name, about) {
			return false
		}
	}
	for _, w := range secretWords {
		if strings.Contains(name, w) {
			return true
		}
	}
	return false
}

var (
	assignment = regexp.MustCompile(`([\w-]+)["']?\s*=\s*`)
	userinfo   = regexp.MustCompile(`://[^/\s"'@]*@`)
)

// maskLine takes the secrets out of a line of the file: all that follows a key named like
// a secret, and the credentials of an address.
func maskLine(line string) string {
	for _, m := range assignment.FindAllStringSubmatchIndex(line, -1) {
		if isSecret(line[m[2]:m[3]]) {
			line = line[:m[1]] + masked
			break
		}
	}
	return userinfo.ReplaceAllString(line, "://"+masked+"@")
}

// startsKey matches a line that begins a new statement, so that it is no part of the value
// of the one before.
var startsKey = regexp.MustCompile(`^\s*(\[|["']?[\w-]+["']?(\s*\.\s*["']?[\w-]+["']?)*\s*=)`)

// maskLines returns the lines of a file without its secrets. A line that goes on with the
// value of a secret is masked as a whole.
func maskLines(src []byte) []string {
	lines := strings.Split(strings.TrimPrefix(string(src), "\ufeff"), "\n")
	inSecret := false
	for i, line := range lines {
		lines[i] = maskLine(line)
		switch {
		case startsKey.MatchString(line):
			inSecret = strings.HasSuffix(lines[i], masked)
		case inSecret && strings.TrimSpace(line) != "":
			lines[i] = masked
		}
	}
	return lines
}

// maskSecrets returns the problems of a file with its secrets masked. A problem about a
// secret stands where the secret begins. The text of a syntax error may quote the line, so
// the title of its code takes its place where the line was masked.
func maskSecrets(list diag.List, src []byte) diag.List {
	lines := maskLines(src)
	for _, p := range list {
		if at := p.Pos.Col - 1; p.Code == diag.SecretInConfig && at < len(lines[p.Pos.Line-1]) {
			lines[p.Pos.Line-1] = lines[p.Pos.Line-1][:at] + masked
		}
	}
	out := slices.Clone(list)
	for i := range out {
		p := &out[i]
		if p.Line == "" {
			continue
		}
		line := strings.TrimSuffix(lines[p.Pos.Line-1], "\r")
		if line != p.Line && p.Code == diag.TOMLSyntax {
			p.Text = diag.Lookup(p.Code).Title
		}
		p.Line = line
	}
	return out
}
