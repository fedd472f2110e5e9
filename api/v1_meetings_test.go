package api

import (
	"net/http"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"example.dk/spark/internal/forloeb"
	"example.dk/spark/internal/store/storetest"
)

func TestBook(t *testing.T) {
	o := withConsultants(t)
	id := o.planning()
	at := func(days, from, to int) fields {
		return fields{"starts_at": rfc(o.ahead(id, days, from)), "ends_at": rfc(o.ahead(id, days, to)), "place": "Lærerværelset"}
	}
	for name, c := range map[string]struct {
		body   fields
		status int
		code   forloeb.RefusalCode
	}{
		"in the past":          {at(-1, 10, 12), http.StatusUnprocessableEntity, forloeb.RefuseMeetingPast},
		"ends before it":       {at(3, 12, 10), http.StatusUnprocessableEntity, forloeb.RefuseBadMeetingTime},
		"longer than a day":    {at(3, 7, 19), http.StatusUnprocessableEntity, forloeb.RefuseBadMeetingTime},
		"before seven":         {at(3, 6, 8), http.StatusUnprocessableEntity, forloeb.RefuseMeetingHours},
		"after eight at night": {at(3, 19, 21), http.StatusUnprocessableEntity, forloeb.RefuseMeetingHours},
	} {
		t.Log(name)
		o.refused(o.does(http.MethodPost, actPath(id, "meetings"), c.body), c.status, c.code)
	}
	for pointer, body := range map[string]fields{
		"#/starts_at": {"starts_at": "i morgen", "ends_at": "2027-03-11T16:00"},
		"#/ends_at":   {"starts_at": "2027-03-11T13:00", "ends_at": "11-3-2027"},
	} {
		p := o.does(http.MethodPost, actPath(id, "meetings"), body).problem(http.StatusUnprocessableEntity, "invalid")
		require.Equal(t, pointer, p.Errors[0].Pointer)
	}

	d := o.done(o.as(o.anna, http.MethodPost, actPath(id, "meetings"), at(3, 13, 16)))
	require.Len(t, d.Meetings.List, 1)
	m := d.Meetings.List[0]
	require.Equal(t, 1, m.Number)
	require.Equal(t, forloeb.Booked, m.State)
	require.Equal(t, "Lærerværelset", m.Place)
	require.True(t, o.ahead(id, 3, 13).Equal(m.StartsAt))
	o.env.Settle(id)
	o.refused(o.does(http.MethodPost, actPath(id, "meetings"), at(3, 15, 17)), http.StatusConflict, forloeb.RefuseMeetingBookedAlready)

	evening := at(4, 19, 21)
	evening["odd_hours"] = true
	o.done(o.does(http.MethodPost, actPath(id, "meetings"), evening))
	o.done(o.does(http.MethodPost, actPath(id, "meetings"), at(5, 10, 12)))
	o.done(o.does(http.MethodPost, actPath(id, "meetings"), at(6, 10, 12)))
	p := o.refused(o.does(http.MethodPost, actPath(id, "meetings"), at(7, 10, 12)), http.StatusConflict, forloeb.RefuseNeedsExtraMeetings)
	require.Contains(t, *p.Possible, "extra-meetings")
	require.NotContains(t, *p.Possible, "meetings")
}

func TestBookSeries(t *testing.T) {
	o := withConsultants(t)
	id := o.planning()
	at := func(days, from, to int) fields {
		return fields{"starts_at": rfc(o.ahead(id, days, from)), "ends_at": rfc(o.ahead(id, days, to)), "place": "Lærerværelset"}
	}
	series := func(list ...fields) answer {
		return o.as(o.anna, http.MethodPost, actPath(id, "meetings/series"), fields{"meetings": list})
	}
	p := o.refused(series(at(10, 9, 12), at(20, 9, 12), at(30, 19, 22)), http.StatusUnprocessableEntity, forloeb.RefuseMeetingHours)
	require.Equal(t, "#/meetings/2", p.Errors[0].Pointer)
	p = o.refused(series(at(10, 9, 12), at(10, 11, 13), at(30, 9, 12)), http.StatusConflict, forloeb.RefuseMeetingBookedAlready)
	require.Equal(t, "#/meetings/1", p.Errors[0].Pointer)
	require.Contains(t, *p.Possible, "meetings")
	p = series(at(10, 9, 12), fields{"starts_at": "2027-03-11T13:00", "ends_at": "11-3-2027"}).problem(http.StatusUnprocessableEntity, "invalid")
	require.Equal(t, "#/meetings/1/ends_at", p.Errors[0].Pointer)
	series().problem(http.StatusUnprocessableEntity, "invalid")
	require.Empty(t, o.document(id).Meetings.List)

	d := o.done(series(at(10, 9, 12), at(20, 9, 12), at(30, 9, 12)))
	require.Len(t, d.Meetings.List, 3)
	for i, m := range d.Meetings.List {
		require.Equal(t, i+1, m.Number)
		require.Equal(t, forloeb.Booked, m.State)
		require.Equal(t, "Lærerværelset", m.Place)
	}
	o.env.Settle(id)
	p = o.refused(series(at(40, 9, 12), at(50, 9, 12)), http.StatusConflict, forloeb.RefuseNeedsExtraMeetings)
	require.Equal(t, "#/meetings/1", p.Errors[0].Pointer)
}

func TestTimesWithoutAnOffsetAreCopenhagens(t *testing.T) {
	for text, want := range map[string]string{
		"2027-03-11T13:00":          "2027-03-11T13:00:00+01:00",
		"2027-07-01T13:00":          "2027-07-01T13:00:00+02:00",
		"2027-03-11T13:00:30":       "2027-03-11T13:00:30+01:00",
		"2027-03-11T12:00:00Z":      "2027-03-11T13:00:00+01:00",
		"2027-03-11T07:00:00-05:00": "2027-03-11T13:00:00+01:00",
	} {
		read, ok := readTime(text)
		require.True(t, ok, text)
		require.Equal(t, want, rfc(local(read)), text)
	}
	for _, text := range []string{"", "2027-03-11", "13:00", "2027-02-30T13:00", "2027-03-28T02:30", "11-03-2027T13:00", "2027-03-11T25:00"} {
		_, ok := readTime(text)
		require.False(t, ok, text)
	}
	require.True(t, local(time.Time{}).IsZero())
}

func TestRecordHeld(t *testing.T) {
	o := withConsultants(t)
	id := o.planning()
	at := func(days, from, to int) fields {
		return fields{"starts_at": rfc(o.ahead(id, days, from)), "ends_at": rfc(o.ahead(id, days, to))}
	}
	o.refused(o.does(http.MethodPost, actPath(id, "meetings/held"), at(-62, 10, 12)), http.StatusUnprocessableEntity, forloeb.RefuseMeetingTooFarBack)
	o.refused(o.does(http.MethodPost, actPath(id, "meetings/held"), at(1, 10, 12)), http.StatusConflict, forloeb.RefuseMeetingNotBegun)
	o.refused(o.does(http.MethodPost, actPath(id, "meetings/held"), at(-3, 5, 8)), http.StatusUnprocessableEntity, forloeb.RefuseMeetingHours)
	d := o.done(o.as(o.anna, http.MethodPost, actPath(id, "meetings/held"), at(-59, 10, 12)))
	require.Equal(t, 1, d.Meetings.Held)
	o.env.Settle(id)
	require.Equal(t, forloeb.InProgress, o.document(id).Status)
	o.refused(o.does(http.MethodPost, actPath(id, "meetings/held"), at(-59, 11, 13)), http.StatusConflict, forloeb.RefuseMeetingBookedAlready)
}

func TestMove(t *testing.T) {
	o := withConsultants(t)
	id, meeting := o.inProgress()
	move := func(days, from, to int) answer {
		return o.as(o.anna, http.MethodPatch, "/meetings/"+meeting.String(), fields{"starts_at": rfc(o.ahead(id, days, from)), "ends_at": rfc(o.ahead(id, days, to))})
	}
	o.refused(move(-1, 10, 12), http.StatusUnprocessableEntity, forloeb.RefuseMeetingPast)
	o.refused(move(5, 5, 8), http.StatusUnprocessableEntity, forloeb.RefuseMeetingHours)
	d := o.done(move(5, 9, 11))
	require.Equal(t, 1, d.Meetings.List[0].Sequence)
	require.True(t, o.ahead(id, 5, 9).Equal(d.Meetings.List[0].StartsAt))
	require.Equal(t, "Lærerværelset", d.Meetings.List[0].Place, "kept")

	for _, id := range []string{uuid.NewString(), "1"} {
		o.refused(o.does(http.MethodPatch, "/meetings/"+id, fields{"starts_at": "2027-03-11T13:00", "ends_at": "2027-03-11T14:00"}), http.StatusNotFound, forloeb.RefuseNotFound)
	}
}

func TestRegister(t *testing.T) {
	o := withConsultants(t)
	id, meeting := o.inProgress()
	o.refused(o.does(http.MethodPost, meetingPathOf(meeting, "held"), nil), http.StatusConflict, forloeb.RefuseMeetingNotBegun)
	o.env.SettleAt(id, o.ahead(id, 3, 14))

	d := o.done(o.as(o.anna, http.MethodPost, meetingPathOf(meeting, "no-show"), nil))
	require.Equal(t, forloeb.NoShow, d.Meetings.List[0].State)
	require.Zero(t, d.Meetings.Held)
	o.env.Settle(id)
	d = o.done(o.as(o.anna, http.MethodPost, meetingPathOf(meeting, "held"), nil))
	require.Equal(t, 1, d.Meetings.Held)
	o.env.Settle(id)

	o.env.RunTo(id, o.env.Now(id).AddDate(0, 0, 30))
	o.refused(o.as(o.anna, http.MethodPost, meetingPathOf(meeting, "no-show"), nil), http.StatusConflict, forloeb.RefuseTooLongAgo)
}

func TestCancel(t *testing.T) {
	o := withConsultants(t)
	id, meeting := o.inProgress()
	d := o.done(o.as(o.anna, http.MethodPost, meetingPathOf(meeting, "cancel"), fields{"reason": "Sygdom."}))
	require.Equal(t, forloeb.Cancelled, d.Meetings.List[0].State)
	require.Equal(t, 1, d.Meetings.List[0].Sequence)
	require.Zero(t, d.Meetings.List[0].Number)
	o.env.Settle(id)
	require.Equal(t, forloeb.Planning, o.document(id).Status)
	o.refused(o.as(o.anna, http.MethodPost, meetingPathOf(meeting, "cancel"), nil), http.StatusConflict, forloeb.RefuseMeetingNotBooked)
	o.refused(o.as(o.anna, http.MethodPost, meetingPathOf(meeting, "held"), nil), http.StatusConflict, forloeb.RefuseMeetingNotBooked)
}

func TestWhatIsPossibleWithAMeeting(t *testing.T) {
	o := withConsultants(t)
	id, meeting := o.inProgress()
	possible := func() []string { return o.document(id).Meetings.List[0].Possible }
	require.Equal(t, []string{"move", "prep-task", "cancel"}, possible())
	o.env.SettleAt(id, o.ahead(id, 3, 14))
	require.Equal(t, []string{"move", "held", "no-show", "cancel"}, possible())
	o.env.Do(id, storetest.Secretary, forloeb.CancelMeeting{Meeting: meeting})
	o.env.Settle(id)
	require.Empty(t, possible())
}

func TestWishesForAnotherTime(t *testing.T) {
	o := withConsultants(t)
	id, meeting := o.inProgress()
	require.Empty(t, o.document(id).Meetings.List[0].OtherTimes)
	rep := o.env.Party(id, forloeb.Rep)
	o.env.Do(id, storetest.By(rep), forloeb.AskOtherTime{Party: rep.ID, Meeting: meeting, StartsAt: o.env.Read(id).Meeting(meeting).StartsAt, Text: "Hellere fredag."})
	o.env.Settle(id)
	wishes := o.document(id).Meetings.List[0].OtherTimes
	require.Len(t, wishes, 1)
	require.Equal(t, rep.ID, wishes[0].Party)
	require.False(t, wishes[0].AskedAt.IsZero())
	o.done(o.does(http.MethodPatch, "/meetings/"+meeting.String(), fields{"starts_at": rfc(o.ahead(id, 5, 9)), "ends_at": rfc(o.ahead(id, 5, 11))}))
	require.Empty(t, o.document(id).Meetings.List[0].OtherTimes)
}
