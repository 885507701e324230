package source

import (
	"bufio"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgproto3"

	"uptree/generator/config"
)

// postgresFetch asks one source of kind postgres: one query, in one transaction that
// cannot write. Statements are not named and nothing is set beyond the transaction, so
// that a pooler may stand between.
type postgresFetch struct {
	*job
	asks *config.Postgres
	url  *url.URL
}

// fetchPostgres is the connector of kind postgres.
func fetchPostgres(ctx context.Context, j *job) (*Copy, error) {
	u, err := url.Parse(j.source.Postgres.URL)
	if err != nil {
		return nil, &fault{text: "url cannot be read"}
	}
	p := &postgresFetch{j, &j.source.Postgres, u}
	settings, err := p.settings()
	if err != nil {
		return nil, err
	}
	slot, err := j.web.turns.take(ctx, u, j.time)
	if err != nil {
		return nil, err
	}
	defer func() { <-slot }()
	conn, err := p.connect(ctx, settings)
	if err != nil {
		return nil, err
	}
	defer p.close(ctx, conn)
	return p.ask(ctx, conn)
}

// settings are those of the connection. All of them are given, so that none is taken from
// the environment or from files of the user.
func (p *postgresFetch) settings() (*pgconn.Config, error) {
	query := p.url.Query()
	given := map[string]string{
		"host": p.url.Hostname(), "port": p.port(), "user": p.url.User.Username(), "database": strings.TrimPrefix(p.url.Path, "/"), "password": "",
		"sslmode": "verify-full", "sslrootcert": "", "sslcert": "", "sslkey": "", "sslcertmode": "allow", "sslpassword": "", "sslsni": "1",
		"sslnegotiation": "", "channel_binding": "prefer", "require_auth": "", "passfile": "", "target_session_attrs": "any",
		"min_protocol_version": "", "max_protocol_version": "", "krbsrvname": "", "krbspn": "", "connect_timeout": "0", "options": "",
	}
	for key := range query {
		given[key] = query.Get(key)
		if strings.HasSuffix(key, "cert") || key == "sslkey" {
			file, err := p.file(given[key])
			if err != nil {
				return nil, &fault{text: fmt.Sprintf("the file of %s in url cannot be read", key), detail: withoutPath(err).Error()}
			}
			given[key] = file
		}
	}
	if p.source.TokenEnv != "" {
		secret, err := p.secrets.read(p.source.TokenEnv)
		if err != nil {
			return nil, err
		}
		given["password"] = secret.value
	}
	c, err := pgconn.ParseConfig(keywords(given))
	if err != nil {
		return nil, &fault{text: "the connection cannot be prepared", detail: plain(withoutPath(errors.Unwrap(err)).Error(), maxWordsShown)}
	}
	c.RuntimeParams = map[string]string{"application_name": "uptree"}
	if options := given["options"]; options != "" {
		c.RuntimeParams["options"] = options
	}
	c.BuildFrontend = frontend
	return c, nil
}

func (p *postgresFetch) port() string {
	if port := p.url.Port(); port != "" {
		return port
	}
	return "5432"
}

// file is a file of the settings; "system" stands for the machine's own certificates.
func (p *postgresFetch) file(path string) (string, error) {
	if path == "" || path == "system" {
		return path, nil
	}
	if !filepath.IsAbs(path) {
		path = filepath.Join(p.dir, path)
	}
	_, err := os.Stat(path)
	return path, err
}

// keywords writes settings as libpq does.
func keywords(settings map[string]string) string {
	var b strings.Builder
	escape := strings.NewReplacer(`\`, `\\`, `'`, `\'`)
	for key, value := range settings {
		fmt.Fprintf(&b, "%s='%s' ", key, escape.Replace(value))
	}
	return b.String()
}

// maxMessage bounds one message of the server, a row with all its values: 64 MiB.
const maxMessage = 64 << 20

// connect connects, again where that may help.
func (p *postgresFetch) connect(ctx context.Context, settings *pgconn.Config) (*pgconn.PgConn, error) {
	wait := p.web.backoff
	for try := 0; ; try++ {
		conn, err := pgconn.ConnectConfig(ctx, settings)
		if err == nil {
			return conn, nil
		}
		if ctx.Err() != nil || try >= p.source.Retries || !passes(err) || !p.time.allows(wait) {
			return nil, p.fault(ctx, err, "")
		}
		select {
		case <-time.After(wait):
		case <-ctx.Done():
			return nil, ctx.Err()
		}
		wait = min(2*wait, maxBackoff)
	}
}

// passes reports whether a connection that failed may succeed later: not where the server
// has refused it for what it is, or is not believed, but where it is starting or full.
func passes(err error) bool {
	var refused *pgconn.PgError
	var untrusted *tls.CertificateVerificationError
	switch {
	case errors.As(err, &untrusted):
		return false
	case !errors.As(err, &refused):
		return true
	}
	return slices.Contains([]string{"57P03", "53300", "53400"}, refused.Code)
}

// close ends the connection and with it the transaction. What is still on its way is not
// waited for.
func (p *postgresFetch) close(ctx context.Context, conn *pgconn.PgConn) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), killDelay)
	defer cancel()
	conn.Close(ctx) // all that was wanted was read
}

// setUp begins the transaction. The settings make text of values that reads the same
// everywhere.
const setUp = `BEGIN READ ONLY;
SET LOCAL statement_timeout = %d;
SET LOCAL client_encoding = 'UTF8';
SET LOCAL TimeZone = 'UTC';
SET LOCAL DateStyle = 'ISO, YMD';
SET LOCAL IntervalStyle = 'iso_8601'`

// ask runs the query and writes its rows as JSON Lines.
func (p *postgresFetch) ask(ctx context.Context, conn *pgconn.PgConn) (*Copy, error) {
	begin := fmt.Sprintf(setUp, (p.source.Timeout + time.Millisecond - 1).Milliseconds())
	if _, err := conn.Exec(ctx, begin).ReadAll(); err != nil {
		return nil, p.fault(ctx, err, begin)
	}
	file, err := p.room.create(p.source.Name)
	if err != nil {
		return nil, err
	}
	query, args := p.query()
	rows := conn.ExecParams(ctx, query, args, nil, nil, nil)
	if err := p.spool(file, rows); err != nil {
		file.discard()
		return nil, p.fault(ctx, err, query)
	}
	blob, err := file.blob(p.asOf)
	return &Copy{Blobs: []Blob{blob}, FetchedAt: p.asOf}, err
}

// query puts parameters in place of {since} and {until}.
func (p *postgresFetch) query() (text string, args [][]byte) {
	text = p.asks.Query
	until := p.asOf.UTC()
	for _, moment := range []struct {
		name string
		at   time.Time
	}{{"{since}", until.Add(-p.asks.Since)}, {"{until}", until}} {
		if strings.Contains(text, moment.name) {
			args = append(args, []byte(moment.at.Format(time.RFC3339Nano)))
			text = strings.ReplaceAll(text, moment.name, fmt.Sprintf("$%d::timestamptz", len(args)))
		}
	}
	return text, args
}

// spool writes rows into a file of the room, without the secrets. None of them is held.
func (p *postgresFetch) spool(file *spooled, rows *pgconn.ResultReader) error {
	masked := &masking{to: file, secrets: p.secrets}
	out := bufio.NewWriterSize(masked, 32<<10)
	write, n := newRowWriter(), 0
	for rows.NextRow() {
		if n++; n > p.asks.MaxRows {
			return &fault{text: fmt.Sprintf("more than max_rows = %d rows", p.asks.MaxRows), hint: "let the query count or select, or raise max_rows"}
		}
		if n == 1 {
			if err := write.columns(rows.FieldDescriptions()); err != nil {
				return err
			}
		}
		if _, err := out.Write(write.row(rows.Values())); err != nil {
			return err
		}
	}
	without := rows.FieldDescriptions() == nil
	if _, err := rows.Close(); err != nil {
		return err
	}
	if without {
		return &fault{text: "the query gives no columns", hint: "it is one SELECT"}
	}
	return errors.Join(out.Flush(), masked.flush())
}

// frontend reads what the server says, message by message.
func frontend(r io.Reader, w io.Writer) *pgproto3.Frontend {
	f := pgproto3.NewFrontend(r, w)
	f.SetMaxBodyLen(maxMessage)
	return f
}
