package main

import (
	"errors"
	"path/filepath"
	"strconv"
	"time"
)

// objective is an objective of the sample, and how its measurements are to come out.
type objective struct {
	id, title   string
	service     string // or journey
	journey     string
	target      string
	window      string // "" is the default
	indicator   string
	unit        string
	consumer    string
	rationale   string
	perDay      float64 // events of an ordinary day
	spent       float64 // how much of the budget the window has spent at as_of
	background  float64 // bad events without an incident, as a multiple of what is allowed; 0 is one half
	burst       bool    // most of what is bad came in the last days
	hourly      bool    // the last weeks are measured per hour
	slices      bool    // budgeted in slices of five minutes
	weighted    bool    // measured as ratios with a weight
	idle        int     // no event in so many days before as_of
	weekends    bool    // no event on a weekend
	raised      string  // the target before the raise
	raisedOn    int     // days before as_of
	reviewIn    int     // days after as_of
	minEvents   int
	insensitive bool // incidents do not show in it
	inSite      bool // site.toml sets it, not slos.csv
}

// objectives are the sample's: for each state and each way of measuring at least one.
// Documents in content/ refer to them by id.
var objectives = []objective{
	{id: "checkout-availability", title: "Checkout answers", service: "checkout-api", target: "0.999", indicator: "availability", unit: "requests", consumer: "shoppers", rationale: "support tickets double below this", perDay: 410_000, spent: 1.82, hourly: true},
	{id: "checkout-latency", title: "Checkout answers within 800 ms", service: "checkout-api", target: "0.99", indicator: "latency", unit: "requests", consumer: "shoppers", perDay: 410_000, spent: 0.62},
	{id: "cart-availability", title: "Cart answers", service: "cart-api", target: "0.999", indicator: "availability", unit: "requests", consumer: "shoppers", perDay: 950_000, spent: 0.81},
	{id: "pricing-correctness", title: "Prices shown are the prices charged", service: "pricing-engine", target: "0.9995", indicator: "correctness", unit: "baskets", consumer: "shoppers", rationale: "a wrong price is refunded", perDay: 120_000, spent: 3.4},
	{id: "promotions-availability", title: "Promotions answer", service: "promotions-engine", target: "0.995", indicator: "availability", unit: "requests", perDay: 260_000, spent: 0.41},
	{id: "order-availability", title: "Orders are accepted", service: "order-api", target: "0.9995", window: "month", indicator: "availability", unit: "requests", consumer: "checkout", perDay: 88_000, spent: 1.3, hourly: true},
	{id: "search-availability", title: "Search answers", service: "search-api", target: "0.999", indicator: "availability", unit: "requests", consumer: "shoppers", perDay: 1_400_000, spent: 0.35},
	{id: "search-latency", title: "Search answers within 300 ms", service: "search-api", target: "0.98", indicator: "latency", unit: "requests", consumer: "shoppers", perDay: 1_400_000, spent: 0.58},
	{id: "catalogue-freshness", title: "Product changes show within ten minutes", service: "catalogue-api", target: "0.99", indicator: "freshness", unit: "changes", consumer: "buyers", perDay: 9_000, spent: 0.44, weighted: true},
	{id: "recommendations-availability", title: "Recommendations answer", service: "recommendations-api", target: "0.99", indicator: "availability", unit: "requests", perDay: 640_000, spent: 0.03, insensitive: true, background: 0.03},
	{id: "storefront-se-availability", title: "Swedish shop answers", service: "storefront-se", target: "0.998", indicator: "availability", unit: "page views", consumer: "shoppers", perDay: 210_000, spent: 0.3},
	{id: "storefront-de-availability", title: "German shop answers", service: "storefront-de", target: "0.998", indicator: "availability", unit: "page views", consumer: "shoppers", perDay: 330_000, spent: 0.52},
	{id: "storefront-jp-availability", title: "Japanese shop answers", service: "storefront-jp", target: "0.998", indicator: "availability", unit: "page views", consumer: "shoppers", perDay: 90_000, spent: 1.12},
	{id: "storefront-sa-availability", title: "متجر السعودية يعمل", service: "storefront-sa", target: "0.998", indicator: "availability", unit: "page views", consumer: "shoppers", perDay: 41_000, spent: 0.79},
	{id: "login-availability", title: "Sign-in works, in slices of five minutes", service: "login-api", target: "0.999", indicator: "availability", unit: "slices", consumer: "shoppers", slices: true, spent: 0.87},
	{id: "profile-availability", title: "Profiles answer", service: "profile-api", target: "0.999", indicator: "availability", unit: "requests", consumer: "accounts", perDay: 300_000, spent: 0.68, raised: "0.995", raisedOn: 16, inSite: true},
	{id: "points-freshness", title: "Points show by the next morning", service: "points-ledger", target: "0.99", indicator: "freshness", unit: "nights", perDay: 1, spent: 0.4, minEvents: 60},
	{id: "notification-delivery", title: "Messages leave within a minute", service: "notification-hub", target: "0.99", indicator: "latency", unit: "messages", perDay: 180_000, spent: 0.47},
	{id: "card-availability", title: "Card payments are answered", service: "card-authorisation", target: "0.9995", window: "quarter", indicator: "availability", unit: "payments", consumer: "checkout", rationale: "agreed with the acquirer", perDay: 74_000, spent: 1.6},
	{id: "three-d-secure-latency", title: "3-D Secure within two seconds", service: "three-d-secure", target: "0.99", indicator: "latency", unit: "payments", perDay: 52_000, spent: 0.55},
	{id: "payment-router-availability", title: "Payments are routed", service: "payment-router", target: "0.9995", indicator: "availability", unit: "payments", consumer: "checkout", perDay: 98_000, spent: 0.7, burst: true},
	{id: "token-vault-availability", title: "Card tokens are found", service: "token-vault", target: "0.9999", indicator: "availability", unit: "requests", consumer: "card payments", perDay: 150_000, spent: 0.38, reviewIn: -20},
	{id: "payout-timeliness", title: "Payouts leave on their day", service: "payout-runner", target: "0.99", window: "month", indicator: "timeliness", unit: "payouts", consumer: "sellers", perDay: 900, spent: 0.45, weekends: true},
	{id: "refund-availability", title: "Refunds are accepted", service: "refund-api", target: "0.998", indicator: "availability", unit: "requests", perDay: 21_000, spent: 0.4},
	{id: "fraud-score-latency", title: "Fraud score within 150 ms", service: "fraud-score", target: "0.99", indicator: "latency", unit: "payments", consumer: "checkout", perDay: 98_000, spent: 0.02, insensitive: true, background: 0.02},
	{id: "wcs-availability", title: "Warehouse control answers", service: "wcs-core", target: "0.999", indicator: "availability", unit: "commands", consumer: "warehouses", rationale: "a shift stands still below this", perDay: 240_000, spent: 4.2},
	{id: "pick-planner-latency", title: "Pick plans within five seconds", service: "pick-planner", target: "0.98", indicator: "latency", unit: "plans", consumer: "pickers", perDay: 6_400, spent: 0.92},
	{id: "returns-intake-availability", title: "Returns are registered", service: "returns-intake", target: "0.99", indicator: "availability", unit: "parcels", perDay: 5_200, spent: 0.36},
	{id: "returns-labels-availability", title: "Return labels are printed", service: "returns-labels", target: "0.99", indicator: "availability", unit: "labels", perDay: 5_600, spent: 0.48},
	{id: "booking-availability", title: "Parcels are booked", service: "booking-gateway", target: "0.995", indicator: "availability", unit: "bookings", consumer: "warehouses", perDay: 31_000, spent: 0.57},
	{id: "tracking-freshness", title: "Scans show within fifteen minutes", service: "tracking-api", target: "0.99", indicator: "freshness", unit: "scans", consumer: "shoppers", perDay: 120_000, spent: 19.04},
	{id: "delivery-promise-availability", title: "Delivery dates are promised", service: "delivery-promise-api", target: "0.999", indicator: "availability", unit: "requests", consumer: "checkout", perDay: 390_000, spent: 0.77},
	{id: "stock-availability", title: "Stock is answered", service: "stock-api", target: "0.999", indicator: "availability", unit: "requests", consumer: "checkout, stores", perDay: 520_000, spent: 1.2, background: 0.2, hourly: true},
	{id: "till-availability", title: "Tills reach their services", service: "till-gateway", target: "0.9999", indicator: "availability", unit: "requests", consumer: "stores", perDay: 610_000, spent: 0.5},
	{id: "edge-availability", title: "Requests pass the edge", service: "edge-gateway", target: "0.9995", indicator: "availability", unit: "requests", consumer: "everybody", perDay: 6_000_000, spent: 0.88, hourly: true},
	{id: "dns-availability", title: "Names resolve", service: "dns-resolver", target: "0.9999", indicator: "availability", unit: "queries", consumer: "everybody", perDay: 8_000_000, spent: 2.6},
	{id: "postgres-availability", title: "Databases accept writes", service: "postgres-fleet", target: "0.9995", indicator: "availability", unit: "probes", consumer: "all teams with a database", perDay: 43_200, spent: 1.9},
	{id: "kube-availability", title: "Clusters schedule within a minute", service: "kube-fleet", target: "0.99", indicator: "latency", unit: "pods", consumer: "all teams", perDay: 60_000, spent: 0.01, insensitive: true, background: 0.01},
	{id: "event-delivery", title: "Events arrive within five seconds", service: "event-bus", target: "0.999", indicator: "latency", unit: "events", consumer: "all teams", perDay: 12_000_000, spent: 0.49},
	{id: "session-availability", title: "Sessions are found", service: "session-cache", target: "0.999", indicator: "availability", unit: "requests", consumer: "checkout, sign-in", perDay: 2_600_000, spent: 0.33},
	{id: "certificate-renewal", title: "Certificates are renewed in time", service: "certificate-robot", target: "0.99", indicator: "timeliness", unit: "renewals", consumer: "all teams", perDay: 12, spent: 0.3, idle: 40},
	{id: "flags-availability", title: "Feature flags answer", service: "feature-flags", target: "0.9995", indicator: "availability", unit: "requests", consumer: "five teams", perDay: 900_000, spent: 1.7, background: 1.4},
	{id: "build-queue", title: "Builds start within five minutes", service: "build-runners", target: "0.95", indicator: "latency", unit: "builds", consumer: "developers", perDay: 2_300, spent: 0.6, weekends: true},
	{id: "log-search-latency", title: "Log searches within ten seconds", service: "log-search", target: "0.95", indicator: "latency", unit: "searches", consumer: "developers", perDay: 5_500, spent: 0.53},
	{id: "buy-online-success", title: "An order goes through", journey: "buy-online", target: "0.995", indicator: "success", unit: "orders begun", consumer: "shoppers", perDay: 36_000, spent: 0.71},
	{id: "return-item-success", title: "A return goes through", journey: "return-item", target: "0.98", indicator: "success", unit: "returns begun", consumer: "shoppers", rationale: "each part holds its own target; the whole does not", perDay: 5_900, spent: 1.4, background: 1.2},
	{id: "sign-in-success", title: "A sign-in goes through", journey: "sign-in", target: "0.99", indicator: "success", unit: "sign-ins begun", consumer: "shoppers", perDay: 190_000, spent: 0.46},
	{id: "pick-and-pack-success", title: "A parcel leaves the same day", journey: "pick-and-pack", target: "0.97", window: "month", indicator: "timeliness", unit: "parcels", consumer: "shoppers", perDay: 30_000, spent: 0.83},
	{id: "pay-in-store-success", title: "A payment in a store goes through", journey: "pay-in-store", target: "0.998", indicator: "success", unit: "payments", consumer: "shoppers", perDay: 66_000, spent: 0.5},
	{id: "ship-a-change-time", title: "A change ships within the day", journey: "ship-a-change", target: "0.9", indicator: "timeliness", unit: "changes", consumer: "developers", perDay: 420, spent: 0.62, weekends: true},
}

// exclusion is a stretch of time that does not count, by agreement.
type exclusion struct {
	objective, service string
	from, to           string // moments: how long after the midnight so many days before as_of
	before             int
	reason, byRole     string
	expires            int // days after as_of; 0: it does not
}

var exclusions = []exclusion{
	{objective: "checkout-latency", before: 13, from: "0h", to: "48h", reason: "Load test before the peak, announced to all shops", byRole: "area lead"},
	{objective: "stock-availability", before: 19, from: "2h", to: "5h", reason: "Rehearsal of the database failover", byRole: "cluster lead"},
	{service: "wcs-core", before: 12, from: "0h", to: "24h", reason: "Zone B moved to the new control over a closed Sunday", byRole: "warehouse operations"},
	{service: "feature-flags", before: 25, from: "0h", to: "72h", reason: "Vendor's migration; agreed for one quarter", byRole: "area lead", expires: -3},
}

// writeObjectives writes slos, their measurements and exclusions.
func writeObjectives(dir string, list []incident, o *organisation, s span, seed uint64) error {
	f := createCSV(filepath.Join(dir, "slos.csv"), "id,title,service,journey,target,window,budgeting,slice,slice_target,indicator,unit,consumer,rationale,valid_from,review_by,min_events,url")
	for i := range objectives {
		ob := &objectives[i]
		if ob.inSite {
			continue
		}
		if ob.raised != "" {
			ob.write(f, s, ob.raised, "")
		}
		from := ""
		if ob.raised != "" {
			from = s.before(ob.raisedOn).Format(time.DateOnly)
		}
		ob.write(f, s, ob.target, from)
	}
	return errors.Join(f.close(), writeExclusions(dir, s), writeMeasurements(dir, list, o, s, seed))
}

func (o *objective) write(f *csvFile, s span, target, from string) {
	for _, text := range []string{o.id, o.title, o.service, o.journey, target, o.window} {
		f.text(text)
	}
	if o.slices {
		f.text("timeslices")
		f.text("5m")
		f.text("0.95")
	} else {
		f.text("")
		f.text("")
		f.text("")
	}
	for _, text := range []string{o.indicator, o.unit, o.consumer, o.rationale, from} {
		f.text(text)
	}
	review := ""
	if o.reviewIn != 0 {
		review = s.before(-o.reviewIn).Format(time.DateOnly)
	}
	f.text(review)
	if o.minEvents > 0 {
		f.number(o.minEvents)
	} else {
		f.text("")
	}
	f.text("https://objectives.acme.example/" + o.id)
	f.end()
}

func writeExclusions(dir string, s span) error {
	f := createCSV(filepath.Join(dir, "exclusions.csv"), "slo,service,from,to,reason,by_role,expires")
	for _, e := range exclusions {
		f.text(e.objective)
		f.text(e.service)
		for _, after := range []string{e.from, e.to} {
			length, err := time.ParseDuration(after)
			if err != nil {
				return err
			}
			f.moment(s.before(e.before).Add(length))
		}
		f.text(e.reason)
		f.text(e.byRole)
		if e.expires != 0 {
			f.text(s.before(-e.expires).Format(time.DateOnly))
		} else {
			f.text("")
		}
		f.end()
	}
	return f.close()
}

// allowed is the share of events that may be bad.
func (o *objective) allowed() float64 {
	target, err := strconv.ParseFloat(o.target, 64)
	if err != nil {
		panic(err) // of the table above
	}
	return 1 - target
}
