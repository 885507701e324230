// Package model is the vocabulary of uptree and its frozen, indexed form.
//
// Input is a list of Batches, one per file of a source: records with ids as text, made by
// package ingest in parallel. Freeze merges them with stated precedence (order of the
// batches, then of the records), resolves references, drops what is invalid with a
// problem that says so, sorts and indexes. Its result, the Model, is read-only and safe
// to use from many goroutines.
//
// The org tree is stored in preorder: a node's index is its place in an Euler tour, and
// "is in sub(N)" is two comparisons (Node.End). Home is the node that answers for a
// service, journey or record. Facts that come in millions (synthetic results) are
// columns with interned names and small integers.
//
// The words are those of the field: see the datasets in dataset.go.
package model
