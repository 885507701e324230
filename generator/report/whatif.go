package report

// whatIf says on every page of a what-if what it supposes.
func (p *Plan) whatIf() Cell {
	var changes []Span
	for _, c := range p.model.Changes {
		to, _ := p.model.Node(c.To)
		if c.Service {
			s, _ := p.model.Service(c.ID)
			changes = append(changes, words(say(wWhatIfService, arg("service", p.serviceLink(s)), arg("owner", p.nodeLink(to)))))
			continue
		}
		n, _ := p.model.Node(c.ID)
		changes = append(changes, words(say(wWhatIfNode, arg("node", p.nodeLink(n)), arg("parent", p.nodeLink(to)))))
	}
	if changes == nil {
		return nil
	}
	out := append(Cell{words(say(wWhatIf)), text(" ")}, joined(changes)...)
	return append(out, text(". "), words(say(wWhatIfNot)))
}
