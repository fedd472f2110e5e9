package api

import (
	"net/url"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"example.dk/spark/internal/forloeb"
)

// slot is when one meeting is.
type slot struct{ From, To time.Time }

// typedTime is when one meeting is, as it stands in a form.
type typedTime struct {
	Date, Start string
	Length      string // minutes
}

// typedTimes are the lines of a form. Of several, those without a date are
// left out: nobody wants a meeting then.
func typedTimes(sent url.Values) (lines []typedTime) {
	at := func(name string, i int) string {
		if list := sent[name]; i < len(list) {
			return strings.TrimSpace(list[i])
		}
		return ""
	}
	for i := range sent["date"] {
		if t := (typedTime{at("date", i), at("start", i), at("length", i)}); t.Date != "" {
			lines = append(lines, t)
		}
	}
	if len(lines) == 0 {
		lines = append(lines, typedTime{Start: at("start", 0), Length: at("length", 0)})
	}
	return lines
}

// typedAs is a time as a form has it to begin with.
func typedAs(from, to time.Time) typedTime {
	return typedTime{
		Date: from.In(forloeb.Copenhagen).Format("2-1-2006"), Start: strings.TrimPrefix(forloeb.Clock(from), "kl. "),
		Length: strconv.Itoa(int(to.Sub(from) / time.Minute)),
	}
}

// undated is how the forløb has its meetings, on a day to be filled in.
func undated(w forloeb.Wish) typedTime {
	start := time.Date(2000, 1, 1, w.Hour, w.Minute, 0, 0, forloeb.Copenhagen)
	t := typedAs(start, start.Add(w.Length))
	t.Date = ""
	return t
}

// readSlots reads every line. What is wrong stands at its field.
func readSlots(sent url.Values) (slots []slot, wrong []fieldError) {
	for i, t := range typedTimes(sent) {
		one, mistakes := t.read(strconv.Itoa(i + 1))
		slots, wrong = append(slots, one), append(wrong, mistakes...)
	}
	return slots, wrong
}

func (t typedTime) read(line string) (s slot, wrong []fieldError) {
	day, err := forloeb.ParseDate(t.Date)
	if err != nil {
		wrong = append(wrong, fieldError{"date-" + line, forloeb.ErrDate.Danish()})
	}
	hour, minute, err := forloeb.ParseClock(t.Start)
	if err != nil {
		wrong = append(wrong, fieldError{"start-" + line, forloeb.ErrClock.Danish()})
	}
	length, err := strconv.Atoi(t.Length)
	if err != nil || length <= 0 || time.Duration(length)*time.Minute > forloeb.MaxMeetingLength {
		wrong = append(wrong, fieldError{"length-" + line, "Vælg, hvor længe mødet varer."})
	}
	s.From = time.Date(day.Year(), day.Month(), day.Day(), hour, minute, 0, 0, forloeb.Copenhagen)
	s.To = s.From.Add(time.Duration(length) * time.Minute)
	return s, wrong
}

// lengths are offered, in minutes.
var lengths = []int{60, 90, 120, 150, 180, 210, 240, 300, 360, 420, 480}

// times asks when each of some meetings is. They are called as they will be,
// unless the dates change places.
func (a asking) times(k staffCase, begin ...typedTime) (fields []field) {
	if a.typed != nil {
		begin = typedTimes(a.typed)
	}
	for i, t := range begin {
		f := a.time(t, strconv.Itoa(i+1))
		f.Label = numbered(k.nextNumber() + i)
		fields = append(fields, f)
	}
	if len(fields) == 1 {
		return fields[0].Parts
	}
	return fields
}

func (a asking) time(t typedTime, line string) field {
	part := func(name, label, hint, value, width string) field {
		f := newInput(a.wrong, name+"-"+line, label, value)
		f.Name, f.Hint, f.Width, f.Autocomplete = name, hint, width, "off"
		return f
	}
	length := part("length", "Varighed", "", t.Length, "")
	length.Control, length.First, length.Options = "select", "Vælg", lengthOptions(t.Length)
	return field{ID: "line-" + line, Control: "group", Parts: []field{
		part("date", "Dato", "Fx 11-3-2027", t.Date, "char-11"), part("start", "Starter kl.", "Fx 13.00", t.Start, "char-8"), length,
	}}
}

// lengthOptions are those on offer, and the one there is.
func lengthOptions(now string) (options []option) {
	offered := false
	for _, minutes := range lengths {
		o := option{Value: strconv.Itoa(minutes), Label: lengthLabel(minutes)}
		offered = offered || o.Value == now
		options = append(options, o)
	}
	if minutes, err := strconv.Atoi(now); err == nil && !offered && minutes > 0 {
		options = append(options, option{Value: now, Label: lengthLabel(minutes)})
	}
	return options
}

// lengthLabel is "1½ time", "3 timer", "2 timer og 45 minutter".
func lengthLabel(minutes int) string {
	hours, rest := minutes/60, minutes%60
	words := strconv.Itoa(hours) + " timer"
	if hours == 1 {
		words = "1 time"
	}
	switch {
	case rest == 0:
		return words
	case hours == 0:
		return strconv.Itoa(rest) + " minutter"
	case rest == 30:
		return strconv.Itoa(hours) + "½ time"
	}
	return words + " og " + strconv.Itoa(rest) + " minutter"
}

// Where a meeting can be. The place is written as mails and calendars show it.
const (
	atWorkplace = "arbejdspladsen"
	atOnline    = "online"
	atOther     = "andet"

	workplaceWords = "hos arbejdspladsen"
	longestPlace   = 200
)

// place asks where.
func (a asking) place(begin string) []field {
	where, detail := splitPlace(begin)
	details := a.line("place", "Lokale, link eller adresse", detail)
	details.Hint = "Hos arbejdspladsen er det frivilligt. Det står i indkaldelsen, og kalendere kan ses af kolleger: Skriv ikke, hvad mødet handler om."
	details.Autocomplete = "off"
	return []field{
		a.choice("where", "Sted", where,
			option{Value: atWorkplace, Label: "Hos arbejdspladsen"},
			option{Value: atOnline, Label: "Online"},
			option{Value: atOther, Label: "Et andet sted"}),
		details,
	}
}

// splitPlace reads a place as the form has it. Most meetings are at the
// workplace.
func splitPlace(place string) (where, detail string) {
	room, found := strings.CutPrefix(place, workplaceWords)
	switch {
	case found || place == "":
		return atWorkplace, strings.TrimPrefix(room, ", ")
	case meetingPlaceOf(place).Online != nil:
		return atOnline, place
	}
	return atOther, place
}

// readPlace writes the place as it will be shown.
func readPlace(sent url.Values) (place string, wrong []fieldError) {
	detail := forloeb.CleanLine(sent.Get("place"))
	if over := utf8.RuneCountInString(detail) - longestPlace; over > 0 {
		return "", []fieldError{{"place", "Teksten er " + strconv.Itoa(over) + " tegn for lang. Forkort den til " + strconv.Itoa(longestPlace) + " tegn."}}
	}
	if line, found := forloeb.LooksLikeCPR(detail); found {
		return "", []fieldError{{"place", forloeb.Mistake{Field: "place", Code: forloeb.MistakeCPR, N: line}.Danish()}}
	}
	switch sent.Get("where") {
	case atWorkplace:
		if detail != "" {
			return workplaceWords + ", " + detail, nil
		}
		return workplaceWords, nil
	case atOnline:
		if meetingPlaceOf(detail).Online == nil {
			return "", []fieldError{{"place", "Indsæt linket til mødet. Det begynder med https://."}}
		}
		return detail, nil
	case atOther:
		if detail == "" {
			return "", []fieldError{{"place", "Skriv, hvor mødet er."}}
		}
		return detail, nil
	}
	return "", []fieldError{{"where", "Vælg, hvor mødet er."}}
}

// placeWords is a place that begins a line.
func placeWords(place string) string {
	if meetingPlaceOf(place).Online != nil {
		return "Online: " + place
	}
	return forloeb.Capital(place)
}
