package forloeb

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestFill(t *testing.T) {
	values := map[string]string{"a": "x", "b": ""}
	for sentence, want := range map[string]string{
		"plain":                "plain",
		"{a}!":                 "x!",
		"[with {a} ]end":       "with x end",
		"[with {b} ]end":       "end",
		"[{b}|else]":           "else",
		"[{a}|else]":           "x",
		"[{a}{b}]":             "",
		"{unknown}":            "",
		"[one {a}][ two {b}].": "one x.",
	} {
		require.Equal(t, want, fill(sentence, values), sentence)
	}
}

func TestValuesAreNotReadAsSlots(t *testing.T) {
	require.Equal(t, "[{b}] and more", fill("{a} and more", map[string]string{"a": "[{b}]", "b": "no"}))
}

func TestSmallWords(t *testing.T) {
	require.Equal(t, []string{"", "et", "ti", "11", "1.304"}, []string{countWord(0), countWord(1), countWord(10), countWord(11), countWord(1304)})
	require.Equal(t, []string{"", "én gang", "to gange"}, []string{times(0), times(1), times(2)})
	require.Equal(t, []string{"", "a", "a eller b", "a, b eller c"},
		[]string{orList(nil), orList([]string{"a"}), orList([]string{"a", "b"}), orList([]string{"a", "b", "c"})})
}

func TestNoDateIsNoWords(t *testing.T) {
	require.Empty(t, dayWords(time.Time{}))
	require.Empty(t, isoDay(time.Time{}))
	summer := time.Date(2027, 6, 30, 22, 30, 0, 0, time.UTC)
	require.Equal(t, "torsdag den 1. juli 2027", dayWords(summer))
	require.Equal(t, "2027-07-01", isoDay(summer))
}
