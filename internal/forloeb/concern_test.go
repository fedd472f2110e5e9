package forloeb

import (
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
)

// concernsOf are the codes for a new meeting of so many hours.
func (s *scene) concernsOf(d Diary, start time.Time, hours int, now time.Time) (codes []ConcernCode) {
	for _, c := range s.Concerns(d, uuid.Nil, start, start.Add(time.Duration(hours)*time.Hour), now) {
		codes = append(codes, c.Code)
	}
	return codes
}

func TestConcernsAboutTheTime(t *testing.T) {
	s := newScene().held(1)
	now := danishTime(t, "2026-12-01 12:00")
	for start, want := range map[string][]ConcernCode{
		"2027-03-11 13:00": nil,
		"2027-03-25 13:00": {ConcernHoliday},
		"2027-03-28 13:00": {ConcernHoliday}, // påskedag is a Sunday
		"2027-06-05 13:00": {ConcernHoliday}, // grundlovsdag is a Saturday
		"2027-03-13 13:00": {ConcernWeekend},
		"2027-07-10 13:00": {ConcernWeekend}, // and in July: once is enough
		"2027-07-12 13:00": {ConcernQuiet},
		"2026-12-23 13:00": {ConcernQuiet},
		"2026-12-24 13:00": {ConcernHoliday},
		"2027-03-11 06:30": {ConcernHours},
		"2027-03-11 07:00": nil,
		"2027-03-11 17:00": nil,
		"2027-03-11 17:15": {ConcernHours},
		"2027-03-25 21:30": {ConcernHoliday, ConcernHours},
		"2026-12-02 13:00": {ConcernSoon},
		"2026-12-03 12:00": {ConcernSoon}, // the reminder would go this minute
		"2026-12-03 13:00": nil,
		"2026-11-28 13:00": {ConcernWeekend}, // held without being booked: nobody is reminded of it
	} {
		require.Equal(t, want, s.concernsOf(Diary{}, danishTime(t, start), 3, now), start)
	}
}

func TestConcernsAboutTheDiary(t *testing.T) {
	s := newScene().held(1) // in Aarhus
	now := danishTime(t, "2027-01-04 12:00")
	other := func(municipality, from, to string) Busy {
		return Busy{Forloeb: uuid.New(), Municipality: municipality, From: danishTime(t, from), To: danishTime(t, to)}
	}
	for name, c := range map[string]struct {
		busy Busy
		want []ConcernCode
	}{
		"overlap":                {other("751", "2027-03-11 15:00", "2027-03-11 17:00"), []ConcernCode{ConcernClash}},
		"right after, same town": {other("751", "2027-03-11 16:00", "2027-03-11 17:00"), nil},
		"right after, elsewhere": {other("630", "2027-03-11 16:00", "2027-03-11 17:00"), []ConcernCode{ConcernClash}},
		"an hour after":          {other("630", "2027-03-11 17:00", "2027-03-11 18:00"), nil},
		"just before":            {other("630", "2027-03-11 09:00", "2027-03-11 12:15"), []ConcernCode{ConcernClash}},
		"an hour before":         {other("630", "2027-03-11 09:00", "2027-03-11 12:00"), nil},
		"another day":            {other("630", "2027-03-12 13:00", "2027-03-12 16:00"), nil},
	} {
		require.Equal(t, c.want, s.concernsOf(Diary{Busy: []Busy{c.busy}}, at13(2027, 3, 11), 3, now), name)
	}
	own := other("751", "2027-03-11 13:00", "2027-03-11 16:00")
	own.Forloeb = s.ID
	require.Empty(t, s.concernsOf(Diary{Busy: []Busy{own}}, at13(2027, 3, 11), 3, now), "that is refused")

	week := Diary{Leaves: []Leave{{From: danishTime(t, "2027-03-08"), To: danishTime(t, "2027-03-11")}}}
	require.Equal(t, []ConcernCode{ConcernLeave}, s.concernsOf(week, at13(2027, 3, 8), 3, now))
	require.Equal(t, []ConcernCode{ConcernLeave}, s.concernsOf(week, at13(2027, 3, 11), 3, now), "the last day too")
	require.Empty(t, s.concernsOf(week, at13(2027, 3, 12), 3, now))
	require.Empty(t, s.concernsOf(week, at13(2027, 3, 5), 3, now))
}

func TestConcernAboutTheFirstMeeting(t *testing.T) {
	s := newScene().planning() // agreed on 26 November: starts by 26 May
	now := danishTime(t, "2026-12-01 12:00")
	require.Empty(t, s.concernsOf(Diary{}, at13(2027, 5, 26), 3, now), "a deadline lasts to the end of its day")
	require.Equal(t, []ConcernCode{ConcernLate}, s.concernsOf(Diary{}, at13(2027, 5, 27), 3, now))
	require.Empty(t, s.concernsOf(Diary{}, at13(2027, 5, 27), 3, at13(2027, 5, 28)), "written down afterwards")

	first := s.meeting(Booked, at13(2027, 5, 20)).Meetings[0]
	require.Empty(t, s.concernsOf(Diary{}, at13(2027, 6, 10), 3, now), "the second")
	moved := s.Concerns(Diary{}, first.ID, at13(2027, 6, 10), at13(2027, 6, 10).Add(time.Hour), now)
	require.Equal(t, []Concern{{Code: ConcernLate, Date: s.StartBy()}}, moved)
}

func TestEveryConcernHasASentence(t *testing.T) {
	codes := constants(t, "concern.go")
	require.Len(t, concerns, len(codes))
	for _, code := range codes {
		c := Concern{Code: ConcernCode(code.value), Date: at13(2027, 3, 11), Until: at13(2027, 3, 11), Text: "i Vejle"}
		for _, said := range []string{c.Danish(), c.DanishToOthers()} {
			require.Regexp(t, `^[A-ZÆØÅ].*\.$`, said)
			require.NotRegexp(t, hole, said)
		}
	}
}

func TestConcernsAsThePagesWriteThem(t *testing.T) {
	s := newScene().held(1)
	now := danishTime(t, "2027-01-04 12:00")
	said := func(d Diary, start time.Time) (sentences []string) {
		for _, c := range s.Concerns(d, uuid.Nil, start, start.Add(2*time.Hour), now) {
			sentences = append(sentences, c.Danish())
		}
		return sentences
	}
	vejle := Diary{
		Busy:   []Busy{{Municipality: "630", From: at13(2027, 3, 11).Add(time.Hour), To: at13(2027, 3, 11).Add(2 * time.Hour)}},
		Leaves: []Leave{{From: danishTime(t, "2027-03-10"), To: danishTime(t, "2027-03-12")}},
	}
	require.Equal(t, []string{"Torsdag den 25. marts 2027 er skærtorsdag."}, said(Diary{}, at13(2027, 3, 25)))
	require.Equal(t, []string{"Torsdag den 6. maj 2027 er Kristi himmelfartsdag."}, said(Diary{}, at13(2027, 5, 6)))
	require.Equal(t, []string{"Lørdag den 13. marts 2027 ligger i en weekend."}, said(Diary{}, at13(2027, 3, 13)))
	require.Equal(t, []string{"Mandag den 12. juli 2027 ligger i sommerferien."}, said(Diary{}, at13(2027, 7, 12)))
	require.Equal(t, []string{"Torsdag den 23. december 2027 ligger i juleferien."}, said(Diary{}, at13(2027, 12, 23)))
	require.Equal(t, []string{"Mødet ligger kl. 21.30–23.30."}, said(Diary{}, danishTime(t, "2027-03-10 21:30")))
	require.Equal(t, []string{"Mødet ligger så tæt på, at parterne ikke får en påmindelse."}, said(Diary{}, at13(2027, 1, 5)))
	require.Equal(t, []string{"Du har ferie til og med fredag den 12. marts 2027.", "Du har et andet møde kl. 14.00 i Vejle."}, said(vejle, at13(2027, 3, 11)))
	require.Equal(t, "Konsulenten har et andet møde kl. 14.00 i Vejle.", s.Concerns(vejle, uuid.Nil, at13(2027, 3, 11), at13(2027, 3, 11).Add(time.Hour), now)[1].DanishToOthers())
	require.Equal(t, "Det første møde skal holdes senest onsdag den 26. maj 2027.", Concern{Code: ConcernLate, Date: at13(2027, 5, 26)}.Danish())
	require.Equal(t, "Du har et andet møde kl. 13.00 på Bornholm.", Concern{Code: ConcernClash, Date: at13(2027, 5, 26), Text: placeName("400")}.Danish())
	require.Equal(t, "Du har et andet møde kl. 13.00.", Concern{Code: ConcernClash, Date: at13(2027, 5, 26), Text: placeName("411")}.Danish())
}
