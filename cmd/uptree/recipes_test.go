package main

import (
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
)

// TestRecipes reads each recipe as the system would that it is for.
func TestRecipes(t *testing.T) {
	read := map[string]func(*testing.T, string){
		".yml": workflow, ".gitlab-ci.yml": pipeline, "deployment.yaml": deployment, ".service": unit, ".timer": unit, "reliability": crontab,
	}
	found := map[string]bool{}
	for _, b := range blocks(t) {
		first, text, _ := strings.Cut(b.text, "\n")
		name, named := strings.CutPrefix(first, "# ")
		if !named || filepath.Base(b.file) != "running-in-ci.md" {
			continue
		}
		kind := filepath.Base(name)
		if read[kind] == nil {
			kind = filepath.Ext(name)
		}
		if read[kind] == nil {
			t.Errorf("%s is of no kind that is known", name)
			continue
		}
		found[kind] = true
		t.Run(filepath.Base(name), func(t *testing.T) { read[kind](t, text) })
	}
	if len(found) != len(read) {
		t.Errorf("recipes of %v alone", found)
	}
}

func unmarshal(t *testing.T, text string, into any) {
	t.Helper()
	if err := yaml.Unmarshal([]byte(text), into); err != nil {
		t.Fatal(err)
	}
}

// workflow is a file of GitHub Actions.
func workflow(t *testing.T, text string) {
	var w struct {
		Name string
		On   any
		Jobs map[string]struct {
			RunsOn string `yaml:"runs-on"`
			Steps  []struct{ Uses, Run string }
		}
	}
	unmarshal(t, text, &w)
	if w.Name == "" || w.On == nil || len(w.Jobs) == 0 {
		t.Fatalf("not a workflow: %+v", w)
	}
	for name, job := range w.Jobs {
		if job.RunsOn == "" || len(job.Steps) == 0 {
			t.Errorf("job %s: %+v", name, job)
		}
		for _, s := range job.Steps {
			if (s.Uses == "") == (s.Run == "") || s.Uses != "" && !strings.Contains(s.Uses, "@v") {
				t.Errorf("job %s: step %+v", name, s)
			}
		}
	}
	if on, ok := w.On.(map[string]any); ok {
		for _, cron := range texts(on["schedule"]) {
			oddMinute(t, cron)
		}
	}
}

// oddMinute holds a schedule to five fields and a minute at which few others start.
func oddMinute(t *testing.T, cron string) {
	t.Helper()
	if f := strings.Fields(cron); len(f) != 5 || slices.Contains([]string{"*", "0", "15", "30", "45"}, f[0]) {
		t.Errorf("schedule %q", cron)
	}
}

// pipeline is a file of GitLab CI.
func pipeline(t *testing.T, text string) {
	var jobs map[string]struct {
		Image  string
		Script []string
		Rules  []struct{ If string }
	}
	unmarshal(t, text, &jobs)
	for name, job := range jobs {
		if name == "default" {
			continue
		}
		if len(job.Script) == 0 || len(job.Rules) == 0 || job.Rules[0].If == "" {
			t.Errorf("job %s: %+v", name, job)
		}
	}
}

// deployment is one of Kubernetes: what its containers mount, it has.
func deployment(t *testing.T, text string) {
	type named struct{ Name string }
	var d struct {
		APIVersion, Kind string
		Spec             struct {
			Selector struct {
				MatchLabels map[string]string `yaml:"matchLabels"`
			}
			Template struct {
				Metadata struct{ Labels map[string]string }
				Spec     struct {
					Containers []struct {
						Name, Image  string
						VolumeMounts []struct {
							Name      string
							MountPath string `yaml:"mountPath"`
						} `yaml:"volumeMounts"`
					}
					Volumes []named
				}
			}
		}
	}
	unmarshal(t, text, &d)
	pod := d.Spec.Template
	if d.Kind != "Deployment" || len(pod.Spec.Containers) == 0 || pod.Metadata.Labels["app"] != d.Spec.Selector.MatchLabels["app"] {
		t.Fatalf("not a deployment: %+v", d)
	}
	for _, c := range pod.Spec.Containers {
		for _, m := range c.VolumeMounts {
			if c.Image == "" || !slices.Contains(pod.Spec.Volumes, named{m.Name}) || !strings.HasPrefix(m.MountPath, "/") {
				t.Errorf("container %s: mount %+v", c.Name, m)
			}
		}
	}
}

// unit is a file of systemd.
func unit(t *testing.T, text string) {
	known := map[string][]string{
		"[Unit]": {"Description", "Wants", "After"}, "[Timer]": {"OnCalendar", "Persistent"}, "[Install]": {"WantedBy"},
		"[Service]": {"Type", "User", "WorkingDirectory", "EnvironmentFile", "ExecStart", "TimeoutStartSec"},
	}
	section := ""
	for _, line := range strings.Split(strings.TrimSpace(text), "\n") {
		key, value, isKey := strings.Cut(line, "=")
		switch {
		case line == "":
		case !isKey:
			section = line
		case !slices.Contains(known[section], key) || value == "":
			t.Errorf("%s: %q", section, line)
		case key == "ExecStart" && !strings.HasPrefix(value, "/"):
			t.Errorf("systemd wants a whole path: %q", value)
		}
		if known[section] == nil {
			t.Errorf("unknown section %q", section)
		}
	}
}

// crontab is a file of /etc/cron.d: schedule, user, command.
func crontab(t *testing.T, text string) {
	for _, line := range strings.Split(strings.TrimSpace(text), "\n") {
		if strings.HasPrefix(line, "MAILTO=") {
			continue
		}
		f := strings.Fields(line)
		if len(f) < 7 || strings.Contains(line, "%") {
			t.Fatalf("line %q", line)
		}
		oddMinute(t, strings.Join(f[:5], " "))
		if !regexp.MustCompile(`^[a-z]+$`).MatchString(f[5]) {
			t.Errorf("user %q", f[5])
		}
	}
}
