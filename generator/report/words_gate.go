package report

// The words of gates.
const (
	wGates       Word = "gate.title"
	wGatesLead   Word = "gate.lead"
	wGate        Word = "gate.name"
	wGateFigure  Word = "gate.figure"
	wGateBound   Word = "gate.bound"
	wGateNow     Word = "gate.now"
	wGateState   Word = "gate.state"
	wGateMost    Word = "gate.most"
	wGateLeast   Word = "gate.least"
	wGatePassed  Word = "gate.passed"
	wGateCrossed Word = "gate.crossed"
	wGateUnheld  Word = "gate.unheld"
	wGateOver    Word = "gate.over"
	wGatePart    Word = "gate.part"
)

var gateWords = []wordSpec{
	{wGates, nil},
	{wGatesLead, nil},
	{wGate, nil},
	{wGateFigure, nil},
	{wGateBound, nil},
	{wGateNow, nil},
	{wGateState, nil},
	{wGateMost, []string{"value"}},
	{wGateLeast, []string{"value"}},
	{wGatePassed, nil},
	{wGateCrossed, nil},
	{wGateUnheld, []string{"why"}},
	{wGateOver, []string{"metric", "period"}},
	{wGatePart, []string{"metric", "part", "period"}},
}
