package mail

import (
	"bytes"
	"strings"
	"testing"

	"github.com/emersion/go-ical"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"example.dk/spark/internal/forloeb"
)

func feedMeetings() []forloeb.FeedMeeting {
	return []forloeb.FeedMeeting{
		{Reference: "26-4817", Programme: forloeb.Spark, UID: "m2@spark", Sequence: 1, StartsAt: clock("2027-01-21 13:00"), EndsAt: clock("2027-01-21 16:00"),
			Place: canaryPlace, State: forloeb.Booked, ChangedAt: clock("2027-01-11 10:00")},
		{Reference: "26-4818", Programme: forloeb.Regional, UID: "m3@spark", Sequence: 2, StartsAt: clock("2027-07-01 09:00"), EndsAt: clock("2027-07-01 12:00"),
			State: forloeb.Cancelled, ChangedAt: clock("2027-01-12 10:00")},
	}
}

// TestFeed reads the feed with a parser of our own and with another library.
func TestFeed(t *testing.T) {
	raw, err := Calendar{Organizer: config().From}.Feed(feedMeetings())
	require.NoError(t, err)
	golden(t, "calendar_feed.ics", string(raw))
	all := readCalendar(t, raw)
	entry := []string{"BEGIN", "CLASS", "DTEND", "DTSTAMP", "DTSTART", "LOCATION", "SEQUENCE", "STATUS", "SUMMARY", "UID", "END"}
	want := append([]string{"BEGIN", "PRODID", "REFRESH-INTERVAL", "VERSION"}, entry...)
	want = append(append(want, "BEGIN", "CLASS", "DTEND", "DTSTAMP", "DTSTART", "SEQUENCE", "STATUS", "SUMMARY", "UID", "END"), "END")
	require.Equal(t, want, names(all), "nobody is named, and nothing is asked of anybody")

	read, err := ical.NewDecoder(bytes.NewReader(raw)).Decode()
	require.NoError(t, err)
	events := read.Events()
	require.Len(t, events, 2)
	for i, m := range feedMeetings() {
		start, err := events[i].DateTimeStart(nil)
		require.NoError(t, err)
		require.True(t, m.StartsAt.Equal(start))
		require.Equal(t, m.UID, events[i].Props.Get(ical.PropUID).Value)
	}
	require.Equal(t, "SPARK-møde 26-4817", events[0].Props.Get(ical.PropSummary).Value)
	require.Equal(t, "CONFIRMED", events[0].Props.Get(ical.PropStatus).Value)
	require.True(t, strings.HasPrefix(events[1].Props.Get(ical.PropSummary).Value, "Aflyst: "))
	require.Equal(t, "CANCELLED", events[1].Props.Get(ical.PropStatus).Value)
}

// TestFeedIsTheInvitation: the entry has the identity of the one in the mail.
func TestFeedIsTheInvitation(t *testing.T) {
	l := letter(forloeb.MailMeetingMoved, booked(), consultantID, start, about(moved))
	m, err := composer(t).Compose(l)
	require.NoError(t, err)
	raw, err := Calendar{}.Feed([]forloeb.FeedMeeting{{Reference: l.Forloeb.Reference, Programme: l.Forloeb.Programme, UID: l.Meeting.ICSUID, Sequence: l.Meeting.Sequence,
		StartsAt: l.Meeting.StartsAt, EndsAt: l.Meeting.EndsAt, Place: l.Meeting.Place, State: l.Meeting.State, ChangedAt: start}})
	require.NoError(t, err)
	mailed, followed := readCalendar(t, m.Calendar), readCalendar(t, raw)
	for _, name := range []string{"UID", "SEQUENCE", "SUMMARY", "DTSTART", "DTEND", "LOCATION", "STATUS", "CLASS"} {
		require.Equal(t, find(t, mailed, name), find(t, followed, name))
	}
}

func TestEmptyFeed(t *testing.T) {
	raw, err := Calendar{}.Feed(nil)
	require.NoError(t, err)
	require.Equal(t, []string{"BEGIN", "PRODID", "VERSION", "END"}, names(readCalendar(t, raw)))
}

func TestFeedInjection(t *testing.T) {
	plain, err := Calendar{}.Feed(feedMeetings()[:1])
	require.NoError(t, err)
	want := names(readCalendar(t, plain))
	rapid.Check(t, func(r *rapid.T) {
		m := feedMeetings()[0]
		m.Place = "x" + hostile().Draw(r, "place")
		raw, err := Calendar{}.Feed([]forloeb.FeedMeeting{m})
		require.NoError(r, err)
		all := readCalendar(t, raw)
		require.Equal(r, want, names(all))
		require.Equal(r, forloeb.CleanLine(m.Place), unescape(find(t, all, "LOCATION").value))
	})
}
