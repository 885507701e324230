package ingest

import (
	"crypto/sha256"
	"encoding/binary"

	"uptree/generator/model"
)

// The fields of staffing, in the order of the spec.
const (
	staffNode = iota
	staffDay
	staffHeadcount
	staffRotation
	staffPages  // three of them
	staffOncall = staffPages + int(model.NumPageHours)
)

func addStaffing(r *row) {
	node := r.their(staffNode)
	rec := model.StaffingRecord{
		Day: r.day(staffDay), Headcount: r.countOf(staffHeadcount), Rotation: r.countOf(staffRotation), Line: uint32(r.line),
	}
	says := rec.Headcount != model.NoCount || rec.Rotation != model.NoCount
	for h := range rec.Pages {
		rec.Pages[h] = r.countOf(staffPages + h)
		says = says || rec.Pages[h] != model.NoCount
	}
	r.items(staffOncall, func(id []byte) { rec.Oncall = append(rec.Oncall, personKey(id)) })
	if says = says || len(rec.Oncall) > 0; r.reason == "" && !says {
		r.refuse("it says neither how many people there are nor how often they were paged")
	}
	if r.reason != "" {
		return
	}
	rec.Node = r.batch.Ref(node)
	r.began(r.clock.cal.Midnight(rec.Day))
	r.batch.Staffing = append(r.batch.Staffing, rec)
}

// personKey is all that is kept of somebody's id, and that only until they are counted.
func personKey(id []byte) model.PersonKey {
	sum := sha256.Sum256(id)
	return model.PersonKey(binary.BigEndian.Uint64(sum[:]))
}
