package api

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"github.com/gin-gonic/gin"

	"example.dk/spark/internal/forloeb"
)

// The guide leads those who do not know whether SPARK is for them to the right
// form, or to advice. Each question is a page, and the answers so far stand in
// the address: nothing is kept, and Back works.

const guidePath = "/guide"

// Beside the answers, an address may say which question was sent, so that one
// sent without an answer is asked again, and which one to go back to.
const (
	guideSent = "nr"
	guideBack = "tilbage"
)

// guideQuestion is asked when those before it have been answered without
// coming to an end.
type guideQuestion struct {
	name, asks string // name: in the address
	answers    []guideAnswer
}

type guideAnswer struct {
	value, label string
	end          *guideAdvice // nil: on to the next question
}

var guideQuestions = []guideQuestion{
	{"haster", "Haster det?", []guideAnswer{
		{"ja", "Ja, nogen har brug for hjælp nu", &adviceUrgent},
		{"nej", "Nej", nil},
	}},
	{"sted", "Hvor arbejder I?", []guideAnswer{
		{"kommune", "I en kommune", nil},
		{"region", "I en region", &adviceRegion},
		{"andet", "Et andet sted", &adviceElsewhere},
	}},
	{"rolle", "Hvem er du?", []guideAnswer{
		{"leder", "Leder", nil},
		{"repraesentant", "AMR, TR eller anden valgt", nil},
		{"hr", "HR eller arbejdsmiljøkonsulent", &advicePassOn},
		{"medarbejder", "Medarbejder", &advicePassOn},
	}},
	{"antal", "Én arbejdsplads eller flere?", []guideAnswer{
		{"en", "Én arbejdsplads", &adviceApply},
		{"flere", "Flere arbejdspladser", &adviceSeveral},
	}},
}

// guideAdvice is where the guide ends.
type guideAdvice struct {
	Heading    string
	Paragraphs []string
	Way        *wayOn
	PassOn     bool // the reader cannot apply, and is given an address for those who can
	Call       bool
	Regions    bool              // whether their programme takes applications is told below
	More       forloeb.Elsewhere // who tells more; may be nobody
}

// forRegions leads to the form of the regions' own programme, or says that it
// takes no applications.
func (a *guideAdvice) forRegions(closed *forloeb.IntakeNow) {
	a.More = regional().More
	if closed == nil {
		a.Way = &wayOn{Label: "Søg om ekspertrådgivning", Address: regionalApplyPath}
		return
	}
	a.Paragraphs = append(slices.Clone(a.Paragraphs), closed.Programme+" tager ikke imod ansøgninger lige nu. "+closed.Told())
	a.Call = true
}

var (
	adviceUrgent = guideAdvice{
		Heading:    "Få hjælp med det samme",
		Paragraphs: []string{"SPARK er ikke krisehjælp. Er nogen i akut fare, så ring 112.", "Når det akutte er klaret, er I velkomne her."},
		Way:        &wayOn{Label: "Se, hvor I kan få hjælp", Address: "/#akut"},
	}
	adviceRegion = guideAdvice{
		Heading:    "SPARK er for kommuner",
		Paragraphs: []string{"Regionale arbejdspladser har deres eget tilbud."},
		Regions:    true,
	}
	adviceElsewhere = guideAdvice{
		Heading:    "SPARK er kun for kommunale arbejdspladser",
		Paragraphs: []string{"Jeres branchefællesskab for arbejdsmiljø kan hjælpe jer videre."},
	}
	advicePassOn = guideAdvice{
		Heading: "Giv stafetten videre",
		Paragraphs: []string{
			"Du kan ikke selv søge, men du kan give stafetten videre. Send linket her til en leder eller en medarbejderrepræsentant.",
			"Du må gerne hjælpe dem med at udfylde ansøgningen. Du bliver ikke selv part.", // E14
		},
		PassOn: true,
	}
	adviceApply = guideAdvice{
		Heading:    "SPARK er noget for jer",
		Paragraphs: []string{"Tal sammen først: I skal være enige om at søge, og I skal bruge navn og mail på jer begge."},
		Way:        &wayOn{Label: "Søg om et forløb", Address: "/ansoegning"},
	}
	adviceSeveral = guideAdvice{
		Heading:    "Søg et fællesforløb",
		Paragraphs: []string{"Et fællesforløb søges af en leder og en medarbejderrepræsentant fra fx HovedMED eller OmrådeMED."},
		Way:        &wayOn{Label: "Søg for flere arbejdspladser", Address: sharedApplyPath},
	}
)

// showGuide asks the first question that has no answer, or tells where the
// answers lead.
func (s *Server) showGuide(c *gin.Context) error {
	page := guideAt(c.Request.URL.Query(), s.config.BaseURL)
	if end, ends := page.(*guideAdvicePage); ends && end.Regions {
		end.forRegions(s.closed(c, regional()))
	}
	return s.write(c, http.StatusOK, page)
}

// guideAt is where an address leads: to a question or, when its answers come
// to an end, to advice. Ours is where the product lies.
func guideAt(address url.Values, ours string) pageData {
	given := guideAnswers(address)
	back, _ := strconv.Atoi(address.Get(guideBack))
	switch back--; {
	case 0 <= back && back < len(given):
		page := newGuidePage(given[:back])
		page.Chosen = given[back].value
		return page
	case len(given) > 0 && given[len(given)-1].end != nil:
		return &guideAdvicePage{guideAdvice: *given[len(given)-1].end, Back: guideBackTo(given), Address: ours + "/"}
	}
	page := newGuidePage(given)
	if address.Get(guideSent) == strconv.Itoa(page.Number) {
		page.Errors = []fieldError{{page.ID, "Vælg et svar, før du går videre."}}
	}
	return page
}

// guideAnswers are the answers of an address as far as they can be followed.
func guideAnswers(address url.Values) (given []guideAnswer) {
	for _, q := range guideQuestions {
		i := slices.IndexFunc(q.answers, func(a guideAnswer) bool { return a.value == address.Get(q.name) })
		if i < 0 {
			return given
		}
		given = append(given, q.answers[i])
		if q.answers[i].end != nil {
			return given
		}
	}
	return given
}

// guideBackTo leads back to the last of the answers.
func guideBackTo(given []guideAnswer) string {
	query := url.Values{guideBack: {strconv.Itoa(len(given))}}
	for i, a := range given {
		query.Set(guideQuestions[i].name, a.value)
	}
	return guidePath + "?" + query.Encode()
}
