package forloeb

// ownWords are the sentences to the consultant whose forløb it is, where the
// catalogue speaks of the consultant: one and the same fact, said to whom it is
// about.
var ownWords = map[WaitKey]string{
	WaitAssignOffered:   "Du blev spurgt {siden}. Uden et nej[ senest {frist}] er forløbet dit, og parterne får besked.",
	WaitPlanContact:     "Du fik forløbet {siden} og tager kontakt senest {frist} for at aftale det første møde.",
	WaitPlanContactLate: "Det første møde skulle have været aftalt senest {frist}. Sekretariatet følger op[ senest {næste}].",
	WaitPlanStartBy:     "Du fik forløbet {siden}, men det første møde er ikke aftalt.[ Det skal holdes senest {frist}.]",
	WaitReassign:        "Du overtog forløbet {siden} og tager kontakt senest {frist}.[ Aftalte møder står fast; det næste er {dato}.]",
	WaitMeetToday:       "Møde {n} af {m} er i dag kl. {tid}. Bagefter noterer du, at det er holdt.",
	WaitMeetRegister:    "Møde {n} var {siden}. Du noterer senest {frist}, om det blev holdt.",
	WaitMeetUnplanned:   "{k} af {m} møder er holdt, det seneste {siden}, og det næste er ikke aftalt. Du foreslår en dato senest {frist}.",
	WaitMeetCancelled:   "Mødet {dato} er aflyst. Du finder en ny dato senest {frist}.",
	WaitMeetNoShow:      "Mødet {siden} blev ikke holdt og tæller ikke med. Du aftaler et nyt senest {frist}.",
}

// Own is the same, said to the consultant whose forløb it is.
func (w Waiting) Own() Waiting {
	w.own = true
	return w
}
