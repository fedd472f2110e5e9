package devstack

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/user"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
)

const (
	dataName    = "pg"
	placeName   = "pg-location" // says where the data lie when they cannot lie in the state directory
	placePrefix = "spark-pg-"
	unfinished  = ".new"
	nobody      = 65534
)

// account is who PostgreSQL runs as: it refuses to run as root.
type account struct{ uid, gid int }

// databaseAccount is ourselves, or for root the user that Debian's package creates, or nobody.
func databaseAccount() account {
	if os.Geteuid() != 0 {
		return account{os.Geteuid(), os.Getegid()}
	}
	u, err := user.Lookup("postgres")
	if err != nil {
		return account{nobody, nobody}
	}
	uid, _ := strconv.Atoi(u.Uid)
	gid, _ := strconv.Atoi(u.Gid)
	return account{uid, gid}
}

func (a account) isUs() bool { return a.uid == os.Geteuid() }

// attributes make a child run as the account, without a shell between us and it that would swallow its signals.
func (a account) attributes() *syscall.SysProcAttr {
	if a.isUs() {
		return &syscall.SysProcAttr{}
	}
	return &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: uint32(a.uid), Gid: uint32(a.gid)}}
}

// canEnter tells whether the account may pass through dir and everything above it.
func (a account) canEnter(dir string) bool {
	for {
		info, err := os.Stat(dir)
		if err != nil || !a.mayPass(info) {
			return false
		}
		if dir == filepath.Dir(dir) {
			return true
		}
		dir = filepath.Dir(dir)
	}
}

func (a account) mayPass(info fs.FileInfo) bool {
	uid, gid := owner(info)
	switch {
	case uid == a.uid:
		return info.Mode()&0o100 != 0
	case gid == a.gid:
		return info.Mode()&0o010 != 0
	default:
		return info.Mode()&0o001 != 0
	}
}

func owner(info fs.FileInfo) (uid, gid int) {
	st := info.Sys().(*syscall.Stat_t)
	return int(st.Uid), int(st.Gid)
}

// placeFor decides where the data lie: in the state directory, or, when that is under a directory which only its
// owner may enter, in the system's temporary folder under a name made from the state directory's.
func placeFor(stateDir string, a account) (string, error) {
	if a.isUs() || a.canEnter(stateDir) {
		return filepath.Join(stateDir, dataName), nil
	}
	if dir := recordedPlace(stateDir); dir != "" {
		return dir, nil
	}
	sum := sha256.Sum256([]byte(stateDir))
	for _, tmp := range []string{os.TempDir(), "/tmp", "/var/tmp"} {
		if !a.canEnter(tmp) {
			continue
		}
		dir := filepath.Join(tmp, placePrefix+hex.EncodeToString(sum[:8]))
		return dir, os.WriteFile(filepath.Join(stateDir, placeName), []byte(dir+"\n"), 0o644)
	}
	return "", errors.New("there is no folder that both root and PostgreSQL's user may use: set TMPDIR to one, or SPARK_DATABASE_URL to a server of your own")
}

// recordedPlace is empty unless the record names a directory that placeFor could have made: Clean deletes it.
func recordedPlace(stateDir string) string {
	b, err := os.ReadFile(filepath.Join(stateDir, placeName))
	dir := strings.TrimSpace(string(b))
	if err != nil || !filepath.IsAbs(dir) || !strings.HasPrefix(filepath.Base(dir), placePrefix) {
		return ""
	}
	return dir
}

// makeOwned creates a directory for the account alone. One that is already there must be the account's own: in a
// temporary folder anybody may have put it there.
func (a account) makeOwned(dir string) error {
	err := os.Mkdir(dir, 0o700)
	if err == nil {
		return os.Lchown(dir, a.uid, a.gid)
	}
	if !errors.Is(err, fs.ErrExist) {
		return err
	}
	return a.checkOwned(dir)
}

func (a account) checkOwned(dir string) error {
	info, err := os.Lstat(dir)
	if err != nil {
		return err
	}
	if uid, _ := owner(info); !info.IsDir() || uid != a.uid {
		return fmt.Errorf("%s is not a directory of PostgreSQL's user: run make clean, or remove it", dir)
	}
	return nil
}
