/** The tables of the mode `legacy`, which stay empty in any other. */
export const LEGACY_SCHEMA = `
  CREATE TABLE legacy_traces (
    id TEXT NOT NULL PRIMARY KEY,
    timestamp_millis INTEGER NOT NULL,
    created_millis INTEGER NOT NULL,
    updated_millis INTEGER NOT NULL,
    name TEXT NOT NULL,
    user_id TEXT NOT NULL,
    session_id TEXT NOT NULL,
    environment TEXT NOT NULL,
    release TEXT NOT NULL,
    version TEXT NOT NULL,
    tags TEXT NOT NULL,
    public INTEGER NOT NULL,
    metadata TEXT NOT NULL,
    input TEXT NOT NULL,
    output TEXT NOT NULL
  ) STRICT;
  CREATE INDEX legacy_traces_newest ON legacy_traces (timestamp_millis, id);
  CREATE INDEX legacy_traces_session ON legacy_traces (session_id, created_millis) WHERE session_id <> '';
  CREATE TABLE legacy_observations (
    trace_id TEXT NOT NULL,
    id TEXT NOT NULL,
    parent_id TEXT NOT NULL,
    start_millis INTEGER NOT NULL,
    end_millis INTEGER,
    created_millis INTEGER NOT NULL,
    updated_millis INTEGER NOT NULL,
    type TEXT NOT NULL,
    name TEXT NOT NULL,
    level TEXT NOT NULL,
    environment TEXT NOT NULL,
    version TEXT NOT NULL,
    details TEXT NOT NULL,
    metadata TEXT NOT NULL,
    input TEXT NOT NULL,
    output TEXT NOT NULL,
    PRIMARY KEY (trace_id, id)
  ) STRICT;
  CREATE INDEX legacy_observations_newest ON legacy_observations (start_millis, id);
  CREATE INDEX legacy_observations_id ON legacy_observations (id);
  CREATE TABLE dataset_runs (
    id TEXT NOT NULL PRIMARY KEY,
    dataset_id TEXT NOT NULL,
    name TEXT NOT NULL,
    description TEXT,
    metadata TEXT,
    created_millis INTEGER NOT NULL,
    updated_millis INTEGER NOT NULL,
    UNIQUE (dataset_id, name)
  ) STRICT;
  CREATE TABLE dataset_run_items (
    id TEXT NOT NULL PRIMARY KEY,
    run_id TEXT NOT NULL,
    dataset_item_id TEXT NOT NULL,
    trace_id TEXT NOT NULL,
    observation_id TEXT,
    created_millis INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX dataset_run_items_newest ON dataset_run_items (run_id, created_millis, id);
`
