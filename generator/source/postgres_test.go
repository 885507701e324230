//go:build unix

package source

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"uptree/generator/config"
	"uptree/generator/diag"
	"uptree/generator/source/postgrestest"
)

// database is the server of the test that runs.
var database *postgrestest.Server

func startDatabase(t *testing.T) {
	database = postgrestest.Start(t, token)
}

// newDatabase is a vendor whose source asks the database.
func newDatabase(t *testing.T, query string) *vendor {
	v := newVendor(t, nil)
	v.src.Kind, v.src.HTTP = "postgres", config.HTTP{}
	v.src.Postgres = config.Postgres{URL: database.URL("postgres"), Query: query, Since: 24 * time.Hour, PerHost: 2, MaxRows: 1_000_000}
	return v
}

// rows fetches what must succeed.
func (v *vendor) rows() string {
	v.t.Helper()
	p, problems := v.fetch()
	if p.Status != OK {
		v.t.Fatal(problems)
	}
	return text(v.t, p.Fresh)
}

func TestPostgres(t *testing.T) {
	startDatabase(t)
	t.Run("values", testPostgresValues)
	t.Run("moments", testPostgresMoments)
	t.Run("read only", testPostgresReadsOnly)
	t.Run("failures", testPostgresFailures)
	t.Run("rows", testPostgresRows)
	t.Run("environment", testPostgresEnvironment)
	t.Run("turns", testPostgresTurns)
	t.Run("stopped", testPostgresStopped)
	t.Run("TLS", testPostgresTLS)
}

func testPostgresValues(t *testing.T) {
	for _, c := range []struct{ value, want string }{
		{"NULL::text", `null`},
		{"'a \"b\" \\ é'::text", `"a \"b\" \\ é"`},
		{"E'a\\nb\\tc'", `"a\nb\tc"`},
		{"true", `true`},
		{"NOT true", `false`},
		{"9223372036854775807", `9223372036854775807`},
		{"(-3)::smallint", `-3`},
		{"0.10000000000000000000000000012345::numeric", `"0.10000000000000000000000000012345"`},
		{"'NaN'::numeric", `null`},
		{"0.1::float8", `"0.1"`},
		{"'-Infinity'::float8", `null`},
		{"'2026-03-29 03:30:00+02'::timestamptz", `"2026-03-29T01:30:00Z"`},
		{"'2026-03-29 03:30:00.123456+05:30'::timestamptz", `"2026-03-28T22:00:00.123456Z"`},
		{"'infinity'::timestamptz", `null`},
		{"'2026-03-29 03:30:00'::timestamp", `"2026-03-29T03:30:00"`},
		{"'2026-03-29'::date", `"2026-03-29"`},
		{"'-infinity'::date", `null`},
		{"'1 day 2 hours 3.5 seconds'::interval", `"P1DT2H3.5S"`},
		{"'6d2a1d34-26e9-4a3c-9d51-5b1f9a1c3f0b'::uuid", `"6d2a1d34-26e9-4a3c-9d51-5b1f9a1c3f0b"`},
		{"'{a,\"b;c\",NULL,\"d \\\"e\\\"\"}'::text[]", `["a","b;c",null,"d \"e\""]`},
		{"'{}'::text[]", `[]`},
		{"'{{1,2},{3,4}}'::int[]", `[1,2,3,4]`},
		{"ARRAY[1.50, 2]::numeric[]", `["1.50","2"]`},
		{"ARRAY['2026-03-29 03:30:00+00'::timestamptz]", `["2026-03-29T03:30:00Z"]`},
		{"'{\"a\":[1, null, {\"b\": \"c\"}]}'::jsonb", `{"a":[1,null,{"b":"c"}]}`},
		{"E'{\\n  \"a\": 1.10\\n}'::json", `{"a":1.10}`},
		{"'low'::varchar(10)", `"low"`},
		{"'10.0.0.1/8'::inet", `"10.0.0.1/8"`},
	} {
		want := `{"v":` + c.want + "}\n"
		if got := newDatabase(t, "SELECT "+c.value+" AS v").rows(); got != want {
			t.Errorf("%s: got %s, want %s", c.value, got, want)
		}
	}
}

// The text of a value does not depend on how a role is set up.
func testPostgresMoments(t *testing.T) {
	database.Exec(`ALTER ROLE postgres SET TimeZone = 'Asia/Kolkata'; ALTER ROLE postgres SET DateStyle = 'SQL, DMY'; ALTER ROLE postgres SET IntervalStyle = 'postgres_verbose'`)
	defer database.Exec(`ALTER ROLE postgres RESET ALL`)
	v := newDatabase(t, `SELECT {since} AS since, {until} AS until, {until} - {since} AS span, {since}::date AS day
		WHERE '2025-03-19 09:00:00'::timestamp BETWEEN {since} AND {until}`)
	want := `{"since":"2025-03-19T08:00:00Z","until":"2025-03-20T08:00:00Z","span":"P1D","day":"2025-03-19"}` + "\n"
	if got := v.rows(); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	v = newDatabase(t, "SELECT count(*) AS n WHERE {since} < '2000-01-01'")
	if got := v.rows(); got != `{"n":0}`+"\n" {
		t.Errorf("got %s", got)
	}
}

func testPostgresReadsOnly(t *testing.T) {
	database.Exec("CREATE TABLE kept (id int); CREATE FUNCTION sneak() RETURNS int LANGUAGE sql AS 'DELETE FROM kept; SELECT 1'; INSERT INTO kept VALUES (1)")
	for query, reason := range map[string]string{
		"DELETE FROM kept":           "the query writes, and a source only reads: SQLSTATE 25006",
		"SELECT sneak()":             "the query writes, and a source only reads: SQLSTATE 25006",
		"SELECT 1; DELETE FROM kept": "HOST does not understand the query: SQLSTATE 42601",
		"SET TRANSACTION READ WRITE": "the query gives no columns",
		"COMMIT":                     "the query gives no columns",
		"SELECT set_config('transaction_read_only', 'off', false), sneak()": "HOST has refused the query: SQLSTATE 25001",
	} {
		p, _ := newDatabase(t, query).fetch()
		if want := strings.Replace(reason, "HOST", database.Host(), 1); p.Reason != want {
			t.Errorf("%s: got %q, want %q", query, p.Reason, want)
		}
	}
	if got := database.Exec("SELECT count(*) FROM kept"); got != "1" {
		t.Errorf("%s rows are left", got)
	}
}

func testPostgresFailures(t *testing.T) {
	for _, c := range []struct {
		about          string
		change         func(*vendor)
		reason, detail string // of what is published, and of what is printed
	}{
		{"a column that is not there", func(v *vendor) {
			v.src.Postgres.Query = "SELECT id,\n  started_at AS started\nFROM (SELECT 1 AS id) t WHERE {since} < now()"
		},
			"HOST does not understand the query: SQLSTATE 42703", `column "started_at" does not exist, line 2 of the query, at "started_at AS started"`},
		{"a hint of the server", func(v *vendor) { v.src.Postgres.Query = "SELECT lenght('a')" },
			"HOST does not understand the query: SQLSTATE 42883", "No function matches"},
		{"a wrong password", func(v *vendor) {
			v.options.environ = func(string) (string, bool) { return "wrong-" + token, true }
		}, "HOST does not accept the credentials: SQLSTATE 28P01", `password authentication failed for user "postgres"`},
		{"no password", func(v *vendor) { v.src.TokenEnv = "" }, "HOST does not accept the credentials: SQLSTATE 28P01", ""},
		{"no database", func(v *vendor) { v.src.Postgres.URL = database.URL("none") }, "HOST has no database of that name: SQLSTATE 3D000", `database "none" does not exist`},
		{"no server", func(v *vendor) { v.src.Postgres.URL = "postgres://a@127.0.0.1:1/b" }, "cannot reach 127.0.0.1:1", "connection refused"},
		{"no TLS", func(v *vendor) { v.src.Postgres.URL = strings.Replace(v.src.Postgres.URL, "=disable", "=require", 1) }, "cannot reach HOST", "sslmode=disable"},
		{"TLS unless the address says otherwise", func(v *vendor) { v.src.Postgres.URL = strings.TrimSuffix(v.src.Postgres.URL, "?sslmode=disable") }, "cannot reach HOST", "server refused TLS connection"},
		{"no file of authorities", func(v *vendor) { v.src.Postgres.URL += "&sslrootcert=ca.pem" }, "the file of sslrootcert in url cannot be read", "no such file"},
		{"a file of authorities that holds none", func(v *vendor) { v.write("ca.pem", "x"); v.src.Postgres.URL += "&sslrootcert=ca.pem" }, "the connection cannot be prepared", "unable to add CA to cert pool"},
		{"too many rows", func(v *vendor) { v.src.Postgres.MaxRows = 10; v.src.Postgres.Query = "SELECT generate_series(1, 11)" }, "more than max_rows = 10 rows", ""},
		{"one name twice", func(v *vendor) { v.src.Postgres.Query = "SELECT 1 AS id, 2 AS id" }, `two columns of the query are called "id"`, "AS"},
		{"a failure after the first rows", func(v *vendor) { v.src.Postgres.Query = "SELECT 1 / (5000 - n) AS n FROM generate_series(1, 10000) n" },
			"HOST has refused the query: SQLSTATE 22012", "division by zero"},
		{"an end that another has set", func(v *vendor) {
			v.src.Postgres.Query = "SELECT pg_cancel_backend(pg_backend_pid()), pg_sleep(5)"
		}, "HOST has ended the query: SQLSTATE 57014", "canceling statement"},
		{"a connection that is cut", func(v *vendor) {
			v.src.Postgres.Query = "SELECT pg_terminate_backend(pg_backend_pid()), pg_sleep(5)"
		}, "HOST is starting or stopping: SQLSTATE 57P01", "terminating connection"},
	} {
		t.Run(c.about, func(t *testing.T) {
			v := newDatabase(t, "SELECT 1 AS id")
			v.src.Retries = 0
			c.change(v)
			p, problems := v.fetch()
			shown := fmt.Sprint(problems[0].Text, problems[0].Hint)
			if want := strings.Replace(c.reason, "HOST", database.Host(), 1); p.Status != Failed || p.Reason != want {
				t.Errorf("got %q, want %q", p.Reason, want)
			}
			if !strings.Contains(shown, c.detail) || strings.Contains(shown, v.dir) {
				t.Errorf("got %q, want %q in it", shown, c.detail)
			}
			v.emptyAfterClose()
		})
	}
}

func testPostgresRows(t *testing.T) {
	v := newDatabase(t, "SELECT n AS id, 'word' AS title FROM generate_series(1, 100000) n")
	v.src.MaxBytes = 1 << 30
	lines := strings.Split(v.rows(), "\n")
	if len(lines) != 100_001 || lines[99_999] != `{"id":100000,"title":"word"}` || !json.Valid([]byte(lines[50_000])) {
		t.Errorf("%d lines, the last %q", len(lines), lines[len(lines)-2])
	}
	v = newDatabase(t, "SELECT 1 AS id WHERE false")
	if got := v.rows(); got != "" {
		t.Errorf("no row: got %q", got)
	}
	v = newDatabase(t, "SELECT 1 AS id")
	v.src.Postgres.MaxRows = 1
	if got := v.rows(); got != `{"id":1}`+"\n" {
		t.Errorf("as many rows as are allowed: got %q", got)
	}
}

// What the environment says to other programs leads no source elsewhere.
func testPostgresEnvironment(t *testing.T) {
	for name, value := range map[string]string{
		"PGHOST": "127.0.0.2", "PGPORT": "1", "PGUSER": "nobody", "PGDATABASE": "none", "PGPASSWORD": "wrong", "PGSSLMODE": "verify-full", "PGOPTIONS": "-c nonsense=1",
		"PGSSLROOTCERT": "/none", "PGSSLCERT": "/none", "PGSSLKEY": "/none", "PGTARGETSESSIONATTRS": "standby", "PGTZ": "nowhere", "PGAPPNAME": "other",
		"PGCONNECT_TIMEOUT": "x", "PGREQUIREAUTH": "none", "PGCHANNELBINDING": "require", "PGMINPROTOCOLVERSION": "9", "PGSSLNEGOTIATION": "direct", "PGSSLCERTMODE": "require",
	} {
		t.Setenv(name, value)
	}
	v := newDatabase(t, "SELECT current_user AS id, current_setting('application_name') AS title")
	if got := v.rows(); got != `{"id":"postgres","title":"uptree"}`+"\n" {
		t.Errorf("got %s", got)
	}
	t.Setenv("PGPASSWORD", token)
	v.src.TokenEnv = ""
	if p, _ := v.fetch(); !strings.Contains(p.Reason, "does not accept the credentials") {
		t.Errorf("a password that site.toml does not name was used: %+v", p)
	}
}

// Sources of one host are asked so many at once.
func testPostgresTurns(t *testing.T) {
	v := newDatabase(t, "SELECT count(*) AS n, pg_sleep(0.2) FROM pg_stat_activity WHERE application_name = 'uptree' AND state = 'active'")
	site := &config.Site{Dir: v.dir}
	for i := range 6 {
		src := v.src
		src.Name = fmt.Sprintf("s%d", i)
		site.Sources = append(site.Sources, src)
	}
	payloads, problems, err := Fetch(t.Context(), site, v.options)
	if err != nil || len(problems) > 0 {
		t.Fatal(problems, err)
	}
	most := 0
	for i := range payloads {
		var row struct{ N int }
		if err := json.Unmarshal([]byte(text(t, payloads[i].Fresh)), &row); err != nil {
			t.Fatal(err)
		}
		most = max(most, row.N)
	}
	if most != 2 {
		t.Errorf("%d connections at once", most)
	}
}

// A server that stops takes nothing away, and one that is late is waited for.
func testPostgresStopped(t *testing.T) {
	v := newDatabase(t, "SELECT 1 AS id")
	v.src.Retries = 0
	v.keep()
	database.Stop()
	p, problems := v.fetch()
	if p.Status != Stale || problems[0].Code != diag.SourceStale || text(t, p.LastGood) != `{"id":1}`+"\n" {
		t.Errorf("got %+v, %v", p, problems)
	}
	v.src.Retries, v.options.backoff = 10, 50*time.Millisecond
	late := make(chan struct{})
	go func() {
		defer close(late)
		time.Sleep(300 * time.Millisecond)
		database.Start()
	}()
	if p, problems := v.fetch(); p.Status != OK {
		t.Errorf("got %+v, %v", p, problems)
	}
	<-late
}
