package api

import (
	"net/url"
	"slices"
	"strings"

	"github.com/gin-gonic/gin"
	"github.com/google/uuid"

	"example.dk/spark/internal/forloeb"
)

// The acts in this file are about one of the parties: where they can be
// reached, and who they are.

// findParty finds the party that the address names.
func findParty(_ *Server, c *gin.Context, k *staffCase) error {
	id, err := uuid.Parse(c.Param("party"))
	if err != nil {
		return errNoRoute
	}
	if k.Whom = k.Party(id); k.Whom == nil {
		return errNoRoute
	}
	return nil
}

var addressAct = act{
	path: "parter/{party}/adresse", label: "Ret adressen og send igen", about: "Mail og telefon. En ny mailadresse får et nyt link.",
	done: "Adressen er rettet.", roles: byRunners, find: findParty,
	settles: []forloeb.TaskKind{forloeb.TaskMail, forloeb.TaskWrongPerson},
	example: toSomeAddress,
	mails:   contactMails,
	form: func(k staffCase, a asking) actForm {
		c := k.Whom.Contact
		return actForm{
			Lead:    "Det gælder " + roleAndName(k.Whom) + ".",
			Effects: addressEffects(k),
			Fields:  append(a.email("Mail", c.Email), a.phone(k, c.Phone)),
		}
	},
	deed: func(k staffCase, sent url.Values) (forloeb.Deed, []fieldError) {
		c := k.Whom.Contact
		now := forloeb.Contact{Name: c.Name, Title: c.Title, Email: forloeb.NormaliseEmail(sent.Get("email")), Phone: forloeb.CleanLine(sent.Get("phone"))}
		if now == c && k.Whom.NotMeAt.IsZero() {
			return nil, []fieldError{{"email", "Adressen er den samme som før. Skal en mail sendes igen, så vælg den under Mails i sagen."}}
		}
		wrong := contactMistakes(k, now, k.Whom.Role, sent, "email", "phone")
		return forloeb.CorrectAddress{Party: k.Whom.ID, Email: now.Email, Phone: &now.Phone}, wrong
	},
}

var replaceAct = act{
	path: "parter/{party}/skift", label: "Skift kontaktperson", about: "Den nye får en mail; det gamle link holder op med at virke; forløbet fortsætter.",
	done: "Kontaktpersonen er skiftet.", roles: byRunners, find: findParty,
	settles: []forloeb.TaskKind{forloeb.TaskPartyLeft, forloeb.TaskWrongPerson},
	example: bySomebody,
	mails:   contactMails,
	form: func(k staffCase, a asking) actForm {
		return actForm{
			Lead:    "En anden overtager efter " + roleAndName(k.Whom) + ".",
			Effects: replaceEffects(k),
			Fields:  newContactFields(k, a),
		}
	},
	deed: func(k staffCase, sent url.Values) (forloeb.Deed, []fieldError) {
		d := forloeb.ReplaceParty{Party: k.Whom.ID, New: uuid.New(), Role: forloeb.Role(sent.Get("role")), Contact: forloeb.Contact{
			Name: sent.Get("name"), Title: sent.Get("title"), Email: sent.Get("email"), Phone: sent.Get("phone"),
		}}
		return d, contactMistakes(k, d.Contact, d.Role, sent, "name", "title", "role", "email", "phone")
	},
}

// someAddress is nobody's: example domains are never delivered to (RFC 2606).
const someAddress = "nn@example.invalid"

func toSomeAddress(k staffCase) forloeb.Deed {
	return forloeb.CorrectAddress{Party: k.Whom.ID, Email: someAddress}
}

func bySomebody(k staffCase) forloeb.Deed {
	return forloeb.ReplaceParty{Party: k.Whom.ID, New: uuid.Max, Contact: forloeb.Contact{Name: "NN", Email: someAddress}}
}

func newContactFields(k staffCase, a asking) (fields []field) {
	name := a.line("name", "Navn", "")
	name.Autocomplete = "off"
	fields = append(fields, name)
	if k.Whom.Side == forloeb.Leader {
		title := a.line("title", "Stilling", "")
		title.Optional, title.Autocomplete = true, "off"
		fields = append(fields, title)
	} else {
		fields = append(fields, a.choice("role", "Valgt som", string(k.Whom.Role), labelledAll(forloeb.RepRoles)...))
	}
	fields = append(fields, a.email("Mail", "")...)
	return append(fields, a.phone(k, ""))
}

// email asks for an address, and whether it is right where it looks mistyped.
func (a asking) email(label, begin string) []field {
	f := a.line("email", label, begin)
	f.Kind, f.Autocomplete = "email", "off"
	f.Hint = "Linket bliver sendt hertil. Det skal være en adresse, som kun denne person læser; den må gerne være privat."
	if forloeb.LikelyTypo(f.Value) == "" || f.Value == begin {
		return []field{f}
	}
	sure := a.line("email_sure", "Nej, det er rigtigt", "")
	sure.Control = "tick"
	return []field{f, sure}
}

func (a asking) phone(k staffCase, begin string) field {
	f := a.line("phone", "Telefon", begin)
	f.Kind, f.Autocomplete, f.Optional = "tel", "off", true
	f.Hint = k.say("Så konsulenten kan ringe.")
	return f
}

// contactMistakes is what the application form would say of somebody in the
// party's place, at these fields. That the two are different people is the
// deed's own rule.
func contactMistakes(k staffCase, c forloeb.Contact, role forloeb.Role, sent url.Values, fields ...string) (wrong []fieldError) {
	sub, prefix := k.Submission(), "leader_"
	if k.Whom.Side == forloeb.Leader {
		sub.Leader = c
	} else {
		sub.Rep, prefix = forloeb.Representative{Name: c.Name, Role: role, Email: c.Email, Phone: c.Phone}, "rep_"
	}
	for _, m := range sub.Check(k.CreatedAt) {
		field, ours := strings.CutPrefix(m.Field, prefix)
		if ours && slices.Contains(fields, field) && m.Code != forloeb.MistakeSamePerson && m.Code != forloeb.MistakeSameAddress {
			wrong = append(wrong, fieldError{field, m.Danish()})
		}
	}
	for _, h := range sub.Hints() {
		if h.Field == prefix+"email" && h.Code == forloeb.HintTypo && sent.Get("email_sure") == "" && c.Email != k.Whom.Contact.Email {
			wrong = append(wrong, fieldError{"email", h.Danish()})
		}
	}
	slices.SortStableFunc(wrong, func(a, b fieldError) int { return slices.Index(fields, a.Field) - slices.Index(fields, b.Field) })
	return wrong
}

// roleAndName is "lederen Mette Holm".
func roleAndName(p *forloeb.Party) string { return p.Side.Label() + " " + p.Contact.Name }

func contactMails(k staffCase, d forloeb.Deed) []mailing {
	return foreseen(k, d, "den nye kontaktperson")
}

func addressEffects(k staffCase) (effects []string) {
	mails := contactMails(k, toSomeAddress(k))
	if !k.Whom.NotMeAt.IsZero() {
		effects = promised(k, mails)
	} else {
		const condition = "Er mailadressen ny,"
		for i := range mails {
			mails[i] = mails[i].when(condition)
		}
		effects = append([]string{condition + " holder det gamle link op med at virke."}, promised(k, mails)...)
		effects = append(effects, "Er kun telefonnummeret nyt, får ingen en mail.")
	}
	if k.AwaitsAnswer(k.Whom) {
		effects = append(effects, "Fristen for at svare regnes fra den nye mail og bliver "+forloeb.Date(k.ConsentDeadlineFrom(k.Now))+".")
	}
	return effects
}

func replaceEffects(k staffCase) []string {
	effects := append(promised(k, contactMails(k, bySomebody(k))), "Det gamle link holder op med at virke.")
	if k.Status != forloeb.AwaitingConsent {
		return append(effects, "Forløbet fortsætter imens.")
	}
	if o := k.Other(k.Whom); o != nil && !o.FixAskedAt.IsZero() {
		effects = append(effects, "Den nye kontaktperson bliver bedt om at svare, når ansøgningen er rettet.")
	}
	return append(effects, "Ansøgningen går videre, når den nye har bekræftet.")
}
