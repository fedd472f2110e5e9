package store

import (
	"context"
	"strconv"

	"example.dk/spark/internal/forloeb"
)

// only is the provider beyond whose forløb and experts the one who asks sees
// nothing, or "". Every read of forloeb.Forloeb, and so every deed, keeps to it
// in load; every list by within.
func only(ctx context.Context) forloeb.ProviderCode { return forloeb.Asker(ctx).Only() }

// within is the condition that a query's forløb f is of the provider in an
// argument, or that there is none there.
func within(argument int) string { return providerIs("f", argument) }

func providerIs(table string, argument int) string {
	n := "$" + strconv.Itoa(argument)
	return "(" + n + " = '' or " + table + ".provider = " + n + ")"
}
