package crash

import (
	"context"

	"example.dk/spark/internal/forloeb"
	"example.dk/spark/internal/store"
)

// This file is about regional forløb: a region's workplace asks a provider,
// whose experts alone carry it out, and the secretariat chooses among them.

// provider is who is asked.
const provider = forloeb.ProviderNFA

// opensRegional opens the intake, which is closed since the agreement ended.
func opensRegional(ctx context.Context, db *store.Store) error {
	return db.DecideIntake(ctx, forloeb.IntakeDecision{Programme: forloeb.Regional, State: forloeb.IntakeOpen},
		forloeb.Actor{Kind: forloeb.ActorSecretary, ID: "crash"})
}

// applyToProvider turns a municipal workplace's application into a region's.
func applyToProvider(body map[string]any) {
	for _, municipal := range []string{"municipality", "sector"} {
		delete(body, municipal)
	}
	body["programme"], body["type"], body["provider"], body["body"] = forloeb.Regional, forloeb.ExpertAdvice, provider, forloeb.LocalMED
	body["region"], body["unit_type"], body["themes"] = "midtjylland", forloeb.UnitHospital, []forloeb.ThemeCode{forloeb.ThemeViolenceOffences}
	body["exclusions"] = map[forloeb.ExclusionCode]bool{
		forloeb.ExcludedNotice: false, forloeb.ExcludedCrisis: false, forloeb.ExcludedPersonal: false,
	}
}

// candidate is one of those who may carry a forløb out.
func (c *client) candidate(m *matter) string {
	list := c.consultants
	if m.regional {
		list = c.experts
	}
	return list[c.rand.IntN(len(list))]
}
