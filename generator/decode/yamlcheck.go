package decode

import (
	"bytes"
	"fmt"

	"github.com/goccy/go-yaml/token"
)

// The YAML parser recurses with the nesting and is quadratic in several ways, none of
// which matters to documents that people write. The bounds below keep its stack flat and
// its time at some seconds for the worst document of DefaultMaxYAML bytes.
const (
	// maxBlankRun bounds blank lines in a row: each of them copies the block scalar that
	// they end.
	maxBlankRun = 100
	// maxTabWork bounds the sum over the lines of tabs times bytes: in double quotes each
	// tab looks at all of its line.
	maxTabWork = 200e6
	// maxKeyWork bounds the sum of the squares of the numbers of keys in mappings: each
	// key recurses into the next and copies those behind it. One mapping may have 10,000.
	maxKeyWork = 10_000 * 10_000
	// explicitKeys is how much more a key costs that is written with a question mark.
	explicitKeys = 8
	// maxEmptyWork bounds empty entries times tokens: each shifts all tokens behind it.
	maxEmptyWork = 10e9
)

// checkLines rejects text that the scanner of the parser must not see.
func checkLines(text []byte) *fault {
	blanks, work, n := 0, 0, 0
	for line := range bytes.Lines(text) {
		n++
		blanks++
		if len(bytes.TrimSpace(line)) > 0 {
			blanks = 0
		}
		work += bytes.Count(line, []byte{'\t'}) * len(line)
		switch {
		case bytes.IndexByte(line, '\r') >= 0:
			return &fault{n, "a carriage return inside a line"}
		case blanks > maxBlankRun:
			return &fault{n, fmt.Sprintf("more than %d blank lines in a row", maxBlankRun)}
		case work > maxTabWork:
			return &fault{n, "too many tabs in long lines"}
		}
	}
	return nil
}

// yamlFrame is a block collection that is open, by the column of its entries, or with
// column 0 a flow collection.
type yamlFrame struct {
	column  int
	keys    int
	mapping bool // of a flow collection
}

// yamlCheck walks over the tokens of a document.
type yamlCheck struct {
	open    []yamlFrame
	start   int  // column of the first token of the line or block entry
	header  bool // that token is "---"
	keyWork int
	empty   int // entries without a value
}

// checkTokens rejects a document that the parser must not see.
func checkTokens(tokens token.Tokens) *fault {
	var c yamlCheck
	starts := true // the next token is the first of a line or of a block entry
	for i, t := range tokens {
		if i > 0 && t.Position.Line != tokens[i-1].Position.Line {
			starts = true
			if isIndicator(tokens[i-1]) && t.Position.Column <= c.start {
				c.empty++
			}
		}
		if endsInProperty(tokens[:i]) && c.noValue(t, starts) {
			return faultAt(t, "an anchor or tag without a value stands before this")
		}
		if t.Type == token.CollectEntryType || t.Type == token.SequenceEndType || t.Type == token.MappingEndType {
			c.endEntry(tokens[max(0, i-1)])
		}
		first := starts
		if first {
			c.start = t.Position.Column
			c.header = t.Type == token.DocumentHeaderType
		}
		starts = t.Type == token.SequenceEntryType || t.Type == token.MappingKeyType || first && t.Type == token.MappingValueType
		c.take(t)
		switch {
		case len(c.open) > maxDepth:
			return faultAt(t, fmt.Sprintf("nested deeper than %d", maxDepth))
		case c.keyWork > maxKeyWork:
			return faultAt(t, "mappings of too many keys: write them as JSON")
		case c.empty > maxEmptyWork/len(tokens):
			return faultAt(t, "too many empty entries: write null, or JSON")
		}
	}
	return nil
}

// endsInProperty reports whether the last of the tokens is a tag or the name of an anchor.
func endsInProperty(tokens token.Tokens) bool {
	n := len(tokens)
	return n > 0 && tokens[n-1].Type == token.TagType || n > 1 && tokens[n-2].Type == token.AnchorType
}

// noValue reports whether t cannot be the value of the anchor or tag before it. The parser
// would take it for that, and nest what are neighbours. A list may stand at the column of
// its key, and all may stand at the first column behind a document's header.
func (c *yamlCheck) noValue(t *token.Token, newLine bool) bool {
	switch t.Type {
	case token.CollectEntryType, token.SequenceEndType, token.MappingEndType:
		return true
	}
	if !newLine || c.header {
		return false
	}
	return t.Position.Column < c.start || t.Position.Column == c.start && t.Type != token.SequenceEntryType
}

func isIndicator(t *token.Token) bool {
	return t.Type == token.SequenceEntryType || t.Type == token.MappingKeyType || t.Type == token.MappingValueType
}

// take opens and closes collections at a token.
func (c *yamlCheck) take(t *token.Token) {
	switch t.Type {
	case token.SequenceStartType, token.MappingStartType:
		c.open = append(c.open, yamlFrame{mapping: t.Type == token.MappingStartType})
	case token.SequenceEndType, token.MappingEndType:
		c.open = c.open[:max(0, len(c.open)-1)]
	case token.SequenceEntryType:
		c.toBlock()
	case token.MappingKeyType:
		c.empty++ // it may have no value
		c.key(explicitKeys)
	case token.MappingValueType:
		c.key(1)
	}
}

// key counts a key of the given cost. The sum of 2n-1 for the keys 1 to n is n².
func (c *yamlCheck) key(cost int) {
	in := c.toBlock()
	in.keys += cost
	c.keyWork += cost * (2*in.keys - cost)
}

// endEntry ends an entry of a flow collection, whose last token is given. The entry has
// opened a block collection if a colon stands in it.
func (c *yamlCheck) endEntry(last *token.Token) {
	colon := len(c.open) > 0 && c.open[len(c.open)-1].column > 0
	for len(c.open) > 0 && c.open[len(c.open)-1].column > 0 {
		c.open = c.open[:len(c.open)-1]
	}
	inMapping := len(c.open) > 0 && c.open[len(c.open)-1].mapping
	none := last.Type == token.MappingStartType || last.Type == token.CollectEntryType
	if isIndicator(last) || inMapping && !colon && !none {
		c.empty++
	}
}

// toBlock closes the block collections further right than the line or entry starts, and
// returns the one there.
func (c *yamlCheck) toBlock() *yamlFrame {
	for len(c.open) > 0 && c.open[len(c.open)-1].column > c.start {
		c.open = c.open[:len(c.open)-1]
	}
	if len(c.open) == 0 || c.open[len(c.open)-1].column != c.start {
		c.open = append(c.open, yamlFrame{column: c.start})
	}
	return &c.open[len(c.open)-1]
}
