package store

import (
	"context"

	"github.com/google/uuid"
	"github.com/lib/pq"

	"example.dk/spark/internal/forloeb"
)

// invented are consultants who do not exist, for development: every theme is
// covered in every region of both maps.
var invented = []struct {
	name, email, phone string
	themes             []forloeb.ThemeCode
	regions            []string
	capacity           int
	provider           forloeb.ProviderCode // empty for SPARK's own
}{
	{"Karen Lund", "karen.lund@example.dk", "70 00 00 01", generalist, []string{"nordjylland"}, 8, ""},
	{"Anders Højgaard", "anders.hoejgaard@example.dk", "70 00 00 02", conflict, []string{"nordjylland", "midtjylland"}, 7, ""},
	{"Birgitte Friis", "birgitte.friis@example.dk", "70 00 00 03", generalist, []string{"midtjylland"}, 8, ""},
	{"Jens Åkjær", "jens.aakjaer@example.dk", "70 00 00 04", change, []string{"midtjylland", "syddanmark"}, 6, ""},
	{"Rikke Damgaard", "rikke.damgaard@example.dk", "70 00 00 05", safety, []string{"midtjylland", "nordjylland"}, 6, ""},
	{"Hanne Bækgaard", "hanne.baekgaard@example.dk", "70 00 00 06", generalist, []string{"syddanmark"}, 8, ""},
	{"Thomas Skov", "thomas.skov@example.dk", "70 00 00 07", conflict, []string{"syddanmark"}, 5, ""},
	{"Lise Østergaard", "lise.oestergaard@example.dk", "70 00 00 08", generalist, []string{"sjaelland", "oestdanmark"}, 8, ""},
	{"Peter Nørby", "peter.noerby@example.dk", "70 00 00 09", safety, []string{"sjaelland", "hovedstaden", "oestdanmark"}, 6, ""},
	{"Fatima Yilmaz", "fatima.yilmaz@example.dk", "70 00 00 10", generalist, []string{"hovedstaden", "oestdanmark"}, 8, ""},
	{"Søren Winther", "soeren.winther@example.dk", "70 00 00 11", change, []string{"hovedstaden", "sjaelland", "oestdanmark"}, 7, ""},
	{"Camilla Juhl", "camilla.juhl@example.dk", "70 00 00 12", conflict, []string{"hovedstaden", "oestdanmark"}, 6, ""},
	{"Nanna Frost", "nanna.frost@example.dk", "70 00 00 13", expert, everywhere, 4, forloeb.ProviderNFA},
	{"Mads Eriksen", "mads.eriksen@example.dk", "70 00 00 14", expert, everywhere, 4, forloeb.ProviderNFA},
	{"Rune Ulv", "rune.ulv@example.dk", "70 00 00 15", expert, everywhere, 4, forloeb.ProviderRUC},
}

var (
	generalist = []forloeb.ThemeCode{forloeb.ThemeChange, forloeb.ThemeCooperation, forloeb.ThemeViolence,
		forloeb.ThemeWorkContent, forloeb.ThemeLoneWork, forloeb.ThemeHarassment}
	conflict = []forloeb.ThemeCode{forloeb.ThemeCooperation, forloeb.ThemeHarassment}
	change   = []forloeb.ThemeCode{forloeb.ThemeChange, forloeb.ThemeWorkContent, forloeb.ThemeCooperation}
	expert   = []forloeb.ThemeCode{forloeb.ThemeWorkplaceChange, forloeb.ThemeViolenceOffences, forloeb.ThemeCultureAndCoreTask, forloeb.ThemeIntroductionRetention}
	safety   = []forloeb.ThemeCode{forloeb.ThemeViolence, forloeb.ThemeLoneWork, forloeb.ThemeHarassment}
)

var everywhere = []string{"nordjylland", "midtjylland", "syddanmark", "sjaelland", "hovedstaden", "oestdanmark"}

// SeedDevelopment adds a dozen invented consultants over the country, and the
// providers' experts. Those
// that are there already stay as they are.
func (s *Store) SeedDevelopment(ctx context.Context) error {
	for _, c := range invented {
		_, err := s.db.ExecContext(ctx, `
			insert into consultants (id, name, email, phone, themes, regions, capacity, provider) values ($1, $2, $3, $4, $5, $6, $7, nullif($8, ''))
			on conflict do nothing`,
			inventedID(c.email), c.name, c.email, c.phone, themes(c.themes), pq.Array(c.regions), c.capacity, c.provider)
		if err != nil {
			return err
		}
	}
	return nil
}

// InventedConsultants are the names and addresses of those that
// SeedDevelopment adds, for the development login.
func InventedConsultants() []forloeb.Consultant {
	list := make([]forloeb.Consultant, len(invented))
	for i, c := range invented {
		list[i] = forloeb.Consultant{ID: inventedID(c.email), Name: c.name, Email: c.email}
	}
	return list
}

// inventedID is the same on every machine, so that a link to a consultant's
// page can be shared.
func inventedID(email string) uuid.UUID {
	return uuid.NewSHA1(uuid.NameSpaceURL, []byte("mailto:"+email))
}
