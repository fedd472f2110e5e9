// Command hits is what the tests let die.
package main

import (
	"fmt"

	"example.dk/spark/internal/crashpoint"
)

func main() {
	for range 5 {
		crashpoint.Hit("at", "one")
		fmt.Print("one ")
		crashpoint.Hit("at", "other")
		fmt.Print("other ")
	}
}
