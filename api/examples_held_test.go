package api

import (
	"fmt"

	"github.com/google/uuid"

	"example.dk/spark/internal/forloeb"
)

// exampleHeld are so many requests that wait; every seventh has to stay.
func exampleHeld(n int) (list []forloeb.HeldMail) {
	for i := range n {
		m := forloeb.HeldMail{
			Mail: int64(i + 1), Forloeb: uuid.NewSHA1(uuid.Nil, []byte{byte(i / 2)}), Reference: fmt.Sprintf("26-%04d", 4800+i/2),
			Workplace: "Tranemoseskolen", Side: forloeb.Leader, Since: at(2026, 11, 30, 9, i%60), Fits: i%7 != 6,
		}
		if i%2 == 1 {
			m.Side, m.Workplace = forloeb.Rep, ""
		}
		list = append(list, m)
	}
	return list
}

func heldExamples() []example {
	shown := func(name string, held []forloeb.HeldMail) example {
		return example{"held" + name, seenBy(exampleAnna, heldPath, newHeldPage(held))}
	}
	stays := exampleHeld(7)[6:]
	return []example{
		shown("", exampleHeld(12)), shown("-many", exampleHeld(512)), shown("-one", exampleHeld(1)),
		shown("-all-stay", stays), shown("-none", nil),
	}
}
