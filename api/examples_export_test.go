package api

import (
	"net/url"

	"example.dk/spark/internal/forloeb"
)

func exportExamples() []example {
	shown := func(name, address string, page pageData) example {
		return example{name, seenBy(exampleAnna, address, page)}
	}
	years := map[int]bool{2026: true, 2027: true}
	tables := []option{{Value: "initiatives", Label: "Indsatser"}, {Value: "by_theme", Label: "Efter tema"}}
	_, wrong := readFiguresWish(nil)
	_, unsaid := purposeSent(nil)
	list := func(a asking) *exportPage {
		return newListExportPage(readListWish(bureauOf(exampleAnna), url.Values{"vis": {viewClosed}}, nil), forloeb.ListCounts{Found: 17}, a)
	}
	return []example{
		shown("export", figuresExportPath, newFiguresExportPage(years, tables, asking{typed: url.Values{"program": {"spark"}, "aar": {"2026"}, "format": {formatXLSX}}})),
		shown("export-wrong", figuresExportPath, newFiguresExportPage(years, tables, asking{wrong: append(wrong, unsaid...), typed: url.Values{"tabel": {"by_theme"}}})),
		shown("export-list", listExportPath, list(asking{})),
	}
}
