package main

import (
	"errors"
	"math"
	"math/rand/v2"
	"path/filepath"
	"strconv"
	"time"
)

// costsFrom is so many days before as_of: bills are kept by the day since then. The last
// days are missing, because bills come late.
const (
	costsFrom = 200
	costsLate = 2
)

// spending is what a service costs each day, by component, in euro.
type spending struct {
	service    string
	components []string
	daily      []float64
	growth     float64 // over a year
}

// writeCosts writes cloud-bill.csv, a row per day, service and component, and
// supplier-invoices.csv, a row per month and supplier in the supplier's currency.
func writeCosts(dir string, o *organisation, s span, r *rand.Rand) error {
	return errors.Join(
		writeBill(filepath.Join(dir, "cloud-bill.csv"), o, s, r),
		writeInvoices(filepath.Join(dir, "supplier-invoices.csv"), o, s, r),
	)
}

func writeBill(path string, o *organisation, s span, r *rand.Rand) error {
	var bill []spending
	for _, service := range o.services {
		if !service.thirdParty && service.until == "" && chance(r, 0.07) {
			bill = append(bill, draftSpending(service, r))
		}
	}
	f := createCSV(path, "service,node,day,component,amount,billed,idle")
	for back := costsFrom; back > costsLate; back-- {
		day := s.before(back)
		for i := range bill {
			bill[i].write(f, day, float64(costsFrom-back)/365, r)
		}
		f.cost("", "clusters", day, "compute", 180+20*r.NormFloat64(), true)
		f.cost("", "", day, "storage", lognormal(r, 22, 0.2), false) // tagged by nobody
		if day.Day() == 1 {
			f.cost("", "", day, "support", 1400, false)
			f.cost(bill[0].service, "", day, "compute", -lognormal(r, 400, 0.3), false) // for what was promised and not kept
		}
	}
	return f.close()
}

func draftSpending(service service, r *rand.Rand) spending {
	x := spending{service: service.id, components: []string{"compute"}, growth: 0.15 * r.NormFloat64()}
	median := map[string]float64{"tier-1": 90, "tier-2": 30}[service.tier]
	for _, more := range []string{"storage", "database", "network"} {
		if chance(r, 0.22) {
			x.components = append(x.components, more)
		}
	}
	for i := range x.components {
		x.daily = append(x.daily, lognormal(r, max(median, 9)/float64(i+1), 0.8))
	}
	return x
}

// write adds the rows of one day: weekends are quieter, and what grows does so slowly.
func (x *spending) write(f *csvFile, day time.Time, years float64, r *rand.Rand) {
	for i, component := range x.components {
		amount := x.daily[i] * (1 + x.growth*years) * (1 + 0.05*r.NormFloat64())
		if wd := day.Weekday(); component == "compute" && (wd == time.Saturday || wd == time.Sunday) {
			amount *= 0.8
		}
		f.cost(x.service, "", day, component, amount, false)
	}
}

// cost writes a row. What was bought ahead is billed at the time and is not in these rows:
// three in ten euros of compute are.
func (f *csvFile) cost(service, node string, day time.Time, component string, amount float64, idle bool) {
	f.text(service)
	f.text(node)
	f.text(day.Format(time.DateOnly))
	f.text(component)
	f.text(cents(amount))
	if component == "compute" && amount > 0 {
		f.text(cents(amount * 0.7))
	} else {
		f.text(cents(amount))
	}
	f.flag(idle)
	f.end()
}

// cents writes an amount with two decimals.
func cents(amount float64) string { return strconv.FormatFloat(math.Round(amount*100)/100, 'f', 2, 64) }

// writeInvoices gives each supplier an invoice a month, half of them in dollars.
func writeInvoices(path string, o *organisation, s span, r *rand.Rand) error {
	f := createCSV(path, "service,month,component,amount,currency")
	for _, service := range o.services {
		if !service.thirdParty {
			continue
		}
		currency, fee := oneOf(r, []string{"EUR", "USD"}), math.Round(lognormal(r, 3000, 0.9)/10)*10
		for m := s.first; m.AddDate(0, 1, 0).Before(s.asOf); m = m.AddDate(0, 1, 0) {
			f.text(service.id)
			f.text(m.Format("2006-01"))
			f.text("subscription")
			f.text(cents(fee))
			f.text(currency)
			f.end()
		}
	}
	return f.close()
}
