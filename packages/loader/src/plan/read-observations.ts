import { MAX_OBSERVATIONS_PER_PAGE, observationList } from '../rest/endpoints.js'
import { readPages } from '../rest/pages.js'
import type { CallContext } from '../rest/rest-client.js'
import { OBSERVATION_FIELDS, type ObservationRow } from '../wire/observation-v2.js'
import { strayTrace } from './discover.js'
import type { LoadContext } from './load-context.js'
import { withTraceIds } from './with-trace-ids.js'

/** The rows of each trace; never an empty list. */
export type RowsByTrace = Map<string, [ObservationRow, ...ObservationRow[]]>

/**
 * Reads every observation of some traces. No time range is given, so children that started long before or after their root, and
 * orphans, come too.
 *
 * @param context - Client and counters.
 * @param traceIds - The traces.
 * @param call - The signal that ends this reading.
 * @returns The rows by trace; a trace without any is missing.
 * @throws {LoaderError} Whatever the requests throw; `invalid_response` if rows of other traces come.
 */
export async function readObservations(
  context: LoadContext,
  traceIds: readonly string[],
  call: CallContext,
): Promise<RowsByTrace> {
  const byTrace: RowsByTrace = new Map()
  const wanted = new Set(traceIds)
  const fields = OBSERVATION_FIELDS.full
  const pages = withTraceIds(context, traceIds, (condition) => {
    const one = condition.type === 'string' ? condition.value : undefined
    const subject = one === undefined ? `the observations of ${traceIds.length} traces` : `trace ${one}`
    // One trace is asked for by the plain parameter, which every server with this endpoint has.
    const selection = one === undefined ? { filter: [condition] } : { traceId: one }
    const list = observationList(
      { fields, limit: MAX_OBSERVATIONS_PER_PAGE, size: context.traits.pageSize, ...selection },
      (page) => ({
        task: 'load traces',
        subject: `page ${page} of ${subject}`,
        ...(one === undefined ? {} : { traceId: one }),
      }),
    )
    return readPages(context.rest, list, call)
  })
  for await (const rows of pages) {
    for (const row of rows) {
      if (!wanted.has(row.traceId)) throw strayTrace(row)
      const known = byTrace.get(row.traceId)
      if (known === undefined) byTrace.set(row.traceId, [row])
      else known.push(row)
    }
    context.onObservations(rows.length)
  }
  return byTrace
}
