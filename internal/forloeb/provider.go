package forloeb

import "time"

// ProviderCode names a provider (udbyder): somebody outside SPARK who carries
// a programme's forløb out with experts of its own.
type ProviderCode string

// Provider is one of a programme's.
type Provider struct {
	Code     ProviderCode
	Name     string // as people say it
	FullName string
	Open     Period // in which it can be applied to, while the programme is agreed
}

// Provider finds a provider of the programme.
func (p Programme) Provider(c ProviderCode) (Provider, bool) {
	for _, provider := range p.Providers {
		if provider.Code == c {
			return provider, true
		}
	}
	return Provider{}, false
}

// OpenProviders lists those that can be applied to at the instant.
func (p Programme) OpenProviders(at time.Time) (open []Provider) {
	for _, provider := range p.Providers {
		if provider.Open.Covers(at) {
			open = append(open, provider)
		}
	}
	return open
}

// ProviderByCode finds a provider and the programme it is of.
func ProviderByCode(c ProviderCode) (Provider, Programme, bool) {
	for _, programme := range Programmes {
		if provider, known := programme.Provider(c); known {
			return provider, programme, true
		}
	}
	return Provider{}, Programme{}, false
}

// Label is the provider's name.
func (c ProviderCode) Label() string {
	if provider, _, known := ProviderByCode(c); known {
		return provider.Name
	}
	return string(c)
}
