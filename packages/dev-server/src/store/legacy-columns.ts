import type { ColumnDefinition, ObservationColumn } from './observation-columns.js'

/** The columns of one table that conditions can name. */
export type ColumnTable = Readonly<Partial<Record<ObservationColumn, ColumnDefinition>>>

const ofObservations = (sql: string): string =>
  `(SELECT ${sql} FROM legacy_observations AS o WHERE o.trace_id = legacy_traces.id)`

/** How long a trace took in milliseconds, 0 without observations. */
export const LATENCY_SQL: string = ofObservations(
  'coalesce(max(coalesce(end_millis, start_millis)) - min(start_millis), 0)',
)

/** What the observations of a trace cost in US dollars. */
export const TOTAL_COST_SQL: string = ofObservations("coalesce(sum(details ->> '$.costDetails.total'), 0)")

/** What traces are filtered on. */
export const LEGACY_TRACE_COLUMNS: ColumnTable = {
  id: { kind: 'text', sql: 'id' },
  traceId: { kind: 'text', sql: 'id' },
  startTime: { kind: 'time', sql: 'timestamp_millis' },
  name: { kind: 'text', sql: 'name', emptyIsNull: true },
  userId: { kind: 'text', sql: 'user_id', emptyIsNull: true },
  sessionId: { kind: 'text', sql: 'session_id', emptyIsNull: true },
  environment: { kind: 'text', sql: 'environment' },
  release: { kind: 'text', sql: 'release', emptyIsNull: true },
  version: { kind: 'text', sql: 'version', emptyIsNull: true },
  tags: { kind: 'array', sql: 'tags' },
  metadata: { kind: 'keyed', sql: 'metadata' },
  latency: { kind: 'number', sql: `${LATENCY_SQL} / 1000.0` },
  totalCost: { kind: 'number', sql: TOTAL_COST_SQL },
}

/** What observations are filtered on; user, session, tags and the rest are those of their trace. */
export const LEGACY_OBSERVATION_COLUMNS: ColumnTable = {
  id: { kind: 'text', sql: 'id' },
  traceId: { kind: 'text', sql: 'trace_id' },
  parentObservationId: { kind: 'text', sql: 'parent_id', emptyIsNull: true },
  startTime: { kind: 'time', sql: 'start_millis' },
  endTime: { kind: 'time', sql: 'end_millis' },
  type: { kind: 'text', sql: 'type' },
  name: { kind: 'text', sql: 'name', emptyIsNull: true },
  level: { kind: 'text', sql: 'level' },
  environment: { kind: 'text', sql: 'environment' },
  version: { kind: 'text', sql: 'version', emptyIsNull: true },
  userId: {
    kind: 'text',
    sql: "coalesce((SELECT user_id FROM legacy_traces WHERE legacy_traces.id = trace_id), '')",
    emptyIsNull: true,
  },
  model: { kind: 'text', sql: "(details ->> '$.model')", emptyIsNull: true },
  metadata: { kind: 'keyed', sql: 'metadata' },
  latency: { kind: 'number', sql: '(end_millis - start_millis) / 1000.0' },
  totalCost: { kind: 'number', sql: "(details ->> '$.costDetails.total')" },
}

/** What sessions are filtered on, once they are summed up. */
export const LEGACY_SESSION_COLUMNS: ColumnTable = {
  sessionId: { kind: 'text', sql: 'session_id', emptyIsNull: true },
  startTime: { kind: 'time', sql: 'created_millis' },
  environment: { kind: 'text', sql: 'environment' },
}
