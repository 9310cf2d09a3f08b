import { html } from 'hono/html'
import type { Observation } from '../model/observation.js'
import type { Store } from '../store/store.js'
import { formatCost, formatDuration, formatTime, readablePayload } from './format.js'
import { readTrace } from './load-summaries.js'
import { layOutTree, type TreeLine } from './observation-tree.js'
import { type Html, pageLayout } from './page-layout.js'
import { findRoot, summarizeTrace, type TraceSummary } from './trace-summary.js'
import { levelBadge } from './traces-page.js'

/** How many observations one page shows. */
const MAX_OBSERVATIONS = 2000

/** From here on lines are not indented further: a narrow window must still show text. */
const MAX_INDENT = 8

/** A trace, read for its page. */
export interface LoadedTrace {
  readonly summary: TraceSummary
  readonly lines: readonly TreeLine[]
  /** Whether there are more observations than are shown. */
  readonly isCut: boolean
}

/**
 * Reads a trace for its page.
 *
 * @param store Where it is.
 * @param traceId The trace.
 * @returns The trace, or undefined when it has no observations.
 */
export function loadTrace(store: Store, traceId: string): LoadedTrace | undefined {
  const observations = readTrace(store, traceId, MAX_OBSERVATIONS, ['io'])
  if (observations === undefined) return undefined
  const { input, output } = findRoot(observations)
  return {
    summary: summarizeTrace(observations, { input, output }),
    lines: layOutTree(observations),
    isCut: observations.length === MAX_OBSERVATIONS,
  }
}

/**
 * The page of a trace: its observations as a tree, each with its input and output.
 *
 * @param trace What {@link loadTrace} read.
 * @returns The document.
 */
export function tracePage({ summary, lines, isCut }: LoadedTrace): Html {
  const name = summary.name || 'unnamed trace'
  const notice = isCut ? html`<p>Only the newest ${MAX_OBSERVATIONS} observations are shown.</p>` : html``
  return pageLayout(
    name,
    html`<h1>${name} ${levelBadge(summary.level)}</h1>
      <p class="facts">
        <span>${formatTime(summary.startTimeMillis)}</span> <span>${formatDuration(summary.durationMillis)}</span>
        <span>${formatCost(summary.totalCost)}</span> <code>${summary.traceId}</code>
      </p>
      ${notice}
      <ol class="tree">${lines.map(observationItem)}</ol>`,
  )
}

function observationItem({ observation, depth }: TreeLine): Html {
  const { details } = observation
  const status = details.statusMessage === '' ? html`` : html`<p class="status">${details.statusMessage}</p>`
  return html`<li class="indent-${Math.min(depth, MAX_INDENT)}">
    <details ${depth === 0 ? 'open' : ''}>
      <summary>
        <span class="type">${observation.type}</span> ${observation.name} ${levelBadge(observation.level)}
        <span class="facts">
          <span>${formatDuration(observation.endTimeMillis - observation.startTimeMillis)}</span>
          <span>${details.model}</span> <span>${formatCost(details.costDetails.total ?? 0)}</span>
        </span>
      </summary>
      ${status} ${payload('Input', observation.input)} ${payload('Output', observation.output)} ${emptyNote(observation)}
    </details>
  </li>`
}

function payload(label: string, text: string): Html {
  return text === '' ? html`` : html`<h3>${label}</h3><pre>${readablePayload(text)}</pre>`
}

function emptyNote({ input, output }: Observation): Html {
  return input === '' && output === '' ? html`<p class="facts">No input and no output.</p>` : html``
}
