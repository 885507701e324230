//go:build unix

package source

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"math/big"
	"net"
	"strings"
	"testing"
	"time"
)

// certificate makes one for an address, and its key, that are their own authority.
func certificate(t *testing.T, address string) (cert, key string) {
	t.Helper()
	private, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "test"}, IPAddresses: []net.IP{net.ParseIP(address)},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour), IsCA: true, BasicConstraintsValid: true,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &private.PublicKey, private)
	if err != nil {
		t.Fatal(err)
	}
	secret, err := x509.MarshalECPrivateKey(private)
	if err != nil {
		t.Fatal(err)
	}
	return string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})), string(pem.EncodeToMemory(&pem.Block{Type: "EC PRIVATE KEY", Bytes: secret}))
}

// A server is believed only where its certificate is of a known authority and of its name.
func testPostgresTLS(t *testing.T) {
	other, _ := certificate(t, "127.0.0.1")
	misnamed, misnamedKey := certificate(t, "127.0.0.2")
	cert, key := certificate(t, "127.0.0.1")
	for _, c := range []struct {
		about, cert, key, settings, authority string
		reason, detail                        string // "" for success
	}{
		{"no authority", cert, key, "", "", "cannot reach HOST", "name its authority with sslrootcert"},
		{"another authority", cert, key, "?sslrootcert=ca.pem", other, "cannot reach HOST", "certificate"},
		{"another name", misnamed, misnamedKey, "?sslrootcert=ca.pem", misnamed, "cannot reach HOST", "127.0.0.2"},
		{"another name, where only the authority counts", misnamed, misnamedKey, "?sslmode=verify-ca&sslrootcert=ca.pem", misnamed, "", ""},
		{"its own", cert, key, "?sslrootcert=ca.pem", cert, "", ""},
		{"any", cert, key, "?sslmode=require", "", "", ""},
	} {
		t.Run(c.about, func(t *testing.T) {
			database.Encrypt(c.cert, c.key)
			v := newDatabase(t, "SELECT ssl::text AS id FROM pg_stat_ssl WHERE pid = pg_backend_pid()")
			v.src.Retries = 0
			v.src.Postgres.URL = strings.Replace(v.src.Postgres.URL, "?sslmode=disable", c.settings, 1)
			v.write("ca.pem", c.authority)
			p, problems := v.fetch()
			switch {
			case c.reason == "" && (p.Status != OK || text(t, p.Fresh) != `{"id":"true"}`+"\n"):
				t.Errorf("got %+v, %v", p, problems)
			case c.reason != "" && (p.Reason != strings.Replace(c.reason, "HOST", database.Host(), 1) || !strings.Contains(problems[0].Text+problems[0].Hint, c.detail)):
				t.Errorf("got %v", problems)
			}
		})
	}
}
