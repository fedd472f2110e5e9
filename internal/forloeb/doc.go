// Package forloeb is the domain: what a forløb is, which steps are legal, what
// falls due when, and what people are told. It knows no database, no mail and
// no clock; every function that depends on the time is given it.
//
// # Words
//
// The ordinary is named in English, institutions in Danish without æøå. Codes,
// JSON fields and columns are English; pages and mails are Danish. Forløb is
// its own plural: lists are called list and found.
//
//	forløb                     Forloeb: a course of support, from application to evaluation
//	individuelt forløb         Individual: one workplace
//	fællesforløb               several workplaces in one forløb (joint)
//	program                    Programme: whose offer it is, with its themes, types and rules of time
//	tema                       Theme: what a forløb is about; each has the day from which it can be applied for
//	ansøgning                  Application: what both parties are asked to agree to; an edit makes a new revision
//	ansøgningsskema            Submission: an application as it is sent from the form or the API
//	forandringsønske           ChangeGoal: what they want changed, in the application
//	part                       Party: one person for one side of one workplace
//	leder                      Leader: the manager who applies
//	medarbejderrepræsentant    Rep: the elected representative who applies
//	TR, tillidsrepræsentant    RoleTR: shop steward; the trade union is never asked for
//	AMR                        RoleAMR: arbejdsmiljørepræsentant, safety representative (AMiR at some unions)
//	TRIO                       Trio: leader, TR and AMR, an informal body
//	lokal-MED                  LocalMED: the workplace's committee of co-influence and co-determination
//	AM-gruppe                  AMGroup: the workplace's health and safety group
//	mødedeltager              Guest: somebody at a workplace who is told of its meetings and of nothing else
//	enighed                    agreement: both sides want to apply; the rule everything rests on
//	samtykke                   Consent: samtykke to apply together and to the terms, not the GDPR's legal basis
//	vilkår, de fire punkter    Declaration: agreed, time and resources, the evaluation, not crisis help
//	rettelse                   Fix: a party asks for a correction before answering; the clocks stand still
//	frist                      deadline: lasts to 23.59 Danish time on its day
//	påmindelse                 reminder
//	stille periode             Quiet: July, and Christmas to 2 January; no reminders, days do not count
//	hverdag                    WorkingDay: knows Danish holidays and the days offices are closed
//	sekretariat                secretariat: sees everything and settles what only a person can
//	opgave                     Task: something only a person can settle
//	bunken                     the pile: the open tasks as colleagues share them, Claim and PutOff
//	notat                      Note: what those who run a forløb write down about it
//	vurdering                  assessment: the secretariat decides where the intake is assessed
//	venteliste                 Waitlist: stays, with a place that is never told to applicants
//	afslag                     Reject: with a letter that says why
//	konsulent                  Consultant: SPARK's own; one is responsible for a forløb at a time
//	udbyder                    provider: carries out the regional programme
//	tildeling                  Assignment: a consultant's responsibility in a period
//	møde                       Meeting: booked, held, not held or cancelled
//	udeblivelse                NoShow: the meeting was not held; it does not count
//	ekstra møder               ExtraMeetings: beyond the planned ones, with a reason
//	indkaldelse                invitation to a meeting, with a calendar file
//	hjemmeopgave               PrepTask: what the workplace prepares for a meeting
//	samarbejdsaftale           Arrangement: how the forløb is arranged, a Plan
//	opfølgning                 FollowUp: how what was set going is followed up, the other Plan
//	indsats                    initiative: what the workplace plans and does itself
//	pause                      Pause: the forløb stands still until a day; its days count in no date
//	evaluering, spørgeskema    evaluation: three months after the last held meeting
//	indbydelse til evaluering  Invitation: asks one party of one workplace to evaluate
//	kontaktperson              the party as people call it when somebody takes over
//	sagsnummer                 Reference: "26-4817"; easy to say on the telephone, gives no access
//	ventesætning               Waiting: for whom, since when, what is next and when
//	tidslinje                  Timeline: what has happened and what comes
//	hændelse                   Act: a fact as written down; Event: a step from one status to the next
//	afvisning                  Refusal: why an act is illegal now, and what to do instead
//	trække tilbage, stoppe     Withdrawn: an applicant ended it; Stopped: the secretariat did
//	åbne igen                  reopen: a closed forløb goes on, by the secretariat and with a reason
//	habilitet                  Recusal: where a consultant is not to have forløb, known beforehand
//	slettefrist                EraseAt: when names, addresses and texts are erased
//	kommune, arbejdsområde     Municipality, Sector: where a workplace belongs and what it does
package forloeb
