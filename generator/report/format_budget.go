package report

import "math"

// budgetEdges are the shares of a budget at which an objective's state can change. A
// printed share lies on the side of each on which the share itself does.
var budgetEdges = [...]float64{0, 0.25, 0.75, 1}

// maxBudgetDigits are the most decimals of a share of a budget.
const maxBudgetDigits = 3

// BudgetShare prints a share of an error budget in whole per cent, with more digits where
// it is near an edge: 64 %, 24.8 %, −1 800 %.
func BudgetShare(share float64) string {
	share += 0 // no negative zero
	for digits := range maxBudgetDigits + 1 {
		if rounded := math.Round(share*100*math.Pow10(digits)) / math.Pow10(digits); sameSides(share, rounded/100) {
			return decimal(rounded, digits) + nbsp + "%"
		}
	}
	return decimal(awayFromEdge(share), maxBudgetDigits) + nbsp + "%"
}

// sameSides reports whether rounding has kept the share on its side of every edge.
func sameSides(share, rounded float64) bool {
	for _, edge := range budgetEdges {
		if (share < edge) != (rounded < edge) || (share > edge) != (rounded > edge) {
			return false
		}
	}
	return true
}

// awayFromEdge is the printable number of per cent next to the edge that a share is too
// near to.
func awayFromEdge(share float64) float64 {
	least := math.Pow10(-maxBudgetDigits)
	edge := math.Round(share*4) * 25
	if share*100 < edge {
		return edge - least
	}
	return edge + least
}
