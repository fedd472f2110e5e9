// Package trace tells a collector how one click went through the product, as
// OpenTelemetry has it: request, act, relay, workflow, activity, mail. It is
// off unless the standard setting OTEL_EXPORTER_OTLP_ENDPOINT says where to.
//
// Nothing personal is in a span: its name and attributes are routes, codes and
// kinds of the program, numbers, and the forløb's id. Instrumentation that
// notes addresses, queries or statements by itself is not used.
package trace

import (
	"context"
	"log/slog"
	"os"
	"sync/atomic"
	"time"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracehttp"
	"go.opentelemetry.io/otel/propagation"
	"go.opentelemetry.io/otel/sdk/resource"
	sdk "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/trace"
)

const (
	scope = "example.dk/spark"
	// closing is how long what has not been told may take to be, at the end.
	closing = 5 * time.Second
)

var on atomic.Bool

// On reports whether anybody is told.
func On() bool { return on.Load() }

// wanted are the standard settings that turn tracing on.
var wanted = []string{"OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"}

// Open begins to tell, when the environment says where to; the SDK reads the
// other standard settings itself. The process is called service unless
// OTEL_SERVICE_NAME says otherwise. The returned function tells the rest and
// ends; a collector that is away costs spans and nothing else.
func Open(ctx context.Context, service string, log *slog.Logger) (end func(), err error) {
	if os.Getenv(wanted[0]) == "" && os.Getenv(wanted[1]) == "" || os.Getenv("OTEL_SDK_DISABLED") == "true" {
		return func() {}, nil
	}
	exporter, err := otlptracehttp.New(ctx) // over HTTP, with protobuf
	if err != nil {
		return nil, err
	}
	// No detectors: they tell of the machine and its user.
	who, err := resource.New(ctx, resource.WithAttributes(attribute.String("service.name", service)), resource.WithFromEnv())
	if err != nil {
		return nil, err
	}
	otel.SetErrorHandler(otel.ErrorHandlerFunc(func(error) { // its text has addresses in it
		log.Warn("spans were not told; see OTEL_EXPORTER_OTLP_ENDPOINT")
	}))
	provider := sdk.NewTracerProvider(sdk.WithBatcher(exporter), sdk.WithResource(who))
	before := otel.GetTracerProvider()
	otel.SetTracerProvider(provider)
	on.Store(true)
	return func() {
		on.Store(false)
		otel.SetTracerProvider(before)
		ctx, cancel := context.WithTimeout(context.Background(), closing)
		defer cancel()
		_ = provider.Shutdown(ctx) // the error handler has been told
	}, nil
}

// Span is a piece of work that is told of.
type Span struct{ span trace.Span }

// End ends the work. A code says why it failed; "" is well.
func (s Span) End(failure string) {
	if failure != "" {
		s.span.SetStatus(codes.Error, failure)
	}
	s.span.End()
}

// Note adds what has turned out.
func (s Span) Note(facts ...attribute.KeyValue) { s.span.SetAttributes(facts...) }

// Request begins a trace of its own: what a stranger says it belongs to is
// not believed. Name has the route and not the address.
func Request(ctx context.Context, name string, facts ...attribute.KeyValue) (context.Context, Span) {
	return start(ctx, name, trace.WithNewRoot(), trace.WithSpanKind(trace.SpanKindServer), trace.WithAttributes(facts...))
}

// Within begins a piece of the work that ctx is of.
func Within(ctx context.Context, name string, facts ...attribute.KeyValue) (context.Context, Span) {
	return start(ctx, name, trace.WithAttributes(facts...))
}

// Client begins a call of another server within the work that ctx is of.
func Client(ctx context.Context, name string, facts ...attribute.KeyValue) (context.Context, Span) {
	return start(ctx, name, trace.WithSpanKind(trace.SpanKindClient), trace.WithAttributes(facts...))
}

// Under begins a piece of the work that a carried span is of, in another
// process or after a restart.
func Under(ctx context.Context, carried, name string, facts ...attribute.KeyValue) (context.Context, Span) {
	return start(with(ctx, carried), name, trace.WithSpanKind(trace.SpanKindConsumer), trace.WithAttributes(facts...))
}

// After begins a trace of its own that only points to a carried span: what a
// date brings months later is no part of a click.
func After(ctx context.Context, carried, name string, facts ...attribute.KeyValue) (context.Context, Span) {
	options := []trace.SpanStartOption{trace.WithNewRoot(), trace.WithSpanKind(trace.SpanKindConsumer), trace.WithAttributes(facts...)}
	if cause := trace.SpanContextFromContext(with(context.Background(), carried)); cause.IsValid() {
		options = append(options, trace.WithLinks(trace.Link{SpanContext: cause}))
	}
	return start(ctx, name, options...)
}

func start(ctx context.Context, name string, options ...trace.SpanStartOption) (context.Context, Span) {
	ctx, span := otel.Tracer(scope).Start(ctx, name, options...)
	return ctx, Span{span}
}

// header is the name in W3C's Trace Context, of which a traceparent is all
// that is kept: no state, no baggage.
const header = "traceparent"

// Carried is the span of ctx as it is kept in a row: W3C's traceparent, or ""
// without one.
func Carried(ctx context.Context) string {
	carrier := propagation.MapCarrier{}
	if On() {
		propagation.TraceContext{}.Inject(ctx, carrier)
	}
	return carrier[header]
}

func with(ctx context.Context, carried string) context.Context {
	return propagation.TraceContext{}.Extract(ctx, propagation.MapCarrier{header: carried})
}
