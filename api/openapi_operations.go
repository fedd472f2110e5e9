package api

import (
	"net/http"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"example.dk/spark/internal/forloeb"
)

// The tags of the description, in the order of a forløb.
const (
	tagCatalogue   = "Catalogue"
	tagApplication = "Applications"
	tagForloeb     = "Forløb"
	tagConsultant  = "Assignment"
	tagMeeting     = "Meetings"
	tagClosing     = "Closing"
	tagParty       = "Parties"
	tagAttention   = "Tasks and mails"
	tagStatistics  = "Statistics"
)

var tags = []*huma.Tag{
	{Name: tagCatalogue, Description: "What an application is made from. Public. The database is asked about the intakes alone; when it does not answer, they are told as agreed."},
	{Name: tagApplication, Description: "Applying, correcting an application, and deciding about one."},
	{Name: tagForloeb, Description: "Forløb as they stand: status, what each waits for, facts, timeline and what is possible."},
	{Name: tagConsultant, Description: "Consultants, and who has which forløb."},
	{Name: tagMeeting, Description: "Meetings ahead, meetings held, and how many there may be."},
	{Name: tagClosing, Description: "The ends that people decide, and opening again."},
	{Name: tagParty, Description: "The two people of the workplace."},
	{Name: tagAttention, Description: "What only a person can settle."},
	{Name: tagStatistics, Description: "Figures, and nothing about persons."},
}

// about is what the description says of an operation beyond its types and its
// policy.
type about struct {
	tag     string
	text    string                // what the summary leaves out
	refuses []forloeb.RefusalCode // the rules that can refuse it
	fails   []error               // the domain's other errors
}

// What every act on a forløb can be refused with, every act that a status
// allows, and every act on one that a consultant has.
var (
	whileOpen = []forloeb.RefusalCode{forloeb.RefuseClosed, forloeb.RefuseCatchingUp}
	inStatus  = []forloeb.RefusalCode{forloeb.RefuseClosed, forloeb.RefuseCatchingUp, forloeb.RefuseWrongStatus}
	inHand    = and(inStatus, forloeb.RefuseNotAssigned)
)

func and(codes []forloeb.RefusalCode, more ...forloeb.RefusalCode) []forloeb.RefusalCode {
	return slices.Concat(codes, more)
}

const thenAsked = " Both parties are asked again by mail."

// operations describes every operation by its id.
var operations = map[string]about{
	"list-programmes":     {tag: tagCatalogue, text: "Programmes with their types, themes, declarations, periods and providers. Labels are Danish."},
	"list-themes":         {tag: tagCatalogue},
	"list-municipalities": {tag: tagCatalogue, text: "All 98, in Danish alphabetical order. The regions are those of today's map."},

	"set-intake": {
		tag:  tagApplication,
		text: "Each decision stays on record with who made it. Applications that were sent and forløb under way go on.",
	},

	"apply": {
		tag: tagApplication,
		text: "What is legal is judged as for the form: every mistake is told at once, with a pointer. Both parties get a mail with a link of their own and answer there.\n\n" +
			"The Idempotency-Key makes it safe to send again when no answer came: the same key with the same application gives the same forløb, with 200.",
		refuses: []forloeb.RefusalCode{forloeb.RefuseKeyReused, forloeb.RefuseProgrammeClosed, forloeb.RefuseIntakeClosed,
			forloeb.RefuseExcludedNotice, forloeb.RefuseExcludedCrisis, forloeb.RefuseExcludedPersonal},
	},
	"read-application": {
		tag:  tagApplication,
		text: "With the notes the only place where the API shows free text. It is gone when the forløb is anonymised.",
	},
	"edit-application": {
		tag: tagApplication,
		text: "A whole new revision, judged by the rules of the day the application came in. Programme and type stay." + thenAsked +
			" Possible until a consultant is assigned.",
		refuses: inStatus,
	},
	"assess": {
		tag:     tagApplication,
		text:    "Where the programme assesses applications: approve, put on the waiting list, or reject with a reason that stands in the letter.",
		refuses: and(inStatus, forloeb.RefuseNotAssessed, forloeb.RefuseNoReason),
	},

	"list-forloeb": {
		tag:   tagForloeb,
		text:  "What needs a person first, then what happens soonest.",
		fails: []error{forloeb.ErrBadCursor},
	},
	"get-forloeb": {tag: tagForloeb, text: "Ask again until `settled` is true to see what came of an act."},

	"rank-consultants": {tag: tagConsultant, text: "Those whom matching passes over come last, with the obstacle."},
	"assign": {
		tag: tagConsultant,
		text: "Where nobody has room, where a person chooses, or to change consultant, which takes a reason. " +
			"A consultant whom matching would pass over takes a reason, too.",
		refuses: and(inStatus, forloeb.RefuseAlreadyAssigned, forloeb.RefuseNoReason, forloeb.RefuseConsultantUnknown, forloeb.RefuseConsultantUnsuitable, forloeb.RefuseConflictOfInterest, forloeb.RefuseRecused, forloeb.RefuseUnfitText),
	},
	"accept": {
		tag: tagConsultant,
		text: "Whoever is chosen before the forløb has begun is asked, and has it when they say yes, book a meeting, or say nothing for two working days. " +
			"The parties hear of it then.",
		refuses: and(inHand, forloeb.RefuseAlreadyAccepted),
	},
	"decline": {
		tag:     tagConsultant,
		text:    "The next in rank is asked at once, unless a person chose the one who declines: then a person chooses anew. The parties hear nothing of it.",
		refuses: and(inHand, forloeb.RefuseAlreadyAccepted, forloeb.RefuseNoReason),
	},
	"release": {
		tag:     tagConsultant,
		text:    "The forløb waits for a consultant again, and the one released is not matched with it a second time.",
		refuses: and(inHand, forloeb.RefuseNoReason, forloeb.RefuseUnfitText),
	},
	"list-consultants": {tag: tagConsultant},
	"list-recusals":    {tag: tagConsultant, text: "Why is told to the consultant and the head alone."},
	"recuse": {
		tag: tagConsultant,
		text: "A conflict of interest that is known beforehand. Nobody chooses the consultant for a forløb there, and matching passes over them, until it is ended. " +
			"What they have there already stays theirs, and is a task for those who run it.",
		refuses: []forloeb.RefusalCode{forloeb.RefuseRecusedAlready, forloeb.RefuseHasForloebThere},
	},
	"end-recusal": {
		tag:     tagConsultant,
		text:    "The reason is deleted. A consultant ends what they registered themselves.",
		refuses: []forloeb.RefusalCode{forloeb.RefuseRecusalNotYours},
	},
	"add-consultant":    {tag: tagConsultant, text: "Room for more forløb is given away at once, to whoever has waited longest.", fails: []error{forloeb.ErrAddressTaken}},
	"change-consultant": {tag: tagConsultant, text: "Room that this makes is given away at once.", fails: []error{forloeb.ErrAddressTaken}},

	"book-meeting": {
		tag:  tagMeeting,
		text: "Both parties and the consultant get it as a calendar entry.",
		refuses: and(inHand, forloeb.RefuseBadMeetingTime, forloeb.RefuseMeetingHours, forloeb.RefuseMeetingPast, forloeb.RefuseMeetingBookedAlready,
			forloeb.RefuseNeedsExtraMeetings, forloeb.RefuseTooManyMeetings, forloeb.RefuseWorkplaceOut, forloeb.RefusePaused),
	},
	"book-series": {
		tag:  tagMeeting,
		text: "As for one meeting. What is wrong with one of them is told with a pointer to it.",
		refuses: and(inHand, forloeb.RefuseBadMeetingTime, forloeb.RefuseMeetingHours, forloeb.RefuseMeetingPast, forloeb.RefuseMeetingBookedAlready,
			forloeb.RefuseNeedsExtraMeetings, forloeb.RefuseTooManyMeetings, forloeb.RefuseWorkplaceOut, forloeb.RefusePaused),
	},
	"record-meeting": {
		tag:  tagMeeting,
		text: "Up to 60 days back.",
		refuses: and(inHand, forloeb.RefuseBadMeetingTime, forloeb.RefuseMeetingHours, forloeb.RefuseMeetingNotBegun, forloeb.RefuseMeetingTooFarBack,
			forloeb.RefuseMeetingBookedAlready, forloeb.RefuseNeedsExtraMeetings, forloeb.RefuseTooManyMeetings, forloeb.RefuseWorkplaceOut),
	},
	"write-plan": {
		tag: tagMeeting,
		text: "How the forløb is arranged, and how it is followed up after the last meeting. The parties read it on their page; nobody gets a mail. " +
			"What stands is read with the application.",
		refuses: and(inStatus, forloeb.RefuseNothingChanged, forloeb.RefuseUnfitText),
	},
	"write-prep-task": {
		tag:     tagMeeting,
		text:    "The parties read it on the meeting's page. Mails about the meeting say that there is something to prepare, and not what.",
		refuses: and(inHand, forloeb.RefuseMeetingNotBooked, forloeb.RefuseMeetingPast, forloeb.RefuseNothingChanged, forloeb.RefuseUnfitText),
	},
	"grant-extra-meetings": {
		tag:     tagMeeting,
		text:    "An individual forløb has four meetings, and six at the most.",
		refuses: and(inHand, forloeb.RefuseNoReason, forloeb.RefuseTooManyMeetings),
	},
	"move-meeting": {
		tag:     tagMeeting,
		text:    "Everybody's calendar entry moves with it.",
		refuses: and(inHand, forloeb.RefuseMeetingNotBooked, forloeb.RefuseBadMeetingTime, forloeb.RefuseMeetingHours, forloeb.RefuseMeetingPast, forloeb.RefuseMeetingBookedAlready, forloeb.RefusePaused),
	},
	"register-held": {
		tag:     tagMeeting,
		text:    "Can be corrected to a no-show, and back, for ten working days. When the planned meetings are held, the forløb sleeps until its evaluation.",
		refuses: and(inHand, forloeb.RefuseMeetingNotBooked, forloeb.RefuseMeetingNotBegun, forloeb.RefuseTooLongAgo, forloeb.RefuseTooManyMeetings),
	},
	"register-no-show": {
		tag:     tagMeeting,
		text:    "Can be corrected for ten working days.",
		refuses: and(inHand, forloeb.RefuseMeetingNotBooked, forloeb.RefuseMeetingNotBegun, forloeb.RefuseTooLongAgo),
	},
	"cancel-meeting": {
		tag:     tagMeeting,
		text:    "It disappears from everybody's calendar.",
		refuses: and(inHand, forloeb.RefuseMeetingNotBooked),
	},

	"finish-meetings": {
		tag:     tagClosing,
		text:    "Fewer meetings than planned are fine, with one held at the least. What is booked is cancelled, and the forløb sleeps until its evaluation.",
		refuses: and(inStatus, forloeb.RefuseNoMeetingHeld),
	},
	"extend-deadline": {
		tag: tagApplication,
		text: "The one that runs: for answering the application, which in a shared forløb is also that for joining, or for answering the evaluation. " +
			"Those who have not answered get the new date by mail.",
		refuses: and(inStatus, forloeb.RefuseNoDeadline, forloeb.RefuseDeadlineEarlier, forloeb.RefuseDeadlineTooFar, forloeb.RefuseNoReason, forloeb.RefusePaused),
	},
	"pause": {
		tag: tagForloeb,
		text: "Nobody is reminded of anything, and its days count towards no deadline. It goes on by itself; everybody is told by mail when it is paused, when the day is moved and when it goes on. " +
			"Of one that is paused already the day is moved. A meeting before that day must be moved or cancelled first.",
		refuses: and(whileOpen, forloeb.RefuseAskedAlready, forloeb.RefuseMeetingInTheWay, forloeb.RefusePauseEarlier, forloeb.RefusePauseTooFar, forloeb.RefuseNoReason, forloeb.RefuseUnfitText),
	},
	"ask-pause": {
		tag:     tagForloeb,
		text:    "A consultant's wish becomes a task of the secretariat's, once until it is answered; the forløb goes on meanwhile. The parties have a page of their own for it.",
		refuses: and(whileOpen, forloeb.RefuseAskedAlready, forloeb.RefusePaused, forloeb.RefusePauseAsked, forloeb.RefuseNoPauseText, forloeb.RefuseUnfitText),
	},
	"resume": {tag: tagForloeb, refuses: and(whileOpen, forloeb.RefuseNotPaused)},
	"stop":   {tag: tagClosing, refuses: and(whileOpen, forloeb.RefuseNoReason)},
	"close-duplicate": {
		tag: tagClosing,
		text: "Both forløb show the other from then on, until this one is reopened. The parties get a letter of their own: it names the other forløb only to those who are party there too, by their mail address. " +
			"The other must be open.",
		refuses: and(whileOpen, forloeb.RefuseDuplicateUnknown, forloeb.RefuseDuplicateSelf, forloeb.RefuseDuplicateClosed, forloeb.RefuseDuplicateChain, forloeb.RefuseDuplicateCircle),
	},
	"list-alike": {
		tag:  tagClosing,
		text: "The likeliest first: open forløb with a workplace of a like name in the same municipality or region, or with a party who has the same mail address. Nothing follows from it until somebody decides.",
	},
	"withdraw": {tag: tagClosing, text: "For a party who says so by telephone; the parties have a page of their own for it.", refuses: whileOpen},
	"reopen": {
		tag:  tagClosing,
		text: "A forløb that was declined, lapsed, withdrawn or stopped goes back to the status it came from, within 30 days.",
		refuses: []forloeb.RefusalCode{
			forloeb.RefuseWrongStatus, forloeb.RefuseCatchingUp, forloeb.RefuseNotReopenable, forloeb.RefuseReopenTooLate, forloeb.RefuseNoReason},
	},

	"begin": {
		tag:     tagClosing,
		text:    "As many must have joined as the application asks for. Those that have not answered are told that they take no part.",
		refuses: and(inStatus, forloeb.RefuseTooFewJoined),
	},
	"leave-workplace": {
		tag:     tagClosing,
		text:    "The others go on; the workplace hears no more.",
		refuses: and(inStatus, forloeb.RefuseWorkplaceOut),
	},

	"note-answer": {
		tag: tagParty,
		text: "The party gets a receipt and has five working days to say that it is wrong, or to answer by their own link. " +
			"The forløb acts on the answer when the days are over.",
		refuses: and(inStatus, forloeb.RefuseNotAParty, forloeb.RefusePartyReplaced, forloeb.RefusePartyLeft, forloeb.RefusePartyAnswered,
			forloeb.RefuseDeadlinePassed, forloeb.RefuseNoReason),
	},
	"ask-workplace-again": {
		tag:     tagClosing,
		text:    "One that is out takes part when both of its parties have said yes to the new mail, by a deadline of their own; what they answered before is void. It can be done until the last meeting is held.",
		refuses: and(inStatus, forloeb.RefuseWorkplaceNotOut, forloeb.RefusePartyLeft, forloeb.RefuseNoReason),
	},

	"add-guest": {
		tag: tagParty,
		text: "They get a mail that says so, with a link to be taken off, and when it has left the invitations to what is booked; then moves, cancellations and a reminder. " +
			"They answer nothing and evaluate nothing. A workplace has three at the most.",
		refuses: and(inStatus, forloeb.RefuseWorkplaceOut, forloeb.RefuseTooManyGuests, forloeb.RefuseNoGuestName, forloeb.RefuseBadAddress, forloeb.RefuseGuestKnown),
	},
	"remove-guest": {
		tag:     tagParty,
		text:    "Whatever the status. A last mail takes what is booked out of their calendar.",
		refuses: []forloeb.RefusalCode{forloeb.RefuseGuestOff},
	},
	"correct-address": {
		tag:     tagParty,
		text:    "The link that was sent to the old address is dead at once.",
		refuses: and(whileOpen, forloeb.RefuseNotAParty, forloeb.RefusePartyReplaced, forloeb.RefusePartyLeft, forloeb.RefuseBadAddress, forloeb.RefuseBadPhone, forloeb.RefuseSameAddress),
	},
	"replace-party": {
		tag:  tagParty,
		text: "The new person is asked to answer by mail. After both had agreed, the forløb goes on meanwhile.",
		refuses: and(whileOpen, forloeb.RefuseNotAParty, forloeb.RefusePartyReplaced, forloeb.RefuseNoName, forloeb.RefuseBadAddress, forloeb.RefuseBadPhone,
			forloeb.RefuseSameAddress, forloeb.RefuseSamePerson),
	},

	"list-tasks": {tag: tagAttention, fails: []error{forloeb.ErrBadCursor}},
	"close-task": {
		tag:     tagAttention,
		text:    "For flags and reminders. A task that somebody waits for closes by itself when that is done.",
		refuses: []forloeb.RefusalCode{forloeb.RefuseTaskStands},
	},
	"list-notes": {tag: tagForloeb, text: "Oldest first. The secretariat reads all; a provider its own people's. Gone when the forløb is anonymised."},
	"write-note": {
		tag:     tagForloeb,
		text:    "It stands with the token's label and cannot be changed. The answer is all notes. Nobody gets a mail, and the forløb's version stays.",
		refuses: []forloeb.RefusalCode{forloeb.RefuseNoText, forloeb.RefuseUnfitText, forloeb.RefuseErased},
	},
	"strike-note": {
		tag:     tagForloeb,
		text:    "By whoever wrote it, or the head. A line says that there was one.",
		refuses: []forloeb.RefusalCode{forloeb.RefuseNoteStands},
	},
	"claim-task": {
		tag: tagAttention,
		text: "Of two who ask at once one gets it. To take it over from somebody, say who has it. A task is free again when it is given up, or when whoever has it " +
			"may not come in any more. The forløb knows nothing of it: its version stays.",
		refuses: []forloeb.RefusalCode{forloeb.RefuseTaskTaken, forloeb.RefuseTaskClosed},
	},
	"unclaim-task": {tag: tagAttention, text: "What somebody else has is left as it is.", refuses: []forloeb.RefusalCode{forloeb.RefuseTaskClosed}},
	"put-off-task": {
		tag: tagAttention,
		text: "It is not on the morning page until that day, and whoever had taken it has not. The day is after today, a year ahead at the most, and not past the deadline " +
			"that the task is about. The reason becomes a note.",
		refuses: []forloeb.RefusalCode{forloeb.RefuseTaskClosed, forloeb.RefusePutOffDay, forloeb.RefusePutOffLate, forloeb.RefuseUnfitText},
	},
	"show-task":    {tag: tagAttention, refuses: []forloeb.RefusalCode{forloeb.RefuseTaskClosed}},
	"resend-mail":  {tag: tagAttention, refuses: []forloeb.RefusalCode{forloeb.RefuseMailNotSettleable}},
	"release-mail": {tag: tagAttention, text: "More than three requests to one address in a week are held back, and requests beyond a number in an hour over all applications.", refuses: []forloeb.RefusalCode{forloeb.RefuseMailNotSettleable}},
	"let-mail-be":  {tag: tagAttention, refuses: []forloeb.RefusalCode{forloeb.RefuseMailNotSettleable}},

	"get-statistics": {tag: tagStatistics, text: "Years and days are Copenhagen's."},
}

// operation writes what is known of an operation beyond huma's part.
func (d describer) operation(op *huma.Operation) {
	a, roles := operations[op.OperationID], d.policies[op.Method+" "+op.Path].roles
	op.Tags = []string{a.tag}
	op.Description = strings.TrimSpace(a.text + "\n\n" + forWhom(roles))
	if roles != nil {
		op.Security = []map[string][]string{{"bearer": {}}}
	}
	if readsForloeb(op) {
		op.Parameters = append(op.Parameters, purposeParameter())
	}
	for i, p := range op.Parameters {
		op.Parameters[i] = withExample(p)
	}
	if op.RequestBody != nil {
		d.body(op.RequestBody.Content["application/json"], sampleRequests)
	}
	answers := d.answers
	if op.Method != http.MethodGet {
		answers = append([]any{unsettled(d.answers)}, answers...)
	}
	for _, r := range op.Responses {
		d.body(r.Content["application/json"], answers)
	}
	if op.OperationID == "apply" {
		op.RequestBody.Content["application/json"].Examples["regional"] = &huma.Example{
			Summary: "To a provider of the regional programme", Value: sampleRegionalApplication,
		}
		again := *op.Responses[strconv.Itoa(http.StatusCreated)]
		again.Description = "The same application was received before, with the same key"
		op.Responses[strconv.Itoa(http.StatusOK)] = &again
	}
	delete(op.Responses, "default")
	d.problems(op, a, roles)
}

// forWhom says which tokens open an operation.
func forWhom(roles []forloeb.StaffRole) string {
	if roles == nil {
		return "Needs no token."
	}
	var names []string
	for _, r := range roles {
		name := string(r)
		if r == forloeb.RoleConsultant || r == forloeb.RoleProvider {
			name += " (their own forløb)"
		}
		names = append(names, name)
	}
	return "For tokens with the role " + strings.Join(names, " or ") + "."
}

// withExample moves a parameter's example to where tools look for it.
func withExample(p *huma.Param) *huma.Param {
	described := *p
	if len(p.Schema.Examples) > 0 {
		described.Example = p.Schema.Examples[0]
	}
	return &described
}

// body gives a body the example of its type.
func (d describer) body(content *huma.MediaType, examples []any) {
	if content == nil {
		return
	}
	for _, value := range examples {
		if d.schema(value).Ref == content.Schema.Ref {
			content.Examples = map[string]*huma.Example{"example": {Ref: d.example(value)}}
			return
		}
	}
}

// example puts a value among the shared examples, and says where it is.
func (d describer) example(value any) string {
	name := strings.TrimPrefix(d.schema(value).Ref, "#/components/schemas/")
	if f, ok := value.(forloebDocument); ok && !f.Settled {
		name += "Unsettled"
	}
	d.api.Components.Examples[name] = &huma.Example{Value: value}
	return "#/components/examples/" + name
}

func (d describer) schema(value any) *huma.Schema {
	return d.api.Components.Schemas.Schema(reflect.TypeOf(value), true, "")
}

// readsForloeb reports whether an operation shows one forløb, which may be
// closed.
func readsForloeb(op *huma.Operation) bool {
	return op.Method == http.MethodGet && slices.ContainsFunc(op.Parameters, func(p *huma.Param) bool { return p.In == "path" })
}

// purposeParameter is the header that says why a closed forløb is read.
func purposeParameter() *huma.Param {
	return &huma.Param{
		Name: purposeHeader, In: "header", Example: "quality", Schema: &huma.Schema{Type: huma.TypeString},
		Description: "Why a closed forløb is read: question, reopen, follow_up, quality, insight, or other with a blank and a few words after it. It stands in the access log. Not needed while the forløb is open",
	}
}
