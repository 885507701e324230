package ingest

import (
	"bytes"
	"time"

	"uptree/generator/model"
)

// The fields of costs, in the order of the spec.
const (
	costService = iota
	costNode
	costDay
	costUntil
	costMonth
	costComponent
	costAmount
	costCurrency
	costBilled
	costIdle
)

func addCost(r *row) {
	rec := model.CostRecord{Service: r.id(costService), Node: r.id(costNode), Component: r.word(costComponent), Line: uint32(r.line)}
	rec.From, rec.To = r.costDays()
	rec.Amount, _ = r.money(costAmount)
	rec.Currency = r.currencyCode()
	rec.Billed, rec.HasBilled = r.money(costBilled)
	rec.Idle = r.flag(costIdle)
	if r.reason != "" {
		return
	}
	r.began(r.clock.cal.Midnight(rec.From))
	r.batch.AddCost(&rec)
}

// costDays reads the first and the last day of a cost.
func (r *row) costDays() (first, last model.Day) {
	month := r.word(costMonth)
	if (len(month) > 0) == r.has(costDay) {
		r.refuse("it needs day or month, and not both")
		return
	}
	if len(month) > 0 {
		t, err := time.Parse("2006-01", string(month))
		if err != nil {
			r.bad(costMonth, "not a month like 2026-11")
		}
		first = model.DayOf(t.Year(), t.Month(), 1)
		return first, model.DayOf(t.Year(), t.Month()+1, 1) - 1
	}
	first = r.day(costDay)
	if last = first; r.has(costUntil) {
		last = r.day(costUntil)
	}
	switch {
	case first == model.NoDay || last == model.NoDay:
		r.refuse("it needs a day")
	case last < first || last-first > maxCostDays:
		r.refuse("until is before day, or more than a year behind it")
	}
	return first, last
}

// maxCostDays bounds what one record is of: a leap year.
const maxCostDays = 366

// money reads an amount exactly.
func (r *row) money(field int) (m model.Money, ok bool) {
	text, ok := r.plain(field, "not an amount")
	if text = bytes.TrimSpace(text); !ok || isNull(text) {
		r.missing(field)
		return m, false
	}
	if m, ok = model.ParseMoney(string(text)); !ok {
		r.bad(field, "not an amount of money, such as -12.34")
	}
	return m, ok
}

// currencyCode reads a currency by the shape of its code: which ones there are changes.
func (r *row) currencyCode() []byte {
	code := r.word(costCurrency)
	if len(code) == 0 {
		code = []byte(r.currency)
	}
	if len(code) == 0 {
		r.refuse("currency is missing, and the source has none")
		return nil
	}
	code = bytes.ToUpper(code)
	if len(code) != 3 || len(bytes.Trim(code, "ABCDEFGHIJKLMNOPQRSTUVWXYZ")) > 0 {
		r.refuse("currency is not a code like EUR")
	}
	return code
}
