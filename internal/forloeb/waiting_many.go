package forloeb

// manyWords are what is said instead of the catalogue where more than two are
// meant: in a shared forløb there is a pair at each workplace.
var manyWords = map[WaitKey]waitWords{
	WaitConsentChanged: {
		"Ansøgningen blev ændret {siden}, og derfor skal alle svare igen. Fristen er {frist}.",
		"The application was changed on {since}; waiting for everybody's answers until {deadline}."},
	WaitAssessPool: {
		"De, der er med, havde bekræftet {siden}, og sekretariatet vurderer ansøgningen[ {næste}]. I får svar senest {frist}.",
		"Waiting for the secretariat's assessment, due by {deadline}."},
	WaitAssignSearching: {
		"De, der er med, havde bekræftet {siden}, og vi er ved at finde en konsulent. [I hører fra os senest {frist}.|I hører snart fra os.]",
		"Looking for a consultant[; news by {deadline}]."},
	WaitAssignManual: {
		"De, der er med, havde bekræftet {siden}, og sekretariatet vælger en konsulent[ senest {frist}].",
		"Waiting for the secretariat to choose a consultant[ by {deadline}]."},
	WaitPlanContact: {
		"Konsulenten blev valgt {siden} og kontakter jer senest {frist} for at aftale det første møde.",
		"The consultant contacts the workplaces by {deadline}."},
	WaitEvalNone:    evaluationOfMany,
	WaitEvalOne:     evaluationOfMany,
	WaitEvalMissing: evaluationOfMany,
}

var evaluationOfMany = waitWords{
	"Spørgeskemaet blev sendt {siden}, og vi venter på svar fra arbejdspladserne. Vi minder om det {næste}[, og det lukker {frist}].",
	"Waiting for the workplaces' evaluations[ until {deadline}]; reminder on {next}."}

// meansMany reports whether a sentence is about more than two. That of the
// questionnaire is about the reader's own pair, unless they have none.
func (f *Forloeb) meansMany(key WaitKey) bool {
	switch key {
	case WaitEvalNone, WaitEvalOne, WaitEvalMissing:
		return f.Shared() && f.own() == nil
	}
	_, differs := manyWords[key]
	return f.Shared() && differs
}

// words are those of the catalogue, of many, or to the consultant.
func (w Waiting) words() waitWords {
	if danish, differs := ownWords[w.Key]; w.own && differs {
		return waitWords{danish, waitCatalogue[w.Key].english}
	}
	if many, differs := manyWords[w.Key]; w.Many && differs {
		return many
	}
	return waitCatalogue[w.Key]
}
