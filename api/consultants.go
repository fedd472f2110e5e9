package api

import (
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/gin-gonic/gin"
	"github.com/google/uuid"

	"example.dk/spark/internal/forloeb"
)

const consultantsPath = secretariatArea + "/konsulenter"

// showConsultants lists them.
func (s *Server) showConsultants(c *gin.Context) error {
	rows, err := s.store.Consultants(c.Request.Context())
	if err != nil {
		return err
	}
	b := bureauOf(principal(c.Request.Context()))
	page := &consultantsPage{Address: b.consultants()}
	for _, r := range rows {
		page.List = append(page.List, b.consultantLine(r))
	}
	return s.write(c, http.StatusOK, page)
}

func (b bureau) consultantLine(r forloeb.ConsultantRow) consultantLine {
	line := consultantLine{
		Address: b.consultants() + "/" + r.ID.String(), Name: r.Name, Load: r.Load, Capacity: r.Capacity,
		Full: r.Load >= r.Capacity, Active: r.Active, OnLeave: r.OnLeave, Covers: coverage(r.Consultant),
	}
	if len(r.Leaves) > 0 {
		line.Leave = forloeb.ShortDate(r.Leaves[0].From) + "–" + forloeb.ShortDate(r.Leaves[0].To)
	}
	return line
}

// coverage says what a consultant covers, shortly.
func coverage(c forloeb.Consultant) string {
	var regions []string
	for _, code := range c.Regions {
		regions = append(regions, strings.TrimPrefix(forloeb.RegionLabel(code), "Region "))
	}
	themes := strconv.Itoa(len(c.Themes)) + " temaer"
	if len(c.Themes) == 1 {
		themes = "1 tema"
	}
	if len(regions) == 0 {
		return themes + ", ingen regioner"
	}
	return strings.Join(regions, ", ") + "; " + themes
}

// showNewConsultant is an empty form.
func (s *Server) showNewConsultant(c *gin.Context) error {
	return s.askConsultant(c, forloeb.ConsultantRow{ConsultantRecord: forloeb.ConsultantRecord{
		Consultant: forloeb.Consultant{Capacity: forloeb.DefaultCapacity, Active: true},
	}})
}

// showConsultant is the form with one of them.
func (s *Server) showConsultant(c *gin.Context) error {
	row, err := s.consultantRow(c)
	if err != nil {
		return err
	}
	return s.askConsultant(c, row)
}

func (s *Server) askConsultant(c *gin.Context, row forloeb.ConsultantRow) error {
	form, typed := consultantFormOf(row), s.typed(c)
	if typed != nil {
		form = consultantFormFrom(typed)
	}
	page, err := s.consultantPageOf(c, row, form, nil)
	if err != nil {
		return err
	}
	page.Restored = typed != nil
	return s.write(c, http.StatusOK, page)
}

// sendNewConsultant writes down a new consultant.
func (s *Server) sendNewConsultant(c *gin.Context) error {
	return s.keepConsultant(c, forloeb.ConsultantRow{})
}

// sendConsultant changes one.
func (s *Server) sendConsultant(c *gin.Context) error {
	row, err := s.consultantRow(c)
	if err != nil {
		return err
	}
	return s.keepConsultant(c, row)
}

func (s *Server) keepConsultant(c *gin.Context, row forloeb.ConsultantRow) error {
	if c.Request.ParseForm() != nil {
		return errBadForm
	}
	form := consultantFormFrom(c.Request.PostForm)
	b := bureauOf(principal(c.Request.Context()))
	record, wrong := form.record(row.ID)
	if len(wrong) == 0 && !form.Sure {
		page, err := s.asksFirst(c, row, form, record)
		if err != nil {
			return err
		}
		if page != nil {
			return s.write(c, http.StatusOK, page)
		}
	}
	if len(wrong) == 0 {
		saved, err := s.store.SaveConsultant(c.Request.Context(), record)
		switch {
		case err == nil:
			s.process.Now(c.Request.Context(), saved.Acts...)
			return seeOther(c, withDone(b.consultants(), "konsulent"))
		case !errors.Is(err, forloeb.ErrAddressTaken):
			return err
		}
		wrong = []fieldError{{"email", b.say("En anden konsulent har den mailadresse.")}}
	}
	page, err := s.consultantPageOf(c, row, form, wrong)
	if err != nil {
		return err
	}
	return s.write(c, http.StatusUnprocessableEntity, page)
}

// asksFirst is the form once more, with what it would leave undone: meetings in
// a leave that is new, and open forløb of somebody who stops. Nil when there is
// nothing to say.
func (s *Server) asksFirst(c *gin.Context, row forloeb.ConsultantRow, form consultantForm, record forloeb.ConsultantRecord) (*consultantFormPage, error) {
	page, err := s.consultantPageOf(c, row, form, nil)
	if err != nil {
		return nil, err
	}
	for _, line := range page.Leaves {
		known := slices.ContainsFunc(row.Leaves, func(l forloeb.Leave) bool { return l.From.Equal(line.period.From) && l.To.Equal(line.period.To) })
		page.Unsaved = page.Unsaved || len(line.Meetings) > 0 && !known
	}
	if row.Active && !record.Active && row.Load > 0 {
		page.Unsaved = true
		page.Left, err = s.openOf(c, row.ID)
	}
	if !page.Unsaved {
		return nil, err
	}
	return page, err
}

// openOf are the ways to a consultant's open forløb, the first of them.
func (s *Server) openOf(c *gin.Context, consultant uuid.UUID) (list []wayOn, err error) {
	found, err := s.store.List(c.Request.Context(), forloeb.ListFilter{
		Consultant: consultant, Statuses: slices.DeleteFunc(slices.Clone(forloeb.Statuses), forloeb.Status.Closed),
	})
	b := bureauOf(principal(c.Request.Context()))
	for _, r := range found.Rows {
		list = append(list, wayOn{Label: r.Reference + ", " + r.Workplace, Address: b.list() + "/" + r.ID.String()})
	}
	return list, err
}

// consultantRow is the consultant that the address names.
func (s *Server) consultantRow(c *gin.Context) (row forloeb.ConsultantRow, err error) {
	rows, err := s.store.Consultants(c.Request.Context())
	if err != nil {
		return row, err
	}
	i := slices.IndexFunc(rows, func(r forloeb.ConsultantRow) bool { return r.ID.String() == c.Param("id") })
	if i < 0 {
		return row, errNoRoute
	}
	return rows[i], nil
}

func (s *Server) consultantPageOf(c *gin.Context, row forloeb.ConsultantRow, form consultantForm, wrong []fieldError) (*consultantFormPage, error) {
	b := bureauOf(principal(c.Request.Context()))
	page := &consultantFormPage{
		Back: b.consultants(),
		New:  row.ID == uuid.Nil, Name: row.Name, Action: c.Request.URL.Path, Form: form, Load: row.Load,
		Themes: b.themes(), Regions: regionOptions(s.now(), form.Regions),
	}
	page.Errors = wrong
	meetings, err := s.meetingsOf(c, row)
	if err != nil {
		return nil, err
	}
	for i := range max(len(form.From), len(form.To)) + 1 {
		page.Leaves = append(page.Leaves, b.leaveLineOf(i, form, wrong, meetings))
	}
	return page, nil
}

// meetingsOf are a consultant's booked meetings for a year.
func (s *Server) meetingsOf(c *gin.Context, row forloeb.ConsultantRow) ([]forloeb.Busy, error) {
	if row.ID == uuid.Nil {
		return nil, nil
	}
	now := s.now()
	diary, err := s.store.Diary(c.Request.Context(), row.ID, now, now.AddDate(1, 0, 0))
	return diary.Busy, err
}

func (b bureau) leaveLineOf(i int, form consultantForm, wrong []fieldError, meetings []forloeb.Busy) leaveLine {
	number := strconv.Itoa(i + 1)
	day := func(name, label string, typed []string) field {
		f := newInput(wrong, name+"-"+number, label, "")
		f.Name, f.Width = name, "char-11"
		if i < len(typed) {
			f.Value = typed[i]
		}
		return f
	}
	line := leaveLine{From: day("leave_from", "Fra", form.From), To: day("leave_to", "Til og med", form.To)}
	from, err := forloeb.ParseDate(line.From.Value)
	if err != nil {
		return line
	}
	to, err := forloeb.ParseDate(line.To.Value)
	if err != nil {
		return line
	}
	line.period = forloeb.Leave{From: from, To: to}
	for _, m := range meetings {
		if m.From.Before(to.AddDate(0, 0, 1)) && m.To.After(from) {
			line.Meetings = append(line.Meetings, wayOn{Label: forloeb.DateTime(m.From) + ", sag " + m.Reference, Address: b.list() + "/" + m.Forloeb.String()})
		}
	}
	return line
}

func consultantFormOf(row forloeb.ConsultantRow) consultantForm {
	form := consultantForm{
		Name: row.Name, Email: row.Email, Phone: row.Phone, Regions: row.Regions,
		Capacity: strconv.Itoa(row.Capacity), Stopped: !row.Active,
	}
	for _, t := range row.Themes {
		form.Themes = append(form.Themes, string(t))
	}
	for _, l := range row.Leaves {
		form.From = append(form.From, forloeb.ShortDate(l.From))
		form.To = append(form.To, forloeb.ShortDate(l.To))
	}
	return form
}

func consultantFormFrom(sent url.Values) consultantForm {
	return consultantForm{
		Name: sent.Get("name"), Email: sent.Get("email"), Phone: sent.Get("phone"), Themes: sent["themes"], Regions: sent["regions"],
		Capacity: sent.Get("capacity"), Stopped: sent.Get("stopped") != "", From: sent["leave_from"], To: sent["leave_to"],
		Sure: sent.Get("sure") != "",
	}
}

// record reads the form. Empty lines of leave are nothing.
func (f consultantForm) record(id uuid.UUID) (r forloeb.ConsultantRecord, wrong []fieldError) {
	say := func(field, text string) { wrong = append(wrong, fieldError{field, text}) }
	capacity, err := strconv.Atoi(strings.TrimSpace(f.Capacity))
	if forloeb.CleanLine(f.Name) == "" {
		say("name", "Skriv navnet.")
	}
	if !forloeb.ValidEmail(forloeb.NormaliseEmail(f.Email)) {
		say("email", (&forloeb.Refusal{Code: forloeb.RefuseBadAddress}).Danish())
	}
	if !forloeb.ValidPhone(f.Phone) {
		say("phone", forloeb.Mistake{Field: "phone", Code: forloeb.MistakeBadPhone}.Danish())
	}
	if err != nil || capacity < 0 || capacity > 100 {
		say("capacity", "Skriv et tal mellem 0 og 100.")
	}
	r.Consultant = forloeb.Consultant{ID: id, Name: f.Name, Email: f.Email, Phone: f.Phone, Regions: f.Regions, Capacity: capacity, Active: !f.Stopped}
	for _, t := range f.Themes {
		r.Themes = append(r.Themes, forloeb.ThemeCode(t))
	}
	for i := range max(len(f.From), len(f.To)) {
		if leave, typed := f.leave(i, say); typed {
			r.Leaves = append(r.Leaves, leave)
		}
	}
	return r, wrong
}

// leave reads the i-th period; typed is false when there is none.
func (f consultantForm) leave(i int, say func(field, text string)) (l forloeb.Leave, typed bool) {
	at := func(list []string) string {
		if i < len(list) {
			return strings.TrimSpace(list[i])
		}
		return ""
	}
	from, to, number := at(f.From), at(f.To), strconv.Itoa(i+1)
	if from == "" && to == "" {
		return l, false
	}
	var err error
	if l.From, err = forloeb.ParseDate(from); err != nil {
		say("leave_from-"+number, forloeb.ErrDate.Danish())
	}
	if l.To, err = forloeb.ParseDate(to); err != nil {
		say("leave_to-"+number, forloeb.ErrDate.Danish())
	} else if l.To.Before(l.From) {
		say("leave_to-"+number, "Ferien slutter, før den begynder. Byt om på datoerne.")
	}
	return l, true
}

// regionOptions are the regions of today and of the year to come, and those
// that are chosen already.
func regionOptions(now time.Time, chosen []string) (list []option) {
	var codes []string
	for _, more := range [][]string{forloeb.Regions(now), forloeb.Regions(now.AddDate(1, 0, 0)), chosen} {
		for _, code := range more {
			if label := forloeb.RegionLabel(code); label != "" && !slices.Contains(codes, code) {
				codes = append(codes, code)
				list = append(list, option{Value: code, Label: label})
			}
		}
	}
	return list
}
