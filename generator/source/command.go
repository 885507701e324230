package source

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os/exec"
	"path"
	"strings"
	"time"
)

// killDelay is how long a program that was killed, or whose children hold its output, is
// waited for.
const killDelay = 2 * time.Second

// fetchCommand is the connector of kind command. The program and all that it started are
// killed when its time is over, or when it prints too much.
func fetchCommand(ctx context.Context, j *job) (*Copy, error) {
	env, err := j.environment()
	if err != nil {
		return nil, err
	}
	file, err := j.room.create(j.source.Name)
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	args := j.source.Command.Args
	cmd := exec.CommandContext(ctx, args[0], args[1:]...)
	cmd.Dir, cmd.Env, cmd.WaitDelay = j.dir, env, killDelay
	asGroup(cmd)
	out := &masking{to: file, secrets: j.secrets}
	said := tail{secrets: j.secrets}
	cmd.Stdout, cmd.Stderr = &stopping{out, cancel}, &said
	if err = cmd.Run(); err == nil {
		err = out.flush()
	}
	if err != nil {
		file.discard()
		return nil, commandFault(ctx, err, path.Base(args[0]), &said)
	}
	blob, err := file.blob(j.asOf)
	return &Copy{Blobs: []Blob{blob}, FetchedAt: j.asOf}, err
}

// environment is what the program is given: PATH and what site.toml names.
func (j *job) environment() ([]string, error) {
	var env []string
	for _, name := range append([]string{"PATH"}, j.source.Command.Env...) {
		if value, ok := j.secrets.value(name); ok {
			env = append(env, name+"="+value)
		}
	}
	for _, name := range j.source.Command.Secrets() {
		value, _ := j.secrets.value(name)
		j.secrets.hide(value)
	}
	if name := j.source.TokenEnv; name != "" {
		secret, err := j.secrets.read(name)
		if err != nil {
			return nil, err
		}
		env = append(env, name+"="+secret.value)
	}
	return env, nil
}

// commandFault words why a program gave nothing, with the last of what it said.
func commandFault(ctx context.Context, err error, program string, said *tail) error {
	var f *fault
	var exit *exec.ExitError
	cause := context.Cause(ctx)
	switch {
	case errors.As(cause, &f), errors.As(err, &f):
		return f // it printed what could not be written
	case cause != nil:
		return cause
	case errors.As(err, &exit) && exit.Exited():
		return &fault{text: fmt.Sprintf("%s ended with exit status %d", program, exit.ExitCode()), detail: said.text()}
	case errors.As(err, &exit):
		return &fault{text: fmt.Sprintf("%s was ended: %s", program, exit), detail: said.text()}
	case errors.Is(err, exec.ErrNotFound), errors.Is(err, exec.ErrDot), errors.Is(err, fs.ErrNotExist):
		return &fault{text: fmt.Sprintf("there is no program %s", program), hint: "a program of the site's own folder is written with ./ before it"}
	case errors.Is(err, exec.ErrWaitDelay):
		return &fault{text: fmt.Sprintf("%s ended, but not what it had started", program)}
	}
	return &fault{text: fmt.Sprintf("%s cannot be run: %s", program, withoutPath(err))}
}

// stopping ends the program when what it prints can no longer be written.
type stopping struct {
	*masking
	stop context.CancelCauseFunc
}

func (s *stopping) Write(p []byte) (int, error) {
	n, err := s.masking.Write(p)
	if err != nil {
		s.stop(err)
	}
	return n, err
}

// maxSaid bounds what is shown of what a program says beside its output, in bytes.
const maxSaid = 2 << 10

// tail remembers the end of what is written to it: twice what is shown, so that a secret
// at the edge is still whole when it is looked for.
type tail struct {
	secrets *secrets
	last    []byte
}

func (t *tail) Write(p []byte) (int, error) {
	t.last = append(t.last, p[max(0, len(p)-2*maxSaid):]...)
	if over := len(t.last) - 2*maxSaid; over > 0 {
		t.last = append(t.last[:0], t.last[over:]...)
	}
	return len(p), nil
}

// text is the last of it, in one line and without secrets.
func (t *tail) text() string {
	text := t.secrets.mask(strings.ToValidUTF8(string(t.last), ""))
	if over := len(text) - maxSaid; over > 0 {
		text = "…" + strings.ToValidUTF8(text[over:], "")
	}
	return strings.Join(strings.Fields(text), " ")
}
