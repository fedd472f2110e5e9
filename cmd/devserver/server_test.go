package main

import (
	"bufio"
	"context"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	enumspb "go.temporal.io/api/enums/v1"
	"go.temporal.io/api/operatorservice/v1"
	"go.temporal.io/api/workflowservice/v1"
	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"
)

// The test binary is the server when this is set: it is then a process of its own, to be signalled and killed.
const asServer = "DEVSERVER_TEST_ARGS"

func TestMain(m *testing.M) {
	if args := os.Getenv(asServer); args != "" {
		os.Args = append(os.Args[:1], strings.Split(args, "\n")...)
		main()
		return
	}
	os.Exit(m.Run())
}

type child struct {
	*exec.Cmd
	addr, ui string
	stdin    interface{ Close() error }
}

// launch starts a server that keeps its state as the arguments say: --db or --postgres.
func launch(t *testing.T, state ...string) *child {
	t.Helper()
	ports, err := freePorts(2)
	if err != nil {
		t.Fatal(err)
	}
	return launchOn(t, ports, state...)
}

func launchOn(t *testing.T, ports []int, state ...string) *child {
	t.Helper()
	args := append([]string{"--tied", "--port", strconv.Itoa(ports[0]), "--ui-port", strconv.Itoa(ports[1])}, state...)
	c := &child{Cmd: exec.Command(os.Args[0]), addr: address(ports[0]), ui: address(ports[1])}
	c.Env = append(os.Environ(), asServer+"="+strings.Join(args, "\n"))
	c.Stderr = os.Stderr
	in, err := c.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	c.stdin = in
	out, err := c.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Process.Kill(); _ = c.Wait() })
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil || line != "ready\n" {
		t.Fatalf("got %q, %v; want the line ready", line, err)
	}
	return c
}

func TestServes(t *testing.T) {
	// A path that is no plain word: it becomes part of a URI.
	db := filepath.Join(t.TempDir(), "a b?c%d.db")
	c := launch(t, "--db", db)
	checkNamespace(t, c.addr)
	checkUI(t, c.ui)
	checkLoopbackOnly(t, c.addr)

	if err := c.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if err := c.Wait(); err != nil {
		t.Fatalf("stopped by SIGTERM with %v; want a clean end", err)
	}

	// What it left is read again, and standard input closing stops it too.
	again := launch(t, "--db", db)
	checkNamespace(t, again.addr)
	again.stdin.Close()
	if err := again.Wait(); err != nil {
		t.Fatalf("stopped by its parent with %v; want a clean end", err)
	}
}

func TestMakesUnfinishedDatabaseAnew(t *testing.T) {
	db := filepath.Join(t.TempDir(), "temporal.db")
	if err := os.WriteFile(db, []byte("half a schema"), 0o644); err != nil {
		t.Fatal(err)
	}
	checkNamespace(t, launch(t, "--db", db).addr)
}

func TestTakenPortIsNamed(t *testing.T) {
	l, err := net.Listen("tcp", address(0))
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	port := l.Addr().(*net.TCPAddr).Port
	err = checkPorts(options{Port: port})
	if err == nil || !strings.Contains(err.Error(), strconv.Itoa(port)) {
		t.Fatalf("got %v; want an error that names port %d", err, port)
	}
}

func checkNamespace(t *testing.T, addr string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	conn, err := grpc.NewClient(addr, grpc.WithTransportCredentials(insecure.NewCredentials()))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()

	ns, err := workflowservice.NewWorkflowServiceClient(conn).DescribeNamespace(ctx, &workflowservice.DescribeNamespaceRequest{Namespace: "default"})
	if err != nil {
		t.Fatal(err)
	}
	if got := ns.Config.WorkflowExecutionRetentionTtl.AsDuration(); got != retention {
		t.Errorf("retention is %v; want %v", got, retention)
	}
	sa, err := operatorservice.NewOperatorServiceClient(conn).ListSearchAttributes(ctx, &operatorservice.ListSearchAttributesRequest{Namespace: "default"})
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range searchAttributes {
		if got := sa.CustomAttributes[name]; got != want || got == enumspb.INDEXED_VALUE_TYPE_UNSPECIFIED {
			t.Errorf("search attribute %s is %v; want %v", name, got, want)
		}
	}
}

func checkUI(t *testing.T, addr string) {
	t.Helper()
	client := http.Client{Timeout: 5 * time.Second}
	for deadline := time.Now().Add(10 * time.Second); ; time.Sleep(20 * time.Millisecond) {
		resp, err := client.Get("http://" + addr + "/healthz")
		if err == nil {
			resp.Body.Close()
			if resp.StatusCode == http.StatusOK {
				return
			}
		}
		if time.Now().After(deadline) {
			t.Fatalf("the UI does not answer: %v", err)
		}
	}
}

func checkLoopbackOnly(t *testing.T, addr string) {
	t.Helper()
	addrs, err := net.InterfaceAddrs()
	if err != nil {
		t.Fatal(err)
	}
	_, port, _ := net.SplitHostPort(addr)
	for _, a := range addrs {
		ip := a.(*net.IPNet).IP
		if ip.Equal(net.ParseIP(loopback)) || ip.To4() == nil {
			continue
		}
		if conn, err := net.DialTimeout("tcp", net.JoinHostPort(ip.String(), port), time.Second); err == nil {
			conn.Close()
			t.Errorf("the frontend answers on %s; want loopback only", ip)
		}
	}
}
