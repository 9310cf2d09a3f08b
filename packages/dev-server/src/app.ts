import { Hono } from 'hono'
import { cors } from 'hono/cors'
import { secureHeaders } from 'hono/secure-headers'
import type { HostGuard } from './guard/host-guard.js'
import { refuseWrites } from './guard/refuse-writes.js'
import { sameSite } from './guard/same-site.js'
import { createLegacyWriter } from './legacy/legacy-writer.js'
import { createModelCatalog } from './mapping/model-catalog.js'
import type { ApiKeys } from './options/api-keys.js'
import { authorized } from './routes/authorized.js'
import { createComment, listComments, showComment } from './routes/comments.js'
import { createDatasetItem, deleteDatasetItem, listDatasetItems, showDatasetItem } from './routes/dataset-items.js'
import { createDatasetRunItem, createLegacyRunItem } from './routes/dataset-run-items.js'
import { createDataset, listDatasets, showDataset } from './routes/datasets.js'
import { describeError, methodNotAllowed, unknownEndpoint } from './routes/describe-error.js'
import { listExperimentItems, listExperiments } from './routes/experiments.js'
import type { HttpEnv } from './routes/http-env.js'
import { ingestBatch } from './routes/ingestion.js'
import { LEGACY_ENDPOINTS, legacyEndpoint } from './routes/legacy.js'
import { listPrompts } from './routes/list-prompts.js'
import { announceMedia, reportMedia, showMedia } from './routes/media.js'
import { getMediaContent, MEDIA_PATH, putMediaContent } from './routes/media-content.js'
import { showMetrics } from './routes/metrics.js'
import { createModel, deleteModel, listModels, showModel } from './routes/models.js'
import { mountLegacy } from './routes/mount-legacy.js'
import { listObservations } from './routes/observations.js'
import { otlpTraces } from './routes/otlp-traces.js'
import { createPrompt, deletePrompt, labelPrompt, showPrompt } from './routes/prompts.js'
import { createScoreConfig, listScoreConfigs, showScoreConfig, updateScoreConfig } from './routes/score-configs.js'
import { createScore, deleteScore, listScores } from './routes/scores.js'
import { listProjects, showHealth } from './routes/server-facts.js'
import { deleteTrace, deleteTraces } from './routes/traces.js'
import { createWholeDataset, listWholeDatasets, showWholeDataset } from './routes/whole-datasets.js'
import type { Store } from './store/store.js'
import type { LiveFeed } from './viewer/live-feed.js'
import { mountViewer } from './viewer/mount-viewer.js'
import type { ViewerSessions } from './viewer/viewer-sessions.js'

/** What the application works with. */
export interface AppParts {
  readonly store: Store
  readonly keys: ApiKeys
  readonly clock: () => number
  readonly sessions: ViewerSessions
  readonly live: LiveFeed
  /** Whether to refuse whatever would write. */
  readonly readOnly: boolean
  /** Whether to answer the endpoints of Langfuse 3 as well. */
  readonly legacy: boolean
  /** Pages that may read answers of the API. */
  readonly allowedOrigins: readonly string[]
  /** Knows the names of this server; undefined until it listens. */
  readonly guard: () => HostGuard | undefined
}

/**
 * The HTTP application: which path is answered by what, and which guard stands before it.
 *
 * @param parts What it works with.
 * @returns The application, to be served.
 */
export function createApp({
  store,
  keys,
  clock,
  sessions,
  live,
  readOnly,
  legacy,
  allowedOrigins,
  guard,
}: AppParts): Hono<HttpEnv> {
  const app = new Hono<HttpEnv>()
  app.onError(describeError)
  app.use(
    secureHeaders({ crossOriginResourcePolicy: 'same-origin', referrerPolicy: 'no-referrer', xFrameOptions: 'DENY' }),
  )
  app.use(sameSite(guard))
  // Without an origin to allow there is no word of CORS in any answer.
  if (allowedOrigins.length > 0) app.use('/api/public/*', cors({ origin: [...allowedOrigins] }))
  if (readOnly) app.use(refuseWrites())

  app.get('/api/public/health', showHealth)
  const project = authorized(keys)
  const { findModel, refresh: modelsChanged } = createModelCatalog(() => store.models.findModels())
  const writeLegacy = legacy ? createLegacyWriter(store, findModel) : undefined
  if (writeLegacy !== undefined) mountLegacy(app, project, { store, clock, write: writeLegacy })
  // What is not there in the mode `legacy` either answers as it does without.
  for (const [method, path] of LEGACY_ENDPOINTS) app.on(method, path, legacyEndpoint)

  const otlp = { store, publicKey: keys.publicKey, clock, findModel, writeLegacy }
  app.post('/api/public/otel/v1/traces', project, otlpTraces(otlp))
  app.get('/api/public/v2/observations', project, listObservations(store))
  app.get('/api/public/v3/scores', project, listScores(store))
  // Browsers write scores with the public key alone.
  app.post('/api/public/scores', authorized(keys, true), createScore(store, clock))
  app.delete('/api/public/scores/:scoreId', project, deleteScore(store))
  app.post('/api/public/ingestion', authorized(keys, true), ingestBatch(store, clock, writeLegacy))
  app.delete('/api/public/traces', project, deleteTraces(store))
  app.delete('/api/public/traces/:traceId', project, deleteTrace(store))
  app.get('/api/public/score-configs', project, listScoreConfigs(store.scoreConfigs))
  app.post('/api/public/score-configs', project, createScoreConfig(store.scoreConfigs, clock))
  app.get('/api/public/score-configs/:configId', project, showScoreConfig(store.scoreConfigs))
  app.patch('/api/public/score-configs/:configId', project, updateScoreConfig(store.scoreConfigs, clock))
  const { datasets } = store
  app.get('/api/public/v2/datasets', project, listDatasets(datasets))
  app.post('/api/public/v2/datasets', project, createDataset(datasets, clock))
  app.get('/api/public/v2/datasets/:name', project, showDataset(datasets))
  app.get('/api/public/datasets', project, listWholeDatasets(store))
  app.post('/api/public/datasets', project, createWholeDataset(store, clock))
  app.get('/api/public/datasets/:name', project, showWholeDataset(store))
  app.get('/api/public/dataset-items', project, listDatasetItems(datasets))
  app.post('/api/public/dataset-items', project, createDatasetItem(datasets, clock))
  app.get('/api/public/dataset-items/:itemId', project, showDatasetItem(datasets))
  app.delete('/api/public/dataset-items/:itemId', project, deleteDatasetItem(datasets, clock))
  const createRunItem = legacy ? createLegacyRunItem(store, clock) : createDatasetRunItem(datasets, clock)
  app.post('/api/public/dataset-run-items', project, createRunItem)
  app.get('/api/public/experiments', project, listExperiments(store))
  app.get('/api/public/experiment-items', project, listExperimentItems(store))
  app.get('/api/public/projects', project, listProjects)

  const { prompts, comments } = store
  app.get('/api/public/v2/prompts', project, listPrompts(prompts))
  app.post('/api/public/v2/prompts', project, createPrompt(prompts, clock))
  app.get('/api/public/v2/prompts/:name', project, showPrompt(prompts))
  app.delete('/api/public/v2/prompts/:name', project, deletePrompt(prompts, clock))
  app.patch('/api/public/v2/prompts/:name/versions/:version', project, labelPrompt(prompts, clock))
  app.get('/api/public/comments', project, listComments(comments))
  app.post('/api/public/comments', project, createComment(store, clock))
  app.get('/api/public/comments/:commentId', project, showComment(comments))
  app.get('/api/public/v2/metrics', project, showMetrics(store, 'v2'))
  const models = { models: store.models, clock, modelsChanged }
  app.get('/api/public/models', project, listModels(store.models))
  app.post('/api/public/models', project, createModel(models))
  app.get('/api/public/models/:modelId', project, showModel(store.models))
  app.delete('/api/public/models/:modelId', project, deleteModel(models))

  const media = { media: store.media, secretKey: keys.secretKey, clock }
  app.post('/api/public/media', project, announceMedia(media))
  app.get('/api/public/media/:mediaId', project, showMedia(media))
  app.patch('/api/public/media/:mediaId', project, reportMedia(media))
  app.put(MEDIA_PATH, putMediaContent(media))
  app.get(MEDIA_PATH, getMediaContent(media))

  // Known paths, other methods.
  const paths = new Set(app.routes.map(({ path }) => path).filter((path) => path.startsWith('/api/public/')))
  for (const path of paths) app.all(path, methodNotAllowed)
  app.notFound(unknownEndpoint)

  mountViewer(app, { store, keys, sessions, live, clock })
  return app
}
