// Package published reads a site that was built before, at a folder or an http(s) address,
// by its public files alone: manifest.json, build.json, ids.json and the index.json of each
// page. Compare says what differs between two of them. Files are bounded in size and
// requests in time; what a site says is data from outside and is not trusted.
package published
