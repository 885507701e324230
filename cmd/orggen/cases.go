package main

import (
	"fmt"
	"strings"
	"time"
)

// incidentCase is an incident that the sample must have, because a page has a state for
// it or a document in content/ tells its story.
type incidentCase struct {
	shows    string // the state
	before   int    // the day it started, counted back from as_of
	at       string // how long after that midnight, as Go writes durations
	title    string
	severity string
	kind     string
	services string // ids, separated by ";"
	cause    string
	response [5]int // minutes from the start to each later moment; none: not recorded
	noticed  string
	open     int // follow-ups; none: not recorded
	closed   int
	late     int // days later that it was recorded
	planned  bool
	reviewed bool
	draft    bool
}

// none stands for a number that nobody recorded.
const none = -1 << 31

const day = 24 * 60 // minutes

// incidentCases come before all drawn incidents, so that their ids depend on nothing else.
var incidentCases = []incidentCase{
	{shows: "overlap on one service, first", before: 11, at: "10h", title: "Checkout API: sessions lost behind one load balancer", severity: "P2", kind: "hardware",
		services: "checkout-api", cause: "checkout-api", response: [5]int{3, 5, 22, 40, 55}, noticed: "monitor", open: 0, closed: 2, reviewed: true},
	{shows: "overlap on one service, second", before: 11, at: "10h20m", title: "Checkout API: address form refuses postcodes with letters", severity: "P3", kind: "change",
		services: "checkout-api", cause: "checkout-api", response: [5]int{9, 11, 25, 40, 61}, noticed: "customer", open: none, closed: none},
	{shows: "several teams of one cluster", before: 17, at: "13h35m", title: `Prices shown as "0 < x" for "3 for 2" bundles, baskets & vouchers wrong`, severity: "P2", kind: "change",
		services: "pricing-engine;cart-api;checkout-api;promotions-engine", cause: "pricing-engine", response: [5]int{14, 19, 48, 96, 130}, noticed: "customer", open: 1, closed: 3, reviewed: true},
	{shows: "caused in the platform, hit across divisions, exported", before: 21, at: "18h5m", title: "DNS resolver: stale answers after a zone transfer stalled", severity: "P1", kind: "configuration",
		services: "checkout-web;login-api;payment-router;stock-api;tracking-api;edge-gateway", cause: "dns-resolver", response: [5]int{2, 4, 31, 52, 95}, noticed: "monitor", open: 2, closed: 4, reviewed: true},
	{shows: "exported only: the cause itself is not hit", before: 8, at: "20h12m", title: "PostgreSQL fleet: failover kept two primaries read-only", severity: "P2", kind: "hardware",
		services: "order-api;stock-api", cause: "postgres-fleet", response: [5]int{4, 6, 28, 71, 110}, noticed: "monitor", open: 1, closed: 1, reviewed: true},
	{shows: "caused by a third party", before: 15, at: "17h40m", title: "Cardnet declines one card payment in four", severity: "P1", kind: "third-party",
		services: "card-authorisation;three-d-secure", cause: "cardnet", response: [5]int{6, 8, 19, 84, 150}, noticed: "monitor", open: 1, closed: 2, reviewed: true},
	{shows: "hits a service of ours and a third party's", before: 24, at: "9h15m", title: "Parcelpost booking answers after 30 s", severity: "P3", kind: "third-party",
		services: "booking-gateway;parcelpost", cause: "parcelpost", response: [5]int{7, 12, none, 133, 140}, noticed: "person", open: none, closed: none},
	{shows: "two causes, one of a third party", before: 61, at: "11h5m", title: "Edge gateway retried into a slow CDN until both were full", severity: "P2", kind: "capacity",
		services: "static-cdn;storefront-us;storefront-jp", cause: "edge-gateway;edgecast-one", response: [5]int{3, 6, 44, 75, 80}, noticed: "monitor", open: 0, closed: 1, reviewed: true},
	{shows: "no cause recorded", before: 5, at: "14h50m", title: "Search API: empty results for ten minutes", severity: "P3",
		services: "search-api", response: [5]int{none, 10, none, 11, none}, noticed: "customer", open: none, closed: none},
	{shows: "a cause that is no known service", before: 37, at: "8h", title: "Office Wi-Fi controller offline, handhelds cut off", severity: "P3", kind: "hardware",
		services: "handheld-gateway", cause: "wifi-controller-7", response: [5]int{5, 9, 33, 58, 60}, noticed: "person", open: none, closed: none},
	{shows: "only an unknown service", before: 11, at: "16h25m", title: "Wish list page shows an error", severity: "P4", kind: "change",
		services: "wishlist-v1", response: [5]int{none, none, none, none, 180}, noticed: "customer", open: none, closed: none},
	{shows: "a known and an unknown service", before: 44, at: "7h45m", title: "Event bus: consumers of a retired topic kept reconnecting", severity: "P3", kind: "configuration",
		services: "event-bus;wishlist-v1", cause: "event-bus", response: [5]int{8, 15, 40, 66, 66}, noticed: "monitor", open: none, closed: none},
	{shows: "no service", before: 3, at: "12h30m", title: "Social media: customers ask about a scam SMS in our name", severity: "P4",
		response: [5]int{none, 20, none, none, 300}, noticed: "person", open: none, closed: none},
	{shows: "no length", before: 6, at: "15h", title: "Shelf labels: one broadcast with wrong currency, corrected at once", severity: "P4", kind: "data",
		services: "shelf-labels", cause: "price-publisher", response: [5]int{0, 0, 0, 0, 0}, noticed: "person", open: none, closed: none},
	{shows: "open at as_of", before: 1, at: "21h40m", title: "Tracking API: scans from one carrier arrive an hour late", severity: "P2", kind: "third-party",
		services: "tracking-api;delivery-events", cause: "parcelpost", response: [5]int{6, 13, 45, none, none}, noticed: "monitor", open: none, closed: none},
	{shows: "open for days", before: 9, at: "9h5m", title: "Storefront: Arabic product names cut off in the basket", severity: "P4", kind: "change",
		services: "storefront-sa;storefront-ae", cause: "cart-api", response: [5]int{25, 180, none, none, none}, noticed: "customer", open: none, closed: none},
	{shows: "mitigated, not yet resolved", before: 2, at: "6h20m", title: "Warehouse control core: zone D runs on the old control", severity: "P2", kind: "migration",
		services: "wcs-core;pick-planner;returns-intake", cause: "wcs-core", response: [5]int{2, 5, 50, 190, none}, noticed: "monitor", open: 3, closed: 0},
	{shows: "ninety days long", before: 140, at: "11h", title: "Settlement files: one acquirer's fees rounded the wrong way", severity: "P4", kind: "data",
		services: "settlement-files", cause: "settlement-files", response: [5]int{21 * day, 21*day + 60, 40 * day, 90 * day, 92 * day}, noticed: "person", open: 0, closed: 5, reviewed: true},
	{shows: "recorded late", before: 33, at: "23h10m", title: "Points ledger: night batch credited points twice", severity: "P3", kind: "data",
		services: "points-ledger", cause: "points-ledger", response: [5]int{9 * 60, 9*60 + 20, 10 * 60, 11 * 60, 13 * 60}, noticed: "customer", late: 6, open: 1, closed: 0},
	{shows: "only start and end", before: 28, at: "10h45m", title: "Returns labels: printer driver rejects A6", severity: "P4", kind: "change",
		services: "returns-labels", cause: "component:default/label-printer", response: [5]int{none, none, none, none, 95}, open: none, closed: none},
	{shows: "out of order: noticed before it started, resolved before mitigated", before: 22, at: "13h", title: "Feature flags: targeting rules evaluated twice", severity: "P3", kind: "change",
		services: "feature-flags", cause: "feature-flags", response: [5]int{-4, 3, 30, 55, 50}, noticed: "monitor", open: none, closed: none},
	{shows: "began before the 28 days, ended in them", before: 29, at: "19h", title: "Demand forecast: training data of two weeks missing", severity: "P3", kind: "data",
		services: "demand-forecast;replenishment", cause: "warehouse-loader", response: [5]int{600, 640, 900, 2 * day, 2*day + 90}, noticed: "person", open: none, closed: none},
	{shows: "in the night that clocks go back", before: 26, at: "2h30m", title: "Batch pool: hourly jobs ran twice at the change of the clocks", severity: "P3", kind: "configuration",
		services: "batch-pool;price-publisher", cause: "batch-pool", response: [5]int{10, 15, 40, 75, 80}, noticed: "monitor", open: 0, closed: 1, reviewed: true},
	{shows: "in the night that clocks go forward", before: 236, at: "1h50m", title: "Rota planner: shifts between two and three o'clock vanished", severity: "P4", kind: "data",
		services: "rota-planner", cause: "rota-planner", response: [5]int{30, 60, 70, 95, 120}, noticed: "person", open: none, closed: none},
	{shows: "over New Year, in the exports of both years", before: 324, at: "22h30m", title: "Notification hub: New Year greetings fill the queue", severity: "P3", kind: "capacity",
		services: "notification-hub;push-sender", cause: "notification-hub", response: [5]int{8, 12, 45, 190, 240}, noticed: "monitor", open: none, closed: none},
	{shows: "a service that nobody owns", before: 14, at: "11h20m", title: "Gift card balance: cards bought in stores show zero", severity: "P2", kind: "change",
		services: "gift-card-balance", cause: "gift-card-balance", response: [5]int{70, 190, 260, 340, 355}, noticed: "customer", open: none, closed: none},
	{shows: "a service with several owners", before: 19, at: "15h30m", title: "Product images: wrong crop on category pages", severity: "P4", kind: "change",
		services: "product-images", cause: "image-resizer", response: [5]int{35, 80, 100, 150, 150}, noticed: "person", open: none, closed: none},
	{shows: "a severity that no table maps", before: 18, at: "9h50m", title: "Log search: results of one tenant slow", severity: "TBD", kind: "capacity",
		services: "log-search", cause: "log-search", response: [5]int{10, 20, 35, 70, 75}, noticed: "person", open: none, closed: none},
	{shows: "no severity", before: 40, at: "10h10m", title: "Preview environments: no new ones for an hour", kind: "capacity",
		services: "preview-environments", cause: "kube-fleet", response: [5]int{5, 8, 20, 62, 62}, noticed: "person", open: none, closed: none},
	{shows: "no start: a draft, which is rejected", before: 4, at: "10h", title: "Draft: checkout slow in one store?", draft: true,
		response: [5]int{none, none, none, none, none}, open: none, closed: none},
	{shows: "planned, in the past", before: 10, at: "1h", title: "Planned: Warehouse control store moves to new hardware", kind: "maintenance",
		services: "wcs-store;wcs-core", cause: "wcs-store", response: [5]int{none, none, none, 180, 180}, planned: true, open: none, closed: none},
	{shows: "planned, after as_of", before: -5, at: "1h", title: "Planned: PostgreSQL fleet version upgrade", kind: "maintenance",
		services: "postgres-fleet", cause: "postgres-fleet", response: [5]int{none, none, none, 120, 120}, planned: true, open: none, closed: none},
	{shows: "an id with a slash and a colon", before: 13, at: "8h40m", title: "Label printer: blank labels after a firmware update", severity: "P3", kind: "change",
		services: "component:default/label-printer;booking-gateway", cause: "component:default/label-printer", response: [5]int{12, 20, 45, 80, 95}, noticed: "person", open: 1, closed: 1, reviewed: true},
}

// incident turns the case into a record.
func (c incidentCase) incident(s span) (incident, error) {
	after, err := time.ParseDuration(c.at)
	if err != nil {
		return incident{}, fmt.Errorf("case %q: %w", c.shows, err)
	}
	in := incident{
		title: c.title, severity: c.severity, kind: c.kind, services: idList(c.services), cause: idList(c.cause),
		detectedBy: c.noticed, planned: c.planned, reviewed: c.reviewed, open: max(c.open, -1), closed: max(c.closed, -1), draft: c.draft,
	}
	in.moments[started] = s.before(c.before).Add(after)
	for i, minutes := range c.response {
		if minutes != none {
			in.moments[started+1+i] = in.moments[started].Add(time.Duration(minutes) * time.Minute)
		}
	}
	if c.late > 0 {
		in.recorded = s.before(c.before - c.late)
	}
	return in, nil
}

func idList(ids string) []string {
	if ids == "" {
		return nil
	}
	return strings.Split(ids, ";")
}
