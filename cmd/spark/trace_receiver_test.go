package main

import (
	"compress/gzip"
	"encoding/hex"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	collector "go.opentelemetry.io/proto/otlp/collector/trace/v1"
	tracepb "go.opentelemetry.io/proto/otlp/trace/v1"
	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/proto"
)

// collected is a collector: it takes what OTLP brings over loopback.
type collected struct {
	*httptest.Server
	mutex    sync.Mutex
	requests []*collector.ExportTraceServiceRequest
}

func newCollector(t *testing.T) *collected {
	c := &collected{}
	c.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		assert.Equal(t, "/v1/traces", r.URL.Path)
		body := io.Reader(r.Body)
		if r.Header.Get("Content-Encoding") == "gzip" {
			unzipped, err := gzip.NewReader(r.Body)
			if !assert.NoError(t, err) {
				return
			}
			body = unzipped
		}
		content, err := io.ReadAll(body)
		assert.NoError(t, err)
		request := &collector.ExportTraceServiceRequest{}
		assert.NoError(t, proto.Unmarshal(content, request))
		c.mutex.Lock()
		defer c.mutex.Unlock()
		c.requests = append(c.requests, request)
	}))
	t.Cleanup(c.Close)
	return c
}

// spans are all that were told, in the order in which they began.
func (c *collected) spans() (all spans) {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	for _, request := range c.requests {
		for _, resource := range request.ResourceSpans {
			for _, scope := range resource.ScopeSpans {
				all = append(all, scope.Spans...)
			}
		}
	}
	slices.SortFunc(all, func(a, b *tracepb.Span) int { return int(int64(a.StartTimeUnixNano) - int64(b.StartTimeUnixNano)) })
	return all
}

// said is everything that was told, as text.
func (c *collected) said() (text []byte) {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	for _, request := range c.requests {
		content, _ := protojson.Marshal(request)
		text = append(text, content...)
	}
	return text
}

type spans []*tracepb.Span

// named are those with a name, or a beginning of one.
func (s spans) named(prefix string) spans {
	return s.where(func(span *tracepb.Span) bool { return strings.HasPrefix(span.Name, prefix) })
}

// of are those of one trace.
func (s spans) of(trace []byte) spans {
	return s.where(func(span *tracepb.Span) bool { return string(span.TraceId) == string(trace) })
}

// linking are those that point to a trace and are not of it.
func (s spans) linking(trace []byte) spans {
	return s.where(func(span *tracepb.Span) bool {
		return slices.ContainsFunc(span.Links, func(l *tracepb.Span_Link) bool { return string(l.TraceId) == string(trace) })
	})
}

func (s spans) where(is func(*tracepb.Span) bool) (some spans) {
	for _, span := range s {
		if is(span) {
			some = append(some, span)
		}
	}
	return some
}

func (s spans) names() (names []string) {
	for _, span := range s {
		names = append(names, span.Name)
	}
	return names
}

// parent is the span that one is under, or nil.
func (s spans) parent(of *tracepb.Span) *tracepb.Span {
	for _, span := range s {
		if string(span.SpanId) == string(of.ParentSpanId) && string(span.TraceId) == string(of.TraceId) {
			return span
		}
	}
	return nil
}

func hexed(id []byte) string { return hex.EncodeToString(id) }
