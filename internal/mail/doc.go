// Package mail turns a letter that is owed into words and hands it to an SMTP
// server.
//
// A mail is a struct with the slots it needs, a text template and an HTML
// template that say the same; the file of its topic holds the struct and the
// function that fills it from a forloeb.Letter, and kinds.go names the pair.
// Composer writes, Sender sends, Mailer does both. What became of an attempt
// is a forloeb.Outcome: it holds a code and never the server's text, which
// quotes the recipient's address.
//
// A body names the other party only where the reader must be able to trust
// the mail. Themes, the workplace's name and free text never enter a subject
// or a body; a meeting's place stands in that meeting's mails alone.
package mail
