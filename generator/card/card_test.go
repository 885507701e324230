package card

import (
	"bytes"
	"encoding/xml"
	"image"
	"image/png"
	"os"
	"strings"
	"testing"
)

var example = Text{
	Site: "Acme reliability", Title: "Payments and finance", ID: "money", Line: "area · 4 parts · 38 services · 5 journeys",
	Says:   "2 things wait for this level",
	States: []State{{Bad, "2 breached"}, {Risk, "1 at risk"}, {OK, "12 met"}, {"quiet", "1 without data"}},
	Foot:   "as of 20\u00a0Nov\u00a02026",
}

func decode(t *testing.T, data []byte) image.Image {
	t.Helper()
	img, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	return img
}

func TestPictureShowsEachText(t *testing.T) {
	var d Drawer
	whole := bytes.Clone(d.Picture(example))
	if where := os.Getenv("CARD_OUT"); where != "" {
		_ = os.WriteFile(where, whole, 0o600)
	}
	if size := decode(t, whole).Bounds().Size(); size != image.Pt(Width, Height) {
		t.Errorf("the picture is %v", size)
	}
	if len(whole) > 30_000 {
		t.Errorf("the picture takes %d bytes", len(whole))
	}
	for name, without := range map[string]func(*Text){
		"site": func(t *Text) { t.Site = "" }, "title": func(t *Text) { t.Title = "Other" }, "line": func(t *Text) { t.Line = "" },
		"says": func(t *Text) { t.Says = "" }, "states": func(t *Text) { t.States = t.States[1:] }, "day": func(t *Text) { t.Foot = "" },
	} {
		other := example
		if without(&other); bytes.Equal(d.Picture(other), whole) {
			t.Errorf("the %s is not in the picture", name)
		}
	}
	if !bytes.Equal(new(Drawer).Picture(example), whole) || !bytes.Equal(d.Picture(example), whole) {
		t.Error("the same card gives other bytes")
	}
}

// No name is drawn as boxes: one in other letters gives way to the id.
func TestPictureOfNamesInOtherLetters(t *testing.T) {
	var d Drawer
	byID := example
	byID.Title, byID.ID = "site-jp", ""
	want := bytes.Clone(d.Picture(byID))
	for _, title := range []string{"日本のお店", "متجر السعودية", "หน้าร้าน", "🛒"} {
		other := example
		if other.Title, other.ID = title, "site-jp"; !bytes.Equal(d.Picture(other), want) {
			t.Errorf("%s is not called by its id", title)
		}
		if other.ID = title; d.Picture(other) != nil {
			t.Errorf("%s is drawn although its letters are not there", title)
		}
	}
	for _, title := range []string{"Lager Ö: höglager", "Платежи", "Πληρωμές", "Łódź"} {
		if !drawable(title) {
			t.Errorf("%s cannot be drawn", title)
		}
	}
}

// Whatever the texts are, nothing is drawn over the margin.
func TestPictureKeepsItsMargins(t *testing.T) {
	long := strings.Repeat("Warehouse control for the northern hemisphere and beyond ", 9)
	for _, title := range []string{long, strings.Repeat("W", 300), "x"} {
		text := Text{Site: long, Title: title, Line: long, Says: long, Foot: long}
		for range 12 {
			text.States = append(text.States, State{Bad, "123 breached"})
		}
		img := decode(t, new(Drawer).Picture(text))
		for y := range Height {
			for x := Width - margin + 2; x < Width; x++ {
				if img.At(x, y) != palette[0] {
					t.Fatalf("%.20s: drawn at %d, %d", title, x, y)
				}
			}
		}
	}
}

func TestBadge(t *testing.T) {
	for _, text := range []BadgeText{
		{Name: "Checkout", Says: "2 waiting"},
		{Name: "Checkout API", Says: "1 breached · 1 met", Mark: Bad},
		{Name: "日本のお店", Says: "1 met", Mark: OK},
		{Name: "متجر السعودية", Says: "1 at risk", Mark: Risk},
		{Name: strings.Repeat("very long ", 30), Says: strings.Repeat("1 breached · ", 30), Mark: Bad},
		{Name: `<script>&"` + "\u202e\x00", Says: "e\u0301", Mark: "quiet"},
	} {
		var svg struct {
			Width int    `xml:"width,attr"`
			Role  string `xml:"role,attr"`
			Label string `xml:"aria-label,attr"`
			Title string `xml:"title"`
			Texts []struct {
				X    int    `xml:"x,attr"`
				Wide int    `xml:"textLength,attr"`
				Span string `xml:"tspan"`
			} `xml:"g>text"`
		}
		data := Badge(text)
		if err := xml.Unmarshal(data, &svg); err != nil {
			t.Fatalf("%v\n%s", err, data)
		}
		if svg.Role != "img" || svg.Title == "" || svg.Title != svg.Label || !strings.Contains(svg.Title, text.Says) {
			t.Errorf("a listener is told %q and %q", svg.Label, svg.Title)
		}
		if strings.ContainsAny(svg.Title, "\u202e\x00") || svg.Width > 800 || len(svg.Texts) != 2 {
			t.Errorf("not fit for a README: %s", data)
		}
		name, says := svg.Texts[0], svg.Texts[1]
		if name.X+name.Wide >= says.X || says.X+says.Wide > svg.Width-badgePad {
			t.Errorf("texts run over their fields: %s", data)
		}
		if strings.Contains(string(data), "class=") || strings.Contains(string(data), "style") {
			t.Errorf("the badge needs a style sheet: %s", data)
		}
	}
}

// The widths were measured in Chromium with Verdana's twin, DejaVu Sans, at 11 pixels; CJK
// letters are as wide as the font is high everywhere.
func TestEstimatedWidths(t *testing.T) {
	for text, measured := range map[string]int{
		"Checkout": 51, "1 breached · 1 met": 105, "Warehouse control": 103, "日本のお店": 55, "illicit": 26, "WWWW": 44,
		"Платежи": 52, "متجر السعودية": 67, "2 waiting": 51,
	} {
		if got := estimate(text); got < measured*85/100 || got > measured*125/100 {
			t.Errorf("%s: %d px, measured %d", text, got, measured)
		}
	}
}

func BenchmarkPicture(b *testing.B) {
	var d Drawer
	for b.Loop() {
		b.SetBytes(int64(len(d.Picture(example))))
	}
}
