package store_test

import (
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"example.dk/spark/internal/forloeb"
	"example.dk/spark/internal/store/storetest"
)

// again asks a workplace again, and has both of it answer.
func (l *life) again(workplace uuid.UUID, answers ...forloeb.Answer) {
	l.t.Helper()
	l.do(storetest.Secretary, forloeb.TakeWorkplaceIn{Workplace: workplace, Reason: "De har fortrudt."})
	l.says(workplace, answers...)
}

// A workplace that said no is asked again while the others are: the forløb
// waits for it, and nobody else hears of it.
func TestAWorkplaceIsAskedAgainBeforeTheStart(t *testing.T) {
	t.Parallel()
	l := begin(t, jointly(3))
	l.Consultant("Karen Lund", 3)
	l.to(2026, 11, 24, 9, 0).agree()
	places := l.places()
	l.says(places[0], forloeb.Yes, forloeb.No)
	l.says(places[1], forloeb.Yes, forloeb.Yes)
	l.Post(l.id)
	before := l.Read(l.id).Of(places[0])[1].LinkVersion

	l.to(2026, 11, 26, 9, 0).again(places[0])
	l.post("2026-11-26 09:00 workplace_invited leader Sted A", "2026-11-26 09:00 workplace_invited rep Sted A")
	f := l.Read(l.id)
	require.Equal(t, before+1, f.Of(places[0])[1].LinkVersion)
	require.Len(t, f.Participants(), 3)
	require.Equal(t, "17.12.2026", forloeb.ShortDate(f.ConsentDeadline(f.Of(places[0])[0])))

	l.says(places[0], forloeb.Yes, forloeb.Yes)
	l.post("2026-11-26 09:00 answer_yes leader Sted A", "2026-11-26 09:00 answer_yes rep Sted A")
	l.says(places[2], forloeb.Yes, forloeb.Yes)
	l.status(forloeb.Planning)
	require.Equal(t, 3, l.Read(l.id).JoinedCount())
}

// Once the forløb has begun a workplace that never answered is in when both
// have said yes, and not before; then it gets what the others have.
func TestAWorkplaceIsAskedAgainAfterTheStart(t *testing.T) {
	t.Parallel()
	l, silent := lateToAnswer(t)
	l.to(2027, 1, 5, 9, 0).again(silent, forloeb.Yes)
	l.post("2027-01-05 09:00 answer_yes leader Sted C", "2027-01-05 09:00 workplace_invited leader Sted C", "2027-01-05 09:00 workplace_invited rep Sted C")
	require.Len(t, l.Read(l.id).Participants(), 2, "one yes is not enough")

	f := l.Read(l.id)
	rep := f.Of(silent)[1]
	l.do(storetest.By(rep), storetest.Answer(f, rep, forloeb.Yes))
	l.post("2027-01-05 09:00 answer_yes rep Sted C", "2027-01-05 09:00 c_changed consultant",
		"2027-01-05 09:00 consultant_assigned leader Sted C", "2027-01-05 09:00 consultant_assigned rep Sted C",
		"2027-01-05 09:00 meeting_invitation leader Sted C", "2027-01-05 09:00 meeting_invitation rep Sted C")
	require.Len(t, l.Read(l.id).Participants(), 3)
	l.status(forloeb.InProgress)
	require.NotNil(t, l.Refused(l.id, storetest.Secretary, forloeb.TakeWorkplaceIn{Workplace: silent, Reason: "Igen."}))
}

// One that says no to that, or answers when its own deadline has passed, stays out.
func TestAWorkplaceThatIsAskedAgainStaysOut(t *testing.T) {
	t.Parallel()
	l, silent := lateToAnswer(t)
	l.to(2027, 1, 5, 9, 0).again(silent, forloeb.Yes, forloeb.No)
	l.post("2027-01-05 09:00 answer_no rep Sted C", "2027-01-05 09:00 answer_yes leader Sted C", "2027-01-05 09:00 workplace_invited leader Sted C",
		"2027-01-05 09:00 workplace_invited rep Sted C", "2027-01-05 09:00 workplace_left leader Sted C")
	w := l.Read(l.id).Workplace(silent)
	require.Equal(t, forloeb.OutDeclined, w.OutReason)

	l.to(2027, 1, 11, 9, 0).again(silent)
	require.Len(t, l.Post(l.id), 2)
	l.to(2027, 2, 2, 9, 0)
	leader := l.Read(l.id).Of(silent)[0]
	require.Equal(t, forloeb.RefuseWorkplaceOut, l.Refused(l.id, storetest.By(leader), storetest.Answer(l.Read(l.id), leader, forloeb.Yes)).Code)
	l.again(silent, forloeb.Yes, forloeb.Yes)
	require.False(t, l.Read(l.id).Workplace(silent).Out(), "and can be asked once more")
}

// lateToAnswer has begun without the last of three workplaces, and has a
// meeting ahead.
func lateToAnswer(t *testing.T) (*life, uuid.UUID) {
	l := begin(t, jointly(3))
	l.Consultant("Karen Lund", 3)
	l.to(2026, 11, 24, 9, 0).agree()
	places := l.places()
	for _, place := range places[:2] {
		l.says(place, forloeb.Yes, forloeb.Yes)
	}
	l.to(2026, 12, 17, 12, 0)
	l.status(forloeb.Planning)
	l.book(2027, time.February, 10)
	l.Post(l.id)
	return l, places[2]
}
