package report

import (
	"uptree/generator/model"
	"uptree/generator/rollup"
)

// partSpec is how a named part of a value is shown: on its own, and with its value.
type partSpec struct {
	name  string
	mark  Mark
	alone Word
	value Word
}

// partTable lists the parts that have words; others (severities, components) are names
// from outside and stand as they are.
var partTable = []partSpec{
	{"own", MarkOwn, wOwn, wOwnValue},
	{"inherited", MarkInherited, wInherited, wInheritedValue},
	{"unrecorded", MarkUnrecorded, wUnrecorded, wUnrecordedValue},
	{"own_only", MarkOwn, wOwnOnly, wOwnValue},
	{"inherited_only", MarkInherited, wInheritedOnly, wInheritedValue},
	{"unrecorded_only", MarkUnrecorded, wUnrecordedOnly, wUnrecordedValue},
	{"several", MarkSeveral, wSeveral, wSeveralValue},
	{"detect", NoMark, wDetect, wDetect},
	{"acknowledge", NoMark, wAcknowledge, wAcknowledge},
	{"identify", NoMark, wIdentify, wIdentify},
	{"mitigate", NoMark, wMitigate, wMitigate},
	{"resolve", NoMark, wResolve, wResolve},
	{"remainder", NoMark, wRemainder, wRemainder},
	{"unknown_service", NoMark, wLeftService, wLeftService},
	{"no_environment", NoMark, wLeftNoEnvironment, wLeftNoEnvironment},
	{"other_environment", NoMark, wLeftEnvironment, wLeftEnvironment},
	{"not_carried_out", NoMark, wLeftUnfinished, wLeftUnfinished},
	{"no_result", NoMark, wLeftNoResult, wLeftNoResult},
	{"unknown_result", NoMark, wLeftResult, wLeftResult},
	{"allocated", NoMark, wAllocated, wAllocated},
	{"unallocated", NoMark, wUnallocated, wUnallocated},
	{"unknown_owner", NoMark, wUnknownOwner, wUnknownOwner},
	{"under_five", NoMark, wUnderFive, wUnderFive},
	{"five_to_eight", NoMark, wFiveToEight, wFiveToEight},
	{"over_eight", NoMark, wOverEight, wOverEight},
	{"business", NoMark, wBusinessHours, wBusinessHours},
	{"off_hours", NoMark, wOffHours, wOffHours},
	{"sleep", NoMark, wSleepHours, wSleepHours},
	{"", NoMark, wNotRecorded, wNotRecorded},
}

func partOf(name string) *partSpec {
	for i := range partTable {
		if partTable[i].name == name {
			return &partTable[i]
		}
	}
	return nil
}

// partName is a part on its own: a word with its mark, or a name from outside.
func partName(part string) Span {
	if p := partOf(part); p != nil {
		return marked(p.mark, words(say(p.alone)))
	}
	return name(part)
}

// plainPart is partName for the texts of charts.
func (p *Plan) plainPart(part string) string {
	if spec := partOf(part); spec != nil {
		return p.Words.Plain(say(spec.alone))
	}
	return part
}

// partMark is the mark of a part; names from outside have none.
func partMark(part string) Mark {
	if p := partOf(part); p != nil {
		return p.mark
	}
	return NoMark
}

// valued is a part with its value: "own 2 h 10 min".
func valued(part, value string) Span {
	spec := partOf(part)
	if spec == nil || spec.alone == spec.value {
		return words(say(wPartValue, arg("part", partName(part)), argText("value", value)))
	}
	return marked(spec.mark, words(say(spec.value, argText("value", value))))
}

// reasons words why a figure is missing, indexed by rollup.Reason.
var reasons = [...]Word{
	rollup.ReasonNone: wReasonNone, rollup.ReasonNoSubjects: wReasonNoSubjects,
	rollup.ReasonNotCovered: wReasonNotCovered, rollup.ReasonNoData: wReasonNoData,
	rollup.ReasonNoHistory: wReasonNoHistory, rollup.ReasonNoPast: wReasonNoPast,
	rollup.ReasonNoSource: wReasonNoSource, rollup.ReasonDistributed: wReasonDistributed,
	rollup.ReasonTooFew: wReasonTooFew, rollup.ReasonNoLimit: wReasonNoLimit,
	rollup.ReasonCurrencies: wReasonCurrencies, rollup.ReasonUnpublished: wReasonUnpublished, rollup.ReasonTooCoarse: wReasonTooCoarse,
	rollup.ReasonRedefined: wReasonRedefined,
	rollup.ReasonFewPeople: wReasonFewPeople, rollup.ReasonTelling: wReasonTelling,
}

func reason(r rollup.Reason) Sentence {
	if int(r) >= len(reasons) {
		return say(wReasonNone)
	}
	return say(reasons[r])
}

// coverageWord names what a metric's coverage counts.
func coverageWord(m *rollup.Metric) Word {
	switch m.Dataset {
	case model.Synthetics, model.SLIs:
		return wCoverageSubjects
	case model.SLOs:
		return wWithoutTile
	case model.Staff:
		return wCoverageNodes
	}
	return wCoverageServices
}

func chartUnit(u rollup.Unit) ChartUnit {
	switch u {
	case rollup.Seconds:
		return ChartDuration
	case rollup.Ratio:
		return ChartPercent
	}
	return ChartCount
}
