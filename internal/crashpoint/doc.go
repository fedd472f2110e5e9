// Package crashpoint names the places at which a process may die between one
// side effect and the next. In the product it is compiled to nothing. With the
// tag crashpoints, which only proofs that nothing is lost are built with, the
// process kills itself where the environment says:
//
//	SPARK_CRASH_AT   name:n  at the n-th hit of the point with the name; of several, with a semicolon between, at the first
//	SPARK_CRASH_LOG  file    to which the name of every hit is added, a line each, before it is died at
//
// A point's name is what it is at and what that is about: "after commit: match".
package crashpoint
