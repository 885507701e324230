package content

import (
	"regexp"
	"strings"
)

// Parsing Markdown is linear for what people write, but not for what can be written: a
// line of 10,000 nested lists, a link text of 10,000 brackets or a table of 10,000
// columns take seconds. effort estimates the excess in bytes looked at again, in one
// pass and before anything is parsed.
const (
	maxEffort     = 64 << 20
	markerCost    = 12  // per pair of containers that a line may be in
	cellCost      = 512 // per cell of a table, given or filled in
	referenceCost = 12  // per pair of link references that stand together
)

func effort(body string) int {
	total := 0
	var chunk chunkEffort
	for line := range strings.Lines(body) {
		if strings.TrimSpace(line) == "" {
			total += chunk.spent
			chunk = chunkEffort{}
			continue
		}
		chunk.add(line)
		if total+chunk.spent > maxEffort {
			break
		}
	}
	return total + chunk.spent
}

// chunkEffort is the effort of a run of lines that are not blank: constructs within a
// paragraph end with it.
type chunkEffort struct {
	spent      int
	offset     int   // of the line in the chunk
	open       []int // offsets of the brackets not closed
	columns    int   // of the tables begun
	unclosed   int   // link targets that may go on after their line
	references int   // lines that may define one
}

func (c *chunkEffort) add(line string) {
	depth := depthOf(line)
	c.spent += depth * depth * markerCost
	if strings.Contains(line, "]:") {
		c.spent += c.references * referenceCost
		c.references++
	}
	c.spent += c.columns*cellCost + c.unclosed*len(line)
	c.columns += delimiterColumns(line)
	c.brackets(line)
	c.offset += len(line)
}

// target is what follows a link's text where nothing is looked at again.
var target = regexp.MustCompile(`^\]\((?:[^\s()<>]|\([^\s()<>]*\))*(?:\s+"[^"]*"|\s+'[^']*')?\)`)

// brackets counts for each closed bracket what its link text spans. Of a link target
// that is not plainly closed, the end is looked for up to the end of the paragraph.
func (c *chunkEffort) brackets(line string) {
	for i := 0; i < len(line); i++ {
		switch line[i] {
		case '[':
			c.open = append(c.open, c.offset+i)
		case ']':
			if n := len(c.open); n > 0 {
				c.spent += c.offset + i - c.open[n-1]
				c.open = c.open[:n-1]
			}
			if strings.HasPrefix(line[i+1:], "(") && !target.MatchString(line[i:]) {
				c.spent += len(line) - i
				c.unclosed++
			}
		}
	}
}

// depthOf counts the block quotes and list items that a line which opens one may be in:
// its markers, and one for two columns before them.
func depthOf(line string) int {
	markers, indent := 0, 0
	prefix := line[:len(line)-len(strings.TrimLeft(line, "> \t-*+.)0123456789"))]
	for i, c := range []byte(prefix) {
		switch c {
		case '>':
			markers++
		case ' ':
			indent++
		case '\t':
			indent += 4
		case '-', '*', '+', '.', ')':
			if strings.HasPrefix(line[i+1:], " ") || strings.HasPrefix(line[i+1:], "\t") {
				markers++
			}
		}
	}
	if markers == 0 {
		return 0
	}
	return markers + indent/2
}

// delimiterColumns returns the columns of the table that a line of dashes begins, more or
// less, or 0.
func delimiterColumns(line string) int {
	line = strings.TrimLeft(strings.TrimSpace(line), "> ")
	if !strings.Contains(line, "-") || strings.Trim(line, "|:- \t") != "" {
		return 0
	}
	return strings.Count(line, "|")
}
