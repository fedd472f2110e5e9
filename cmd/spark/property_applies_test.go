package main

import (
	"fmt"

	"github.com/google/uuid"

	"example.dk/spark/internal/forloeb"
	"example.dk/spark/internal/store/storetest"
)

// applies is the application of these conditions.
func (c conditions) applies(s *forloeb.Submission) {
	if c.regional {
		storetest.Regional(s)
		return
	}
	if c.places == 0 {
		return
	}
	s.Type, s.Body, s.Workplace, s.Sector, s.Employees = c.kind, forloeb.MainMED, "", "", ""
	for i := range c.places {
		who := uuid.NewString() // nobody else's: so many requests to one address in a week wait for a person
		s.Participants = append(s.Participants, forloeb.Participant{
			Workplace: fmt.Sprintf("Sted %d", i+1), Municipality: "751", Sector: forloeb.SectorElderly, Employees: forloeb.Employees20To49,
			Leader: forloeb.Contact{Name: "Lis Lund", Email: "lis." + who + "@example.dk"},
			Rep:    forloeb.Representative{Name: "Rie Rask", Role: forloeb.RoleTR, Email: "rie." + who + "@example.dk"},
		})
	}
}
