package ingest

import "uptree/generator/model"

// The fields of deployments, in the order of the spec.
const (
	deploymentID = iota
	deploymentService
	deploymentEnvironment
	deploymentFinished
	deploymentResult
	deploymentFirstCommit
	deploymentUnplanned
	deploymentIncidents
	deploymentURL
)

func addDeployment(r *row) {
	rec := model.DeploymentRecord{
		ID: string(r.id(deploymentID)), URL: string(r.link(deploymentURL)),
		Finished: r.moment(deploymentFinished), FirstCommit: r.moment(deploymentFirstCommit),
		Unplanned: r.flagged(deploymentUnplanned), Line: uint32(r.line),
	}
	service := r.their(deploymentService)
	if r.reason != "" {
		return
	}
	rec.Service = r.batch.Ref(service)
	rec.Environment, rec.Result = r.batch.Word(r.word(deploymentEnvironment)), r.batch.Word(r.word(deploymentResult))
	rec.Incidents = r.refs(deploymentIncidents)
	r.began(rec.Finished)
	r.batch.Deployments = append(r.batch.Deployments, rec)
}

// flagged tells a flag that is false from one that is not given.
func (r *row) flagged(field int) model.Flagged {
	text, ok := r.plain(field, "neither true nor false")
	if !ok {
		return model.NotSaid
	}
	value, o := truth(text)
	switch {
	case !r.got(field, o, "neither true nor false"):
		return model.NotSaid
	case value:
		return model.Yes
	}
	return model.No
}
