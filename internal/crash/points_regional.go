package crash

import (
	"fmt"
	"net/http"
	"net/url"

	"example.dk/spark/internal/forloeb"
)

// appliesToProvider finds the intake of the regions' programme closed, and
// applies when it is open.
func (t *tale) appliesToProvider(workplace string) {
	t.m.regional = true
	t.decides(forloeb.IntakeClosed)
	t.until("find it closed", func() error {
		h := t.browser.call(t.ctx, http.MethodPost, "/api/v1/applications", t.m.application())
		if h.outcome() == Refused {
			return nil
		}
		return fmt.Errorf("answered %d: %.300s", h.status, h.body)
	})
	t.decides(forloeb.IntakeOpen)
	t.applies(workplace)
}

// decides opens or closes the intake.
func (t *tale) decides(state forloeb.IntakeState) {
	now := fmt.Sprintf(`select state = '%s' from intakes where programme = '%s' order by id desc limit 1`, state, forloeb.Regional)
	t.reaches("decide the intake", now, func() heard {
		return t.post("/api/v1/programmes/"+string(forloeb.Regional)+"/intake", map[string]any{"state": state})
	})
}

// appliesToProviderToo applies when another one has found the intake open.
func (t *tale) appliesToProviderToo(workplace string) {
	t.m.regional = true
	t.waitsUntil("the intake is open", 1, `true`)
	t.applies(workplace)
}

// waitsUntil waits until so many forløb of the regions are so.
func (t *tale) waitsUntil(what string, n int, so string) {
	t.until(what, func() error {
		have := 0
		if err := t.db.GetContext(t.ctx, &have, `select count(*) from forloeb f where programme = $1 and `+so, forloeb.Regional); err != nil {
			return err
		}
		if have != n {
			return fmt.Errorf("%d forløb are, of %d", have, n)
		}
		return nil
	})
}

// isRegional is approved in a round in which another one is rejected, and
// carried out by an expert whom the provider chooses.
func (t *tale) isRegional() {
	t.agree()
	t.calm("awaiting_assessment")
	t.waitsUntil("both wait for the round", 2, `status = 'awaiting_assessment' and seen_version = version and not exists (
		select from mails m where m.forloeb_id = f.id and m.state in ('planned', 'sending'))`)
	t.closesRound()
	t.calm("awaiting_consultant")
	t.does(asked{name: "assign", line: "consultant-assigned chosen ", acts: 1, ask: func(marker string) heard {
		theirs, _ := t.visitors()
		theirs.token = t.coordinator
		return theirs.call(t.ctx, http.MethodPost, "/api/v1/forloeb/"+t.m.id+"/assignment", map[string]any{"consultant": t.expert, "reason": marker})
	}})
	t.calm("planning")
	t.records()
	t.calm("in_progress")
	t.secretary("finish", "meetings-finished  ", 1, "finish", because())
	t.calm("evaluating")
	t.both(func(t *tale) { t.evaluates("leader") }, func(t *tale) { t.evaluates("rep") })
}

// closesRound approves this one and rejects every other.
func (t *tale) closesRound() {
	const rounds, closing = "/sekretariat/runder", "/sekretariat/runder/luk"
	desk, of := t.desk(clerk), "?program="+string(forloeb.Regional)
	t.does(asked{name: "close the round", line: "assessment-decided approved ", acts: 1, ask: func(string) heard {
		saved := t.fills(desk, rounds+of, rounds, func(fields url.Values) {
			for _, id := range fields["sag"] {
				fields.Set("afgoerelse-"+id, string(forloeb.Reject))
				fields.Set("grund-"+id, string(forloeb.RejectSpread))
			}
			fields.Set("afgoerelse-"+t.m.id, string(forloeb.Approve))
			fields.Set("videre", "ja")
		})
		if saved.outcome() != Done {
			return saved.notAsked()
		}
		return t.fills(desk, closing+of, closing, nil)
	}})
}
