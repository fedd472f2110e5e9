package api

import (
	"net/url"
	"slices"
	"strconv"
	"unicode/utf8"

	"github.com/google/uuid"

	"example.dk/spark/internal/forloeb"
)

// The views of the list, as the address names them.
const (
	viewOpen      = "aabne"
	viewAttention = "handling"
	viewClosed    = "lukkede"
	viewAll       = "alle"
)

// maxQuery is how long a search can be; references and names are shorter.
const maxQuery = 100

// listWish is what a reader of the list asks for, all of it in the address.
type listWish struct {
	bureau
	View         string
	Query        string
	Status       forloeb.Status
	Municipality string
	Theme        forloeb.ThemeCode
	Consultant   uuid.UUID
	Attention    bool
	Cursor       string
	wish
}

// readListWish reads an address. What it cannot use is left out and named.
func readListWish(b bureau, sent url.Values, consultants []forloeb.ConsultantRow) listWish {
	w := listWish{bureau: b, Query: forloeb.CleanLine(sent.Get("q")), Cursor: sent.Get("fra"), Attention: sent.Get("handling") == "true"}
	if utf8.RuneCountInString(w.Query) > maxQuery {
		w.ignore("søgningen, som er længere end " + strconv.Itoa(maxQuery) + " tegn")
		w.Query = ""
	}
	w.Status = forloeb.Status(w.known(sent.Get("status"), "status", func(v string) bool { return forloeb.Status(v).Valid() }))
	w.Municipality = w.known(sent.Get("kommune"), "kommune", func(v string) bool {
		m, found := forloeb.MunicipalityByCode(v)
		return found && m.Code == v
	})
	w.Theme = forloeb.ThemeCode(w.known(sent.Get("tema"), "tema", func(v string) bool {
		return slices.ContainsFunc(b.themes(), func(o option) bool { return o.Value == v })
	}))
	w.Consultant, _ = uuid.Parse(w.known(sent.Get("konsulent"), "konsulent", func(v string) bool {
		return slices.ContainsFunc(consultants, func(k forloeb.ConsultantRow) bool { return k.ID.String() == v })
	}))
	w.View = w.known(sent.Get("vis"), "visning", func(v string) bool {
		return slices.Contains([]string{viewOpen, viewAttention, viewClosed, viewAll}, v)
	})
	w.View = w.fittingView()
	return w
}

// fittingView is the view where what is asked for can be: who searches from
// any page has the closed ones in mind too, and a status says for itself
// whether it is open.
func (w *listWish) fittingView() string {
	switch {
	case w.Status != "" && w.Status.Closed() && (w.View == viewOpen || w.View == ""):
		return viewClosed
	case w.Status != "" && !w.Status.Closed() && w.View == viewClosed:
		return viewOpen
	case w.View == "" && w.Query != "":
		return viewAll
	case w.View == "":
		return viewOpen
	}
	return w.View
}

// filter is the wish as the store understands it.
func (w *listWish) filter() forloeb.ListFilter {
	f := forloeb.ListFilter{
		Query: w.Query, Municipality: w.Municipality, Theme: w.Theme, Consultant: w.Consultant,
		NeedsAttention: w.Attention || w.View == viewAttention, Cursor: w.Cursor,
	}
	switch {
	case w.Status != "":
		f.Statuses = []forloeb.Status{w.Status}
	case w.View == viewOpen || w.View == viewClosed:
		f.Statuses = slices.DeleteFunc(slices.Clone(forloeb.Statuses), func(s forloeb.Status) bool { return s.Closed() != (w.View == viewClosed) })
	}
	return f
}

// mentionsView reports whether the address names the view: the usual one need
// not be named, unless a search would lead elsewhere.
func (w *listWish) mentionsView() bool { return w.View != viewOpen || w.Query != "" }

// address is where the list is with the wish changed.
func (w listWish) address(change func(*listWish)) string {
	change(&w)
	query := url.Values{}
	for name, value := range map[string]string{
		"q": w.Query, "status": string(w.Status), "kommune": w.Municipality, "tema": string(w.Theme), "handling": tick(w.Attention), "fra": w.Cursor,
	} {
		if value != "" {
			query.Set(name, value)
		}
	}
	if w.Consultant != uuid.Nil {
		query.Set("konsulent", w.Consultant.String())
	}
	if w.mentionsView() {
		query.Set("vis", w.View)
	}
	if len(query) == 0 {
		return w.list()
	}
	return w.list() + "?" + query.Encode()
}

// views are the tabs. Each holds what its number says: they leave out what
// narrows the list to statuses or to what needs a person.
func (w *listWish) views(counts forloeb.ListCounts) (list []listView) {
	for _, v := range []listView{
		{Label: "Åbne", Count: counts.Open, Address: viewOpen}, {Label: "Kræver handling", Count: counts.NeedsAttention, Address: viewAttention},
		{Label: "Lukkede", Count: counts.Closed, Address: viewClosed}, {Label: "Alle", Count: counts.Open + counts.Closed, Address: viewAll},
	} {
		view := v.Address
		v.Current = view == w.View
		v.Address = w.address(func(other *listWish) {
			other.View, other.Status, other.Attention, other.Cursor = view, "", false, ""
		})
		list = append(list, v)
	}
	return list
}

// narrowed reports whether more than the view is asked for.
func (w *listWish) narrowed() bool {
	return w.Query != "" || w.Status != "" || w.Municipality != "" || w.moreInUse()
}

func (w *listWish) moreInUse() bool {
	return w.Theme != "" || w.Consultant != uuid.Nil || w.Attention
}

func (w *listWish) form(consultants []forloeb.ConsultantRow) listForm {
	choice := func(id, label, value string, options []option) field {
		f := newInput(nil, id, label, value)
		f.First, f.Options = "Alle", options
		return f
	}
	form := listForm{
		Query: w.Query, Attention: w.Attention, MoreOpen: w.moreInUse(),
		Choices: []field{choice("status", "Status", string(w.Status), w.statusOptions())},
		More:    []field{choice("tema", "Tema", string(w.Theme), w.themes()), choice("konsulent", w.say("Konsulent"), uuidValue(w.Consultant), consultantOptions(consultants))},
	}
	if w.provider == "" { // a provider's workplaces are the regions'
		form.Choices = append(form.Choices, choice("kommune", "Kommune", w.Municipality, (*applyPage).Municipalities(nil)))
	}
	if w.mentionsView() {
		form.View = w.View
	}
	if w.narrowed() {
		form.Clear = (&listWish{bureau: w.bureau, View: w.View}).address(func(*listWish) {})
	}
	return form
}

func uuidValue(id uuid.UUID) string {
	if id == uuid.Nil {
		return ""
	}
	return id.String()
}

func (b bureau) statusOptions() (list []option) {
	for _, status := range forloeb.Statuses {
		list = append(list, option{Value: string(status), Label: b.say(status.StaffLabel())})
	}
	return list
}

func consultantOptions(consultants []forloeb.ConsultantRow) (list []option) {
	for _, k := range consultants {
		list = append(list, option{Value: k.ID.String(), Label: k.Name})
	}
	return list
}

// summary says how many are shown, and in which order.
func (w *listWish) summary(shown int, more bool, found int) string {
	if shown == 0 {
		return ""
	}
	which := ""
	switch {
	case w.Cursor != "" && more:
		which = "de næste "
	case w.Cursor != "":
		which = "de sidste "
	}
	order := "det, der haster mest, først"
	if w.View == viewClosed {
		order = "de senest lukkede først"
	}
	return "Viser " + which + strconv.Itoa(shown) + " af " + forloeb.Number(found) + " forløb, " + order + "."
}

// none is said instead of rows, with the way to where there is something.
func (w *listWish) none(counts forloeb.ListCounts) (words string, widen *wayOn) {
	elsewhere := counts.Open + counts.Closed
	switch {
	case elsewhere == 0 && !w.narrowed():
		if w.provider != "" {
			return "I har ingen forløb endnu.", nil
		}
		return "Der er ingen forløb endnu.", nil
	case w.Query != "":
		words = "Ingen forløb passer. Søgte du på et navn, så prøv arbejdspladsen eller sagsnummeret."
	case !w.narrowed():
		words = "Der er ikke noget her."
	default:
		words = "Ingen forløb passer."
	}
	if elsewhere > 0 {
		widen = &wayOn{Label: "Se alle " + forloeb.Number(elsewhere) + " forløb, der ellers passer", Address: w.address(func(all *listWish) {
			all.View, all.Status, all.Attention, all.Cursor = viewAll, "", false, ""
		})}
		if elsewhere == 1 {
			widen.Label = "Se det ene forløb, der ellers passer"
		}
	}
	return words, widen
}
