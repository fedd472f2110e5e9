package api

// editPage is where the secretariat edits an application.
//
// States: what it holds, with what a party wants corrected or without; of a
// regional workplace; of several workplaces; and those of every act.
type editPage struct {
	actPage
	Wishes      []caseRemark     // what the parties want corrected
	Application *applyPage       // whose fields it has
	Shared      *sharedApplyPage // whose fields it has instead, where others apply for the workplaces
	Provider    string           // whom a regional workplace applied to; that stays
}

func (*editPage) template() string { return "edit" }
