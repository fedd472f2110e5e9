package devstack

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// Clean removes a state directory, also what of it had to lie outside, and any state directory inside it. It stops a
// PostgreSQL that was left behind, and refuses while the state is in use.
func Clean(ctx context.Context, stateDir string) error {
	abs, err := filepath.Abs(stateDir)
	if err != nil {
		return err
	}
	if _, err := os.Stat(abs); os.IsNotExist(err) {
		return nil
	}
	if abs, err = filepath.EvalSymlinks(abs); err != nil {
		return err
	}
	if looksLikeSource(abs) {
		return fmt.Errorf("%s is no state directory: give the one that holds only what SPARK made, such as .spark", abs)
	}
	dirs, err := stateDirs(abs)
	if err != nil {
		return err
	}
	for _, dir := range dirs {
		if err := cleanOne(ctx, dir); err != nil {
			return err
		}
	}
	return os.RemoveAll(abs)
}

// looksLikeSource guards against a slip that would cost somebody's work.
func looksLikeSource(dir string) bool {
	for _, name := range []string{"go.mod", ".git"} {
		if _, err := os.Stat(filepath.Join(dir, name)); err == nil {
			return true
		}
	}
	return dir == filepath.Dir(dir)
}

// stateDirs finds every directory that has held a server's state.
func stateDirs(root string) ([]string, error) {
	var dirs []string
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrPermission) {
			return fs.SkipDir
		}
		if err != nil || d.IsDir() {
			return err
		}
		if strings.HasSuffix(path, ".lock") {
			dirs = append(dirs, filepath.Dir(path))
		}
		return nil
	})
	return dirs, err
}

func cleanOne(ctx context.Context, dir string) error {
	for _, what := range []string{postgresName, temporalName} {
		if _, err := os.Stat(lockFile(dir, what)); err != nil {
			continue
		}
		lock, err := lockState(dir, what)
		if err != nil {
			return err
		}
		defer lock.Close()
	}
	stopTemporalLeftover(dir)
	for _, data := range []string{filepath.Join(dir, dataName), recordedPlace(dir)} {
		if data == "" {
			continue
		}
		if err := stopPostgresLeftover(ctx, data, nil); err != nil {
			return err
		}
		for _, path := range []string{data, data + unfinished} {
			if err := os.RemoveAll(path); err != nil {
				return fmt.Errorf("PostgreSQL's data cannot be removed: %w", err)
			}
		}
	}
	return nil
}
