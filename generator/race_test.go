//go:build race

package generator_test

// raced says that the race detector is on, which makes every build several times slower.
const raced = true
