// Package smtpfault is an SMTP server on loopback that fails in the ways that
// real ones do, each on purpose: for the tests, and for whatever breaks the
// product to see that it heals.
//
// Each session fails in one way: a forced one, or one drawn from a seeded
// source, and what is in force can be changed while the server runs. The
// server knows better than its client what became of a mail, and keeps a log
// of it: whether it accepted the mail, and whether the client could know.
// What it accepted can be read back by Message-ID.
package smtpfault
