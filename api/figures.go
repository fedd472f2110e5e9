package api

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/gin-gonic/gin"

	"example.dk/spark/internal/forloeb"
)

// figuresPage is what has come of the forløb and how they went: figures and no
// forløb.
//
// States: with some; nobody has answered; too few have answered; of one group.
type figuresPage struct {
	Base
	OpenCount, DoneCount int
	Filter               figuresFilter
	figuresSum
	Plots []plot
	Load  *forloeb.Table
}

// figuresSum is how many have answered, and the two figures.
type figuresSum struct {
	Answers string // how many
	Few     bool   // too few
	Cards   []figuresCard
	Rule    string
}

func (*figuresPage) template() string { return "figures" }

// figuresFilter is the form above the figures.
type figuresFilter struct {
	Programmes, Years []choice
	Groups            []choiceGroup
}

// choice is one option of a select.
type choice struct {
	Value, Label string
	Chosen       bool
}

type choiceGroup struct {
	Label   string
	Choices []choice
}

// figuresCard is one of the two figures.
type figuresCard struct{ ID, Share, Words string }

// showFigures shows the statistics of what the address says; what it says wrong
// is as if it said nothing.
func (s *Server) showFigures(c *gin.Context) error {
	ctx := c.Request.Context()
	counts, err := s.store.StatusCounts(ctx)
	if err != nil {
		return err
	}
	statistics, err := s.store.Statistics(ctx, readFiguresFilter(c, time.Now()))
	if err != nil {
		return err
	}
	page := figuresPageOf(counts, statistics)
	if forloeb.Asker(ctx).Role == forloeb.RoleHead {
		load, err := s.store.ConsultantLoad(ctx)
		if err != nil {
			return err
		}
		page.Load = &load
	}
	return s.write(c, http.StatusOK, page)
}

func readFiguresFilter(c *gin.Context, now time.Time) forloeb.StatisticsFilter {
	f := forloeb.StatisticsFilter{Programme: forloeb.Spark, At: now}
	if p, known := forloeb.ProgrammeByCode(forloeb.ProgrammeCode(c.Query("program"))); known {
		f.Programme = p.Code
	}
	f.Year, _ = strconv.Atoi(c.Query("aar"))
	by, value, _ := strings.Cut(c.Query("gruppe"), ":")
	return f.Narrowed(forloeb.Dimension(by), value)
}

func figuresPageOf(counts map[forloeb.Status]int, s forloeb.Statistics) *figuresPage {
	page := &figuresPage{Filter: figuresFilterOf(s), figuresSum: sumOf(s)}
	for status, n := range counts {
		if status.Closed() {
			page.DoneCount += n
		} else {
			page.OpenCount += n
		}
	}
	for _, t := range s.Tables {
		if t.Code != forloeb.TableResponse && t.Code != forloeb.TableInitiatives && !t.Empty() {
			page.Plots = append(page.Plots, plotOf(t))
		}
	}
	return page
}

func sumOf(s forloeb.Statistics) (sum figuresSum) {
	response, _ := s.Table(forloeb.TableResponse)
	initiatives, _ := s.Table(forloeb.TableInitiatives)
	sum.Rule = initiatives.Note
	cells := response.Rows[0].Cells
	switch {
	case !cells[0].Shown():
		sum.Few = true
	case cells[1].N > 0:
		sum.Answers = forloeb.Number(cells[1].N) + " af " + forloeb.Number(cells[0].N) + " arbejdspladser har svaret, " + cells[2].Text(forloeb.KindPercent) + "."
		sum.Cards = []figuresCard{figuresCardOf("planned", "har planlagt indsatser", initiatives.Rows[0]), figuresCardOf("ongoing", "er i gang med indsatser", initiatives.Rows[1])}
	}
	return sum
}

func figuresCardOf(id, did string, r forloeb.Row) figuresCard {
	answered, yes, percent, interval, reported := r.Cells[0], r.Cells[1], r.Cells[2], r.Cells[3], r.Cells[4]
	words := percent.Text(forloeb.KindPercent) + " " + did + ". " + forloeb.Number(yes.N) + " af " + forloeb.Number(answered.N) +
		"; det rigtige tal ligger med 95 procents sikkerhed mellem " + strconv.Itoa(interval.Low) + " og " + strconv.Itoa(interval.High) + "."
	if reported.Shown() {
		words += " Til sammenligning: " + reported.Text(forloeb.KindPercent) + " i SPARKs tidligere opgørelse."
	}
	return figuresCard{id, percent.Text(forloeb.KindPercent), words}
}

func figuresFilterOf(s forloeb.Statistics) (f figuresFilter) {
	for _, p := range forloeb.Programmes {
		f.Programmes = append(f.Programmes, choice{string(p.Code), p.Name, p.Code == s.Filter.Programme})
	}
	years := slices.Clone(s.Years)
	if y := s.Filter.Year; y != 0 && !slices.Contains(years, y) {
		years = append(years, y)
	}
	slices.Sort(years)
	for _, y := range slices.Backward(years) {
		f.Years = append(f.Years, choice{strconv.Itoa(y), strconv.Itoa(y), y == s.Filter.Year})
	}
	for _, g := range forloeb.FilterGroups(s.Filter.Programme, s.Filter.At) {
		group := choiceGroup{Label: g.By.Heading()}
		for _, v := range g.Values {
			group.Choices = append(group.Choices, choice{string(g.By) + ":" + v.Code, v.Label, g.By == s.Filter.By && v.Code == s.Filter.Value})
		}
		f.Groups = append(f.Groups, group)
	}
	return f
}
