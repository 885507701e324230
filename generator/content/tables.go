package content

import (
	extast "github.com/yuin/goldmark/extension/ast"
)

// alignCells gives the cells of an aligned column a class: align-left, align-center or
// align-right. The theme has the styles.
func alignCells(found *nodes) {
	for _, cell := range found.cells {
		if cell.Alignment != extast.AlignNone {
			cell.SetAttributeString("class", "align-"+cell.Alignment.String())
		}
	}
}

// showTasks shows the boxes of task lists as characters: a form control that does
// nothing and has no label is of no use to anyone.
func showTasks(found *nodes) {
	for _, box := range found.tasks {
		mark := "☐ "
		if box.IsChecked {
			mark = "☑ "
		}
		replace(box, literal(mark))
	}
}
