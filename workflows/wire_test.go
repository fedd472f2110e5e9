package workflows

import (
	"reflect"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/workflow"

	"example.dk/spark/activities"
	"example.dk/spark/internal/forloeb"
)

// codeTypes are the strings that may enter a history: each is a list of codes.
var codeTypes = []reflect.Type{
	reflect.TypeFor[forloeb.Status](), reflect.TypeFor[forloeb.ProgrammeCode](), reflect.TypeFor[forloeb.Decision](),
	reflect.TypeFor[forloeb.Duty](), reflect.TypeFor[forloeb.WaitKey](),
}

// idFields are the plain strings that may: ids, and the name of an act or a duty.
var idFields = map[string]bool{"Change.ID": true, "Change.Cause": true, "Nudge.Ref": true}

// Everything that an activity, a signal or the workflow takes or returns
// holds only ids, codes, numbers, flags and times.
func TestNothingPersonalCanEnterAHistory(t *testing.T) {
	found := []reflect.Type{reflect.TypeFor[Input](), reflect.TypeFor[forloeb.Nudge]()}
	found = append(found, signature(reflect.TypeOf(Forloeb))...)
	all := reflect.TypeFor[*activities.Activities]()
	for i := range all.NumMethod() {
		found = append(found, signature(all.Method(i).Type)...)
	}
	require.GreaterOrEqual(t, len(found), 9, "the activities' types are found")
	for _, wire := range found {
		onlyCodes(t, wire, wire.Name())
	}
}

// signature lists what a function takes and returns, apart from its receiver,
// contexts and errors.
func signature(f reflect.Type) (wire []reflect.Type) {
	local := map[reflect.Type]bool{
		reflect.TypeFor[error](): true, reflect.TypeFor[workflow.Context](): true,
		reflect.TypeFor[*activities.Activities](): true,
	}
	for i := range f.NumIn() {
		if in := f.In(i); !local[in] && in.String() != "context.Context" {
			wire = append(wire, in)
		}
	}
	for i := range f.NumOut() {
		if out := f.Out(i); !local[out] {
			wire = append(wire, out)
		}
	}
	return wire
}

func onlyCodes(t *testing.T, kind reflect.Type, name string) {
	t.Helper()
	if kind == reflect.TypeFor[time.Time]() || kind == reflect.TypeFor[uuid.UUID]() {
		return
	}
	switch kind.Kind() {
	case reflect.Bool, reflect.Int, reflect.Int64:
	case reflect.Slice:
		onlyCodes(t, kind.Elem(), name)
	case reflect.Struct:
		for i := range kind.NumField() {
			onlyCodes(t, kind.Field(i).Type, kind.Name()+"."+kind.Field(i).Name)
		}
	case reflect.String:
		require.True(t, idFields[name] || contains(codeTypes, kind), "%s is a %s: text may not enter a history", name, kind)
	default:
		require.Fail(t, "not allowed on the wire", "%s is a %s", name, kind)
	}
}

func contains(list []reflect.Type, kind reflect.Type) bool {
	for _, k := range list {
		if k == kind {
			return true
		}
	}
	return false
}

// The words on the wire are frozen.
func TestWireWords(t *testing.T) {
	require.Equal(t, "spark", TaskQueue)
	require.Equal(t, "spark-mail", MailQueue)
	require.Equal(t, "Forloeb", WorkflowType)
	id := uuid.MustParse("6f2c1c9e-0f5e-4a2b-9d53-2f7f1f0a0001")
	require.Equal(t, "forloeb/6f2c1c9e-0f5e-4a2b-9d53-2f7f1f0a0001", WorkflowID(id))
	require.Equal(t, []string{"Look", "Commit", "Match", "SendMail"},
		[]string{activityLook, activityCommit, activityMatch, activitySendMail})
	require.Equal(t, "SparkStatus", attributeStatus.GetName())
	require.Equal(t, "SparkProgramme", attributeProgramme.GetName())
	require.Equal(t, "SparkNext", attributeNext.GetName())
	require.Equal(t, "SparkNeedsAttention", attributeNeedsAttention.GetName())
}

func TestOnlyIdsAreReferences(t *testing.T) {
	require.Equal(t, "17", reference("17"))
	require.Equal(t, "6f2c1c9e-0f5e-4a2b-9d53-2f7f1f0a0001", reference("6F2C1C9E-0F5E-4A2B-9D53-2F7F1F0A0001"))
	for _, text := range []string{"", "Åse Østergård", "aase@example.dk", "17 b", "1.5"} {
		require.Empty(t, reference(text))
	}
}

// Its id has a slash, which must not end the address.
func TestThePageOfAForloebInTemporal(t *testing.T) {
	id := uuid.MustParse("00000000-0000-4000-8000-000000000001")
	want := "https://temporal.example.dk/ui/namespaces/spark/workflows/forloeb%2F00000000-0000-4000-8000-000000000001"
	require.Equal(t, want, PageOf("https://temporal.example.dk/ui/", "spark", id))
	require.Contains(t, PageOf("http://127.0.0.1:8233", "", id), "8233/namespaces/default/workflows/")
}
