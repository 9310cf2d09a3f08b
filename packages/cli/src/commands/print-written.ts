import type { WrittenFile } from '@axion/loader'
import { STANDARD_STREAM } from '../options/parse-output.js'
import { counted } from '../render/counted.js'
import { jsonLine } from '../render/json-line.js'
import { plainText } from '../render/plain-text.js'
import type { Terminal } from '../terminal.js'

/**
 * Says which file was written; on standard error if that was standard output, which carries nothing else then.
 *
 * @param what - What the command and a thing in the file are called: `['dataset', 'item']`.
 * @param written - The file.
 * @param flags - Whether as JSON.
 * @param terminal - Where.
 */
export async function printWritten(
  [subject, thing]: readonly [subject: string, thing: string],
  { items, path }: WrittenFile,
  flags: { readonly json?: boolean },
  terminal: Terminal,
): Promise<void> {
  const isStdout = path === STANDARD_STREAM
  const text = `${subject}: ${counted(items, thing)} -> ${isStdout ? 'standard output' : plainText(path)}\n`
  const line = flags.json ? jsonLine({ [`${thing}s`]: items, path }) : text
  await (isStdout ? terminal.writeError(line) : terminal.writeOut(line))
}
