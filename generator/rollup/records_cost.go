package rollup

import "uptree/generator/model"

// costRecords gives costs by currency, which are never added to one another; nothing where
// the site publishes no amounts.
func (s *scope) costRecords(period int, put func(Record)) {
	m := s.c.Model
	if m.CostLevel != model.PublishFull {
		return
	}
	w := s.c.Periods[period].Current
	for c := range s.costs {
		from, to := m.Calendar.Midnight(c.From), m.Calendar.Midnight(c.To+1)
		if !w.overlaps(from, to) {
			continue
		}
		r := Record{
			Kind: model.Costs, ID: m.Nodes[c.Home].ID, Origin: c.Origin, Group: m.Currencies[c.Currency],
			From: from, To: to, Value: c.Amount.Float(), As: m.Components[c.Component],
		}
		if c.Service != model.NoIndex {
			r.ID = m.Services[c.Service].ID
		}
		if from < w.From || to > w.To {
			r.Value, r.Left = 0, "covers days that are not in the period"
		}
		put(r)
	}
}
