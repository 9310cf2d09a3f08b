import { LEGACY_SCHEMA } from './legacy-schema.js'
import { VIEWER_SCHEMA } from './viewer/viewer-schema.js'

/**
 * The steps that made the schema what it is; `PRAGMA user_version` says how many a file has been through. A step that was
 * released is never changed again: add another.
 */
export const MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE observations (
    trace_id TEXT NOT NULL,
    id TEXT NOT NULL,
    trace_hash INTEGER NOT NULL,
    start_millis INTEGER NOT NULL,
    end_millis INTEGER NOT NULL,
    is_root INTEGER NOT NULL,
    parent_id TEXT NOT NULL,
    type TEXT NOT NULL,
    name TEXT NOT NULL,
    level TEXT NOT NULL,
    environment TEXT NOT NULL,
    user_id TEXT NOT NULL,
    session_id TEXT NOT NULL,
    trace_name TEXT,
    tags TEXT NOT NULL,
    details TEXT NOT NULL,
    -- The large ones last: SQLite reads a row from the front, and stops where it has what it needs.
    metadata TEXT NOT NULL,
    input TEXT NOT NULL,
    output TEXT NOT NULL,
    PRIMARY KEY (trace_id, id)
  ) STRICT;
  CREATE INDEX observations_newest ON observations (start_millis, trace_hash, id);
  -- Finding traces means finding roots, and most rows are none.
  CREATE INDEX observations_newest_roots ON observations (start_millis, trace_hash, id) WHERE is_root = 1;
  CREATE INDEX observations_session ON observations (session_id, start_millis, trace_hash, id) WHERE session_id <> '';
  CREATE INDEX observations_user ON observations (user_id, start_millis, trace_hash, id) WHERE user_id <> '';

  CREATE TABLE scores (
    id TEXT NOT NULL PRIMARY KEY,
    timestamp_millis INTEGER NOT NULL,
    created_millis INTEGER NOT NULL,
    updated_millis INTEGER NOT NULL,
    name TEXT NOT NULL,
    source TEXT NOT NULL,
    data_type TEXT NOT NULL,
    value REAL NOT NULL,
    string_value TEXT,
    environment TEXT NOT NULL,
    trace_id TEXT,
    observation_id TEXT,
    session_id TEXT,
    dataset_run_id TEXT,
    comment TEXT,
    config_id TEXT,
    queue_id TEXT,
    author_user_id TEXT,
    metadata TEXT NOT NULL
  ) STRICT;
  CREATE INDEX scores_newest ON scores (timestamp_millis, id);
  CREATE INDEX scores_trace ON scores (trace_id) WHERE trace_id IS NOT NULL;
  CREATE INDEX scores_session ON scores (session_id) WHERE session_id IS NOT NULL;
  CREATE INDEX scores_run ON scores (dataset_run_id) WHERE dataset_run_id IS NOT NULL;
  `,
  `
  -- A trace from its first observation to its newest: for summing it up, for paging through it, and for its place in the list.
  CREATE INDEX observations_trace ON observations (trace_id, start_millis, id);
  `,
  `
  -- Most rows belong to no experiment: for them the column is a byte, and the indices are nothing.
  ALTER TABLE observations ADD COLUMN experiment_id TEXT NOT NULL DEFAULT '';
  UPDATE observations SET experiment_id = details ->> '$.experiment.id' WHERE details ->> '$.experiment.id' <> '';
  -- Experiments one by one, from the first observation to the newest; and the items of all of them, the newest first.
  CREATE INDEX observations_experiment ON observations (experiment_id, start_millis, id, trace_id) WHERE experiment_id <> '';
  CREATE INDEX observations_newest_of_experiments ON observations (start_millis, trace_hash, id) WHERE experiment_id <> '';

  CREATE TABLE datasets (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    description TEXT,
    metadata TEXT,
    input_schema TEXT,
    expected_output_schema TEXT,
    created_millis INTEGER NOT NULL,
    updated_millis INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX datasets_newest ON datasets (created_millis, id);
  -- A row is a version of an item: it held from valid_from until valid_to, and holds while that is null.
  CREATE TABLE dataset_items (
    id TEXT NOT NULL,
    valid_from_millis INTEGER NOT NULL,
    valid_to_millis INTEGER,
    dataset_id TEXT NOT NULL,
    status TEXT NOT NULL,
    source_trace_id TEXT,
    source_observation_id TEXT,
    created_millis INTEGER NOT NULL,
    input TEXT,
    expected_output TEXT,
    metadata TEXT,
    PRIMARY KEY (id, valid_from_millis)
  ) STRICT;
  CREATE INDEX dataset_items_newest ON dataset_items (dataset_id, valid_from_millis, id) WHERE valid_to_millis IS NULL;
  CREATE INDEX dataset_items_version ON dataset_items (dataset_id, valid_from_millis);

  CREATE TABLE score_configs (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    description TEXT,
    data_type TEXT NOT NULL,
    min_value REAL,
    max_value REAL,
    categories TEXT,
    created_millis INTEGER NOT NULL
  ) STRICT;
  `,
  VIEWER_SCHEMA,
  `
  CREATE TABLE prompts (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    version INTEGER NOT NULL,
    -- All of it, as JSON: prompts are few, and are only looked up by name.
    prompt TEXT NOT NULL,
    UNIQUE (name, version)
  ) STRICT;
  CREATE TABLE comments (
    id TEXT NOT NULL PRIMARY KEY,
    object_type TEXT NOT NULL,
    object_id TEXT NOT NULL,
    content TEXT NOT NULL,
    author_user_id TEXT,
    created_millis INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX comments_object ON comments (object_type, object_id, created_millis, id);
  CREATE TABLE media (
    id TEXT NOT NULL PRIMARY KEY,
    -- What is known of it, as JSON.
    media TEXT NOT NULL,
    content BLOB
  ) STRICT;
  `,
  LEGACY_SCHEMA,
  `
  CREATE TABLE models (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    -- All of it, as JSON: models of a project are few, and are read together.
    model TEXT NOT NULL
  ) STRICT;
  `,
  `
  ALTER TABLE score_configs ADD COLUMN is_archived INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE score_configs ADD COLUMN updated_millis INTEGER NOT NULL DEFAULT 0;
  UPDATE score_configs SET updated_millis = created_millis;
  `,
]
