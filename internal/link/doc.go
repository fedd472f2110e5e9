// Package link makes and reads the signed links that are mailed to people without an account.
//
// A token is an id and a mac, both in base64url, with a dot between: the mac covers what the link is for
// (Purpose), the id and the link's version, under a key that never enters the database. So the same link can be
// written again in every reminder, a leaked database opens nothing, and raising the version in the row kills
// every link sent before. Links that end by themselves carry the moment beside the id.
//
// Nothing here knows whether the id exists: the caller opens the token, looks the row up by its id and asks the
// mac about the version the row has now.
package link
