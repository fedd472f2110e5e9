package devstack

import (
	"context"
	"os"
	"os/exec"
)

// PostgresPrograms is the folder of the installed PostgreSQL's programs, for tests that run a server as operators do.
func PostgresPrograms(ctx context.Context) (string, error) {
	bin, err := requirePostgres(ctx, "", nil)
	return bin.dir, err
}

// AsDatabaseUser makes cmd run as whom PostgreSQL runs as, which is never root, with nothing in its environment that
// would lead PostgreSQL elsewhere.
func AsDatabaseUser(cmd *exec.Cmd) {
	cmd.SysProcAttr = databaseAccount().attributes()
	cmd.Env = append(postgresEnv(), cmd.Env...)
	cmd.Dir = "/"
}

// DatabaseFolder makes an empty folder of that user's own, which the caller removes.
func DatabaseFolder() (string, error) {
	dir, err := os.MkdirTemp("", placePrefix+"test-")
	if err != nil {
		return "", err
	}
	who := databaseAccount()
	return dir, os.Lchown(dir, who.uid, who.gid)
}
