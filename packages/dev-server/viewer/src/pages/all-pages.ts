import { ChartsPage } from './charts/charts-page.js'
import { DatasetPage } from './dataset/dataset-page.js'
import { DatasetsPage } from './datasets/datasets-page.js'
import { ExperimentPage } from './experiment/experiment-page.js'
import { ExperimentsPage } from './experiments/experiments-page.js'
import type { Page } from './page.js'
import { SessionPage } from './session/session-page.js'
import { SessionsPage } from './sessions/sessions-page.js'
import { TracePage } from './trace/trace-page.js'
import { TracesPage } from './traces/traces-page.js'

/** Every page, in the order of the navigation. A new page is a folder beside this file and an entry here. */
export const ALL_PAGES: readonly Page[] = [
  { pattern: /^\/$/, navigation: { label: 'Traces', address: '/' }, component: TracesPage },
  { pattern: /^\/traces\/(.+)$/, component: TracePage },
  {
    pattern: /^\/sessions\/?$/,
    navigation: { label: 'Sessions', address: '/sessions' },
    component: SessionsPage,
  },
  { pattern: /^\/sessions\/(.+)$/, component: SessionPage },
  {
    pattern: /^\/datasets\/?$/,
    navigation: { label: 'Datasets', address: '/datasets' },
    component: DatasetsPage,
  },
  { pattern: /^\/datasets\/(.+)$/, component: DatasetPage },
  {
    pattern: /^\/experiments\/?$/,
    navigation: { label: 'Experiments', address: '/experiments' },
    component: ExperimentsPage,
  },
  { pattern: /^\/experiments\/(.+)$/, component: ExperimentPage },
  { pattern: /^\/charts$/, navigation: { label: 'Charts', address: '/charts' }, component: ChartsPage },
]
