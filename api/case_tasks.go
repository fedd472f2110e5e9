package api

import (
	"errors"
	"slices"
	"strconv"

	"github.com/gin-gonic/gin"

	"example.dk/spark/internal/forloeb"
)

// doneTask is said when a task has been closed.
const doneTask = "opgave"

// tasksOf is what waits for those who run the forløb, with what settles it.
func tasksOf(k staffCase) (list []caseTask) {
	if !k.runs() {
		return nil
	}
	for _, t := range k.Tasks {
		if t.Open() {
			list = append(list, taskOf(k, t, k.Handlings[t.ID]))
		}
	}
	return list
}

func taskOf(k staffCase, t forloeb.Task, h forloeb.Handling) caseTask {
	task := caseTask{ID: taskAnchor(t.ID), Sentence: k.TaskSentence(t, k.Now), Since: t.OpenedAt, Ways: taskWays(k, t), Hold: holdOf(k, t, h)}
	if k.TaskMailOf(t) == nil && k.Judge(forloeb.CloseTask{Task: t.ID}, k.By.Actor(), k.Now) == nil {
		task.Close = taskAddress(k, t.ID) + "/luk"
	}
	return task
}

// taskWays are the pages on which a task is settled.
func taskWays(k staffCase, t forloeb.Task) (ways []wayOn) {
	m := k.TaskMailOf(t)
	if k.Whom = k.TaskParty(t); k.Whom != nil && (m == nil || m.State == forloeb.MailFailed) {
		ways = settledBy(partyActs, k, t)
	}
	if m == nil {
		ways = append(append(ways, settledBy(acts, k, t)...), toNote(k, t)...)
		return append(ways, askConsultant(k, t)...)
	}
	for _, a := range mailActsOn(k, m) {
		ways = append(ways, wayOn{Label: a.label, Address: mailAddress(k, m) + "#" + a.path})
	}
	return ways
}

// toNote is where a meeting is noted that nobody has said anything about.
func toNote(k staffCase, t forloeb.Task) []wayOn {
	if k.Which = k.TaskMeeting(t); k.Which == nil || !k.registrable() {
		return nil
	}
	return []wayOn{{Label: noteLabel, Address: registerAddress(k, k.Which.ID)}}
}

// askConsultant is a way to tasks that the consultant can best settle.
func askConsultant(k staffCase, t forloeb.Task) []wayOn {
	consultant := k.Consultant()
	switch t.Kind {
	case forloeb.TaskFirstMeeting, forloeb.TaskNextMeeting, forloeb.TaskRegister, forloeb.TaskStart, forloeb.TaskOpenTooLong:
		if consultant != nil {
			return []wayOn{{Label: k.say("Skriv til konsulenten"), Address: "mailto:" + consultant.Email}}
		}
	}
	return nil
}

// settledBy lists those of the acts that are the answer to a task.
func settledBy(acts []*act, k staffCase, t forloeb.Task) (ways []wayOn) {
	for _, a := range acts {
		if slices.Contains(a.settles, t.Kind) && a.legal(k) {
			ways = append(ways, wayOn{Label: a.labelled(k), Address: a.address(k)})
		}
	}
	return ways
}

// closeCaseTask says that a task needs nothing more.
func (s *Server) closeCaseTask(c *gin.Context) error {
	k := caseOf(c)
	if c.Request.ParseForm() != nil {
		return errBadForm
	}
	id, err := strconv.ParseInt(c.Param("task"), 10, 64)
	if err != nil {
		return errNoRoute
	}
	err = s.record(c.Request.Context(), k.ID, k.By.Actor(), forloeb.CloseTask{Task: id})
	var refusal *forloeb.Refusal
	if errors.As(err, &refusal) && refusal.Code == forloeb.RefuseNotFound && taskIn(k, id) {
		err = nil // it has closed meanwhile
	}
	if err != nil {
		return err
	}
	return seeOther(c, backFrom(c, k, doneTask))
}

// backFrom leads back to where a form about a task stood, to say what came of
// it.
func backFrom(c *gin.Context, k staffCase, code string) string {
	if c.PostForm(cameFrom) != fromToday && c.Query(cameFrom) != fromToday {
		return withDone(k.Home(), code)
	}
	if c.PostForm(shows) == showsOwn {
		return withDone(k.Area+"/", code) + "&" + shows + "=" + showsOwn
	}
	return withDone(k.Area+"/", code)
}

func taskAddress(k staffCase, task int64) string {
	return k.Home() + "/opgaver/" + strconv.FormatInt(task, 10)
}

// A form on the morning page says where it stands, so that it leads back.
const cameFrom, fromToday = "fra", "i-dag"

func taskIn(k staffCase, id int64) bool {
	return slices.ContainsFunc(k.Tasks, func(t forloeb.Task) bool { return t.ID == id })
}
