package mail

import (
	"github.com/google/uuid"

	"example.dk/spark/internal/forloeb"
)

var (
	joiningID    = uuid.MustParse("66666666-6666-4666-8666-666666666667")
	joiningRepID = uuid.MustParse("22222222-2222-4222-8222-222222222223")
)

func sharedCases() []mailCase {
	asked, begun := clock("2026-11-26 11:05"), clock("2026-12-18 00:00")
	return []mailCase{
		{"both_agreed.shared", letter(forloeb.MailBothAgreed, joining(), leaderID, asked), toStatus},
		{"workplace_invited", letter(forloeb.MailWorkplaceInvited, joining(), joiningRepID, asked, ordinal(1001)), toConsent},
		{"workplace_invited.corrected", letter(forloeb.MailWorkplaceInvited, joiningCorrected(), joiningRepID, asked, ordinal(1002)), toConsent},
		{"workplace_invited.network", letter(forloeb.MailWorkplaceInvited, network(), joiningRepID, asked, ordinal(1001)), toConsent},
		{"joint_started", letter(forloeb.MailJointStarted, jointBegun(), joiningRepID, begun), toStatus},
		{"workplace_left.declined", letter(forloeb.MailWorkplaceLeft, joiningOut(forloeb.OutDeclined), joiningRepID, begun), ""},
		{"workplace_left.silent", letter(forloeb.MailWorkplaceLeft, joiningOut(forloeb.OutSilent), joiningRepID, begun), ""},
		{"workplace_left.left", letter(forloeb.MailWorkplaceLeft, joiningOut(forloeb.OutLeft), joiningRepID, begun), ""},
		{"c_changed.workplace", letter(forloeb.MailConsultantChanges, jointLeft(), consultantID, begun, ref(joiningID)), toCase},
		{"lapsed.shared", letter(forloeb.MailLapsed, jointLapsed(), leaderID, begun), toStatus},
	}
}

// joining is a fællesforløb whose applying pair has agreed, with a workplace
// that is asked.
func joining() *forloeb.Forloeb {
	f := sample()
	f.Type, f.Application.Body = forloeb.Joint, forloeb.MainMED
	f.Workplaces[0].OnlyApplies = true
	f.Workplaces = append(f.Workplaces, forloeb.Workplace{ID: joiningID, Name: canaryWorkplace + " Syd", Municipality: "540"},
		forloeb.Workplace{ID: uuid.New(), Name: canaryWorkplace + " Nord", Municipality: "540"})
	for id, side := range map[uuid.UUID]forloeb.Side{uuid.New(): forloeb.Leader, joiningRepID: forloeb.Rep} {
		role := map[forloeb.Side]forloeb.Role{forloeb.Leader: forloeb.RoleLeader, forloeb.Rep: forloeb.RoleTR}[side]
		f.Parties = append(f.Parties, forloeb.Party{ID: id, WorkplaceID: joiningID, Side: side, Role: role, LinkVersion: 1,
			Contact: forloeb.Contact{Name: "Åge Ø. " + side.Noun(), Email: string(side) + "@sonderborg.example.dk"}})
	}
	answers(f, leaderID, forloeb.Yes, clock("2026-11-24 09:10"))
	answers(f, repID, forloeb.Yes, clock("2026-11-26 11:05"))
	return f
}

func joiningCorrected() *forloeb.Forloeb {
	f := joining()
	f.Party(joiningRepID).LinkVersion = 2
	return f
}

func network() *forloeb.Forloeb {
	f := joining()
	f.Type, f.Application.Body, f.Application.Texts.BodyName = forloeb.Network, forloeb.OtherBody, "arbejdsmiljøudvalget for skoler"
	return f
}

func jointBegun() *forloeb.Forloeb {
	f := joining()
	for _, p := range f.Of(joiningID) {
		answers(f, p.ID, forloeb.Yes, clock("2026-12-01 09:00"))
	}
	moves(f, forloeb.AwaitingConsultant, clock("2026-12-18 00:00"))
	return f
}

func joiningOut(why forloeb.OutReason) *forloeb.Forloeb {
	f := jointBegun()
	f.Workplaces[1].LeftAt, f.Workplaces[1].OutReason = clock("2026-12-18 00:00"), why
	return f
}

func jointLeft() *forloeb.Forloeb {
	f := joiningOut(forloeb.OutLeft)
	f.Assignments = []forloeb.Assignment{{ID: 7, Consultant: karen(), At: clock("2026-12-18 00:00"), AcceptedAt: clock("2026-12-18 00:00")}}
	return f
}

func jointLapsed() *forloeb.Forloeb {
	f := joining()
	moves(f, forloeb.Lapsed, clock("2026-12-18 00:00"))
	return f
}
