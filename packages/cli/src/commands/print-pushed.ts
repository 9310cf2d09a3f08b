import { CliError } from '../cli-error.js'
import type { PushTally } from '../push/push-tally.js'
import { counted } from '../render/counted.js'
import { jsonLine } from '../render/json-line.js'
import { plainText } from '../render/plain-text.js'
import type { Terminal } from '../terminal.js'

/** What a push is printed with. */
export interface PushReport {
  readonly baseUrl: string
  readonly dryRun: boolean
  readonly json: boolean
}

const MAX_SHOWN = 20
// What most stores have none of, and what a line is not to be filled with then.
const MORE = [
  ['scoreConfigs', 'score config'],
  ['promptVersions', 'prompt version'],
  ['media', 'media file'],
  ['datasets', 'dataset'],
  ['datasetItems', 'dataset item'],
  ['comments', 'comment'],
] as const

/**
 * Says what was pushed, and what was not.
 *
 * @param tally - What was done.
 * @param report - Where to and how.
 * @param terminal - Where.
 * @throws {CliError} `send_refused` if the server did not take something.
 */
export async function printPushed(tally: PushTally, report: PushReport, terminal: Terminal): Promise<void> {
  const { baseUrl, dryRun } = report
  await terminal.writeOut(report.json ? jsonLine({ ...tally, baseUrl, dryRun }) : asText(tally, report))
  const { refused, notes } = tally
  for (const { about, reason } of [...notes.slice(0, MAX_SHOWN), ...refused.slice(0, MAX_SHOWN)]) {
    await terminal.writeError(`axion: ${plainText(`${about}: ${reason}`)}\n`)
  }
  if (refused.length === 0) return
  throw new CliError(
    'send_refused',
    `Cannot push all: the server refused ${counted(refused.length, 'thing')}; the next push tries again`,
  )
}

function asText(tally: PushTally, { baseUrl, dryRun }: PushReport): string {
  const { pushed, skipped, spans, scores } = tally
  const more = MORE.filter(([name]) => tally[name] > 0).map(([name, thing]) => counted(tally[name], thing))
  const counts = [counted(pushed, 'trace'), counted(spans, 'span'), counted(scores, 'score'), ...more].join(', ')
  return dryRun
    ? `push: would send ${counts} -> ${baseUrl} (${counted(skipped, 'trace')} already there); nothing was sent\n`
    : `push: ${counts} -> ${baseUrl} (${counted(skipped, 'trace')} already there)\n`
}
