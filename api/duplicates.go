package api

import (
	"context"
	"net/url"
	"time"

	"github.com/gin-gonic/gin"
	"github.com/google/uuid"

	"example.dk/spark/internal/forloeb"
)

// noReference stands for that of any other forløb.
const noReference = "00-000000"

// notAlikePath, below a forløb's page, takes that it is no duplicate of another.
const notAlikePath = "/ikke-dublet"

var duplicateAct = act{
	path: "dublet", label: "Luk som dublet", about: "Når arbejdspladsen allerede har en ansøgning. Parterne får en mail.",
	done: "Sagen er lukket som dublet.", final: true, roles: bySecretariat,
	example: always(forloeb.CloseDuplicate{Of: noReference}),
	mails:   closingMails(forloeb.MailDuplicate),
	find: func(s *Server, c *gin.Context, k *staffCase) (err error) {
		k.Alike, err = s.store.Alike(c.Request.Context(), k.ID)
		return err
	},
	form: func(k staffCase, a asking) actForm {
		of := a.line("of", "Sagsnummer på den sag, der går videre", onlyAlike(k.Alike))
		of.Hint = "Fx 26-4817. Sagen skal være åben."
		return actForm{
			Lead:    "Denne sag slutter nu, og den anden går videre. " + reopenable(k),
			Remarks: alikeRemarks(k.Alike),
			Effects: append(closingEffects(k, forloeb.MailDuplicate), "Mailen nævner kun den anden sag for dem, der også er part i den. De andre får at vide, at arbejdspladsen har en ansøgning, og hvem de kan spørge."),
			Fields:  []field{of},
		}
	},
	deed: func(_ staffCase, sent url.Values) (forloeb.Deed, []fieldError) {
		return forloeb.CloseDuplicate{Of: sent.Get("of")}, nil
	},
}

// onlyAlike is the reference to begin with, where there is no doubt which.
func onlyAlike(list []forloeb.Alike) string {
	if len(list) == 1 {
		return list[0].Reference
	}
	return ""
}

func alikeRemarks(list []forloeb.Alike) (remarks []caseRemark) {
	for _, a := range list {
		remarks = append(remarks, caseRemark{What: "Sag " + a.Reference + comma(a.Workplace), Text: "Søgt " + forloeb.Date(a.AppliedAt) + ": " + a.Why() + "."})
	}
	return remarks
}

func comma(workplace string) string {
	if workplace == "" {
		return ""
	}
	return ", " + workplace
}

// twinsOf are the forløb that this one is tied to as a duplicate.
func twinsOf(k staffCase) (lines []twinLine) {
	if k.DuplicateOf != nil {
		lines = append(lines, twinOf(k, "Lukket som dublet af", k.DuplicateOf.Twin))
	}
	for _, t := range k.Duplicates {
		lines = append(lines, twinOf(k, "En dublet er lukket:", t))
	}
	return lines
}

// twinOf names another forløb to the secretariat, and to nobody else.
func twinOf(k staffCase, words string, t forloeb.Twin) twinLine {
	if k.Area != secretariatArea {
		return twinLine{Words: words + " en anden sag."}
	}
	return twinLine{Words: words, Reference: t.Reference, Address: secretariatArea + "/forloeb/" + t.ID.String()}
}

// alikeOf are those that the secretariat should look at.
func alikeOf(k staffCase) (lines []alikeLine) {
	for _, a := range k.Alike {
		lines = append(lines, alikeLine{
			Reference: a.Reference, Workplace: a.Workplace, Address: secretariatArea + "/forloeb/" + a.ID.String(),
			AppliedAt: a.AppliedAt, Why: a.Why(), Other: a.ID.String(), NotAlike: k.Home() + notAlikePath,
		})
	}
	return lines
}

// alikePairs tells of each pair once.
func alikePairs(list []forloeb.Alike) (pairs []alikePair) {
	told := map[[2]uuid.UUID]bool{}
	for _, a := range list {
		if told[[2]uuid.UUID{a.ID, a.Of.ID}] {
			continue
		}
		told[[2]uuid.UUID{a.Of.ID, a.ID}] = true
		pairs = append(pairs, alikePair{
			Address: secretariatArea + "/forloeb/" + a.Of.ID.String(),
			Words:   "Sag " + a.Of.Reference + " og sag " + a.Reference + comma(a.Workplace) + ": " + a.Why(),
		})
	}
	return pairs
}

// sendNotAlike lets two be two.
func (s *Server) sendNotAlike(c *gin.Context) error {
	k := caseOf(c)
	other, err := uuid.Parse(c.PostForm("other"))
	if err != nil {
		return errBadForm
	}
	if err := s.store.SayNotAlike(c.Request.Context(), k.ID, other, k.By.ID); err != nil {
		return err
	}
	return seeOther(c, withDone(k.Home(), doneNotAlike))
}

// alikeDocument is an open forløb that may be about the same.
type alikeDocument struct {
	ID        uuid.UUID `json:"id" format:"uuid"`
	Reference string    `json:"reference"`
	Workplace string    `json:"workplace"`
	AppliedAt time.Time `json:"applied_at"`
	Place     bool      `json:"same_place" doc:"The same municipality or region, and a workplace whose name is alike"`
	People    bool      `json:"same_people" doc:"Somebody is party to both, by their mail address"`
}

func (s *Server) listAlike(ctx context.Context, in *ForloebPath) (*listOutput[alikeDocument], error) {
	f, err := s.own(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	list, err := s.store.Alike(ctx, f.ID)
	var items []alikeDocument
	for _, a := range list {
		items = append(items, alikeDocument{a.ID, a.Reference, a.Workplace, local(a.AppliedAt), a.Place, a.People})
	}
	return listed(items), err
}

// twinDocument is a forløb about the same.
type twinDocument struct {
	ID        uuid.UUID `json:"id" format:"uuid"`
	Reference string    `json:"reference"`
}

// twinDocuments are for those who see every forløb; others are told of none.
func twinDocuments(f *forloeb.Forloeb, by forloeb.Principal) (of *twinDocument, duplicates []twinDocument) {
	duplicates = []twinDocument{}
	if by.Viewer() != forloeb.House {
		return nil, duplicates
	}
	if d := f.DuplicateOf; d != nil {
		of = &twinDocument{d.ID, d.Reference}
	}
	for _, t := range f.Duplicates {
		duplicates = append(duplicates, twinDocument{t.ID, t.Reference})
	}
	return of, duplicates
}
