package content

import "uptree/generator/diag"

func (d *Doc) readFrontMatter(m matter) diag.List { return nil }
