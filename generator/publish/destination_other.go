//go:build !unix

package publish

import "errors"

func isMount(string) bool { return false }

func isReadOnly(error) bool { return false }

// hasExchange says that the system, if not each of its file systems, can exchange.
const hasExchange = false

// exchange is not to be had here: swap renames aside.
func exchange(_, _ string) error { return errors.ErrUnsupported }
