package report

import "uptree/generator/content"

// Resolver resolves typed links relative to the site's root: for checks, which look at
// documents apart from their pages.
func (p *Plan) Resolver() content.Resolver { return p.resolver("") }
