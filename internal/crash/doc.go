// Package crash proves that SPARK loses nothing: it runs the real processes,
// lets clients do legal, repeated and illegal things, kills, stops and cuts
// every part meanwhile, and compares afterwards what the clients were answered
// with what the database and the mail server hold. It knows the product from
// outside alone: pages, the JSON API, mails and tables. `make crash` runs it.
package crash
