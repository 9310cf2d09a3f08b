import { html } from 'hono/html'
import type { TraceSummary } from '../model/trace-summary.js'
import { firstLine, formatCost, formatCount, formatDuration, formatTime } from './format.js'
import type { LoadedTraces } from './load-traces.js'
import { type Html, pageLayout } from './page-layout.js'
import { olderTracesLink, traceLink } from './page-links.js'

/** What the page needs besides the traces. */
export interface TracesPageContext {
  /** The address of this server. */
  readonly url: string
  readonly publicKey: string
}

/**
 * The first page: the newest traces, or what to do when there are none.
 *
 * @param page What {@link loadTraces} read.
 * @param context See {@link TracesPageContext}.
 * @returns The document.
 */
export function tracesPage({ traces, next }: LoadedTraces, context: TracesPageContext): Html {
  if (traces.length === 0) return pageLayout('Traces', emptyState(context))
  const older = next === undefined ? html`` : html`<p><a href="${olderTracesLink(next)}">Older traces</a></p>`
  return pageLayout('Traces', html`<h1>Traces</h1><ol class="traces">${traces.map(traceItem)}</ol>${older}`)
}

function traceItem(trace: TraceSummary): Html {
  const facts = [
    formatTime(trace.startTimeMillis),
    formatDuration(trace.durationMillis),
    formatCount(trace.observationCount),
    formatCost(trace.totalCost),
    trace.userId && `user ${trace.userId}`,
    trace.sessionId && `session ${trace.sessionId}`,
  ].filter((fact) => fact !== '')
  return html`<li>
    <h2><a href="${traceLink(trace.traceId)}">${trace.name || 'unnamed trace'}</a> ${levelBadge(trace.level)}</h2>
    <p class="facts">${facts.map((fact) => html`<span>${fact}</span> `)} ${trace.tags.map((tag) => html`<span class="tag">${tag}</span> `)}</p>
    ${payloadLine('in', trace.inputStart)} ${payloadLine('out', trace.outputStart)}
  </li>`
}

/**
 * A badge for levels that need attention.
 *
 * @param level The level.
 * @returns The badge, or nothing.
 */
export function levelBadge(level: string): Html {
  return level === 'ERROR' || level === 'WARNING'
    ? html`<span class="badge ${level.toLowerCase()}">${level}</span>`
    : html``
}

function payloadLine(label: string, payload: string): Html {
  return payload === '' ? html`` : html`<p class="line"><span class="label">${label}</span> ${firstLine(payload)}</p>`
}

function emptyState({ url, publicKey }: TracesPageContext): Html {
  return html`<h1>No traces yet</h1>
    <p>Point a program at this server and run it; its traces appear here when you reload the page.</p>
    <pre>LANGFUSE_BASE_URL=${url}
LANGFUSE_PUBLIC_KEY=${publicKey}
LANGFUSE_SECRET_KEY=…</pre>
    <p>The secret key is in <code>keys.json</code> in the data directory. Any OpenTelemetry exporter works as well: it sends to
      <code>${url}/api/public/otel</code> with Basic authentication.</p>`
}
