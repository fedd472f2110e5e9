package devstack

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// Where the programs lie when they are not on PATH: Debian never puts the server's there.
var postgresFolders = []string{
	"/usr/lib/postgresql/*/bin",
	"/usr/pgsql-*/bin",
	"/opt/homebrew/opt/postgresql@*/bin",
	"/usr/local/opt/postgresql@*/bin",
	"/Applications/Postgres.app/Contents/Versions/*/bin",
}

// postgresBinaries is a directory with initdb and postgres of one version.
type postgresBinaries struct {
	dir   string
	major int
}

// requirePostgres prefers the version that made the data, if there are data.
func requirePostgres(ctx context.Context, dataDir string, log io.Writer) (postgresBinaries, error) {
	t := tool{name: "PostgreSQL", debian: "postgresql", setting: "SPARK_DATABASE_URL to a server of your own"}
	t.find = func() string {
		for _, b := range findPostgres() {
			return b.dir
		}
		return ""
	}
	if _, err := t.require(ctx, log); err != nil {
		return postgresBinaries{}, err
	}
	found := findPostgres()
	made := dataVersion(dataDir)
	if made == 0 {
		return found[0], nil
	}
	i := slices.IndexFunc(found, func(b postgresBinaries) bool { return b.major == made })
	if i < 0 {
		return postgresBinaries{}, fmt.Errorf("the data in %s were made by PostgreSQL %d and the one installed is %d: install %d, or run make clean to start without data",
			dataDir, made, found[0].major, made)
	}
	return found[i], nil
}

// findPostgres lists what is installed: the one on PATH first, then the newest.
func findPostgres() []postgresBinaries {
	var found []postgresBinaries
	for _, pattern := range postgresFolders {
		dirs, _ := filepath.Glob(pattern)
		for _, dir := range dirs {
			found = appendPostgres(found, dir)
		}
	}
	slices.SortStableFunc(found, func(a, b postgresBinaries) int { return cmp.Compare(b.major, a.major) })
	if path, err := exec.LookPath("postgres"); err == nil {
		// Often a link to a directory that has initdb too.
		if path, err = filepath.EvalSymlinks(path); err == nil {
			found = append(appendPostgres(nil, filepath.Dir(path)), found...)
		}
	}
	return found
}

var versionNumber = regexp.MustCompile(`\(PostgreSQL\) (\d+)`)

func appendPostgres(found []postgresBinaries, dir string) []postgresBinaries {
	if _, err := os.Stat(filepath.Join(dir, "initdb")); err != nil {
		return found
	}
	out, err := exec.Command(filepath.Join(dir, "postgres"), "--version").Output()
	if err != nil {
		return found
	}
	m := versionNumber.FindSubmatch(out)
	if m == nil {
		return found
	}
	major, _ := strconv.Atoi(string(m[1]))
	return append(found, postgresBinaries{dir: dir, major: major})
}

// dataVersion is 0 for a directory without a finished database.
func dataVersion(dataDir string) int {
	b, err := os.ReadFile(filepath.Join(dataDir, "PG_VERSION"))
	if err != nil {
		return 0
	}
	v, _ := strconv.Atoi(strings.TrimSpace(string(b)))
	return v
}
