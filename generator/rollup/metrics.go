package rollup

// Metrics is the table of metrics, in the order of the page. A new metric is a file and a
// line here.
var Metrics = []Metric{
	incidentTime,
	incidentCount,
	maintenanceTime,
	phaseHours,
	phaseDuration,
	detectedByCustomer,
	causesRecorded,
	reviewsDone,
	followupsOpen,
	syntheticSuccess,
	objectivesMetric,
	timeInTarget,
	deploymentFrequency,
	changeLeadTime,
	changeFailRate,
	recoveryTime,
	reworkRate,
	findingsOpen,
	findingsOverdue,
	findingsOpened,
	findingsClosed,
	findingsAge,
	costMetric,
	headcount,
	rotationSize,
	pagesPerHead,
	servicesPerHead,
	objectivesPerHead,
}
