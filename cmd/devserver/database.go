package main

import (
	"context"
	"fmt"
	"time"

	enumspb "go.temporal.io/api/enums/v1"
	"go.temporal.io/server/common/config"
	"go.temporal.io/server/schema/sqlite"
	"google.golang.org/protobuf/types/known/durationpb"
)

// Closed executions stay visible this long; the schema package would keep them for a day.
const retention = 720 * time.Hour

var searchAttributes = map[string]enumspb.IndexedValueType{
	"SparkStatus":         enumspb.INDEXED_VALUE_TYPE_KEYWORD,
	"SparkProgramme":      enumspb.INDEXED_VALUE_TYPE_KEYWORD,
	"SparkNext":           enumspb.INDEXED_VALUE_TYPE_DATETIME,
	"SparkNeedsAttention": enumspb.INDEXED_VALUE_TYPE_BOOL,
}

// prepare makes the schema and the namespace, or finds them.
func (o options) prepare(ctx context.Context) error {
	if o.Postgres != nil {
		return preparePostgres(ctx, o)
	}
	return prepareSQLite(o)
}

// persistence is where Temporal finds what prepare has made.
func (o options) persistence() config.Persistence {
	if o.Postgres != nil {
		return postgresPersistence(o.Postgres)
	}
	return sqlitePersistence(o.Database)
}

// createNamespace leaves one that is there as it is.
func createNamespace(db *config.SQL, name string) error {
	namespace, err := sqlite.NewNamespaceConfig(clusterName, name, false, searchAttributes)
	if err != nil {
		return fmt.Errorf("the namespace %q cannot be configured: %w", name, err)
	}
	namespace.Detail.Config.Retention = durationpb.New(retention)
	// Whatever the package is called: it asks the plugin that db names.
	if err := sqlite.CreateNamespaces(db, namespace); err != nil {
		return fmt.Errorf("the namespace %q cannot be created: %w", name, err)
	}
	return nil
}
