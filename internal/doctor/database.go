package doctor

import (
	"context"
	"slices"
	"strings"
	"time"
)

const (
	// settlesWithin is how long a fact may wait for its workflow, as the sweep has it.
	settlesWithin = time.Minute
	// mailsWithin is how long a mail may wait: what is tried again has been by then.
	mailsWithin = time.Hour
	// erasesWithin is how long personal data may outlive their day: workers look every hour.
	erasesWithin = 48 * time.Hour
)

// database reports whether the tables can be asked.
func (p Patient) database(ctx context.Context) (found []Finding, schema bool) {
	if p.Database == nil {
		return nil, false
	}
	at, need, err := p.Database.Schema(ctx)
	switch {
	case err != nil:
		return []Finding{fail(DatabaseReached, "start PostgreSQL, or set SPARK_DATABASE_URL right", "The database does not answer: %s.", words(err))}, false
	case at < need:
		return []Finding{ok(DatabaseReached, "The database answers."),
			fail(DatabaseSchema, "run spark migrate as the role that owns the tables", "The schema is version %d and this binary needs %d.", at, need)}, at > 0
	}
	found = []Finding{ok(DatabaseReached, "The database answers."), ok(DatabaseSchema, "The schema is version %d.", at)}
	return append(found, p.role(ctx), p.rights(ctx)), true
}

func (p Patient) role(ctx context.Context) Finding {
	name, above, err := p.Database.Role(ctx)
	switch {
	case err != nil:
		return unasked(DatabaseRole, "The database's role", err)
	case above:
		return fail(DatabaseRole, "give SPARK_DATABASE_URL the role spark_api or spark_worker, and the owner to spark migrate alone",
			"The program is %s to the database, which is above the tables' rights and row-level security.", name)
	}
	return ok(DatabaseRole, "The program is %s to the database, with no more rights than it needs.", name)
}

func (p Patient) rights(ctx context.Context) Finding {
	missing, err := p.Database.MissingRights(ctx)
	switch {
	case err != nil:
		return unasked(DatabaseRights, "The database's rights", err)
	case len(missing) > 0:
		return fail(DatabaseRights, "give back the roles and grants as migrations/schema.sql has them; a restore with --no-privileges loses them",
			"Rights are missing (%s).", strings.Join(missing, "; "))
	}
	return ok(DatabaseRights, "The roles have their rights.")
}

// waiting is what lies in the rows and does not move.
func (p Patient) waiting(ctx context.Context) []Finding {
	return slices.Concat([]Finding{p.unrelayed(ctx), p.unseen(ctx), p.unerased(ctx)}, p.restored(ctx), p.mails(ctx))
}

// restored tells of mails that nobody lets go.
func (p Patient) restored(ctx context.Context) []Finding {
	switch r, err := p.Database.Restored(ctx); {
	case err != nil:
		return []Finding{unasked(MailsWait, "The restoration", err)}
	case !r.Since.IsZero():
		return []Finding{warn(MailsWait, "say what the mail server has taken and let the rest go: spark restored show, and docs/operations.md",
			"The database was restored, and no mail leaves since %s.", r.Since.Format(time.DateTime))}
	}
	return nil
}

func (p Patient) unrelayed(ctx context.Context) Finding {
	waited, err := p.Database.OldestUnrelayed(ctx)
	switch {
	case err != nil:
		return unasked(ActsUnrelayed, "The outbox", err)
	case waited > settlesWithin:
		return fail(ActsUnrelayed, "start spark api and Temporal: the api's sweep relays it", "The oldest act that Temporal has not been told of has waited %s.", waited.Round(time.Second))
	}
	return ok(ActsUnrelayed, "Temporal has been told of every act.")
}

func (p Patient) unseen(ctx context.Context) Finding {
	ids, err := p.Database.Unseen(ctx, settlesWithin)
	switch {
	case err != nil:
		return unasked(ForloebUnseen, "The forløb", err)
	case len(ids) > 0:
		f := fail(ForloebUnseen, "see that spark worker runs, and in Temporal's pages why the workflow fails; spark doctor --fix nudges it",
			"%s not seen its last facts for a minute or more: %s.", has(len(ids)), some(ids))
		f.mend = p.nudge(ids)
		return f
	}
	return ok(ForloebUnseen, "Every workflow has seen its forløb's facts.")
}

func (p Patient) unerased(ctx context.Context) Finding {
	ids, err := p.Database.Unerased(ctx, erasesWithin)
	switch {
	case err != nil:
		return unasked(ForloebUnerased, "What should have been erased", err)
	case len(ids) > 0:
		return fail(ForloebUnerased, "see that spark worker runs: each erases every hour, and its log says why it cannot",
			"Personal data of %d forløb should have been erased two days ago or earlier: %s.", len(ids), some(ids))
	}
	return ok(ForloebUnerased, "No personal data are kept beyond their time.")
}

func (p Patient) mails(ctx context.Context) []Finding {
	stuck, uncertain, err := p.Database.TroubledMails(ctx, mailsWithin)
	if err != nil {
		return []Finding{unasked(MailsStuck, "The mails", err)}
	}
	found := []Finding{ok(MailsStuck, "No mail that is due is stuck.")}
	if stuck > 0 {
		found[0] = fail(MailsStuck, "see the findings about SMTP and workers: the mails go by themselves once those are well", "%d mails have been due for an hour and have not left.", stuck)
	}
	if uncertain > 0 {
		found = append(found, warn(MailsUncertain, "let the secretariat settle them: /sekretariat/ has a task for each",
			"Nobody knows of %d mails whether they arrived.", uncertain))
	}
	return found
}
