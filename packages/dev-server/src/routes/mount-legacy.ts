import type { Hono, MiddlewareHandler } from 'hono'
import type { LegacyWriter } from '../legacy/legacy-writer.js'
import type { Store } from '../store/store.js'
import { showDailyMetrics } from './daily-metrics.js'
import { deleteDatasetRun, listDatasetRunItems, listDatasetRuns, RUN_PATH, showDatasetRun } from './dataset-runs.js'
import type { HttpEnv } from './http-env.js'
import { OBJECT_ENDPOINTS, putLegacyObject } from './legacy-objects.js'
import { listLegacyObservations, showLegacyObservation } from './legacy-observations.js'
import { listLegacyScores, showLegacyScore } from './legacy-scores.js'
import { listLegacySessions, showLegacySession } from './legacy-sessions.js'
import { listLegacyTraces, showLegacyTrace } from './legacy-traces.js'
import { showMetrics } from './metrics.js'

/** What the endpoints of Langfuse 3 work with. */
export interface LegacyParts {
  readonly store: Store
  readonly clock: () => number
  readonly write: LegacyWriter
}

/**
 * Puts the endpoints of Langfuse 3 into the application.
 *
 * @param app The application.
 * @param project Lets through what is authorized.
 * @param parts What they work with.
 */
export function mountLegacy(
  app: Hono<HttpEnv>,
  project: MiddlewareHandler<HttpEnv>,
  { store, clock, write }: LegacyParts,
): void {
  app.get('/api/public/traces', project, listLegacyTraces(store))
  app.get('/api/public/traces/:traceId', project, showLegacyTrace(store))
  app.get('/api/public/observations', project, listLegacyObservations(store))
  app.get('/api/public/observations/:observationId', project, showLegacyObservation(store))
  app.get('/api/public/sessions', project, listLegacySessions(store))
  app.get('/api/public/sessions/:sessionId', project, showLegacySession(store))
  app.get('/api/public/v2/scores', project, listLegacyScores(store, 'v2'))
  app.get('/api/public/v2/scores/:scoreId', project, showLegacyScore(store, 'v2'))
  app.get('/api/public/scores', project, listLegacyScores(store, 'v1'))
  app.get('/api/public/scores/:scoreId', project, showLegacyScore(store, 'v1'))
  app.get('/api/public/metrics', project, showMetrics(store, 'v1'))
  app.get('/api/public/metrics/daily', project, showDailyMetrics(store))
  app.get('/api/public/dataset-run-items', project, listDatasetRunItems(store))
  app.get('/api/public/datasets/:name/runs', project, listDatasetRuns(store))
  app.get(RUN_PATH, project, showDatasetRun(store))
  app.delete(RUN_PATH, project, deleteDatasetRun(store))
  for (const [method, path, subject] of OBJECT_ENDPOINTS)
    app.on(method, path, project, putLegacyObject(subject, write, clock))
}
