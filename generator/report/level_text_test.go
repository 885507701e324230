package report

import "testing"

func TestPacesStayOnTheirSideOfOne(t *testing.T) {
	for rate, want := range map[float64]string{0: "0×", 0.04: "0.04×", 1: "1×", 0.996: "0.996×", 1.004: "1.004×", 2.1: "2.1×", 2: "2×", 19: "19×", 0.0001: "under" + nbsp + "0.001×"} {
		if got := Times(rate); got != want {
			t.Errorf("%v is printed as %s, want %s", rate, got, want)
		}
	}
}
