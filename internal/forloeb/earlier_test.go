package forloeb

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestAnEarlierForloebInWords(t *testing.T) {
	e := Earlier{Programme: Spark, Themes: []ThemeCode{ThemeChange, ThemeCooperation}, Began: day(2024, 12, 31), Consultant: "Karen Lund"}
	require.Equal(t, "Har haft et forløb i 2024 med Karen Lund om forandringer og samarbejde.", e.Words())
	e.Open, e.Themes = true, nil
	require.Equal(t, "Har også et åbent forløb fra 2024 med Karen Lund.", e.Words())
}
