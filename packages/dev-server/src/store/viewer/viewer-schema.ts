/**
 * The step that adds what the viewer reads: a row a trace, a full-text index over inputs and outputs, and how far both have come.
 *
 * Both follow the observations in the background, by rowid: a new or replaced observation always gets a rowid above all others. Only a
 * delete can free the newest ones for use again, so a trigger takes the progress back; replacing does not fire it.
 */
export const VIEWER_SCHEMA: string = `
  CREATE TABLE trace_summaries (
    trace_id TEXT NOT NULL PRIMARY KEY,
    start_millis INTEGER NOT NULL,
    end_millis INTEGER NOT NULL,
    observation_count INTEGER NOT NULL,
    error_count INTEGER NOT NULL,
    warning_count INTEGER NOT NULL,
    total_tokens REAL NOT NULL,
    total_cost REAL NOT NULL,
    -- Sorts the root before all others: whether it is one, when it began, its id.
    root_key TEXT NOT NULL,
    -- A name that any observation gives the trace; the root's counts first.
    given_name TEXT,
    name TEXT NOT NULL,
    user_id TEXT NOT NULL,
    session_id TEXT NOT NULL,
    environment TEXT NOT NULL,
    tags TEXT NOT NULL
  ) STRICT;
  CREATE INDEX trace_summaries_newest ON trace_summaries (start_millis, trace_id);
  CREATE INDEX trace_summaries_name ON trace_summaries (name, start_millis, trace_id);
  CREATE INDEX trace_summaries_user ON trace_summaries (user_id, start_millis, trace_id) WHERE user_id <> '';
  CREATE INDEX trace_summaries_session ON trace_summaries (session_id, start_millis, trace_id) WHERE session_id <> '';
  CREATE INDEX trace_summaries_failed ON trace_summaries (start_millis, trace_id) WHERE error_count > 0;

  -- No copy of the text, only the index: the observations have the text.
  CREATE VIRTUAL TABLE observation_text USING fts5(input, output, content='', contentless_delete=1);

  CREATE TABLE viewer_progress (
    summarized_to INTEGER NOT NULL,
    searchable_to INTEGER NOT NULL
  ) STRICT;
  INSERT INTO viewer_progress VALUES (0, 0);
  -- Traces whose observations were deleted, all or some.
  CREATE TABLE stale_summaries (trace_id TEXT NOT NULL PRIMARY KEY) STRICT, WITHOUT ROWID;

  CREATE TRIGGER observations_deleted AFTER DELETE ON observations BEGIN
    INSERT OR IGNORE INTO stale_summaries VALUES (OLD.trace_id);
    DELETE FROM trace_summaries WHERE trace_id = OLD.trace_id;
    DELETE FROM observation_text WHERE rowid = OLD.rowid;
    UPDATE viewer_progress SET
      summarized_to = min(summarized_to, (SELECT coalesce(max(rowid), 0) FROM observations)),
      searchable_to = min(searchable_to, (SELECT coalesce(max(rowid), 0) FROM observations));
  END;
`
