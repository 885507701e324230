package main

import (
	"bufio"
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// monthData is the folder of the data of the last month, beside data.
const monthData = "data.month"

// writeMonth writes what sources give that have dropped all that is older than a day: the
// other files are as they are.
func writeMonth(site string, from time.Time) error {
	names, err := filepath.Glob(filepath.Join(site, "data", "*.csv"))
	if err != nil {
		return err
	}
	errs := []error{os.MkdirAll(filepath.Join(site, monthData), 0o755)}
	for _, name := range names {
		text, err := os.ReadFile(name)
		to := filepath.Join(site, monthData, filepath.Base(name))
		errs = append(errs, err, os.WriteFile(to, since(text, from.Format(time.DateOnly)), 0o644))
	}
	return errors.Join(errs...)
}

// since keeps the records of a table that are not dated before a day: by "day" or "started".
func since(table []byte, day string) []byte {
	head, rest, _ := bytes.Cut(table, []byte{'\n'})
	column := -1
	for i, name := range strings.Split(string(head), ",") {
		if name == "day" || name == "started" {
			column = i
		}
	}
	if column < 0 {
		return table
	}
	out := bytes.NewBuffer(append(bytes.Clone(head), '\n'))
	for lines := bufio.NewScanner(bytes.NewReader(rest)); lines.Scan(); {
		if fields := strings.Split(lines.Text(), ","); fields[column] >= day {
			out.Write(append(lines.Bytes(), '\n'))
		}
	}
	return out.Bytes()
}

// swapData exchanges the folders of all data and of those of the last month.
func swapData(site string) error {
	all, month, aside := filepath.Join(site, "data"), filepath.Join(site, monthData), filepath.Join(site, "data.aside")
	return errors.Join(os.Rename(all, aside), os.Rename(month, all), os.Rename(aside, month))
}

// bytesOf adds up the files below a folder.
func bytesOf(dir string) (total int64, err error) {
	err = filepath.WalkDir(dir, func(_ string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		if err == nil {
			total += info.Size()
		}
		return err
	})
	return total, err
}
