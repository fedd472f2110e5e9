package forloeb

// This file keeps small groups out of published tables. A group of fewer than
// LeastShown workplaces is not shown, and neither is what would give it away: a
// neighbour in the same line, where the sum of the line is shown. What cannot
// be shown is never marked as small or as a neighbour, since the mark would tell
// which of the two it is.

// group is one cell of a table: how many are in it, by each way of counting
// that the table shows.
type group struct {
	sizes  []int
	hidden bool
}

// small reports whether somebody in it could be told apart.
func (g *group) small() bool {
	for _, n := range g.sizes {
		if few(n) {
			return true
		}
	}
	return false
}

// few reports whether so many are some, and too few to be shown.
func few(n int) bool { return n > 0 && n < LeastShown }

func (g *group) largest() (most int) {
	for _, n := range g.sizes {
		most = max(most, n)
	}
	return most
}

// line is some groups and, last, their sum.
type line []*group

// block is a table of lines that cross: each group stands in two, or in one
// where the table has one column.
type block struct {
	lines   []line
	overlap bool // a workplace may be in several groups of a line
}

// grid is the block of a table whose last row and last column are sums.
func grid(cells [][]*group) (b block) {
	for _, row := range cells {
		b.lines = append(b.lines, line(row))
	}
	for i := range cells[0] {
		var column line
		for _, row := range cells {
			column = append(column, row[i])
		}
		b.lines = append(b.lines, column)
	}
	return b
}

// protect hides what must be hidden in blocks that may share groups: a sum of
// one can be part of another. It ends since hiding is never undone.
func protect(blocks []block) {
	for _, b := range blocks {
		for _, l := range b.lines {
			for _, g := range l {
				g.hidden = g.hidden || g.small()
			}
		}
	}
	for again := true; again; {
		again = false
		for _, b := range blocks {
			again = b.tighten() || again
		}
	}
}

// tighten hides a little more where something hidden can be worked out, and
// reports whether it did.
func (b block) tighten() (did bool) {
	for _, l := range b.lines {
		if l.tellsOfFew(b.overlap) {
			did = hideSmallest(l) || did
		}
	}
	for _, l := range b.exposed() {
		did = hideSmallest(l) || did
	}
	return did
}

// tellsOfFew reports whether the sum of a line, less what is shown, is a group
// that is too small. Where groups overlap, two small ones may be the same
// workplaces, so one of them must itself be large enough.
func (l line) tellsOfFew(overlap bool) bool {
	sum := l[len(l)-1]
	if sum.hidden {
		return false
	}
	for measure := range sum.sizes {
		all, most := 0, 0
		for _, g := range l[:len(l)-1] {
			if g.hidden {
				all, most = all+g.sizes[measure], max(most, g.sizes[measure])
			}
		}
		if few(all) || overlap && few(most) {
			return true
		}
	}
	return false
}

// hideSmallest hides one more group, the one that is missed least, and reports
// whether there was one. An empty group hides nothing.
func hideSmallest(l line) bool {
	var least *group
	for _, g := range l {
		if !g.hidden && g.largest() > 0 && (least == nil || g.largest() < least.largest()) {
			least = g
		}
	}
	if least == nil {
		return false
	}
	least.hidden = true
	return true
}

// exposed are, for each hidden group that follows from the others, those that
// would keep it if one of them were hidden too. It follows when it lies on no
// ring of hidden groups: with lines as points and hidden groups as edges between
// them, exactly those on a ring can be moved up and down together without a sum
// that changes (Gusfield 1988). What closes a ring lies between the same two
// sides as the group itself.
func (b block) exposed() (keepers []line) {
	order, ends := b.ends()
	for _, g := range order {
		if !g.hidden {
			continue
		}
		side := reach(ends, g)
		if side[ends[g][1]] {
			continue
		}
		var across line
		for _, other := range order {
			if at := ends[other]; !other.hidden && side[at[0]] != side[at[1]] {
				across = append(across, other)
			}
		}
		keepers = append(keepers, across)
	}
	return keepers
}

// outside is the point where groups end that stand in one line alone.
const outside = -1

// ends are the groups, and the two lines of each.
func (b block) ends() (order []*group, ends map[*group][2]int) {
	ends = map[*group][2]int{}
	for i, l := range b.lines {
		for _, g := range l {
			if at, seen := ends[g]; seen {
				ends[g] = [2]int{at[0], i}
			} else {
				ends[g], order = [2]int{i, outside}, append(order, g)
			}
		}
	}
	return order, ends
}

// reach are the lines that hidden groups connect with the first one of a group,
// without that group.
func reach(ends map[*group][2]int, without *group) map[int]bool {
	next := map[int][]int{}
	for g, at := range ends {
		if g.hidden && g != without {
			next[at[0]], next[at[1]] = append(next[at[0]], at[1]), append(next[at[1]], at[0])
		}
	}
	from := ends[without][0]
	seen, ahead := map[int]bool{from: true}, []int{from}
	for len(ahead) > 0 {
		at := ahead[0]
		ahead = ahead[1:]
		for _, n := range next[at] {
			if !seen[n] {
				seen[n], ahead = true, append(ahead, n)
			}
		}
	}
	return seen
}
