package rollup

import "uptree/generator/model"

const (
	staffCaveat = "Head counts are those of now, so there is no value for an earlier period. Nothing is said per head of fewer than five people."
	latestStaff = "the latest record of each node here"
)

var headcount = Metric{
	ID: "headcount", Title: "People", Unit: One, Operator: Latest, Dataset: model.Staff,
	Better: Neither, Since: "1",
	Formula: "People placed at the nodes here, by " + latestStaff + ", added up.",
	Doc:     "How many people there are for the services here. Counts, never who they are.",
	Caveat:  "A node without a record adds nothing: coverage says how many nodes have one.",
	eval:    (*scope).headcount,
	records: (*scope).headcountRecords,
}

var rotationSize = Metric{
	ID: "rotation_size", Title: "On-call rotations", Unit: One, Operator: Distribution, Dataset: model.Staff,
	Better: Neither, Since: "1",
	Formula: "People who take turns on call, by " + latestStaff + ": n rotations, median, 90th percentile by nearest rank (absent under ten).",
	Doc:     "Whether on-call work can be carried: in a rotation of under five a turn comes too often, in one of over eight too rarely to stay in practice.",
	Caveat:  "A rotation that several nodes share counts at each of them.",
	eval:    (*scope).rotationSize,
	records: (*scope).rotationRecords,
}

var pagesPerHead = Metric{
	ID: "pages_per_head", Title: "Pages per person", Unit: PerPerson, Operator: RatioOf, Dataset: model.Staff,
	Better: Lower, Since: "1",
	Formula: "Pages of the whole days of the period, divided by the people of the nodes whose pages are recorded, by " + latestStaff + ".",
	Doc:     "What on-call work asks of people, in working hours, in evenings and at weekends, and at night.",
	Caveat:  staffCaveat + " Nor is it where the figure of such a group could be found by subtracting.",
	eval:    (*scope).pagesPerHead,
	records: (*scope).pageRecords,
}

var servicesPerHead = Metric{
	ID: "services_per_head", Title: "Services per person", Unit: PerPerson, Operator: RatioOf, Dataset: model.Staff,
	Better: Neither, Since: "1",
	Formula: "Living services that the nodes here answer for, divided by their people, by " + latestStaff + ".",
	Doc:     "How much there is to look after for those who are there.",
	Caveat:  staffCaveat,
	eval:    func(s *scope) []Cell { return s.perHead(s.servicesAt) },
	records: func(s *scope, _ int, put func(Record)) { s.headRecords(s.servicesAt, put) },
}

var objectivesPerHead = Metric{
	ID: "objectives_per_head", Title: "Objectives per person", Unit: PerPerson, Operator: RatioOf, Dataset: model.Staff,
	Better: Neither, Since: "1",
	Formula: "Objectives of the services and journeys that the nodes here answer for, divided by their people, by " + latestStaff + ".",
	Doc:     "How much is promised for those who are there.",
	Caveat:  staffCaveat,
	eval:    (*scope).objectivesPerHead,
	records: func(s *scope, _ int, put func(Record)) { s.headRecords(s.objectivesAt, put) },
}

// staffCells are the cells of a metric of people: of nodes alone, and without a past.
func (s *scope) staffCells() (cells []Cell, below *crew) {
	below = &crew{}
	if s.subject.Kind == NodeSubject {
		below = &s.index.staff.below[s.subject.Index]
	}
	cells = s.cells(model.Staff, below.recorded > 0)
	for p := range cells {
		if cells[p].PreviousReason = ReasonNoPast; !cells[p].Known {
			cells[p].PreviousReason = cells[p].Reason
		}
	}
	return cells, below
}

// unknown takes the value away, for a reason.
func (c *Cell) unknown(why Reason) { c.Known, c.Reason, c.PreviousReason = false, why, why }

func (s *scope) headcount() []Cell {
	cells, below := s.staffCells()
	for p := range cells {
		switch cell := &cells[p]; {
		case !cell.Known:
		case below.counted == 0:
			cell.unknown(ReasonNoData)
		default:
			cell.Value, cell.N = float64(below.heads), below.counted
		}
	}
	return cells
}

// The sizes between which a rotation raises no question.
const smallRotation, largeRotation = 5, 8

func (s *scope) rotationSize() []Cell {
	cells, below := s.staffCells()
	var sizes []float64
	var parts [3]float64
	for _, size := range below.rotations {
		switch sizes = append(sizes, float64(size)); {
		case size < smallRotation:
			parts[0]++
		case size <= largeRotation:
			parts[1]++
		default:
			parts[2]++
		}
	}
	dist := Dist{Name: "people"}
	dist.summarise(sizes)
	for p := range cells {
		cell := &cells[p]
		if cell.PreviousReason = ReasonDistributed; !cell.Known {
			continue
		}
		if dist.N == 0 {
			cell.Known, cell.Reason = false, ReasonNoData
			continue
		}
		cell.N, cell.Dists = dist.N, []Dist{dist}
		cell.Parts = []Part{{"under_five", parts[0]}, {"five_to_eight", parts[1]}, {"over_eight", parts[2]}}
	}
	return cells
}

// pageHours are the parts of pages_per_head.
var pageHours = [model.NumPageHours]string{"business", "off_hours", "sleep"}

func (s *scope) pagesPerHead() []Cell {
	cells, _ := s.staffCells()
	for p := range cells {
		cell := &cells[p]
		if !cell.Known {
			continue
		}
		paged := &s.index.staff.paged[p][s.subject.Index]
		switch {
		case paged.nodes == 0:
			cell.unknown(ReasonNoData)
		case paged.heads < minGroup:
			cell.unknown(ReasonFewPeople)
		case !s.index.staff.told[p][s.subject.Index]:
			cell.unknown(ReasonTelling)
		default:
			cell.ratio(paged.all(), paged.heads)
			for h, name := range pageHours {
				cell.Parts = append(cell.Parts, Part{name, float64(paged.pages[h]) / float64(paged.heads)})
			}
			cell.note(NoteNotRecorded, paged.silent)
		}
	}
	return cells
}

// perHead divides what the nodes here have by their people.
func (s *scope) perHead(at func() map[model.NodeIdx]int64) []Cell {
	cells, below := s.staffCells()
	var num int64
	for _, n := range at() {
		num += n
	}
	for p := range cells {
		switch cell := &cells[p]; {
		case !cell.Known:
		case below.counted == 0:
			cell.unknown(ReasonNoData)
		case below.heads < minGroup:
			cell.unknown(ReasonFewPeople)
		default:
			cell.ratio(num, below.heads)
		}
	}
	return cells
}

// objectivesPerHead has no value where nobody keeps objectives.
func (s *scope) objectivesPerHead() []Cell {
	cells := s.perHead(s.objectivesAt)
	for p := range cells {
		if cells[p].Known && len(s.c.Model.Objectives) == 0 {
			cells[p] = Cell{Reason: ReasonNoSource, PreviousReason: ReasonNoSource, Covered: cells[p].Covered, Of: cells[p].Of, Notes: cells[p].Notes}
		}
	}
	return cells
}

// servicesAt counts the living services by the node that answers for them.
func (s *scope) servicesAt() map[model.NodeIdx]int64 {
	out := map[model.NodeIdx]int64{}
	for n := range s.nodes {
		for _, service := range s.c.Model.Nodes[n].Services {
			if s.c.Model.Services[service].Living {
				out[n]++
			}
		}
	}
	return out
}

// objectivesAt counts the objectives by the node that answers for them.
func (s *scope) objectivesAt() map[model.NodeIdx]int64 {
	out := map[model.NodeIdx]int64{}
	if s.subject.Kind == NodeSubject {
		for _, i := range s.objectives() {
			out[s.c.Model.Objectives[i].Subject.Home]++
		}
	}
	return out
}

// nodes iterates over the node that is the subject and those below it.
func (s *scope) nodes(yield func(model.NodeIdx) bool) {
	if s.subject.Kind != NodeSubject {
		return
	}
	for n := model.NodeIdx(s.subject.Index); n < s.c.Model.Nodes[s.subject.Index].End; n++ {
		if !yield(n) {
			return
		}
	}
}
