package decode

import (
	"encoding/json"
	"fmt"
	"math"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/token"
)

// maxAliased bounds what all aliases of a document stand for together, in bytes.
const maxAliased = 16 << 20

// yamlValue is a value with what it weighs: aliases are shared, not copied, so a small
// document can stand for a value that no reader of it could walk through.
type yamlValue struct {
	value  any
	size   int // bytes, with what aliases stand for
	height int // levels of nesting
}

// yamlValues builds the values of one document.
//
// Scalars are read so that nothing is lost: a plain scalar is null, true, false, a number
// if it is one in JSON, and text otherwise. So no, 1_000, 007, 0x1F, 12:30:45 and
// 2025-03-01 stay the strings they look like. Tags other than !!str are not interpreted.
type yamlValues struct {
	anchors map[string]yamlValue
	aliased int
}

func (b *yamlValues) value(n ast.Node) (yamlValue, *fault) {
	switch n := n.(type) {
	case *ast.AnchorNode:
		v, bad := b.value(n.Value)
		if bad == nil {
			b.anchors[n.Name.GetToken().Value] = v
		}
		return v, bad
	case *ast.AliasNode:
		return b.alias(n)
	case *ast.TagNode:
		if n.Start.Value == "!!str" {
			return b.text(n.Value)
		}
		return b.value(n.Value)
	case *ast.SequenceNode:
		return b.sequence(n)
	case *ast.MappingNode:
		return b.mapping(n.Values)
	case *ast.MappingValueNode:
		return b.mapping([]*ast.MappingValueNode{n})
	}
	return scalar(n), nil
}

// text reads a scalar tagged as a string.
func (b *yamlValues) text(n ast.Node) (yamlValue, *fault) {
	v, bad := b.value(n)
	switch v.value.(type) {
	case json.Number, bool, float64, nil:
		if n != nil && n.GetToken() != nil && n.Type() != ast.AliasType && n.GetToken().Type != token.ImplicitNullType {
			return leaf(n.GetToken().Value), bad
		}
		return leaf(""), bad
	}
	return v, bad
}

func leaf(v any) yamlValue {
	const perValue = 16
	if s, ok := v.(string); ok {
		return yamlValue{v, perValue + len(s), 0}
	}
	return yamlValue{v, perValue, 0}
}

func scalar(n ast.Node) yamlValue {
	switch n := n.(type) {
	case *ast.BoolNode:
		return leaf(n.Value)
	case *ast.InfinityNode:
		return leaf(n.Value)
	case *ast.NanNode:
		return leaf(math.NaN())
	case *ast.LiteralNode:
		return leaf(n.Value.Value)
	case *ast.NullNode, nil:
		return leaf(nil)
	}
	t := n.GetToken()
	if t.Type != token.SingleQuoteType && t.Type != token.DoubleQuoteType && isJSONNumber(t.Value) {
		return leaf(json.Number(t.Value))
	}
	return leaf(t.Value)
}

func isJSONNumber(text string) bool {
	if text == "" || len(text) > maxDigits {
		return false
	}
	s := jsonScan{b: []byte(text)}
	_, ok := s.number()
	return ok && s.pos == len(text)
}

func (b *yamlValues) alias(n *ast.AliasNode) (yamlValue, *fault) {
	name := n.Value.GetToken().Value
	v, ok := b.anchors[name]
	if !ok {
		return v, faultAt(n.GetToken(), fmt.Sprintf("alias *%s stands before the end of its anchor, or has none", shorten(name)))
	}
	if b.aliased += v.size; b.aliased > maxAliased {
		return v, faultAt(n.GetToken(), fmt.Sprintf("the aliases stand for more than %d MiB", maxAliased>>20))
	}
	return v, nil
}

func (b *yamlValues) sequence(n *ast.SequenceNode) (yamlValue, *fault) {
	list := make([]any, 0, len(n.Values))
	out := leaf(nil)
	for _, item := range n.Values {
		v, bad := b.value(item)
		if bad != nil {
			return out, bad
		}
		list = append(list, v.value)
		if bad = out.hold(v, item.GetToken()); bad != nil {
			return out, bad
		}
	}
	out.value = list
	return out, nil
}

// hold adds the weight of a part to that of the whole.
func (v *yamlValue) hold(part yamlValue, at *token.Token) *fault {
	v.size += part.size
	v.height = max(v.height, part.height+1)
	if v.height > maxDepth {
		return faultAt(at, fmt.Sprintf("nested deeper than %d with its aliases", maxDepth))
	}
	return nil
}

func (b *yamlValues) mapping(members []*ast.MappingValueNode) (yamlValue, *fault) {
	object := make(map[string]any, len(members))
	out := leaf(nil)
	var merged []map[string]any
	for _, m := range members {
		v, bad := b.value(m.Value)
		if bad == nil {
			bad = out.hold(v, m.GetToken())
		}
		if bad != nil {
			return out, bad
		}
		if m.Key.IsMergeKey() {
			merged = append(merged, sources(v.value)...)
			continue
		}
		key, bad := b.key(m.Key)
		if bad != nil {
			return out, bad
		}
		out.size += len(key)
		if _, twice := object[key]; twice {
			return out, faultAt(m.Key.GetToken(), fmt.Sprintf("key %q given twice", shorten(key)))
		}
		object[key] = v.value
	}
	// The mapping's own keys win over merged ones, wherever they stand.
	for _, from := range merged {
		for key, v := range from {
			if _, own := object[key]; !own {
				object[key] = v
			}
		}
	}
	out.value = object
	return out, nil
}

// sources returns the mappings that a merge key names: one, or a list of them.
func sources(v any) []map[string]any {
	switch v := v.(type) {
	case map[string]any:
		return []map[string]any{v}
	case []any:
		var out []map[string]any
		for _, item := range v {
			if m, ok := item.(map[string]any); ok {
				out = append(out, m)
			}
		}
		return out
	}
	return nil
}

// key reads a key as text: keys that are numbers, true, false or null as written.
func (b *yamlValues) key(n ast.Node) (string, *fault) {
	switch k := n.(type) {
	case *ast.MappingKeyNode:
		return b.key(k.Value)
	case *ast.TagNode:
		return b.key(k.Value)
	case *ast.AnchorNode:
		text, bad := b.key(k.Value)
		b.anchors[k.Name.GetToken().Value] = leaf(text)
		return text, bad
	case *ast.AliasNode:
		v, bad := b.alias(k)
		if text, ok := v.value.(string); ok || bad != nil {
			return text, bad
		}
	case *ast.LiteralNode:
		return k.Value.Value, nil
	case ast.ScalarNode:
		return k.GetToken().Value, nil
	}
	if n == nil {
		return "", nil
	}
	return "", faultAt(n.GetToken(), "a key that is no scalar")
}
