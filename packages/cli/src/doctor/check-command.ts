import type { Finding } from './finding.js'
import type { WatchedRun } from './run-watched.js'

/**
 * Says how a command ended, and what it recorded.
 *
 * @param run - The command.
 * @param wasStopped - Whether we were told to stop meanwhile, and the command with us.
 */
export function checkCommand({ outcome, processes }: WatchedRun, wasStopped: boolean): Finding[] {
  if (outcome.kind === 'not_started') {
    return [{ check: 'command', status: 'problem', text: `it did not start: ${outcome.reason}`, fix: 'check its name' }]
  }
  if (processes.length === 0) {
    return [
      {
        check: 'command',
        status: 'problem',
        text: 'no Node.js process of it loaded the hook',
        fix: 'give a command that starts Node 20.19 or later and passes NODE_OPTIONS on',
      },
    ]
  }
  const how = outcome.kind === 'given_up' ? 'was killed' : ended(outcome)
  const isWell = wasStopped || (outcome.kind === 'ended' && outcome.code === 0)
  const spans = spansOf(processes)
  const listed = spans.map(({ name, count }) => `${name} ×${count}`)
  const shown = listed.length > MAX_SHOWN ? [...listed.slice(0, MAX_SHOWN), '…'] : listed
  const text = `${how}; ${processes.length} ${processes.length === 1 ? 'process' : 'processes'} under the hook; ${shown.length === 0 ? 'no spans' : shown.join(', ')}`
  const details = { outcome, processes: processes.map(({ start }) => start), spans }
  return [
    isWell
      ? { check: 'command', status: 'ok', text, details }
      : {
          check: 'command',
          status: 'problem',
          text,
          fix: 'run it without axion doctor: does it end so there too?',
          details,
        },
    ...checkSpans(spans.length, { processes, outcome }),
  ]
}

const MAX_SHOWN = 8

function ended({ code, signal }: { readonly code: number | null; readonly signal: string | null }): string {
  return signal === null ? `ended with ${code}` : `ended by ${signal}`
}

function spansOf(processes: WatchedRun['processes']): { scope: string; name: string; count: number }[] {
  const sums = new Map<string, { scope: string; name: string; count: number }>()
  for (const { scope, name, count } of processes.flatMap(({ spans }) => spans)) {
    const key = JSON.stringify([scope, name])
    sums.set(key, { scope, name, count: count + (sums.get(key)?.count ?? 0) })
  }
  return [...sums.values()]
}

function checkSpans(kinds: number, { processes }: WatchedRun): Finding[] {
  const deliveries = processes.flatMap(({ end }) => end?.delivery ?? [])
  const modes = [...new Set(deliveries.map(({ mode }) => mode))]
  const sum = (of: 'exported' | 'failed' | 'held'): number => deliveries.reduce((total, each) => total + each[of], 0)
  const counts = { exported: sum('exported'), failed: sum('failed'), held: sum('held') }
  const details = { modes, ...counts }
  if (kinds === 0 || !modes.includes('langfuse')) return []
  const text = `spans delivered: ${counts.exported}, failed: ${counts.failed}, not sent yet: ${counts.held}`
  if (counts.failed + counts.held === 0) return [{ check: 'delivery', status: 'ok', text, details }]
  const fix = 'see credentials and server; AXION_LOG_LEVEL=info lets the program say why'
  return [{ check: 'delivery', status: 'problem', text, fix, details }]
}
