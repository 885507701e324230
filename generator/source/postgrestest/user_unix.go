//go:build unix

package postgrestest

import (
	"os"
	"os/exec"
	"os/user"
	"strconv"
	"syscall"
)

// asUser makes a program run as the user of Debian's package: as root the server refuses
// to run.
func asUser(t TB, cmd *exec.Cmd) {
	t.Helper()
	if os.Getuid() == 0 {
		uid, gid := account(t)
		cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}}
	}
}

// own gives files to that user.
func (s *Server) own(paths ...string) {
	s.t.Helper()
	if os.Getuid() != 0 {
		return
	}
	uid, gid := account(s.t)
	for _, path := range paths {
		if err := os.Chown(path, uid, gid); err != nil {
			s.t.Fatalf("%v", err)
		}
	}
}

func account(t TB) (uid, gid int) {
	t.Helper()
	u, err := user.Lookup("postgres")
	if err != nil {
		t.Fatalf("%v", err)
	}
	uid, err = strconv.Atoi(u.Uid)
	if err != nil {
		t.Fatalf("%v", err)
	}
	gid, err = strconv.Atoi(u.Gid)
	if err != nil {
		t.Fatalf("%v", err)
	}
	return uid, gid
}
