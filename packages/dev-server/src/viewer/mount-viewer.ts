import type { Hono } from 'hono'
import { secureHeaders } from 'hono/secure-headers'
import type { ApiKeys } from '../options/api-keys.js'
import { createDatasetItem } from '../routes/dataset-items.js'
import { createDataset, listDatasets } from '../routes/datasets.js'
import type { HttpEnv } from '../routes/http-env.js'
import { showPrompt } from '../routes/prompts.js'
import { createScore } from '../routes/scores.js'
import type { Store } from '../store/store.js'
import { exportDataset } from './export-dataset.js'
import { listSessions, showSession } from './list-sessions.js'
import { listFacets, listTraces, showVolume } from './list-traces.js'
import type { LiveFeed } from './live-feed.js'
import { showCharts } from './show-charts.js'
import { listDatasetRows, showDatasetPage, showItem } from './show-datasets.js'
import { listExperimentRows, showComparison } from './show-experiments.js'
import { showImage } from './show-image.js'
import { showObservation, showTrace } from './show-trace.js'
import { login, membersOnly } from './viewer-access.js'
import { viewerAsset, viewerDocument } from './viewer-assets.js'
import type { ViewerSessions } from './viewer-sessions.js'

/** What the viewer works with. */
export interface ViewerParts {
  readonly store: Store
  readonly keys: ApiKeys
  readonly sessions: ViewerSessions
  readonly live: LiveFeed
  readonly clock: () => number
}

/** The addresses of pages. All get the same document; which page it shows is the business of the front end. */
const PAGES = ['/', '/traces/*', '/sessions/*', '/datasets/*', '/experiments/*', '/charts']

/**
 * Adds what people look at: `/login`, the pages, their scripts and styles, and the JSON they read.
 *
 * The pages show what others sent. The policy allows scripts, styles and connections of this server alone, and no inline script or
 * style; of images besides its own those that stand in the data, which is how prompts have them.
 *
 * @param app The application to add them to.
 * @param parts What they work with.
 */
export function mountViewer(app: Hono<HttpEnv>, { store, keys, sessions, live, clock }: ViewerParts): void {
  const policy = secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: ["'none'"],
      scriptSrc: ["'self'"],
      styleSrc: ["'self'"],
      connectSrc: ["'self'"],
      imgSrc: ["'self'", 'data:'],
      baseUri: ["'none'"],
      formAction: ["'none'"],
      frameAncestors: ["'none'"],
    },
    crossOriginResourcePolicy: 'same-origin',
    referrerPolicy: 'no-referrer',
    xFrameOptions: 'DENY',
  })
  const members = membersOnly(keys, sessions)
  const { viewer } = store
  app.get('/login', policy, login(sessions))
  const document = viewerDocument()
  for (const page of PAGES) app.get(page, policy, members, document)
  app.get('/viewer/assets/:file', policy, viewerAsset())

  app.use('/viewer/api/*', members)
  app.get('/viewer/api/setup', (c) => c.json({ url: new URL(c.req.url).origin, publicKey: keys.publicKey }))
  app.get('/viewer/api/live', live.handler)
  app.get('/viewer/api/traces', listTraces(viewer))
  app.get('/viewer/api/volume', showVolume(viewer))
  app.get('/viewer/api/facets', listFacets(viewer))
  app.get('/viewer/api/traces/:traceId', showTrace(store))
  app.get('/viewer/api/traces/:traceId/observations/:observationId', showObservation(store))
  app.get('/viewer/api/images/:mediaId', showImage(store.media))
  app.get('/viewer/api/prompts/:name', showPrompt(store.prompts))
  app.get('/viewer/api/sessions', listSessions(viewer))
  app.get('/viewer/api/sessions/:sessionId', showSession(store))
  app.get('/viewer/api/dataset-rows', listDatasetRows(viewer))
  app.get('/viewer/api/datasets/:name', showDatasetPage(store.datasets))
  app.get('/viewer/api/datasets/:name/export', exportDataset(store.datasets, clock))
  app.get('/viewer/api/dataset-items/:itemId', showItem(store.datasets))
  app.get('/viewer/api/experiments', listExperimentRows(store))
  app.get('/viewer/api/comparison', showComparison(store))
  app.get('/viewer/api/charts', showCharts(viewer))
  // What people add goes the way of the public API.
  app.post('/viewer/api/scores', createScore(store, clock))
  app.get('/viewer/api/datasets', listDatasets(store.datasets))
  app.post('/viewer/api/datasets', createDataset(store.datasets, clock))
  app.post('/viewer/api/dataset-items', createDatasetItem(store.datasets, clock))
}
