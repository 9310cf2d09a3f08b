import { LoaderError } from '../loader-error.js'
import type { LoadContext } from '../plan/load-context.js'

/**
 * Finds out whether the server knows `filter` on its list of traces. Early versions of Langfuse 3 ignore it without a word, and would
 * answer with traces that nobody asked for: so a condition that no server accepts is put first, once.
 *
 * @param context - Client, and what is known of the server.
 * @param isNeeded - Whether there is anything to filter.
 * @returns Whether it does; `false` if nothing was asked.
 * @throws {LoaderError} Whatever the request throws.
 */
export async function knowsTraceFilters(context: LoadContext, isNeeded: boolean): Promise<boolean> {
  if (!isNeeded || context.traits.traceFilters !== 'unknown') return context.traits.traceFilters === 'yes'
  const impossible = [{ type: 'string', column: 'axion-no-such-column', operator: '=', value: '' }]
  const query = new URLSearchParams({ limit: '1', fields: 'core', filter: JSON.stringify(impossible) })
  const purpose = { task: 'load traces', subject: 'the question whether filters are known' }
  context.traits.traceFilters = await context.rest.get('/api/public/traces', query, purpose, context.call).then(
    () => 'no',
    (error: unknown) => {
      if (error instanceof LoaderError && error.code === 'bad_request') return 'yes'
      throw error
    },
  )
  return context.traits.traceFilters === 'yes'
}
