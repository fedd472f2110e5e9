package api

import (
	"flag"
	"fmt"
	"os"
	"testing"
)

// TestMain counts, when all tests have run, what they exercised of the JSON
// API: each operation with success, and each problem that a rule can refuse it
// with. What nobody has seen true is not described as possible.
func TestMain(m *testing.M) {
	code := m.Run()
	if everyTest := flag.Lookup("test.run").Value.String() == ""; code == 0 && everyTest {
		code = countContract()
	}
	os.Exit(code)
}

func countContract() int {
	c, err := theContract()
	if err != nil {
		fmt.Println(err)
		return 1
	}
	unseen := c.unseen()
	for _, u := range unseen {
		fmt.Println("described, and exercised by no test:", u)
	}
	return min(len(unseen), 1)
}
