package api

import (
	"context"
	"slices"

	"example.dk/spark/internal/forloeb"
)

// bureau is the desk from which forløb are run: the secretariat's, or a
// provider's for its own. Both have the same pages; what they show is narrowed
// by the store.
type bureau struct {
	area     string
	provider forloeb.ProviderCode // whose; empty for the secretariat's
}

func bureauOf(who forloeb.Principal) bureau { return bureau{staffArea(who), who.Provider} }

// say puts the programme's word for a consultant into a sentence of ours.
func (b bureau) say(sentence string) string { return b.provider.Words().Say(sentence) }

func (b bureau) home() string { return b.area + "/" }

func (b bureau) list() string { return b.area + "/forloeb" }

// consultants is where consultants, or the provider's experts, are kept.
func (b bureau) consultants() string {
	if b.provider != "" {
		return expertsPath
	}
	return consultantsPath
}

// programmeOf is in whose name somebody's pages are; empty for SPARK's.
func programmeOf(who forloeb.Principal) forloeb.ProgrammeCode {
	_, programme, _ := forloeb.ProviderByCode(who.Provider)
	return programme.Code
}

// expertsPath is the provider's page of its experts.
const expertsPath = providerArea + "/eksperter"

// stream tells the bureau's pages when to look again.
func (b bureau) stream() liveStream { return liveStream{Address: b.area + livePath} }

// themes are those that the bureau's forløb may be about.
func (b bureau) themes() (list []option) {
	for _, p := range forloeb.Programmes {
		if _, ours := p.Provider(b.provider); b.provider != "" && !ours {
			continue
		}
		for _, t := range p.Themes {
			if !slices.ContainsFunc(list, func(o option) bool { return o.Value == string(t.Code) }) {
				list = append(list, option{Value: string(t.Code), Label: t.Label})
			}
		}
	}
	return list
}

// ended tells a provider that it gets no new forløb, since the agreement is
// over; "" while it may, and to the secretariat.
func (s *Server) ended(ctx context.Context, b bureau) string {
	provider, programme, known := forloeb.ProviderByCode(b.provider)
	if !known {
		return ""
	}
	last := provider.Open.Until
	if provider.Open.Covers(s.now()) {
		last = s.intake(ctx, programme).Ended
	}
	if last.IsZero() {
		return ""
	}
	return "Aftalen løb til og med " + forloeb.Date(last) + ". I kan gøre åbne forløb færdige, men ikke få nye."
}
