package forloeb

import "strings"

// Words are what a programme says of itself to those who apply, on pages and
// in mails.
type Words struct {
	Short      string // begins a sentence: "SPARK"
	Tagline    string // under its full name
	Of         string // completes "et forløb": "hos SPARK"
	To         string // completes "en ansøgning": "til SPARK"
	Office     string // whom to call, and who signs
	Consultant string // whoever comes; -en, -er and -erne can follow
	Meeting    string // in a calendar that colleagues read
	ForWhom    string // what it does for whom, as the beginning of a sentence
	Agreed     string // completes "er" and "og": who agreed it
	Sender     string // the name that mails come from; empty for the setting's
	Recommend  string // the questionnaire's question about recommending it
	Crisis     string // where crisis help is to be had; empty where the front page tells
}

// Agreement is a sentence that names the parties behind the programme.
func (w Words) Agreement() string { return w.Short + " er " + w.Agreed + "." }

// Say puts the programme's word for whoever comes into a sentence of ours that
// says konsulent. It is for our own sentences, never for what people wrote.
func (w Words) Say(sentence string) string {
	return strings.NewReplacer(sparkWords.Consultant, w.Consultant, Capital(sparkWords.Consultant), Capital(w.Consultant)).Replace(sentence)
}

var sparkWords = Words{
	Short: "SPARK", Tagline: "Gratis for kommunale arbejdspladser",
	Of: "hos SPARK", To: "til SPARK", Office: "SPARKs sekretariat", Consultant: "konsulent", Meeting: "SPARK-møde",
	ForWhom: "SPARK hjælper kommunale arbejdspladser med det psykiske arbejdsmiljø",
	Agreed:  "aftalt mellem KL og Forhandlingsfællesskabet",

	Recommend: "I hvor høj grad vil du anbefale SPARK til andre arbejdspladser?",
}

var regionalWords = Words{
	Short: "Rådgivningen", Tagline: "Gratis for regionale arbejdspladser",
	Of: "med ekspertrådgivning om psykisk arbejdsmiljø", To: "om ekspertrådgivning om psykisk arbejdsmiljø",
	Office: "Sekretariatet for ekspertrådgivningen", Consultant: "ekspert", Meeting: "Møde i ekspertrådgivningen",
	ForWhom: "Ekspertrådgivningen hjælper regionale arbejdspladser med det psykiske arbejdsmiljø",
	Agreed:  "aftalt mellem Forhandlingsfællesskabet og Danske Regioner",
	Sender:  "Ekspertrådgivning om psykisk arbejdsmiljø",

	Recommend: "I hvor høj grad vil du anbefale rådgivningen til andre arbejdspladser?",
	Crisis:    "Har I brug for krisehjælp, så brug regionens egen; jeres leder eller arbejdsmiljørepræsentant ved, hvem I ringer til.",
}

// Words are those of the programme that the provider is of; SPARK's without
// one.
func (c ProviderCode) Words() Words {
	_, programme, _ := ProviderByCode(c)
	return wordsOf(programme.Code)
}

// Words are those of the forløb's programme.
func (f *Forloeb) Words() Words { return wordsOf(f.Programme) }

func wordsOf(c ProgrammeCode) Words {
	programme, known := ProgrammeByCode(c)
	if !known {
		return sparkWords
	}
	return programme.Words
}
