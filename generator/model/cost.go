package model

// Allocation says how a cost found who answers for it.
type Allocation uint8

// The allocations. What is not Allocated is in (not owned), where everybody sees it.
const (
	Allocated    Allocation = iota // a known service or node is named
	Unallocated                    // nothing is named
	UnknownOwner                   // what is named is no service and no node
	NumAllocations
)

// PublishLevel says how much of a dataset is on the site, which whoever reaches it can read.
type PublishLevel uint8

// The levels. What is not published is not kept either, so nothing can show it.
const (
	PublishFull   PublishLevel = iota
	PublishCounts              // how many records there are, and whose
	PublishNone
)

// Cost is what one subject cost in one stretch of days, of one component and in one
// currency: the sum of the records of a file that agree in all of that.
type Cost struct {
	Service    ServiceIdx // NoIndex where none is known
	Node       NodeIdx    // the node named where no service is known; NoIndex without
	Home       NodeIdx    // who answered for it on its first day
	Allocation Allocation
	Idle       bool // paid for and used by nobody
	From, To   Day  // first and last day
	Component  uint16
	Currency   uint16
	CostSums
	Origin Origin // of the first record
}

// CostSums add up records of one currency. Amount is effective cost, credits in it.
type CostSums struct {
	Amount  Money
	Records int32
	// Credits are the amounts below zero, which are in Amount.
	Credits       Money
	CreditRecords int32
	// Billed is what was invoiced: another view of the same cost, never to be added to Amount.
	Billed        Money
	BilledRecords int32 // those that say
}

// counted are the sums without their amounts.
func (s CostSums) counted() CostSums {
	s.Amount, s.Credits, s.Billed = Money{}, Money{}, Money{}
	return s
}

// Add adds other sums of the same currency.
func (s *CostSums) Add(o *CostSums) {
	s.Amount, s.Records = s.Amount.Plus(o.Amount), s.Records+o.Records
	s.Credits, s.CreditRecords = s.Credits.Plus(o.Credits), s.CreditRecords+o.CreditRecords
	s.Billed, s.BilledRecords = s.Billed.Plus(o.Billed), s.BilledRecords+o.BilledRecords
}

// CostRecord is a record of the dataset costs. From and To are its first and last day.
type CostRecord struct {
	Service, Node       []byte // either may be empty, or both
	Component, Currency []byte
	From, To            Day
	Amount, Billed      Money
	HasBilled, Idle     bool
	Line                uint32
}

// costKey is what records that are added up agree in.
type costKey struct {
	service, node       Ref
	component, currency Ref
	from, to            Day
	idle                bool
}

// costRow is the sum of the records of a file that have one key.
type costRow struct {
	costKey
	CostSums
	line uint32 // of the first
}

// AddCost adds a cost to those of the batch like it: bills have a record per hour and
// resource. Its byte slices may be reused by the caller.
func (b *Batch) AddCost(r *CostRecord) {
	key := costKey{b.refs.add(r.Service), b.refs.add(r.Node), b.words.add(r.Component), b.words.add(r.Currency), r.From, r.To, r.Idle}
	i, ok := b.costOf[key]
	if !ok {
		if b.costOf == nil {
			b.costOf = map[costKey]int{}
		}
		i = len(b.costs)
		b.costOf[key] = i
		b.costs = append(b.costs, costRow{costKey: key, line: r.Line})
	}
	sums := CostSums{Amount: r.Amount, Records: 1}
	if r.Amount.Negative() {
		sums.Credits, sums.CreditRecords = r.Amount, 1
	}
	if r.HasBilled {
		sums.Billed, sums.BilledRecords = r.Billed, 1
	}
	b.costs[i].Add(&sums)
}
