package api

import (
	"net/url"

	"github.com/gin-gonic/gin"
	"github.com/google/uuid"

	"example.dk/spark/internal/forloeb"
)

// findMeeting finds the meeting that the address names.
func findMeeting(_ *Server, c *gin.Context, k *staffCase) error {
	id, err := uuid.Parse(c.Param("meeting"))
	if err != nil {
		return errNoRoute
	}
	if k.Which = k.Forloeb.Meeting(id); k.Which == nil {
		return errNoRoute
	}
	return nil
}

// findDiary reads the consultant's calendar, as far as anybody plans.
func findDiary(s *Server, c *gin.Context, k *staffCase) (err error) {
	consultant := k.Chosen()
	if consultant == nil {
		return nil // the domain says what is missing
	}
	k.Diary, err = s.store.Diary(c.Request.Context(), consultant.ID,
		k.Now.AddDate(0, 0, -2*calendarBackDays), k.Now.AddDate(calendarYears, 0, 0))
	return err
}

func findMeetingAndDiary(s *Server, c *gin.Context, k *staffCase) error {
	if err := findMeeting(s, c, k); err != nil {
		return err
	}
	return findDiary(s, c, k)
}

// wishes are from the parties who cannot come to the meeting.
func wishes(k staffCase) (list []caseRemark) {
	for _, w := range k.OtherTimesAsked(k.Which, k.Now) {
		list = append(list, caseRemark{What: forloeb.Capital(named(k, w.Party)) + " bad om et andet tidspunkt " + forloeb.Date(w.At) + ".", Text: w.Text})
	}
	return list
}

var cancelAct = act{
	path: "moeder/{meeting}/aflys", label: "Aflys mødet", about: "Det bliver taget ud af kalenderne.",
	done: "Mødet er aflyst.", final: true, roles: byAllStaff,
	find:    findMeeting,
	example: func(k staffCase) forloeb.Deed { return forloeb.CancelMeeting{Meeting: k.Which.ID} },
	mails:   cancelMails,
	form: func(k staffCase, a asking) actForm {
		reason := a.reason()
		reason.Optional = true
		return actForm{
			Heading: "Aflys mødet " + forloeb.DateTime(k.Which.StartsAt), Button: "Aflys mødet",
			Effects: says(k, cancelMails(k, nil)),
			Fields:  []field{reason},
		}
	},
	deed: func(k staffCase, sent url.Values) (forloeb.Deed, []fieldError) {
		return forloeb.CancelMeeting{Meeting: k.Which.ID, Reason: sent.Get("reason")}, nil
	},
}

// cancelMails take a meeting to come out of the calendars it is in.
func cancelMails(k staffCase, _ forloeb.Deed) []mailing {
	m := mailing{Kind: forloeb.MailMeetingCancelled, Meeting: k.Which}
	if k.Which.StartsAt.After(k.Now) {
		m.To = k.Invited(k.Which)
	}
	return []mailing{m}
}
