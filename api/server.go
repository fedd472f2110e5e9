package api

import (
	"log/slog"
	"net/http"
	"net/netip"
	"slices"
	"strings"
	"time"

	"github.com/alexedwards/scs/v2"
	"github.com/gin-gonic/gin"
	"github.com/google/uuid"

	"example.dk/spark/internal/link"
)

// Config is what the pages and the JSON API are told about where they run.
type Config struct {
	BaseURL        string // scheme and host; what a request says of itself is never used
	TrustedProxies []netip.Prefix
	Site           Site
	Controller     string // who is responsible for people's data
	Statement      string // address of the accessibility statement; our own page without it

	Session SessionLimits // of a login
	Limits  Limits        // of what one network may do

	WorkflowPage func(forloeb uuid.UUID) string // Temporal's own page of a forløb; nil: staff are not shown it

	Development      bool  // the development pages exist
	Clock            Clock // moves forløb on, in development alone
	DevelopmentLinks []Link
}

// Link is where else to look.
type Link = wayOn

// Dependencies are the parts that the wiring hands over.
type Dependencies struct {
	Store    Store
	Process  Process
	News     News
	Calendar Calendar
	Letters  Letters
	Links    *link.Keyring
	Log      *slog.Logger
	Measure  Measure // nil: nobody counts

	Login    Login     // nil: nobody can log in
	Sessions scs.Store // where logins are remembered
}

// Server answers the public port: pages for people, JSON for programs.
type Server struct {
	config   Config
	store    Store
	process  Process
	news     News
	hub      *hub
	calendar Calendar
	letters  Letters
	links    *link.Keyring
	log      *slog.Logger
	measure  Measure

	login    Login
	sessions *scs.SessionManager
	now      func() time.Time

	assets   *assets
	render   *renderer
	origin   *http.CrossOriginProtection
	engine   *gin.Engine
	openAPI  func() ([]byte, error) // made when somebody asks
	policies map[string]policy      // by method and path
	shown    map[string]bool        // paths of pages, as Gin writes them
}

// New makes the server.
func New(config Config, needs Dependencies) (*Server, error) {
	a, err := builtAssets()
	if err != nil {
		return nil, err
	}
	s, err := newServer(config, needs, a)
	if err != nil {
		return nil, err
	}
	return s, s.register(s.routes())
}

// newServer makes a server that has no routes yet.
func newServer(config Config, needs Dependencies, a *assets) (s *Server, err error) {
	config.Site = config.Site.of(spark()) // until a page is in another programme's name
	s = &Server{
		config: config, store: needs.Store, process: needs.Process, letters: needs.Letters, links: needs.Links, log: needs.Log,
		measure: needs.Measure, news: needs.News, calendar: needs.Calendar, hub: newHub(),
		login: needs.Login, sessions: newSessions(needs.Sessions, config.Session, strings.HasPrefix(config.BaseURL, "https:")), now: time.Now,
		assets: a, origin: http.NewCrossOriginProtection(), policies: map[string]policy{}, shown: map[string]bool{},
	}
	if s.measure == nil {
		s.measure = func(string, string, int, time.Duration) {}
	}
	if !a.built() {
		s.log.Warn("the pages have no styles: run make assets")
	}
	if s.render, err = newRenderer(config.Site, a); err != nil {
		return nil, err
	}
	s.engine, err = s.newEngine()
	return s, err
}

// newEngine is Gin without anything it does by itself: no redirects, which
// would come without our headers, and nobody trusted to say where a request
// comes from.
func (s *Server) newEngine() (*gin.Engine, error) {
	gin.SetMode(gin.ReleaseMode)
	e := gin.New()
	e.HandleMethodNotAllowed = true
	e.RedirectTrailingSlash = false
	e.RemoteIPHeaders = []string{"X-Forwarded-For"} // a proxy may let others through as they came
	var proxies []string
	for _, p := range s.config.TrustedProxies {
		proxies = append(proxies, p.String())
	}
	if err := e.SetTrustedProxies(proxies); err != nil {
		return nil, err
	}
	e.Use(s.spanned, s.accessLog, securityHeaders(strings.HasPrefix(s.config.BaseURL, "https:")), s.recovered, located, s.limited)
	e.NoRoute(func(c *gin.Context) { s.fail(c, errNoRoute) })
	e.NoMethod(func(c *gin.Context) { s.fail(c, errMethod) })
	return e, nil
}

// routes is every route with its policy: the only list. A page is one line.
func (s *Server) routes() []route {
	return slices.Concat(s.actRoutes(), s.registerRoutes(), s.pileRoutes(), s.noteRoutes(), s.accessRoutes(), s.savedViewRoutes(), s.settingsRoutes(), s.recusalRoutes(), []route{
		pageAt(http.MethodGet, staticRoute, public, s.static),
		pageAt(http.MethodGet, openAPIPath, public, s.describe),

		pageAt(http.MethodGet, "/", public, s.showFront),
		pageAt(http.MethodGet, guidePath, public, s.showGuide),
		pageAt(http.MethodGet, "/ansoegning", public, s.showApply),
		pageAt(http.MethodPost, "/ansoegning", public, s.sendApplication),
		pageAt(http.MethodGet, sharedApplyPath, public, s.showSharedApply),
		pageAt(http.MethodPost, sharedApplyPath, public, s.sendSharedApply),
		pageAt(http.MethodGet, regionalApplyPath, public, s.showRegionalApply),
		pageAt(http.MethodPost, regionalApplyPath, public, s.sendRegionalApply),
		pageAt(http.MethodPost, saveDraftPath, public, s.saveDraft),
		pageAt(http.MethodGet, saveDraftPath+"/{token}", draftLink, s.showDraft),
		pageAt(http.MethodGet, saveDraftPath+"/{token}"+deletePath, draftLink, s.showDeleteDraft),
		pageAt(http.MethodPost, saveDraftPath+"/{token}"+deletePath, draftLink, s.deleteDraft),
		pageAt(http.MethodGet, "/ansoegning/vis/{token}", partyLink(link.ApplicationView), s.showApplication),
		pageAt(http.MethodPost, "/ansoegning/vis/{token}"+newLinkPath, oldLink(link.ApplicationView), s.sendNewLink),
		pageAt(http.MethodGet, "/kvittering/{token}", receiptLink, s.showReceipt),
		pageAt(http.MethodPost, "/kvittering/{token}/{side}", receiptLink, s.sendAddress),
		pageAt(http.MethodGet, "/samtykke/{token}", partyLink(link.Consent), s.showConsent),
		pageAt(http.MethodPost, "/samtykke/{token}", partyLink(link.Consent), s.sendAnswer),
		pageAt(http.MethodPost, "/samtykke/{token}"+contestPath, partyLink(link.Consent), s.contest),
		pageAt(http.MethodPost, "/samtykke/{token}"+newLinkPath, oldLink(link.Consent), s.sendNewLink),
		pageAt(http.MethodGet, "/status/{token}", partyLink(link.Status), s.showStatus),
		pageAt(http.MethodGet, "/status/{token}"+livePath, partyLink(link.Status), s.followStatus),
		pageAt(http.MethodPost, "/status/{token}"+newLinkPath, oldLink(link.Status), s.sendNewLink),
		pageAt(http.MethodGet, "/status/{token}"+withdrawPath, partyLink(link.Status), s.showWithdraw),
		pageAt(http.MethodPost, "/status/{token}"+withdrawPath, partyLink(link.Status), s.sendWithdrawal),
		pageAt(http.MethodGet, "/status/{token}"+leftPath, partyLink(link.Status), s.showLeft),
		pageAt(http.MethodPost, "/status/{token}"+leftPath, partyLink(link.Status), s.sendLeave),
		pageAt(http.MethodGet, "/status/{token}"+askPausePath, partyLink(link.Status), s.showAskPause),
		pageAt(http.MethodPost, "/status/{token}"+askPausePath, partyLink(link.Status), s.sendAskPause),
		pageAt(http.MethodGet, "/status/{token}"+guestsPath, partyLink(link.Status), s.showGuests),
		pageAt(http.MethodPost, "/status/{token}"+guestsPath, partyLink(link.Status), s.sendGuest),
		pageAt(http.MethodPost, "/status/{token}"+guestsPath+"/{guest}", partyLink(link.Status), s.removeGuest),
		pageAt(http.MethodGet, "/status/{token}"+contactPath, partyLink(link.Status), s.showContact),
		pageAt(http.MethodPost, "/status/{token}"+contactPath, partyLink(link.Status), s.sendContact),
		pageAt(http.MethodGet, "/status/{token}"+networkPath, partyLink(link.Status), s.showNetwork),
		pageAt(http.MethodPost, "/status/{token}"+networkPath, partyLink(link.Status), s.sendListing),
		pageAt(http.MethodPost, "/status/{token}"+showApplicationPath, partyLink(link.Status), s.askApplication),
		pageAt(http.MethodPost, "/status/{token}"+askReopenPath, partyLink(link.Status), s.askReopen),
		pageAt(http.MethodGet, "/status/{token}"+againPath, partyLink(link.Status), s.showAgain),
		pageAt(http.MethodGet, "/moede/{token}", partyLink(link.Meeting), s.showMeeting),
		pageAt(http.MethodPost, "/moede/{token}", partyLink(link.Meeting), s.sendOtherTime),
		pageAt(http.MethodGet, "/moede/{token}"+calendarPath, partyLink(link.Meeting), s.sendCalendarFile),
		pageAt(http.MethodPost, "/moede/{token}"+newLinkPath, oldLink(link.Meeting), s.sendNewLink),
		pageAt(http.MethodGet, "/deltager/{token}", guestLink, s.showGuest),
		pageAt(http.MethodPost, "/deltager/{token}", guestLink, s.sendGuestOff),
		pageAt(http.MethodGet, "/noter/{token}", registerLink, s.showNoting),
		pageAt(http.MethodPost, "/noter/{token}", registerLink, s.sendNoting),
		pageAt(http.MethodGet, "/evaluering/{token}", partyLink(link.Evaluation), s.showEvaluation),
		pageAt(http.MethodPost, "/evaluering/{token}", partyLink(link.Evaluation), s.sendEvaluation),
		pageAt(http.MethodPost, "/evaluering/{token}"+newLinkPath, oldLink(link.Evaluation), s.sendNewLink),
		pageAt(http.MethodPost, "/evaluering/{token}"+refusePath, partyLink(link.Evaluation), s.refuseEvaluation),
		pageAt(http.MethodGet, "/privatliv", public, s.showPrivacy),
		pageAt(http.MethodGet, "/tilgaengelighed", public, s.showAccessibility),
		pageAt(http.MethodGet, "/was", public, s.showAccessibility),
		pageAt(http.MethodGet, LoginPath, public, s.showLogin),
		pageAt(http.MethodGet, loginStartPath, public, s.startLogin),
		pageAt(http.MethodGet, LoginAnswerPath, public, s.finishLogin),
		pageAt(http.MethodPost, logoutPath, public, s.logout),
		pageAt(http.MethodGet, secretariatArea+livePath, secretariatPage, s.followAll),
		withoutSlash(consultantArea, public),
		pageAt(http.MethodGet, consultantArea+"/", consultantPage, s.showDay),
		pageAt(http.MethodGet, ownPath, consultantPage, s.showOwn),
		pageAt(http.MethodGet, ownCalendarPath, consultantPage, s.showCalendar),
		pageAt(http.MethodPost, makeLinkPath, consultantPage, s.makeLink),
		pageAt(http.MethodPost, dropLinkPath, consultantPage, s.dropLink),
		pageAt(http.MethodGet, "/kalender/{token}", feedLink, s.sendFeed),
		pageAt(http.MethodGet, consultantArea+livePath, consultantPage, s.followOwn),
		pageAt(http.MethodGet, secretariatArea+"/forloeb/{id}"+livePath, secretariatCase, s.followCase(secretariatCase)),
		pageAt(http.MethodGet, consultantArea+"/forloeb/{id}"+livePath, consultantCase, s.followCase(consultantCase)),
		pageAt(http.MethodGet, secretariatArea+"/tal", figuresPolicy, s.showFigures),
		pageAt(http.MethodGet, figuresExportPath, figuresPolicy, s.showFiguresExport),
		pageAt(http.MethodPost, figuresExportPath, figuresPolicy, s.sendFiguresExport),
		pageAt(http.MethodGet, yearReportPath, figuresPolicy, s.showYearReport),
		pageAt(http.MethodGet, yearReportPath+exportPath, figuresPolicy, s.showYearReportExport),
		pageAt(http.MethodPost, yearReportPath+exportPath, figuresPolicy, s.sendYearReportExport),
		pageAt(http.MethodGet, listExportPath, secretariatPage, s.showListExport),
		pageAt(http.MethodPost, listExportPath, secretariatPage, s.sendListExport),
		withoutSlash(secretariatArea, public),
		pageAt(http.MethodGet, secretariatArea+"/", secretariatPage, s.showToday),
		pageAt(http.MethodGet, listPath, secretariatPage, s.showCases),
		pageAt(http.MethodGet, mailLogPath, secretariatPage, s.showMailLog),
		pageAt(http.MethodGet, heldPath, secretariatPage, s.showHeld),
		pageAt(http.MethodPost, heldPath, secretariatPage, s.releaseHeld),
		pageAt(http.MethodGet, mailTextsPath, secretariatPage, s.showMailTexts),
		pageAt(http.MethodGet, mailTextPath, secretariatPage, s.showMailText),
		pageAt(http.MethodPost, mailTextPath, secretariatPage, s.sendMailText),
		pageAt(http.MethodPost, mailTextPath+backToPath, secretariatPage, s.goBackToMailText),
		pageAt(http.MethodGet, mainMEDPath, secretariatPage, s.showMainMED),
		pageAt(http.MethodGet, mainMEDNoticePath, secretariatPage, s.showMainMEDNotices),
		pageAt(http.MethodPost, mainMEDNoticePath, secretariatPage, s.sendMainMEDNotice),
		pageAt(http.MethodGet, intakesPath, secretariatPage, s.showIntakes),
		pageAt(http.MethodGet, intakesPath+"/{programme}", secretariatPage, s.showIntake),
		pageAt(http.MethodPost, intakesPath+"/{programme}", secretariatPage, s.sendIntake),
		pageAt(http.MethodGet, consultantsPath, secretariatPage, s.showConsultants),
		pageAt(http.MethodGet, consultantsPath+"/ny", secretariatPage, s.showNewConsultant),
		pageAt(http.MethodPost, consultantsPath+"/ny", secretariatPage, s.sendNewConsultant),
		pageAt(http.MethodGet, consultantsPath+"/{id}", secretariatPage, s.showConsultant),
		pageAt(http.MethodPost, consultantsPath+"/{id}", secretariatPage, s.sendConsultant),
		pageAt(http.MethodGet, roundsPath, secretariatPage, s.showRounds),
		pageAt(http.MethodPost, roundsPath, secretariatPage, s.sendRound),
		pageAt(http.MethodGet, closeRoundPath, secretariatPage, s.showCloseRound),
		pageAt(http.MethodPost, closeRoundPath, secretariatPage, s.sendCloseRound),
		pageAt(http.MethodGet, roundsPath+"/{id}", secretariatPage, s.showRound),
		pageAt(http.MethodGet, staffPath, headPage, s.showStaffList),
		pageAt(http.MethodPost, staffPath+"/{id}/luk", headPage, s.closeAccess()),
		pageAt(http.MethodPost, staffPath+"/{id}/aabn", headPage, s.openAccess()),
		pageAt(http.MethodPost, staffPath+"/{id}/log-af", headPage, s.endSessions()),
		pageAt(http.MethodGet, "/sekretariat/forloeb/{id}", secretariatCase, s.showCase),
		pageAt(http.MethodPost, secretariatArea+"/forloeb/{id}"+notAlikePath, secretariatCase, s.sendNotAlike),
		pageAt(http.MethodGet, "/konsulent/forloeb/{id}", consultantCase, s.showCase),
		pageAt(http.MethodGet, "/sekretariat/forloeb/{id}/mails", secretariatCase, s.showMails),
		pageAt(http.MethodGet, "/konsulent/forloeb/{id}/moeder/{meeting}"+ownNotesPath, consultantCase, s.showOwnNotes),
		pageAt(http.MethodPost, "/konsulent/forloeb/{id}/moeder/{meeting}"+ownNotesPath, consultantCase, s.sendOwnNotes),
		pageAt(http.MethodGet, "/konsulent/forloeb/{id}/mails", consultantCase, s.showMails),
		pageAt(http.MethodGet, "/sekretariat/forloeb/{id}/mails/{mail}", secretariatCase, s.showMail),
		pageAt(http.MethodGet, "/konsulent/forloeb/{id}/mails/{own}", consultantCase, s.showMail),
		pageAt(http.MethodPost, "/sekretariat/forloeb/{id}/mails/{mail}/{handling}", secretariatCase, s.settleCaseMail),
		withoutSlash(providerArea, public),
		pageAt(http.MethodGet, providerArea+"/", providerPage, s.showToday),
		pageAt(http.MethodGet, providerArea+livePath, providerPage, s.followProvider),
		pageAt(http.MethodGet, providerArea+"/forloeb", providerPage, s.showCases),
		pageAt(http.MethodGet, expertsPath, providerPage, s.showConsultants),
		pageAt(http.MethodGet, expertsPath+"/ny", providerPage, s.showNewConsultant),
		pageAt(http.MethodPost, expertsPath+"/ny", providerPage, s.sendNewConsultant),
		pageAt(http.MethodGet, expertsPath+"/{id}", providerPage, s.showConsultant),
		pageAt(http.MethodPost, expertsPath+"/{id}", providerPage, s.sendConsultant),
		pageAt(http.MethodGet, "/udbyder/forloeb/{id}", providerCase, s.showCase),
		pageAt(http.MethodGet, "/udbyder/forloeb/{id}"+livePath, providerCase, s.followCase(providerCase)),
		pageAt(http.MethodGet, "/udbyder/forloeb/{id}/mails", providerCase, s.showMails),
		pageAt(http.MethodGet, "/udbyder/forloeb/{id}/mails/{mail}", providerCase, s.showMail),
		pageAt(http.MethodPost, "/udbyder/forloeb/{id}/mails/{mail}/{handling}", providerCase, s.settleCaseMail),
		withoutSlash("/dev", development),
		pageAt(http.MethodGet, "/dev/", development, s.showDevelopment),
		pageAt(http.MethodPost, "/dev/forloeb/{id}/fast-forward", development, s.fastForward),

		get("/api/v1/programmes", public, "list-programmes", "What can be applied for", s.programmes),
		post("/api/v1/programmes/{programme}/intake", secretariat, "set-intake", "Open or close a programme's intake", s.setIntake),
		get("/api/v1/themes", public, "list-themes", "Themes, and which can be applied for on a day", themes),
		get("/api/v1/municipalities", public, "list-municipalities", "The municipalities and their regions", municipalities),
		created("/api/v1/applications", public, "apply", "Apply for a forløb, as the form does", s.apply),

		get("/api/v1/forloeb", everyStaff, "list-forloeb", "Forløb, those that need somebody first", s.list),
		get("/api/v1/forloeb/{id}", everyStaff, "get-forloeb", "One forløb: status, what it waits for, facts, timeline and what is possible", s.one),
		get("/api/v1/forloeb/{id}/ranking", whoRuns, "rank-consultants", "Every consultant in the order of matching, with the reasons", s.ranking),

		get("/api/v1/forloeb/{id}/application", everyStaff, "read-application", "The application's words, ready to be edited, and what people wrote about it", s.text),
		get("/api/v1/forloeb/{id}/notes", whoRuns, "list-notes", "What those who run a forløb have written down about it", s.notes),
		created("/api/v1/forloeb/{id}/notes", whoRuns, "write-note", "Write a note", s.writeNote),
		post("/api/v1/forloeb/{id}/notes/{note}/strike", whoRuns, "strike-note", "Strike a note; its words are gone", s.strike),
		post("/api/v1/forloeb/{id}/application", secretariat, "edit-application", "Edit the application; both parties are asked again", s.edit),
		post("/api/v1/forloeb/{id}/assessment", secretariat, "assess", "Decide about an application where applications are assessed", s.assess),
		post("/api/v1/forloeb/{id}/assignment", whoRuns, "assign", "Choose a consultant, or another one with a reason", s.assign),
		post("/api/v1/forloeb/{id}/accept", everyStaff, "accept", "Say yes to a forløb that one is asked to take", s.accept),
		post("/api/v1/forloeb/{id}/decline", everyStaff, "decline", "Say no to it; the next in rank is asked", s.decline),
		post("/api/v1/forloeb/{id}/release", everyStaff, "release", "Take the consultant off the forløb", s.release),
		post("/api/v1/forloeb/{id}/meetings", everyStaff, "book-meeting", "Book a meeting ahead", s.book),
		post("/api/v1/forloeb/{id}/meetings/series", everyStaff, "book-series", "Book several meetings ahead, all or none", s.bookSeries),
		post("/api/v1/forloeb/{id}/meetings/held", everyStaff, "record-meeting", "Write down a meeting that was held without being booked", s.recordHeld),
		post("/api/v1/forloeb/{id}/plan", everyStaff, "write-plan", "Write down what is agreed on with the workplace", s.writePlan),
		post("/api/v1/forloeb/{id}/extra-meetings", everyStaff, "grant-extra-meetings", "Plan more meetings, with a reason", s.grantExtra),
		post("/api/v1/forloeb/{id}/finish", everyStaff, "finish-meetings", "Say that the last meeting has been held", s.finish),
		post("/api/v1/forloeb/{id}/deadline", whoRuns, "extend-deadline", "Put off the deadline for answering", s.extendDeadline),
		post("/api/v1/forloeb/{id}/pause", whoRuns, "pause", "Let the forløb stand still until a day, or move that day", s.pause),
		post("/api/v1/forloeb/{id}/ask-pause", consultants, "ask-pause", "Ask for a pause; the secretariat decides", s.askForPause),
		post("/api/v1/forloeb/{id}/resume", whoRuns, "resume", "Let a paused forløb go on now", s.resume),
		post("/api/v1/forloeb/{id}/stop", secretariat, "stop", "End the forløb; the parties read the reason", s.stop),
		post("/api/v1/forloeb/{id}/duplicate", secretariat, "close-duplicate", "Close the forløb as a duplicate of another", s.closeDuplicate),
		get("/api/v1/forloeb/{id}/alike", secretariat, "list-alike", "Open forløb that may be about the same", s.listAlike),
		post("/api/v1/forloeb/{id}/withdraw", secretariat, "withdraw", "Write down that a party withdraws", s.withdraw),
		post("/api/v1/forloeb/{id}/reopen", secretariat, "reopen", "Open a closed forløb again, with a reason", s.reopen),
		post("/api/v1/forloeb/{id}/begin", secretariat, "begin", "Let a shared forløb begin with the workplaces that have joined", s.begin),
		post("/api/v1/forloeb/{id}/workplaces/{workplace}/leave", secretariat, "leave-workplace", "Take one workplace out of a shared forløb", s.leaveWorkplace),
		post("/api/v1/forloeb/{id}/workplaces/{workplace}/guests", everyStaff, "add-guest", "Let one more at a workplace hear of its meetings", s.addGuestByToken),
		post("/api/v1/forloeb/{id}/guests/{guest}/remove", everyStaff, "remove-guest", "Let a guest hear of the meetings no more", s.removeGuestByToken),
		post("/api/v1/forloeb/{id}/parties/{party}/answer", whoRuns, "note-answer", "Write down what a party answered by telephone", s.noteAnswer),
		post("/api/v1/forloeb/{id}/workplaces/{workplace}/ask-again", secretariat, "ask-workplace-again", "Ask a workplace that is out whether it takes part after all", s.askWorkplaceAgain),
		post("/api/v1/forloeb/{id}/parties/{party}/address", whoRuns, "correct-address", "Correct a party's mail address; a new link is sent", s.correctAddress),
		post("/api/v1/forloeb/{id}/parties/{party}/replace", whoRuns, "replace-party", "Put a new person in a party's place", s.replaceParty),

		patch("/api/v1/meetings/{id}", everyStaff, "move-meeting", "Give a booked meeting another time or place", s.move),
		post("/api/v1/meetings/{id}/prep-task", everyStaff, "write-prep-task", "Say what is to be prepared for a meeting", s.writePrepTask),
		post("/api/v1/meetings/{id}/held", everyStaff, "register-held", "The meeting was held", s.registerHeld),
		post("/api/v1/meetings/{id}/no-show", everyStaff, "register-no-show", "The meeting was not held; it does not count", s.registerNoShow),
		post("/api/v1/meetings/{id}/cancel", everyStaff, "cancel-meeting", "Cancel a booked meeting", s.cancel),

		get("/api/v1/consultants", whoRuns, "list-consultants", "The consultants", s.consultants),
		created("/api/v1/consultants", whoRuns, "add-consultant", "Add a consultant", s.addConsultant),
		patch("/api/v1/consultants/{id}", whoRuns, "change-consultant", "Change a consultant; what is left out stays", s.changeConsultant),

		get("/api/v1/tasks", whoRuns, "list-tasks", "What only a person can settle, oldest first", s.tasks),
		post("/api/v1/tasks/{id}/close", whoRuns, "close-task", "Say that a task is settled", s.closeTask),
		post("/api/v1/tasks/{id}/claim", whoRuns, "claim-task", "Take a task, so that others leave it alone", s.claimTask),
		post("/api/v1/tasks/{id}/unclaim", whoRuns, "unclaim-task", "Let go of a task that one has taken", s.unclaimTask),
		post("/api/v1/tasks/{id}/put-off", whoRuns, "put-off-task", "Put a task off to a day", s.putOff),
		post("/api/v1/tasks/{id}/show", whoRuns, "show-task", "Take back that a task is put off", s.showTask),
		post("/api/v1/mails/{id}/resend", whoRuns, "resend-mail", "Send a failed or uncertain mail again", s.resendMail),
		post("/api/v1/mails/{id}/release", whoRuns, "release-mail", "Send a mail that is held back", s.releaseMail),
		post("/api/v1/mails/{id}/let-be", whoRuns, "let-mail-be", "Leave a mail as it is and close its task", s.letMailBe),

		get("/api/v1/statistics", figures, "get-statistics", "How many forløb have each status, and how many came and ended this year", s.statistics),
	})
}

// ServeHTTP answers a request.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	headAsGet(s.engine).ServeHTTP(w, r)
}

// HTTPServer listens for it with limits on how long anybody may take. It does
// not wait for streams when it stops.
func (s *Server) HTTPServer(address string) *http.Server {
	server := &http.Server{
		Addr:              address,
		Handler:           s,
		ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout:       15 * time.Second,
		WriteTimeout:      30 * time.Second,
		IdleTimeout:       time.Minute,
		MaxHeaderBytes:    16 << 10,
		ErrorLog:          slog.NewLogLogger(s.log.Handler(), slog.LevelWarn),
	}
	server.RegisterOnShutdown(s.hub.stop)
	return server
}
