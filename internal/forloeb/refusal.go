package forloeb

import (
	"strings"
	"time"
)

// Refusal says why an act is illegal now. It holds codes, numbers and dates
// only, so that it can be logged; the words come from a table.
type Refusal struct {
	Code     RefusalCode
	Status   Status    // where the forløb stands
	Date     time.Time // the deadline, the meeting or the answer it is about
	N        int       // a limit
	Side     Side      // the party it is about
	Answer   Answer    // the answer already given
	Item     int       // which of several deeds at once, from 1; 0 when there was one
	Possible []string  // acts that are legal instead
}

// RefusalCode names a reason. The API's problem types are made of it.
type RefusalCode string

// Every reason to refuse an act.
const (
	RefuseNotFound             RefusalCode = "not_found"
	RefuseClosed               RefusalCode = "closed"
	RefuseWrongStatus          RefusalCode = "wrong_status"
	RefuseCatchingUp           RefusalCode = "catching_up"
	RefuseDeadlinePassed       RefusalCode = "deadline_passed"
	RefuseAlreadyAnswered      RefusalCode = "already_answered"
	RefuseNoSignature          RefusalCode = "no_signature"
	RefuseNoRemark             RefusalCode = "no_remark"
	RefuseRevisionChanged      RefusalCode = "revision_changed"
	RefuseNotAParty            RefusalCode = "not_a_party"
	RefusePartyLeft            RefusalCode = "party_left"
	RefuseLinkReplaced         RefusalCode = "link_replaced"
	RefusePartyReplaced        RefusalCode = "party_replaced"
	RefuseMeetingPast          RefusalCode = "meeting_past"
	RefuseMeetingOrder         RefusalCode = "meeting_order"
	RefuseMeetingHours         RefusalCode = "meeting_hours"
	RefuseMeetingTooFarBack    RefusalCode = "meeting_too_far_back"
	RefuseMeetingNotBooked     RefusalCode = "meeting_not_booked"
	RefuseMeetingBookedAlready RefusalCode = "meeting_booked_already"
	RefuseBadMeetingTime       RefusalCode = "bad_meeting_time"
	RefuseTooManyMeetings      RefusalCode = "too_many_meetings"
	RefuseTooLongAgo           RefusalCode = "too_long_ago"
	RefuseNoReason             RefusalCode = "no_reason"
	RefuseNoMeetingHeld        RefusalCode = "no_meeting_held"
	RefuseConsultantUnknown    RefusalCode = "consultant_unknown"
	RefuseConsultantUnsuitable RefusalCode = "consultant_unsuitable"
	RefuseAlreadyAssigned      RefusalCode = "already_assigned"
	RefuseNotAssigned          RefusalCode = "not_assigned"
	RefuseNotAssessed          RefusalCode = "not_assessed"
	RefuseSameAddress          RefusalCode = "same_address"
	RefuseBadAddress           RefusalCode = "bad_address"
	RefuseBadPhone             RefusalCode = "bad_phone"
	RefuseTooManyCorrections   RefusalCode = "too_many_corrections"
	RefuseNotReopenable        RefusalCode = "not_reopenable"
	RefuseReopenTooLate        RefusalCode = "reopen_too_late"
	RefuseEvaluationClosed     RefusalCode = "evaluation_closed"
	RefuseEvaluationAnswered   RefusalCode = "evaluation_answered"
	RefuseEvaluationIncomplete RefusalCode = "evaluation_incomplete"
	RefuseMailNotSettleable    RefusalCode = "mail_not_settleable"
	RefuseTooSoon              RefusalCode = "too_soon"
	RefuseMeetingNotBegun      RefusalCode = "meeting_not_begun"
	RefuseNeedsExtraMeetings   RefusalCode = "needs_extra_meetings"
	RefuseSamePerson           RefusalCode = "same_person"
	RefuseNoName               RefusalCode = "no_name"
	RefuseKeyReused            RefusalCode = "key_reused"
	RefuseTaskStands           RefusalCode = "task_stands"
	RefuseMeetingBegun         RefusalCode = "meeting_begun"
	RefuseMeetingMoved         RefusalCode = "meeting_moved"
	RefuseAlreadyAsked         RefusalCode = "already_asked"
	RefuseUnfitText            RefusalCode = "unfit_text"
	RefuseNothingChanged       RefusalCode = "nothing_changed"
	RefuseWorkplaceOut         RefusalCode = "workplace_out"
	RefuseTooFewJoined         RefusalCode = "too_few_joined"
	RefuseWorkplaceNotOut      RefusalCode = "workplace_not_out"
	RefuseProgrammeClosed      RefusalCode = "programme_closed"
	RefuseExcludedNotice       RefusalCode = "excluded_improvement_notice"
	RefuseExcludedCrisis       RefusalCode = "excluded_crisis_help"
	RefuseExcludedPersonal     RefusalCode = "excluded_personal_support"
	RefuseIntakeClosed         RefusalCode = "intake_closed"
	RefuseTaskTaken            RefusalCode = "task_taken"
	RefuseTaskClosed           RefusalCode = "task_closed"
	RefusePutOffDay            RefusalCode = "put_off_day"
	RefusePutOffLate           RefusalCode = "put_off_late"
	RefuseNoText               RefusalCode = "no_text"
	RefuseErased               RefusalCode = "erased"
	RefuseNoteStands           RefusalCode = "note_stands"
	RefuseNoDeadline           RefusalCode = "no_deadline"
	RefuseDeadlineEarlier      RefusalCode = "deadline_earlier"
	RefuseDeadlineTooFar       RefusalCode = "deadline_too_far"
	RefusePartyAnswered        RefusalCode = "party_answered"
	RefuseContestOver          RefusalCode = "contest_over"
	RefusePauseEarlier         RefusalCode = "pause_earlier"
	RefusePauseTooFar          RefusalCode = "pause_too_far"
	RefuseMeetingInTheWay      RefusalCode = "meeting_in_the_way"
	RefuseAskedAlready         RefusalCode = "evaluation_out"
	RefusePaused               RefusalCode = "paused"
	RefuseNotPaused            RefusalCode = "not_paused"
	RefusePauseAsked           RefusalCode = "pause_asked"
	RefuseNoPauseText          RefusalCode = "no_pause_text"
	RefuseAlreadyAccepted      RefusalCode = "already_accepted"
	RefuseDuplicateUnknown     RefusalCode = "duplicate_unknown"
	RefuseDuplicateSelf        RefusalCode = "duplicate_self"
	RefuseDuplicateClosed      RefusalCode = "duplicate_closed"
	RefuseDuplicateChain       RefusalCode = "duplicate_chain"
	RefuseDuplicateCircle      RefusalCode = "duplicate_circle"
	RefuseConflictOfInterest   RefusalCode = "conflict_of_interest"
	RefuseRecused              RefusalCode = "recused"
	RefuseRecusedAlready       RefusalCode = "recused_already"
	RefuseHasForloebThere      RefusalCode = "has_forloeb_there"
	RefuseRecusalNotYours      RefusalCode = "recusal_not_yours"
	RefuseTooManyGuests        RefusalCode = "too_many_guests"
	RefuseGuestsEver           RefusalCode = "guests_ever"
	RefuseGuestKnown           RefusalCode = "guest_known"
	RefuseGuestDeclined        RefusalCode = "guest_declined"
	RefuseGuestOff             RefusalCode = "guest_off"
	RefuseNoGuestName          RefusalCode = "no_guest_name"
)

// refusalWords are one reason in both languages: what happened, and what to
// do instead. A part in [brackets] is left out, or replaced by
// what follows the |, when its slot has no value.
type refusalWords struct{ danish, english string }

var refusals = map[RefusalCode]refusalWords{
	RefuseNotFound: {
		"Du har ikke adgang, eller sagen findes ikke. Er den lige flyttet til en kollega, så spørg sekretariatet.",
		"This does not exist, or you have no access to it."},
	RefuseWorkplaceOut: {
		"Arbejdspladsen er ikke længere med i forløbet[ siden {dato}]. Er det en fejl, så ring til os.",
		"The workplace takes no part any more[ since {date}]."},
	RefuseWorkplaceNotOut: {
		"Arbejdspladsen er med i forløbet, eller er allerede spurgt igen.",
		"The workplace takes part, or has been asked again already."},
	RefuseTooFewJoined: {
		"Forløbet kan først begynde, når [{n}|flere] arbejdspladser er med.",
		"The forløb can begin when [{n}|more] workplaces have joined."},
	RefuseProgrammeClosed: {
		"Der kan ikke søges nu.[ Aftalen dækker til og med {dato}.] Ring til os, hvis I er i tvivl om, hvor I kan henvende jer.",
		"The programme takes no applications now[: the agreement covers days until {date}]."},
	RefuseExcludedNotice: {
		"Rådgivningen kan ikke følge op på et påbud, der ikke er efterkommet. Tal med Arbejdstilsynet.",
		"The advice cannot follow up on an improvement notice that has not been complied with. Talk to Arbejdstilsynet."},
	RefuseExcludedCrisis: {
		"Rådgivningen er ikke krisehjælp. Brug regionens egen krisehjælp.",
		"The advice is not crisis help. Use the region's own."},
	RefuseExcludedPersonal: {
		"Rådgivningen er ikke støtte til enkeltpersoner. Spørg lederen, HR eller arbejdsmiljøorganisationen i jeres region.",
		"The advice is not support to single persons. Ask the region's management, HR or work environment organisation."},
	RefuseIntakeClosed: {
		"Vi tager ikke imod nye ansøgninger lige nu. [Vi åbner igen {dato}. ]Forløb, der er i gang, fortsætter.",
		"The programme takes no applications now[; it opens again on {date}]. Nothing was stored."},
	RefuseNoDeadline: {
		"Fristen løber ikke lige nu og kan derfor ikke forlænges.",
		"No deadline runs now, so none can be extended."},
	RefuseDeadlineEarlier: {
		"Skriv en dato, der er senere[ end {dato}].",
		"The new deadline must be a later day[ than {date}]."},
	RefuseDeadlineTooFar: {
		"Fristen kan højst forlænges[ til og med {dato} ]ad gangen.",
		"The deadline can be extended[ to {date}] at the most at once."},
	RefusePauseEarlier: {
		"Skriv en dato efter i dag. Skal forløbet i gang nu, så brug »Lad forløbet gå videre«.",
		"The forløb must go on on a later day than today. To go on now, resume it."},
	RefusePauseTooFar: {
		"Pausen kan højst vare[ til og med {dato}]. Den kan forlænges, når dagen nærmer sig.",
		"A pause can last[ to {date}] at the most; it can be moved later."},
	RefuseMeetingInTheWay: {
		"Der er aftalt et møde[ {dato} {kl}]. Flyt eller aflys det først, eller lad pausen slutte inden da.",
		"A meeting is booked[ on {date}]. Move or cancel it first, or let the pause end before it."},
	RefuseAskedAlready: {
		"Spørgeskemaet er sendt, så forløbet kan ikke holde pause. Forlæng fristen for at svare i stedet.",
		"The evaluation is out, so there is nothing left to pause. Extend its deadline instead."},
	RefusePaused: {
		"Forløbet holder pause[ til {dato}]. Vælg den dag eller en senere, eller lad sekretariatet afslutte pausen først.",
		"The forløb is paused[ until {date}]. Choose that day or a later one, or resume it first."},
	RefuseNotPaused: {
		"Forløbet holder ikke pause. Det er i gang.",
		"The forløb is not paused."},
	RefusePauseAsked: {
		"Der er allerede bedt om en pause[ {dato}]. Sekretariatet vender tilbage.",
		"A pause has been asked for already[, on {date}]. The secretariat answers."},
	RefuseNoPauseText: {
		"Skriv, hvorfor I har brug for en pause, og gerne hvor længe.",
		"Say why a pause is needed, and for how long."},
	RefusePartyAnswered: {
		"Der er allerede et svar fra {rolle}[, fra {dato}].",
		"The {side} has answered already[, on {date}]."},
	RefuseDuplicateUnknown: {
		"Der er ingen sag med det nummer. Skriv det som 26-4817.",
		"There is no forløb with this reference. Give one such as 26-4817."},
	RefuseDuplicateSelf: {
		"Det er denne sag selv. Skriv nummeret på den anden.",
		"A forløb cannot be a duplicate of itself. Give the reference of the other."},
	RefuseDuplicateClosed: {
		"Den anden sag er lukket. Åbn den først, eller stop denne med en grund i stedet.",
		"The other forløb is closed. Reopen it first, or stop this one with a reason instead."},
	RefuseDuplicateChain: {
		"Den anden sag er selv lukket som dublet. Skriv nummeret på den, der går videre.",
		"The other forløb is itself closed as a duplicate. Give the reference of the one that goes on."},
	RefuseDuplicateCircle: {
		"Den anden sag er lukket som dublet af denne. Så må denne gå videre, eller den anden åbnes igen.",
		"The other forløb is closed as a duplicate of this one. Reopen it first."},
	RefuseConflictOfInterest: {
		"Konsulenten har meldt sig inhabil og kan ikke få forløbet. Vælg en anden.",
		"The consultant has a conflict of interest in this forløb. Choose another; no reason overrules it."},
	RefuseRecused: {
		"Der er noteret, at konsulenten ikke kan få forløb her (habilitet). Vælg en anden, eller ophæv det på konsulentens side først.",
		"A conflict of interest is registered for the consultant where this forløb is. Choose another, or end the recusal first; no reason overrules it."},
	RefuseRecusedAlready: {
		"Det er noteret i forvejen.",
		"The same is registered for the consultant already."},
	RefuseHasForloebThere: {
		"Konsulenten har åbne forløb der. De bliver, til sekretariatet har taget stilling.",
		"The consultant has open forløb there[: {n}]. They stay until somebody decides, and are tasks; send sure to register it."},
	RefuseRecusalNotYours: {
		"Det har sekretariatet noteret. Ring til dem, hvis det ikke gælder mere.",
		"The consultant did not register it, so that those who did must end it."},
	RefuseAlreadyAccepted: {
		"Der er sagt ja til forløbet, eller fristen for at sige nej er gået. Kan konsulenten ikke tage det, så giv det tilbage på sagen.",
		"The offer was accepted, or nobody declined it in time. Give the forløb back with release instead."},
	RefuseTooManyGuests: {
		"Der er så mange mødedeltagere, som der kan være[: {tal} fra hver arbejdsplads]. Tag en af, før du skriver en ny på.",
		"The workplace has all the guests it can have[: {n}]. Remove one first."},
	RefuseGuestsEver: {
		"I har skrevet mange forskellige på. Ring til os, så hjælper vi med den næste.",
		"The parties of the workplace have added as many guests as they can[: {n}]. Staff can add another."},
	RefuseGuestKnown: {
		"Adressen hører til en, der allerede får mails om møderne. Skriv en anden.",
		"This address gets the mails about the meetings already. Give another."},
	RefuseGuestDeclined: {
		"Den, der har adressen, har selv sagt nej til mails om møderne. Er det en fejl, så ring til os.",
		"Whoever reads this address has declined mails about the meetings. Staff can add them when they have said otherwise."},
	RefuseGuestOff: {
		"Mødedeltageren er allerede taget af[ {dato}].",
		"The guest has been removed already[, on {date}]."},
	RefuseNoGuestName: {
		"Skriv navnet på den, der skal have besked om møderne.",
		"Give the guest's name."},
	RefuseContestOver: {
		"Svaret kan ikke rettes her mere.[ Det kunne det til og med {dato}.] Ring til os, hvis det ikke passer.",
		"The answer that was noted can no longer be contested here[: it could be until {date}]."},
	RefuseClosed: {
		"Det kan ikke lade sig gøre nu: {lukket}.",
		"The forløb is closed[ ({status})][ since {date}]; nothing more can be done to it."},
	RefuseWrongStatus: {
		"Det kan ikke lade sig gøre nu[: Sagen står på »{status}«].",
		"This is not possible now[: the forløb is {status}]."},
	RefuseCatchingUp: {
		"Vi er ved at behandle det forrige. Prøv igen om et øjeblik. Det, du skrev, er her stadig.",
		"An earlier change is still being worked on. Nothing was stored; try again in a moment."},
	RefuseDeadlinePassed: {
		"Fristen er udløbet. [Den var {dato}. ]Dit svar er ikke registreret. Bed om, at ansøgningen bliver åbnet igen, eller søg på ny.",
		"The deadline has passed[: it was {date}]. The answer was not stored; ask the secretariat to reopen the application, or apply again."},
	RefuseAlreadyAnswered: {
		"Du [svarede {svar}|har allerede svaret][ {dato}]. Vil du lave det om, så ring, eller brug knappen herunder.",
		"This party has already answered[ {answer}][ on {date}]. Change it by telephone or by the buttons on the party's page."},
	RefuseNoSignature: {
		"Skriv dit navn under svaret.",
		"A signature is required: the party's name, at least two letters."},
	RefuseNoRemark: {
		"Skriv, hvad der skal rettes.",
		"Say what must be corrected."},
	RefuseRevisionChanged: {
		"Ansøgningen er ændret[ {dato}]. Her er den nye tekst. Læs den, og svar igen.",
		"The application was changed[ on {date}] since it was read. Read the new revision and answer again."},
	RefuseNotAParty: {
		"Du er ikke part i sagen. Er det en fejl, så ring til sekretariatet.",
		"This person is not a party to the forløb."},
	RefusePartyLeft: {
		"Det er meldt, at {rolle} ikke længere er den rette kontaktperson. Er det en fejl, så ring til os.",
		"The {side} has left or is not the right person. Replace the party first."},
	RefuseLinkReplaced: {
		"Linket er skiftet ud. Der er sendt et nyere link, fx fordi adressen blev rettet. Brug det nye, eller få det sendt til adressen på sagen.",
		"The link has been replaced by a newer one. Use that, or ask for it to be sent again."},
	RefusePartyReplaced: {
		"Kontaktpersonen er allerede skiftet. Se den nye i sagen.",
		"This person is no party any more: somebody has taken over. Look at the case for who it is."},
	RefuseMeetingPast: {
		"[{Dato} {kl} er allerede gået. ]Er mødet holdt, så vælg »Notér et møde, der er holdt«.",
		"The meeting's time has passed[: {date}]. Record it as held instead."},
	RefuseMeetingOrder: {
		"Mødet skal slutte senere, end det begynder. Ret tidspunktet.",
		"A meeting must end after it begins. Correct the times."},
	RefuseMeetingHours: {
		"Mødet ligger [{kl}|uden for kl. 7.00–20.00]. Sæt kryds, hvis det er meningen.",
		"The meeting is outside 07:00–20:00. Confirm that this is meant."},
	RefuseMeetingTooFarBack: {
		"Mødet ligger for langt tilbage. [Et møde kan noteres op til {n} dage efter. ]Ring til sekretariatet.",
		"The meeting is too far back[: it can be recorded up to {n} days after]. Ask the secretariat."},
	RefuseMeetingNotBooked: {
		"Mødet står ikke længere som aftalt. Se, hvad der er sket, i sagen.",
		"The meeting is no longer booked. Look at its state first."},
	RefuseMeetingBookedAlready: {
		"Der er allerede et møde i kalenderen[ {dato}]. Notér, flyt eller aflys det først.",
		"A meeting is already booked[ on {date}]. Register, move or cancel it first."},
	RefuseBadMeetingTime: {
		"Skriv datoen som 11-3-2027. Skriv tiden som 13.00. Mødet skal slutte senere, end det begynder, og varer højst ti timer.",
		"The meeting's time cannot be used. Give start and end, the end later and within ten hours."},
	RefuseTooManyMeetings: {
		"[Et individuelt forløb kan have højst {tal} møder. ]Tal med sekretariatet, hvis der er brug for flere.",
		"The forløb has all the meetings it can have[: {n}]. Talk to the secretariat if more are needed."},
	RefuseTooLongAgo: {
		"Mødet kan ikke rettes mere. [Det kunne rettes til og med {dato}. ]Ring til sekretariatet.",
		"The meeting can no longer be corrected[: it could be until {date}]. Ask the secretariat."},
	RefuseNoReason: {
		"Skriv hvorfor. Det bliver stående i sagen.",
		"A reason is required; it stays in the case."},
	RefuseNoMeetingHeld: {
		"Der er ikke holdt noget møde endnu. Notér et møde først, eller stop forløbet.",
		"No meeting has been held yet. Register one first, or stop the forløb."},
	RefuseConsultantUnknown: {
		"Konsulenten findes ikke længere. Vælg en anden på listen.",
		"There is no such consultant. Choose another."},
	RefuseConsultantUnsuitable: {
		"Konsulenten kan ikke få forløbet: Tema, område, plads, ferie eller habilitet passer ikke. Vælg en anden.",
		"The consultant cannot take the forløb: theme, region, capacity, leave or conflict of interest. Choose another."},
	RefuseAlreadyAssigned: {
		"Forløbet har allerede en konsulent. Vil du have en anden, så brug »Skift konsulent«.",
		"A consultant is already assigned. Release that one first."},
	RefuseNotAssigned: {
		"Forløbet har ikke en konsulent endnu. Vælg en konsulent først.",
		"No consultant is assigned. Assign one first."},
	RefuseNotAssessed: {
		"Ansøgningen skal ikke vurderes sådan. Vælg Godkend, Venteliste eller Afslag, hvis den er til vurdering; ellers går den videre af sig selv.",
		"Nothing to assess: this intake is not assessed, or the decision is none of approved, waitlisted and rejected."},
	RefuseSameAddress: {
		"Adressen hører allerede til den anden part. Skriv {rolle}s egen.",
		"The address belongs to the other party already. Give the {side}'s own."},
	RefuseBadAddress: {
		"Skriv en mailadresse som navn@kommune.dk.",
		"The mail address is malformed. Give one such as name@example.dk."},
	RefuseBadPhone: {
		"Skriv et telefonnummer med otte cifre, eller lad feltet stå tomt.",
		"The telephone number is malformed. Give eight Danish digits, + and country code, or none."},
	RefuseTooManyCorrections: {
		"Adressen kan ikke rettes flere gange her[; den er rettet {gange}]. Ring til sekretariatet, så retter vi den.",
		"The address cannot be corrected again here[: {n} is the limit]. Ask the secretariat."},
	RefuseNotReopenable: {
		"Sagen kan ikke åbnes igen. Søg på ny i stedet.",
		"The forløb cannot be reopened[: it is {status}]. Apply again instead."},
	RefuseReopenTooLate: {
		"Sagen kan ikke åbnes igen. [Det kunne den til og med {dato}. ]Søg på ny i stedet.",
		"The forløb can no longer be reopened[: it could be until {date}]. Apply again instead."},
	RefuseEvaluationClosed: {
		"Spørgeskemaet [lukkede {dato}|er lukket]. Vil du fortælle os noget alligevel, så skriv til os.",
		"The evaluation is closed[ since {date}]. The answer was not stored."},
	RefuseEvaluationAnswered: {
		"Du har allerede svaret. Dit svar er gemt uden dit navn og kan derfor ikke rettes.",
		"This party has already answered. Answers are stored without a name and cannot be changed."},
	RefuseEvaluationIncomplete: {
		"Svar på de to første spørgsmål. Resten er frivilligt.",
		"Answer the first two questions; the rest is optional."},
	RefuseMailNotSettleable: {
		"Mailen venter ikke på en afgørelse: Den er sendt, på vej eller ikke længere relevant. Se den i posten.",
		"The mail needs no decision: it is sent, on its way or no longer relevant."},
	RefuseTooSoon: {
		"Der er lige sendt en mail. Se også efter i uønsket post[, eller prøv igen {kl}].",
		"This was asked for a moment ago; a mail is on its way. Try again later."},
	RefuseMeetingNotBegun: {
		"Mødet er ikke begyndt endnu[; det er {dato} {kl}]. Notér det bagefter.",
		"The meeting has not begun[: it is on {date}]. Register it afterwards."},
	RefuseNeedsExtraMeetings: {
		"Forløbet har de [{tal} ]møder, der er planlagt. Giv flere møder med en grund, før I aftaler det næste.",
		"All planned meetings[ ({n})] are booked or held. Grant extra meetings with a reason first."},
	RefuseSamePerson: {
		"Lederen og medarbejderrepræsentanten skal være to forskellige personer.",
		"Leader and representative must be two different people."},
	RefuseNoName: {
		"Skriv navnet på den nye kontaktperson.",
		"Give the new person's name."},
	RefuseTaskStands: {
		"Nogen venter på det, opgaven handler om. Den lukker af sig selv, når det er gjort.",
		"Somebody waits for what this task asks for. It closes by itself when that is done."},
	RefuseTaskTaken: {
		"En kollega har opgaven[ siden {kl}]. Vil du have den, så overtag den.",
		"Somebody else has this task[ since {date}]. To take it over, say whom it is taken from."},
	RefuseTaskClosed: {
		"Opgaven er løst.",
		"This task is closed."},
	RefusePutOffDay: {
		"Vælg en dag efter i dag og højst et år frem.",
		"Put it off to a day after today, a year ahead at the most."},
	RefusePutOffLate: {
		"[Fristen er {dato}|Fristen er tidligere]. Vælg den dag eller en før.",
		"The deadline that this is about is earlier[: {date}]. Choose that day or one before it."},
	RefuseNoText: {
		"Skriv et notat.",
		"A note needs a text."},
	RefuseErased: {
		"Oplysningerne i sagen er slettet. Der kan ikke skrives mere i den.",
		"The personal data of this forløb are erased; nothing more can be written about it."},
	RefuseNoteStands: {
		"Kun den, der skrev notatet, og lederen af sekretariatet kan strege det. Et notat, der er streget, bliver ved med at være det.",
		"Only the one who wrote the note, and the head, can strike it, once."},
	RefuseMeetingBegun: {
		"[Mødet begyndte {dato} {kl}|Mødet er begyndt]. Ring til konsulenten i stedet.",
		"The meeting has begun[: it was on {date}]. Call the consultant instead."},
	RefuseMeetingMoved: {
		"Mødet er flyttet, mens du skrev. [Nu er det {dato} {kl}. ]Se, om det passer.",
		"The meeting has been moved[: it is on {date}]. Look at the new time first."},
	RefuseAlreadyAsked: {
		"Konsulenten fik besked[ {dato}] og vender tilbage til jer begge.",
		"The consultant has been told already[, on {date}]."},
	RefuseUnfitText: {
		"Teksten kan ikke sendes. Fjern det, der ligner et CPR-nummer, og skriv højst 2.000 tegn.",
		"The text cannot be taken: it looks like a CPR number, or is longer than 2,000 characters."},
	RefuseNothingChanged: {
		"Teksten er den samme som før. Ret den, eller gå tilbage til sagen.",
		"The text is the same as before; nothing was stored."},
	RefuseKeyReused: {
		"Ansøgningen er allerede sendt. Skal noget laves om, så brug linket i jeres mail.",
		"This Idempotency-Key was used for another application. Use a new key for a new application."},
}

// closings complete "Det kan ikke lade sig gøre nu: …".
var closings = map[Status]string{
	Completed: "Forløbet sluttede[ {dato}]",
	Declined:  "Ansøgningen blev ikke bekræftet af begge og lukkede[ {dato}]",
	Lapsed:    "Fristen for at bekræfte er udløbet[, den var {dato}]",
	Rejected:  "Ansøgningen fik afslag[ {dato}]",
	Withdrawn: "Ansøgningen er trukket tilbage[ {dato}]",
	Stopped:   "Forløbet er stoppet[ {dato}]",
}

// instead completes "Du kan i stedet …".
var instead = map[ActName]string{
	ConsentAnswered:      "svare",
	ApplicationChanged:   "rette ansøgningen",
	PartyReplaced:        "skifte kontaktperson",
	AssessmentDecided:    "vurdere ansøgningen",
	ConsultantAssigned:   "vælge en konsulent",
	ConsultantReleased:   "skifte konsulent",
	ConsultantAccepted:   "sige ja til forløbet",
	ConsultantDeclined:   "sige nej til forløbet",
	MeetingBooked:        "aftale et møde",
	MeetingMoved:         "flytte mødet",
	MeetingCancelled:     "aflyse mødet",
	MeetingRegistered:    "notere mødet",
	ExtraMeetingsGranted: "give flere møder",
	MeetingsFinished:     "afslutte forløbet",
	PartyLeft:            "melde en part fra",
	ForloebReopened:      "åbne igen",
	ForloebWithdrawn:     "trække tilbage",
	ForloebStopped:       "stoppe forløbet",
	EvaluationAnswered:   "svare på spørgeskemaet",
}

// Error is the English sentence: log lines and the API's problems use it.
func (r *Refusal) Error() string { return r.English() }

// English says what happened and what to do instead.
func (r *Refusal) English() string {
	text := fill(refusals[r.Code].english, map[string]string{
		"status": string(r.Status),
		"date":   isoDay(r.Date),
		"n":      count(r.N),
		"answer": string(r.Answer),
		"side":   englishSide(r.Side),
	})
	if len(r.Possible) > 0 {
		text += " Possible now: " + strings.Join(r.Possible, ", ") + "."
	}
	return text
}

// Danish says the same to a person.
func (r *Refusal) Danish() string {
	text := fill(refusals[r.Code].danish, r.danishSlots())
	if ways := r.ways(); ways != "" {
		text += " Du kan i stedet " + ways + "."
	}
	return text
}

func (r *Refusal) danishSlots() map[string]string {
	date := dayWords(r.Date)
	slots := map[string]string{
		"dato": date, "Dato": Capital(date),
		"n": count(r.N), "tal": countWord(r.N), "gange": times(r.N),
		"rolle": "parten", "lukket": r.closing(date),
	}
	if !r.Date.IsZero() {
		slots["kl"] = Clock(r.Date)
	}
	if r.Status.Valid() {
		slots["status"] = r.Status.StaffLabel()
	}
	if r.Side.Valid() {
		slots["rolle"] = r.Side.Label()
	}
	if r.Answer.Valid() {
		slots["svar"] = r.Answer.Label()
	}
	return slots
}

// closing says how the forløb ended.
func (r *Refusal) closing(date string) string {
	if words, closed := closings[r.Status]; closed {
		return fill(words, map[string]string{"dato": date})
	}
	return "Sagen er lukket"
}

// ways joins what can be done instead. A closed forløb can always be read.
func (r *Refusal) ways() string {
	var ways []string
	for _, act := range r.Possible {
		if way, known := instead[ActName(act)]; known {
			ways = append(ways, way)
		}
	}
	if r.Code == RefuseClosed {
		ways = append(ways, "se sagen")
	}
	return orList(ways)
}
