// Package check holds the rules over everything that the stages made: documents against
// the model, the site against the one published before, and the written pages themselves.
//
// Rules is the table; a rule returns problems and changes nothing. Rules that could not
// be applied are named in Skipped, so that a green check does not claim more than it saw.
package check
