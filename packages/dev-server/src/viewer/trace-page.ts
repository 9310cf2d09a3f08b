import { html } from 'hono/html'
import type { Observation } from '../model/observation.js'
import { formatCost, formatCount, formatDuration, formatTime, readablePayload } from './format.js'
import type { LoadedTrace } from './load-trace.js'
import type { TreeLine } from './observation-tree.js'
import { type Html, pageLayout } from './page-layout.js'
import { laterObservationsLink, traceLink } from './page-links.js'
import { levelBadge } from './traces-page.js'

/** From here on lines are not indented further: a narrow window must still show text. */
const MAX_INDENT = 8

/**
 * The page of a trace: its observations as a tree, each with its input and output.
 *
 * @param trace What {@link loadTrace} read.
 * @returns The document.
 */
export function tracePage({ summary, lines, isContinued, next }: LoadedTrace): Html {
  const name = summary.name || 'unnamed trace'
  const first = isContinued ? html`<p><a href="${traceLink(summary.traceId)}">First observations</a></p>` : html``
  const later =
    next === undefined ? html`` : html`<p><a href="${laterObservationsLink(next)}">Later observations</a></p>`
  return pageLayout(
    name,
    html`<h1>${name} ${levelBadge(summary.level)}</h1>
      <p class="facts">
        <span>${formatTime(summary.startTimeMillis)}</span> <span>${formatDuration(summary.durationMillis)}</span>
        <span>${formatCount(summary.observationCount)}</span> <span>${formatCost(summary.totalCost)}</span> <code>${summary.traceId}</code>
      </p>
      ${first}
      <ol class="tree">${lines.map((line) => observationItem(line, line.depth === 0 && !isContinued))}</ol>
      ${later}`,
  )
}

/** What stands on its own is open, but not on a later page, where all whose parents came before it do. */
function observationItem({ observation, depth }: TreeLine, isOpen: boolean): Html {
  const { details } = observation
  const status = details.statusMessage === '' ? html`` : html`<p class="status">${details.statusMessage}</p>`
  return html`<li class="indent-${Math.min(depth, MAX_INDENT)}">
    <details ${isOpen ? 'open' : ''}>
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
