import type { WrittenFile } from '@axion/loader'
import { STANDARD_STREAM } from '../options/parse-output.js'
import { jsonLine } from '../render/json-line.js'
import { plainText } from '../render/plain-text.js'
import type { Terminal } from '../terminal.js'

/**
 * Says which file was written; on standard error if that was standard output, which carries nothing else then.
 *
 * @param what - What the command and the things in it are called: `['dataset', 'items']`.
 * @param written - The file.
 * @param flags - Whether as JSON.
 * @param terminal - Where.
 */
export async function printWritten(
  [subject, things]: readonly [subject: string, things: string],
  { items, path }: WrittenFile,
  flags: { readonly json?: boolean },
  terminal: Terminal,
): Promise<void> {
  const isStdout = path === STANDARD_STREAM
  const text = `${subject}: ${items} ${things} -> ${isStdout ? 'standard output' : plainText(path)}\n`
  const line = flags.json ? jsonLine({ [things]: items, path }) : text
  await (isStdout ? terminal.writeError(line) : terminal.writeOut(line))
}
