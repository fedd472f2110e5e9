package doctor

import "strings"

const keysSetting = "SPARK_LINK_KEYS"

// settings are one finding a mistake.
func (p Patient) settings() (found []Finding) {
	for _, mistake := range p.Mistakes {
		name := Settings
		if strings.HasPrefix(mistake, keysSetting) {
			name = LinkKeys
		}
		setting, _, _ := strings.Cut(mistake, ":")
		found = append(found, fail(name, "set "+setting+" right and start the process again; spark --help says what it takes", "%s.", mistake))
	}
	if found == nil {
		found = []Finding{ok(Settings, "Every setting can be read.")}
	}
	return found
}

// manyKeys are more than a year's rotations leave.
const manyKeys = 4

func (p Patient) keys() []Finding {
	switch n := len(p.Keys); {
	case n == 0:
		return nil // a mistake has said why
	case n == 1:
		return []Finding{ok(LinkKeys, "The key %s signs links; no old one is kept.", p.Keys[0])}
	case n > manyKeys:
		return []Finding{warn(LinkKeys, "remove from "+keysSetting+" the keys that have not signed for a year", "%d keys verify links; %s signs.", n, p.Keys[0])}
	}
	return []Finding{ok(LinkKeys, "The key %s signs links; %s verify old ones.", p.Keys[0], strings.Join(p.Keys[1:], ", "))}
}
