package mail

import (
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"example.dk/spark/internal/forloeb"
)

func staffLetter(kind forloeb.StaffMailKind, access forloeb.Access) forloeb.StaffLetter {
	return forloeb.StaffLetter{
		Mail: forloeb.Mail{ID: 7, State: forloeb.MailPlanned}, Attempt: 1, MessageID: "staff-7", Date: start, Kind: kind,
		Name: "Anna Berg", Email: "anna.berg@example.dk", Access: access,
		ForloebID: uuid.MustParse("12121212-1212-4212-8212-121212121212"), Reference: "26-4817", ChooseBy: clock("2026-12-14 23:59"),
	}
}

func staffLetters() map[string]forloeb.StaffLetter {
	morning := staffLetter(forloeb.StaffDigest, forloeb.Access{Role: forloeb.RoleSecretariat})
	morning.Digest = forloeb.DayDigest{Tasks: []forloeb.DigestTasks{
		{Kind: forloeb.TaskMail, Count: 3, Oldest: "26-4790", Since: clock("2026-11-18 14:12")},
		{Kind: forloeb.TaskNoConsultant, Count: 1, Oldest: "26-4771", Since: clock("2026-11-20 10:00")},
	}}
	experts := staffLetter(forloeb.StaffDigest, forloeb.Access{Role: forloeb.RoleProvider, Provider: forloeb.ProviderNFA})
	experts.Digest = forloeb.DayDigest{Tasks: morning.Digest.Tasks[1:]}
	own := staffLetter(forloeb.StaffDigest, forloeb.Access{Role: forloeb.RoleConsultant})
	own.Digest = forloeb.DayDigest{
		Meetings:     []forloeb.DigestItem{{Reference: "26-4310", Since: clock("2026-11-23 13:00"), Before: clock("2026-11-23 16:00")}},
		Unregistered: []forloeb.DigestItem{{Reference: "26-4402", Since: clock("2026-11-16 09:00")}, {Reference: "26-4403", Since: clock("2026-11-17 09:00")}},
	}
	return map[string]forloeb.StaffLetter{
		"digest": morning, "digest_provider": experts, "digest_consultant": own,
		"provider_new": staffLetter(forloeb.StaffProviderNew, forloeb.Access{Role: forloeb.RoleProvider, Provider: forloeb.ProviderNFA}),
	}
}

func TestMailsToStaff(t *testing.T) {
	for name, l := range staffLetters() {
		m, err := composer(t).ComposeStaff(l)
		require.NoError(t, err, name)
		again, err := composer(t).ComposeStaff(l)
		require.NoError(t, err)
		require.Equal(t, m, again, "a retry is the same mail")
		require.Empty(t, m.Calendar)
		golden(t, "staff_"+name+".txt", "Subject: "+m.Subject+"\nTo: "+m.To.String()+"\n\n"+m.Text)
		golden(t, "staff_"+name+".html", m.HTML)
	}
}

func TestAMailToStaffThatCannotBeWritten(t *testing.T) {
	for _, change := range []func(*forloeb.StaffLetter){
		func(l *forloeb.StaffLetter) { l.Email = "anna" },
		func(l *forloeb.StaffLetter) { l.Digest = forloeb.DayDigest{Day: time.Now()} },
		func(l *forloeb.StaffLetter) { l.Kind = "another" },
		func(l *forloeb.StaffLetter) { l.Kind, l.Reference = forloeb.StaffProviderNew, "" },
	} {
		l := staffLetters()["digest"]
		change(&l)
		_, err := composer(t).ComposeStaff(l)
		require.ErrorIs(t, err, errIncomplete)
		require.Equal(t, forloeb.Outcome{State: forloeb.MailFailed, Code: codeNotComposed}, NewMailer(composer(t), nil).SendStaff(t.Context(), l))
	}
}
