package report

// The words of the map.
const (
	wMap           Word = "map.title"
	wMapTitle      Word = "map.title_of"
	wMapBetween    Word = "map.between"
	wMapLevel      Word = "map.level"
	wMapLevelOf    Word = "map.level_of"
	wMapItself     Word = "map.itself"
	wMapLead       Word = "map.lead"
	wMapCrossed    Word = "map.crossed"
	wMapInside     Word = "map.inside"
	wMapOnlyRelies Word = "map.only_relies"
	wMapEmpty      Word = "map.empty"
	wMapOnePart    Word = "map.one_part"

	wMapMoreParts        Word = "map.more_parts"
	wFateIncidents       Word = "map.fate_incidents"
	wFateEdges           Word = "map.fate_edges"
	wFateCrossing        Word = "map.fate_crossing"
	wFateInside          Word = "map.fate_inside"
	wFateThirdParty      Word = "map.fate_third_party"
	wFateNotOwned        Word = "map.fate_not_owned"
	wFateUnrecorded      Word = "map.fate_unrecorded"
	wFateEdgesCrossing   Word = "map.fate_edges_crossing"
	wFateEdgesThirdParty Word = "map.fate_edges_third_party"
	wFateEnded           Word = "map.fate_ended"

	wMapCaused        Word = "map.caused"
	wMapNoIncidents   Word = "map.no_incidents"
	wMapCausedTitle   Word = "map.caused_title"
	wMapCausedSummary Word = "map.caused_summary"
	wMapCausedMatrix  Word = "map.caused_matrix"
	wMapCausedCorner  Word = "map.caused_corner"
	wMapCausedList    Word = "map.caused_list"
	wMapOurs          Word = "map.ours"
	wMapOutside       Word = "map.outside"
	wMapFromTo        Word = "map.from_to"
	wMapLeft          Word = "map.left"
	wMapInAll         Word = "map.in_all"
	wMapPartHead      Word = "map.part_head"
	wMapCause         Word = "map.cause"
	wMapHit           Word = "map.hit"
	wMapTime          Word = "map.time"
	wMapCount         Word = "map.count"
	wMapLatest        Word = "map.latest"
	wMapNoEdge        Word = "map.no_edge"

	wMapRelies         Word = "map.relies"
	wMapNoDependencies Word = "map.no_dependencies"
	wMapReliesTitle    Word = "map.relies_title"
	wMapReliesSummary  Word = "map.relies_summary"
	wMapReliesMatrix   Word = "map.relies_matrix"
	wMapReliesCorner   Word = "map.relies_corner"
	wMapReliesList     Word = "map.relies_list"
	wMapHardOnes       Word = "map.hard_ones"
	wMapSoftOnes       Word = "map.soft_ones"
	wMapBy             Word = "map.by"
	wMapDependencies   Word = "map.dependencies"
	wMapHard           Word = "map.hard"
	wMapServices       Word = "map.services"
	wMapCameOver       Word = "map.came_over"

	wMapEvidence       Word = "map.evidence"
	wMapOneEvidence    Word = "map.one_evidence"
	wMapAgree          Word = "map.agree"
	wMapUndeclared     Word = "map.undeclared"
	wMapUnseen         Word = "map.unseen"
	wMapWithoutEdge    Word = "map.without_edge"
	wMapUndeclaredList Word = "map.undeclared_list"
	wMapUnseenList     Word = "map.unseen_list"
	wMapUnseenOpen     Word = "map.unseen_open"

	wCameIn   Word = "map.came_in"
	wCameFrom Word = "map.came_from"
	wWentOut  Word = "map.went_out"
	wWentTo   Word = "map.went_to"
	wOnTheMap Word = "map.on_the_map"

	wMapCounted         Word = "map.counted"
	wMapPart            Word = "map.part"
	wMapPartIs          Word = "map.part_is"
	wMapTimeIs          Word = "map.time_is"
	wMapCountIs         Word = "map.count_is"
	wMapDependenciesAre Word = "map.dependencies_are"
	wMapAll             Word = "map.all"
	wMapAllIn           Word = "map.all_in"
)

var mapWords = []wordSpec{
	{wMap, nil},
	{wMapTitle, []string{"level", "period"}},
	{wMapBetween, nil},
	{wMapLevel, []string{"n"}},
	{wMapLevelOf, []string{"n", "kinds"}},
	{wMapItself, []string{"node"}},
	{wMapLead, []string{"n", "all", "period", "time", "cause", "impact", "most"}},
	{wMapCrossed, []string{"n", "all", "period", "time"}},
	{wMapInside, []string{"n", "period"}},
	{wMapOnlyRelies, []string{"n", "all", "period"}},
	{wMapEmpty, nil},
	{wMapOnePart, nil},
	{wMapMoreParts, []string{"n"}},
	{wFateIncidents, []string{"n"}},
	{wFateEdges, []string{"n"}},
	{wFateCrossing, []string{"n"}},
	{wFateInside, []string{"n"}},
	{wFateThirdParty, []string{"n"}},
	{wFateNotOwned, []string{"n"}},
	{wFateUnrecorded, []string{"n"}},
	{wFateEdgesCrossing, []string{"n"}},
	{wFateEdgesThirdParty, []string{"n"}},
	{wFateEnded, []string{"n"}},
	{wMapCaused, nil},
	{wMapNoIncidents, []string{"period"}},
	{wMapCausedTitle, nil},
	{wMapCausedSummary, nil},
	{wMapCausedMatrix, nil},
	{wMapCausedCorner, nil},
	{wMapCausedList, []string{"period"}},
	{wMapOurs, nil},
	{wMapOutside, nil},
	{wMapFromTo, nil},
	{wMapLeft, []string{"n"}},
	{wMapInAll, nil},
	{wMapPartHead, []string{"part"}},
	{wMapCause, nil},
	{wMapHit, nil},
	{wMapTime, nil},
	{wMapCount, nil},
	{wMapLatest, nil},
	{wMapNoEdge, nil},
	{wMapRelies, nil},
	{wMapNoDependencies, nil},
	{wMapReliesTitle, nil},
	{wMapReliesSummary, nil},
	{wMapReliesMatrix, nil},
	{wMapReliesCorner, nil},
	{wMapReliesList, nil},
	{wMapHardOnes, nil},
	{wMapSoftOnes, nil},
	{wMapBy, nil},
	{wMapDependencies, nil},
	{wMapHard, nil},
	{wMapServices, nil},
	{wMapCameOver, nil},
	{wMapEvidence, nil},
	{wMapOneEvidence, nil},
	{wMapAgree, nil},
	{wMapUndeclared, []string{"n"}},
	{wMapUnseen, []string{"n"}},
	{wMapWithoutEdge, []string{"n"}},
	{wMapUndeclaredList, nil},
	{wMapUnseenList, nil},
	{wMapUnseenOpen, nil},
	{wCameIn, []string{"n", "period", "time"}},
	{wCameFrom, []string{"node", "time"}},
	{wWentOut, []string{"n", "period", "time"}},
	{wWentTo, []string{"node", "time"}},
	{wOnTheMap, nil},
	{wMapCounted, nil},
	{wMapPart, nil},
	{wMapPartIs, nil},
	{wMapTimeIs, nil},
	{wMapCountIs, nil},
	{wMapDependenciesAre, nil},
	{wMapAll, nil},
	{wMapAllIn, []string{"json", "csv"}},
}
