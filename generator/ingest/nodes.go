package ingest

import "uptree/generator/model"

// The fields of nodes, in the order of the spec.
const (
	nodeID = iota
	nodeTitle
	nodeKind
	nodeParent
	nodeOrder
	nodeValidFrom
	nodeValidTo
	nodeSuccessor
	nodeAliases
)

func addNode(r *row) {
	rec := model.NodeRecord{
		ID: string(r.id(nodeID)), Title: string(r.text(nodeTitle)), Kind: string(r.word(nodeKind)),
		Parent: string(r.id(nodeParent)), Successor: string(r.id(nodeSuccessor)), Aliases: r.ids(nodeAliases),
		ValidFrom: r.day(nodeValidFrom), ValidTo: r.day(nodeValidTo),
		Partial: r.partial, Line: uint32(r.line),
	}
	rec.Order, rec.HasOrder = r.number(nodeOrder)
	if r.reason == "" {
		r.batch.Nodes = append(r.batch.Nodes, rec)
	}
}
