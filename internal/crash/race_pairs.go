package crash

import (
	"context"
	"fmt"
	"net/http"

	"github.com/google/uuid"

	"example.dk/spark/internal/link"
)

// party is one of two, with what their mail's link is made of.
type party struct {
	ID      uuid.UUID
	Side    string
	Forloeb string
	Name    string
	Version int `db:"link_version"`
}

// pairsAbreast is how many pairs answer at a time.
const pairsAbreast = 16

// answers lets both parties of each forløb say yes at the same moment, each to
// a process of their own.
func (r *race) answers(ctx context.Context) error {
	var parties []party
	if err := r.stack.db.SelectContext(ctx, &parties, `
		select p.id, p.side, p.forloeb_id::text as forloeb, c.name, p.link_version
		from parties p join party_contacts c on c.party_id = p.id join `+paired+` r on r.id = p.forloeb_id
		order by p.forloeb_id, p.side`); err != nil {
		return err
	}
	if len(parties) != 2*r.options.Pairs {
		return fmt.Errorf("%d forløb have %d parties", r.options.Pairs, len(parties))
	}
	err := r.each(ctx, r.options.Pairs, pairsAbreast, "pairs", func(ctx context.Context, n int) error {
		return r.answer(ctx, n, parties[2*n:2*n+2])
	})
	r.result.Together = int(r.together.Load())
	return err
}

// doubleClickers: in one pair of so many, both press twice.
const doubleClickers = 4

func (r *race) answer(ctx context.Context, n int, pair []party) error {
	paths, bodies := make([]string, 2), make([][]byte, 2)
	for i, p := range pair {
		var err error
		paths[i] = link.Consent.Path(r.links.Token(link.Consent, p.ID, p.Version))
		if bodies[i], err = r.opens(ctx, r.host(n+i), paths[i], p); err != nil {
			return err
		}
	}
	presses := 1
	if n%doubleClickers == 0 {
		presses = 2
	}
	sent := make([]*Operation, 2*presses)
	atOnce(len(sent), func(i int) {
		p := pair[i%2]
		op := Operation{Client: i, Name: p.Side + " answers", Forloeb: p.Forloeb, Marker: p.Name}
		sent[i], _ = r.asks(ctx, op, r.host(n+i), http.MethodPost, paths[i%2], formType, bodies[i%2])
	})
	if sent[0].Asked.Before(sent[1].Told) && sent[1].Asked.Before(sent[0].Told) {
		r.together.Add(1)
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.answered = append(r.answered, sent...)
	return nil
}

// opens reads the page that the link leads to, and fills in its form.
func (r *race) opens(ctx context.Context, host, path string, p party) ([]byte, error) {
	shown, err := r.browser.askAt(ctx, host, http.MethodGet, path, "", nil)
	if err != nil {
		return nil, err
	}
	fields := shown.form(path)
	if fields == nil {
		return nil, fmt.Errorf("no form behind the link of a mail, but status %d (forløb %s)", shown.status, p.Forloeb)
	}
	fields.Set("answer", "yes")
	fields.Set("signature", p.Name)
	return []byte(fields.Encode()), nil
}
