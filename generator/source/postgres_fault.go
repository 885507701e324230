package source

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgproto3"
)

// refusals are what the errors of a server mean, by the beginning of their SQLSTATE; HOST
// stands for its name. The first that fits counts.
var refusals = []struct{ state, text, hint string }{
	{"28", "HOST does not accept the credentials", "the user stands in url, the password in the environment variable of token_env"},
	{"3D000", "HOST has no database of that name", ""},
	{"53300", "HOST has no connection left", "per_host bounds how many are asked for at once"},
	{"57P0", "HOST is starting or stopping", ""},
	{"57014", "HOST has ended the query", ""},
	{"25006", "the query writes, and a source only reads", ""},
	{"42501", "the user may not read what the query asks for", ""},
	{"42", "HOST does not understand the query", ""},
	{"08", "HOST has ended the connection", ""},
}

// fault words why the database gave nothing. Query is what it was asked, for the place of
// a mistake.
func (p *postgresFetch) fault(ctx context.Context, err error, query string) error {
	var f *fault
	var refused *pgconn.PgError
	var tooLong *pgproto3.ExceededMaxBodyLenErr
	var unconnected *pgconn.ConnectError
	switch {
	case errors.As(err, &f):
		return f
	case ctx.Err() != nil:
		return ctx.Err()
	case errors.As(err, &refused):
		return p.refusal(refused, query)
	case errors.As(err, &tooLong):
		return &fault{text: fmt.Sprintf("a row has more than %d bytes", maxMessage)}
	case errors.As(err, &unconnected):
		return p.unreachable(plain(unconnected.Unwrap().Error(), maxWordsShown))
	}
	return &fault{text: fmt.Sprintf("the answer of %s is not whole", p.url.Host), detail: plain(err.Error(), maxWordsShown)}
}

func (p *postgresFetch) unreachable(detail string) error {
	f := &fault{text: "cannot reach " + p.url.Host, detail: detail}
	switch {
	case strings.Contains(detail, "refused TLS"):
		f.hint = "it speaks no TLS: sslmode=disable in url does without, inside a network that is trusted"
	case strings.Contains(detail, "x509:"), strings.Contains(detail, "certificate"):
		f.hint = "name its authority with sslrootcert=<file> in url; sslmode=require does without knowing who answers"
	}
	return f
}

// refusal is an error of the server: SQLSTATE, message and place.
func (p *postgresFetch) refusal(e *pgconn.PgError, query string) error {
	f := &fault{text: "HOST has refused the query"}
	for _, r := range refusals {
		if strings.HasPrefix(e.Code, r.state) {
			f.text, f.hint = r.text, r.hint
			break
		}
	}
	f.text = strings.Replace(f.text, "HOST", p.url.Host, 1) + ": SQLSTATE " + plain(e.Code, len("00000"))
	f.detail = plain(e.Message, maxWordsShown) + place(query, int(e.Position))
	if e.Hint != "" {
		f.hint = plain(e.Hint, maxWordsShown)
	}
	return f
}

// place says where in a query a mistake is. Position counts characters from 1; 0 is none.
func place(query string, position int) string {
	runes := []rune(query)
	if position < 1 || position > len(runes) {
		return ""
	}
	line := 1 + strings.Count(string(runes[:position-1]), "\n")
	rest, _, _ := strings.Cut(string(runes[position-1:]), "\n")
	return fmt.Sprintf(", line %d of the query, at %q", line, plain(rest, 40))
}
