package store

// MigrateNeeding lets a test miss a role.
var MigrateNeeding = migrateNeeding
