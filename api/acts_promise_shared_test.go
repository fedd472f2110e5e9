package api

import (
	"fmt"
	"net/url"
	"time"

	"github.com/google/uuid"

	"example.dk/spark/internal/forloeb"
	"example.dk/spark/internal/store/storetest"
)

// The situations in this file are of forløb that several workplaces share.

// sharedApplied is for so many workplaces, which nobody has asked yet.
func sharedApplied(workplaces int) func(*office) uuid.UUID {
	return func(o *office) uuid.UUID {
		id := o.env.ApplyAt(at(2026, 11, 23, 10, 0), func(s *forloeb.Submission) {
			s.Type, s.Body, s.Workplace, s.Sector = forloeb.Joint, forloeb.MainMED, "", ""
			for i := range workplaces {
				s.Participants = append(s.Participants, forloeb.Participant{
					Workplace: fmt.Sprintf("Sted %c", 'A'+i), Municipality: "751", Sector: forloeb.SectorElderly, Employees: forloeb.Employees20To49,
					Leader: forloeb.Contact{Name: "Lis Lund", Email: fmt.Sprintf("lis.%d@example.dk", i)},
					Rep:    forloeb.Representative{Name: "Rie Rask", Role: forloeb.RoleTR, Email: fmt.Sprintf("rie.%d@example.dk", i)},
				})
			}
		})
		o.env.Settle(id)
		return id
	}
}

// sharedAsked has so many workplaces that are asked, of which the first have joined.
func sharedAsked(workplaces, joined int) func(*office) uuid.UUID {
	return func(o *office) uuid.UUID {
		id := o.agree(sharedApplied(workplaces)(o))
		for _, w := range o.env.Read(id).Participants()[:joined] {
			for _, p := range o.env.Read(id).Of(w.ID) {
				o.env.Do(id, storetest.By(p), storetest.Answer(o.env.Read(id), p, forloeb.Yes))
			}
			o.env.Settle(id)
		}
		return id
	}
}

// sharedMet has one meeting held and the next one in everybody's calendar.
func sharedMet(o *office) uuid.UUID {
	o.env.Consultant("Karen Lund", 3)
	id := sharedAsked(3, 3)(o)
	o.holds(id, at(2026, 12, 8, 13, 0))
	o.env.Book(id, at(2027, 1, 12, 13, 0))
	o.env.Settle(id)
	return id
}

func saysNo(o *office, id uuid.UUID) {
	f := o.env.Read(id)
	p := f.Of(f.Participants()[2].ID)[0]
	o.env.Do(id, storetest.By(p), storetest.Answer(f, p, forloeb.No))
}

func sharedSituations() (list []situation) {
	assessed := func(o *office, id uuid.UUID) {
		o.env.Policy(id, func(p *forloeb.Policy) { p.Intake = forloeb.Assessed })
	}
	nothing := func(*office, uuid.UUID) {}
	list = append(list,
		situation{name: "one has not answered, nobody has room", act: &beginAct, set: sharedAsked(3, 2), then: findsSomebody},
		situation{name: "two have not answered, somebody has room", act: &beginAct, set: after(sharedAsked(4, 2), another), then: nothing},
		situation{name: "one has said no", act: &beginAct, set: after(sharedAsked(4, 2), saysNo), then: findsSomebody},
		situation{name: "to be assessed", act: &beginAct, set: after(sharedAsked(3, 2), assessed)},
	)
	for name, set := range map[string]func(*office) uuid.UUID{
		"before it is asked": sharedApplied(3), "that has not answered, as another": sharedAsked(4, 2), "with a meeting ahead": sharedMet,
		"when too few are left": sharedAsked(2, 1),
		"before a meeting that is not for it": after(sharedMet, func(o *office, id uuid.UUID) {
			start := at(2027, 2, 9, 13, 0)
			o.env.Do(id, storetest.Secretary, forloeb.BookMeeting{Meeting: uuid.New(), StartsAt: start, EndsAt: start.Add(3 * time.Hour),
				Workplaces: []uuid.UUID{o.env.Read(id).Participants()[0].ID}})
		}),
	} {
		list = append(list, situation{name: name, act: &leaveAct, place: 3, set: set})
	}
	for name, set := range map[string]func(*office) uuid.UUID{
		"before the workplaces are asked": sharedApplied(3), "when some have joined": sharedAsked(4, 2), "for all who have joined": sharedAsked(3, 3),
	} {
		list = append(list,
			situation{name: name, act: &editAct, set: set, sent: url.Values{"situation": {"Noget helt andet."}}},
			situation{name: name + ", and an address is new", act: &editAct, set: set, sent: url.Values{"situation": {"Noget helt andet."}, "rep_email": {"amir.ny@example.dk"}}})
	}
	list = append(list,
		bookedFor(situation{name: "for one of the workplaces", set: sharedMet}, 0),
		bookedFor(situation{name: "for two of the workplaces", set: after(sharedMet, func(o *office, id uuid.UUID) {
			o.env.Do(id, storetest.Secretary, forloeb.GrantExtra{N: 1, Reason: "Aftalt."})
		})}, 0, 2),
		bookedFor(situation{name: "for all of the workplaces", set: sharedMet}, 0, 1, 2),
		bookedFor(situation{name: "two for one of the workplaces", act: &proposeAct, set: sharedMet, sent: url.Values{
			"date": {"11-3-2027", "13-5-2027"}, "start": {"13", "9"}, "length": {"180", "120"}, "where": {atWorkplace}}}, 1),
		bookedFor(situation{name: "for one of the workplaces", act: &recordAct, set: sharedMet, sent: typedTimes1("7-12-2026", "9.00", atWorkplace, "")}, 1),
	)
	for name, set := range map[string]func(*office) uuid.UUID{
		"that has said no": after(sharedAsked(4, 2), saysNo),
		"that has left, with a meeting ahead": after(sharedMet, func(o *office, id uuid.UUID) {
			o.env.Do(id, storetest.Secretary, forloeb.LeaveWorkplace{Workplace: o.env.Read(id).Participants()[2].ID})
		}),
	} {
		list = append(list, situation{name: name, act: &againAct, place: 3, set: set, sent: url.Values{"reason": {"De har fortrudt."}}})
	}
	for i := range list {
		if list[i].name == "when too few are left" {
			list[i].place = 2
		}
	}
	return append(list, situation{name: "the last that had not answered", act: &leaveAct, place: 3, set: sharedAsked(3, 2), then: findsSomebody})
}

// bookedFor is a meeting for some of the workplaces.
func bookedFor(s situation, places ...int) situation {
	if s.act == nil {
		s.act, s.sent = &bookAct, typedTimes1("11-3-2027", "13.00", atWorkplace, "")
	}
	s.find = func(_ *office, k *staffCase) {
		for _, i := range places {
			s.sent.Add(placesField, k.Participants()[i].ID.String())
		}
	}
	return s
}
