package render

// The box of a flow: as wide as the other charts, as high as its names need.
const (
	sankeyWidth = 720.0
	sankeyFlow  = 200.0 // height of all flows together
	sankeyBar   = 8.0   // width of a name's bar
	sankeyName  = 20.0  // least height for a name
	sankeyGap   = 8.0
	maxSankey   = 26 // letters of a name
)

// sankey draws what flows from the names on the left to those on the right: a ribbon per
// point and series, as high as its value. Names stand in the order of the points, so that
// the same chart is laid out the same.
func (s *svg) sankey() {
	left, right := s.stacks()
	scale := 0.0
	if total := left.total(); total > 0 {
		scale = sankeyFlow / total
	}
	height := max(left.place(scale), right.place(scale), sankeyName)
	left.centre(height)
	right.centre(height)
	s.open(sankeyWidth, height, "")
	for series := range s.c.Series {
		for point := range s.c.X {
			if h := s.flow(series, point) * scale; h > 0 {
				s.ribbon(series, left.take(s.c.Flow(point).From, h), right.take(s.c.Flow(point).To, h), h)
			}
		}
	}
	s.raw(`<path class="node" d="`)
	for _, n := range left.nodes {
		s.bar(0, n.y, sankeyBar, max(n.size*scale, 1))
	}
	for _, n := range right.nodes {
		s.bar(sankeyWidth-sankeyBar, n.y, sankeyBar, max(n.size*scale, 1))
	}
	s.raw(`"/><g class="name">`)
	s.names(left, scale, sankeyBar+6)
	s.raw(`</g><g class="name" text-anchor="end">`)
	s.names(right, scale, sankeyWidth-sankeyBar-6)
	s.raw(`</g>`)
}

// flow is the value of a point that is drawn; nothing flows backwards.
func (s *svg) flow(series, point int) float64 {
	v, ok := s.c.Value(series, point)
	if !ok {
		return 0
	}
	return max(0, drawable(v))
}

// stack are the names of one side, from top to bottom.
type stack struct {
	nodes []stacked
	at    map[string]int

	height float64
}

type stacked struct {
	name string
	size float64 // of what flows there
	y    float64
	used float64 // of its height, by ribbons
}

func (s *svg) stacks() (left, right *stack) {
	left, right = &stack{at: map[string]int{}}, &stack{at: map[string]int{}}
	for point := range s.c.X {
		for series := range s.c.Series {
			v := s.flow(series, point)
			left.add(s.c.Flow(point).From, v)
			right.add(s.c.Flow(point).To, v)
		}
	}
	return left, right
}

func (k *stack) add(name string, size float64) {
	i, ok := k.at[name]
	if !ok {
		i = len(k.nodes)
		k.at[name] = i
		k.nodes = append(k.nodes, stacked{name: name})
	}
	k.nodes[i].size += size
}

func (k *stack) total() (sum float64) {
	for _, n := range k.nodes {
		sum += n.size
	}
	return sum
}

// place puts the names under each other and returns the height that they need.
func (k *stack) place(scale float64) float64 {
	y := 0.0
	for i := range k.nodes {
		h := k.nodes[i].size * scale
		room := max(h, sankeyName)
		k.nodes[i].y = y + (room-h)/2
		y += room + sankeyGap
	}
	k.height = y - sankeyGap
	return k.height
}

// centre moves a side that needs less than the whole height to its middle.
func (k *stack) centre(height float64) {
	for i := range k.nodes {
		k.nodes[i].y += (height - k.height) / 2
	}
}

// take gives the next part of a name's height to a ribbon.
func (k *stack) take(name string, h float64) (y float64) {
	n := &k.nodes[k.at[name]]
	y = n.y + n.used
	n.used += h
	return y
}

func (s *svg) ribbon(series int, from, to, h float64) {
	const a, b, mid = sankeyBar, sankeyWidth - sankeyBar, sankeyWidth / 2
	s.area(s.c.Series[series].Class)
	s.raw("M").num(a).num(from).raw("C").num(mid).num(from).num(mid).num(to).num(b).num(to)
	s.raw("v").num(h).raw("C").num(mid).num(to + h).num(mid).num(from + h).num(a).num(from + h).raw(`z"/>`)
}

// names writes the names of a side. What flows there has no number: flows may overlap in time.
func (s *svg) names(k *stack, scale, x float64) {
	for _, n := range k.nodes {
		s.label(x, n.y+n.size*scale/2+4, "", cut(n.name, maxSankey))
	}
}
