package store_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"example.dk/spark/internal/forloeb"
	"example.dk/spark/internal/store/storetest"
)

func (l *life) noted(side forloeb.Side, yes bool) {
	l.t.Helper()
	l.do(storetest.Secretary, forloeb.NoteAnswer{Party: l.Party(l.id, side).ID, Yes: yes, Said: "Ringede fra bussen."})
}

func (l *life) contests(side forloeb.Side) {
	l.t.Helper()
	p := l.Party(l.id, side)
	l.do(storetest.By(p), forloeb.ContestAnswer{Party: p.ID})
}

func TestAnAnswerByTelephone(t *testing.T) {
	t.Parallel()
	l := begin(t)
	l.Hesitate = true // a yes to the offer would come at midnight, or just before
	l.Consultant("Karen Lund", 3)
	l.to(2026, 11, 23, 12, 0).answer(forloeb.Leader, forloeb.Yes)
	l.Post(l.id)
	l.to(2026, 11, 24, 9, 0).noted(forloeb.Rep, true)
	l.post("2026-11-24 09:00 phone_receipt rep")
	l.status(forloeb.AwaitingConsent)
	require.Equal(t, forloeb.WaitConsentPhone, l.Read(l.id).Waiting(l.Now(l.id)).Key)
	require.Equal(t, 1, l.Count(`select count(*) from remarks where kind = 'phone' and text = 'Ringede fra bussen.'`))
	require.Zero(t, l.Count(`select count(*) from signatures where party_id = $1`, l.Party(l.id, forloeb.Rep).ID))

	l.to(2026, 12, 1, 23, 0)
	l.post()
	l.status(forloeb.AwaitingConsent)
	l.to(2026, 12, 2, 0, 30) // five working days are over
	l.post("2026-12-01 23:59 both_agreed leader", "2026-12-01 23:59 both_agreed rep", "2026-12-01 23:59 c_assigned consultant")
	l.status(forloeb.AwaitingConsultant)
}

func TestAnAnswerByTelephoneIsConfirmedByTheLink(t *testing.T) {
	t.Parallel()
	l := begin(t)
	l.Consultant("Karen Lund", 3)
	l.to(2026, 11, 23, 12, 0).answer(forloeb.Leader, forloeb.Yes)
	l.noted(forloeb.Rep, true)
	l.Post(l.id)
	l.to(2026, 11, 24, 9, 0).answer(forloeb.Rep, forloeb.Yes)
	l.post("2026-11-24 09:00 answer_yes rep", "2026-11-24 09:00 both_agreed leader", "2026-11-24 09:00 both_agreed rep",
		"2026-11-24 09:00 c_assigned consultant", "2026-11-24 09:00 consultant_assigned leader", "2026-11-24 09:00 consultant_assigned rep")
	l.status(forloeb.Planning)
}

func TestANoByTelephone(t *testing.T) {
	t.Parallel()
	l := begin(t)
	l.to(2026, 11, 23, 12, 0)
	l.Post(l.id)
	l.noted(forloeb.Rep, false)
	l.post("2026-11-23 12:00 phone_receipt rep")
	l.to(2026, 11, 30, 12, 0) // nobody is reminded of what may be over
	l.post()
	l.status(forloeb.AwaitingConsent)
	l.contests(forloeb.Rep)
	l.post("2026-11-30 12:00 consent_reminder leader", "2026-11-30 12:00 consent_reminder rep")
	require.Equal(t, []string{"contested"}, l.tasks())
	l.status(forloeb.AwaitingConsent)

	l.noted(forloeb.Rep, false)
	l.post("2026-11-30 12:00 phone_receipt rep")
	require.Empty(t, l.tasks())
	l.to(2026, 12, 8, 0, 30)
	l.post("2026-12-07 23:59 declined leader")
	l.status(forloeb.Declined)
	require.Equal(t, 2, l.Count(`select count(*) from remarks where kind = 'no'`))
}

// Somebody who took over said yes on the telephone, and did not: the forløb
// goes on, and a person has to see to it.
func TestContestedUnderWay(t *testing.T) {
	t.Parallel()
	l := begin(t)
	l.Consultant("Karen Lund", 3)
	l.to(2026, 11, 24, 9, 0).agree()
	newcomer := replacement(l.Party(l.id, forloeb.Rep).ID)
	l.do(storetest.Secretary, newcomer)
	l.noted(forloeb.Rep, true)
	l.Post(l.id)
	l.contests(forloeb.Rep)
	l.post()
	require.Equal(t, []string{"contested"}, l.tasks())
	l.status(forloeb.Planning)
	l.answer(forloeb.Rep, forloeb.Yes)
	l.post("2026-11-24 09:00 answer_yes rep")
	require.Empty(t, l.tasks())
}
