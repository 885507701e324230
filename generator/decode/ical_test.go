package decode

import (
	"fmt"
	"strings"
	"testing"
	_ "time/tzdata" // zones must not depend on the machine

	"github.com/google/go-cmp/cmp"
)

// calendar writes an iCalendar file with the lines of one event, behind what comes before.
func calendar(before string, event ...string) string {
	return "BEGIN:VCALENDAR\r\n" + before + "BEGIN:VEVENT\r\n" + strings.Join(event, "\r\n") + "\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
}

// events reads a calendar as the named properties of each event, then what is wrong.
func events(t testing.TB, in string, names ...string) string {
	t.Helper()
	d, _ := Documents("ical", strings.NewReader(in), DocOptions{File: "in"})
	var out []string
	for d.Next() {
		v := d.Doc().Value.(map[string]any)
		line := fmt.Sprint(d.Doc().Line)
		for _, name := range names {
			line += fmt.Sprintf(" %v", v[name])
		}
		out = append(out, line)
	}
	for _, r := range d.Rejects() {
		out = append(out, fmt.Sprintf("%d! %s", r.Line, r.Reason))
	}
	for _, p := range d.Problems() {
		out = append(out, p.Text)
	}
	return strings.Join(out, "\n")
}

func TestICalTimes(t *testing.T) {
	const own = "BEGIN:VTIMEZONE\nTZID:House\nBEGIN:STANDARD\nDTSTART:16010101T030000\nTZOFFSETFROM:+0200\nTZOFFSETTO:+0100\nRRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10\nEND:STANDARD\n" +
		"BEGIN:DAYLIGHT\nDTSTART:16010101T020000\nTZOFFSETFROM:+0100\nTZOFFSETTO:+0200\nRRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3\nEND:DAYLIGHT\nEND:VTIMEZONE\n"
	const fixed = "BEGIN:VTIMEZONE\nTZID:Ship\nBEGIN:STANDARD\nDTSTART:19700101T000000\nTZOFFSETFROM:-0330\nTZOFFSETTO:-033015\nEND:STANDARD\nEND:VTIMEZONE\n"
	for _, c := range []struct{ name, before, start, more, want string }{
		{"in UTC", "", "DTSTART:20250301T100000Z", "DTEND:20250301T110000Z", "2025-03-01T10:00:00Z 2025-03-01T11:00:00Z false"},
		{"in a zone of the database", "", "DTSTART;TZID=Europe/Oslo:20250701T100000", "DTEND;TZID=America/New_York:20250701T100000", "2025-07-01T08:00:00Z 2025-07-01T14:00:00Z false"},
		{"in a zone with a path before it", "", "DTSTART;TZID=/softwarestudio.org/Tzfile/Europe/Oslo:20250101T100000", "X-A:", "2025-01-01T09:00:00Z <nil> false"},
		{"in a zone of Windows", "", "DTSTART;TZID=\"W. Europe Standard Time\":20250701T100000", "X-A:", "2025-07-01T08:00:00Z <nil> false"},
		{"in no zone", "", "DTSTART:20250301T100000", "DTEND:20250301T110000", "2025-03-01T10:00:00 2025-03-01T11:00:00 false"},
		{"a day lasts to the next one", "", "DTSTART;VALUE=DATE:20250301", "X-A:", "2025-03-01T00:00:00 2025-03-02T00:00:00 true"},
		{"days end before their end", "", "DTSTART;VALUE=DATE:20250301", "DTEND;VALUE=DATE:20250303", "2025-03-01T00:00:00 2025-03-03T00:00:00 true"},
		{"with a duration", "", "DTSTART:20250301T100000Z", "DURATION:P1DT2H30M", "2025-03-01T10:00:00Z 2025-03-02T12:30:00Z false"},
		{"with a duration of weeks", "", "DTSTART;VALUE=DATE:20250301", "DURATION:P1W", "2025-03-01T00:00:00 2025-03-08T00:00:00 true"},
		{"with a duration that is none", "", "DTSTART:20250301T100000Z", "DURATION:long", "2025-03-01T10:00:00Z <nil> false"},
		{"in the calendar's own zone in winter", own, "DTSTART;TZID=House:20250115T100000", "X-A:", "2025-01-15T09:00:00Z <nil> false"},
		{"in the calendar's own zone in summer", own, "DTSTART;TZID=House:20250715T100000", "DTEND;TZID=House:20251026T040000", "2025-07-15T08:00:00Z 2025-10-26T03:00:00Z false"},
		{"in a zone of one offset", fixed, "DTSTART;TZID=Ship:20250115T100000", "X-A:", "2025-01-15T13:30:15Z <nil> false"},
		{"in a zone that nobody knows", "", "DTSTART;TZID=Customized Time Zone:20250115T100000", "DTEND;TZID=Customized Time Zone:20250115T110000", "2025-01-15T10:00:00 2025-01-15T11:00:00 false\nthe time zone \"Customized Time Zone\" is known to nobody and not described in the calendar"},
		{"of the machine's zone", "", "DTSTART;TZID=Local:20250115T100000", "X-A:", "2025-01-15T10:00:00 <nil> false\nthe time zone \"Local\" is known to nobody and not described in the calendar"},
		{"that is no time", "", "DTSTART:soon", "X-A:", "soon <nil> false"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := events(t, calendar(c.before, c.start, c.more), "dtstart", "dtend", "all_day")
			if _, got, _ = strings.Cut(got, " "); got != c.want {
				t.Errorf("got\n%s\nwant\n%s", got, c.want)
			}
		})
	}
}

func TestICal(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"lines are unfolded, also inside a character", calendar("", "SUMMARY:Data\r\n base at caf\xc3\r\n \xa9", "UID:1\r\n\t2"), "2 Database at café 12 []"},
		{"texts are unescaped", calendar("", `SUMMARY:a\, b\; c\nd\\n`, "UID:1"), "2 a, b; c\nd\\n 1 []"},
		{"lists are cut at their commas", calendar("", `CATEGORIES:a\,b,c`, "CATEGORIES:d"), "2 <nil> <nil> [a,b c d]"},
		{"parameters may be in quotes", calendar("", `SUMMARY;X="a:b;c";LANGUAGE=en:x`), "2 x <nil> []"},
		{"names are read in any case", calendar("", "Summary:x", "uid:1"), "2 x 1 []"},
		{"the first of a property counts", calendar("", "SUMMARY:x", "SUMMARY:y"), "2 x <nil> []"},
		{"what stands in an alarm is not the event's", calendar("", "BEGIN:VALARM", "SUMMARY:y", "END:VALARM", "SUMMARY:x"), "2 x <nil> []"},
		{"other components are passed over", calendar("BEGIN:VTODO\nSUMMARY:y\nEND:VTODO\n", "SUMMARY:x"), "5 x <nil> []"},
		{"an event with a broken line costs itself alone", calendar("BEGIN:VEVENT\nSUMMARY\nUID:1\nEND:VEVENT\n", "SUMMARY:x"), "6 x <nil> []\n2! a line of an event without a colon"},
		{"an event that does not end", "BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:x\n", "2! an event without its end"},
		{"a page in its place", "<html>\nSign in: now\n</html>", "1! it holds no BEGIN:VCALENDAR"},
		{"lines outside of a calendar", "BEGIN:\nX:1\n" + calendar("", "SUMMARY:x"), "4 x <nil> []"},
		{"a file that is empty", "", "1! it holds no BEGIN:VCALENDAR"},
		{"a calendar without events", "BEGIN:VCALENDAR\nEND:VCALENDAR\n", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := events(t, c.in, "summary", "uid", "categories"); got != c.want {
				t.Errorf("got\n%s\nwant\n%s", got, c.want)
			}
		})
	}
}

func TestICalDocument(t *testing.T) {
	in := calendar("X-WR-CALNAME:Maintenance\n", "DTSTART;TZID=Europe/Oslo:20250301T210000", "EXDATE:20250302T200000Z,20250303T200000Z", "RECURRENCE-ID:20250301T200000Z", "RRULE:FREQ=DAILY;UNTIL=20250401T000000Z")
	want := []string{`3: {"all_day":false,"calendar":{"x_wr_calname":"Maintenance"},"categories":[],"dtstart":"2025-03-01T20:00:00Z","exdate":["2025-03-02T20:00:00Z","2025-03-03T20:00:00Z"],` +
		`"properties":[{"name":"dtstart","params":{"tzid":"Europe/Oslo"},"value":"20250301T210000"},{"name":"exdate","params":{},"value":"20250302T200000Z,20250303T200000Z"},` +
		`{"name":"recurrence_id","params":{},"value":"20250301T200000Z"},{"name":"rrule","params":{},"value":"FREQ=DAILY;UNTIL=20250401T000000Z"}],` +
		`"rdate":[],"recurrence_id":"2025-03-01T20:00:00Z","resources":[],"rrule":"FREQ=DAILY;UNTIL=20250401T000000Z"}`}
	if d := cmp.Diff(want, dumpDocs(t, "ical", strings.NewReader(in), DocOptions{})); d != "" {
		t.Error(d)
	}
}

// TestICalIsBounded: a zone of many rules, asked for by many events, is read in its time.
func TestICalIsBounded(t *testing.T) {
	var b strings.Builder
	b.WriteString("BEGIN:VCALENDAR\nBEGIN:VTIMEZONE\nTZID:House\nBEGIN:STANDARD\nTZOFFSETTO:+0100\n" + strings.Repeat("RDATE:20000101T000000\n", 100_000) + "END:STANDARD\nEND:VTIMEZONE\n")
	b.WriteString(strings.Repeat("BEGIN:VEVENT\nDTSTART;TZID=House:20250101T000000\nEND:VEVENT\n", 10_000))
	b.WriteString("BEGIN:VEVENT\n" + strings.Repeat("X:\n", 10_000) + "END:VEVENT\n" + strings.Repeat("BEGIN:X\n", 10_000))
	d, _ := Documents("ical", strings.NewReader(b.String()), DocOptions{})
	n := 0
	for d.Next() {
		n++
	}
	if n != 10_000 || len(d.Rejects()) != 1 || d.Rejects()[0].Reason != "an event of more than 1000 properties" {
		t.Error(n, d.Rejects())
	}
}

func TestWindowsZonesAreInTheDatabase(t *testing.T) {
	for _, z := range windowsZones {
		if loadZone(z.windows) == nil {
			t.Errorf("%s: no zone %s", z.windows, z.iana)
		}
	}
}

func FuzzICal(f *testing.F) {
	f.Add(calendar("BEGIN:VTIMEZONE\nTZID:House\nBEGIN:STANDARD\nDTSTART:16010101T030000\nTZOFFSETTO:+0100\nRRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10;UNTIL=20200101T000000Z\nRDATE:20200101T000000\nEND:STANDARD\nEND:VTIMEZONE\n",
		"DTSTART;TZID=House:20250101T100000", "DURATION:PT1H", "EXDATE;VALUE=DATE:20250101,20250102", "SUMMARY;X=\"a:b\":c\\n\r\n d"))
	f.Fuzz(func(t *testing.T, in string) {
		d, _ := Documents("ical", strings.NewReader(in), DocOptions{})
		checkDocuments(t, d, in)
	})
}
