package config

import (
	"path"
	"strings"

	"uptree/generator/diag"
)

// Command is what a source of kind command runs. There is no shell.
type Command struct {
	Args []string // the program and its arguments; a path with a slash starts at Site.Dir
	Env  []string // the environment variables that it is given, beside PATH and token_env
}

// readCommand reads the keys of kind command.
func (src *Source) readCommand(s section) {
	c := &src.Command
	s.require("command", `name the program and its arguments, as in command = ["./export", "--days", "90"]`)
	if s.Strings("command", &c.Args) && (len(c.Args) == 0 || c.Args[0] == "") {
		s.Report(diag.OutOfRange, "command", "command names no program", "the first of the list is the program")
	}
	for _, name := range s.list("env") {
		if s.isVariable("env", name) {
			c.Env = append(c.Env, name)
		}
	}
}

// program is the name of the program, for people.
func (c *Command) program() string {
	if len(c.Args) == 0 {
		return ""
	}
	return path.Base(c.Args[0])
}

// Secrets are the variables of Env that are named like secrets.
func (c *Command) Secrets() []string {
	var names []string
	for _, name := range c.Env {
		if isSecret(name) || strings.HasSuffix(name, "_KEY") {
			names = append(names, name)
		}
	}
	return names
}
