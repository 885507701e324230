package ingest

import "uptree/generator/model"

// The fields of staffing, in the order of the spec.
const (
	staffNode = iota
	staffDay
	staffHeadcount
	staffRotation
	staffPages // three of them
)

func addStaffing(r *row) {
	node := r.id(staffNode)
	rec := model.StaffingRecord{
		Day: r.day(staffDay), Headcount: r.countOf(staffHeadcount), Rotation: r.countOf(staffRotation), Line: uint32(r.line),
	}
	says := rec.Headcount != model.NoCount || rec.Rotation != model.NoCount
	for h := range rec.Pages {
		rec.Pages[h] = r.countOf(staffPages + h)
		says = says || rec.Pages[h] != model.NoCount
	}
	if r.reason == "" && !says {
		r.refuse("it says neither how many people there are nor how often they were paged")
	}
	if r.reason != "" {
		return
	}
	rec.Node = r.batch.Ref(node)
	r.began(r.clock.cal.Midnight(rec.Day))
	r.batch.Staffing = append(r.batch.Staffing, rec)
}
