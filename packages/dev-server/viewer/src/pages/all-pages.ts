import type { Page } from './page.js'
import { TracePage } from './trace/trace-page.js'
import { TracesPage } from './traces/traces-page.js'

/** Every page, in the order of the navigation. A new page is a folder beside this file and an entry here. */
export const ALL_PAGES: readonly Page[] = [
  { pattern: /^\/$/, navigation: { label: 'Traces', address: '/' }, component: TracesPage },
  { pattern: /^\/traces\/(.+)$/, component: TracePage },
]
