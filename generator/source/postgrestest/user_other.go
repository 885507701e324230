//go:build !unix

package postgrestest

import "os/exec"

func asUser(TB, *exec.Cmd) {}

func (s *Server) own(...string) {}
