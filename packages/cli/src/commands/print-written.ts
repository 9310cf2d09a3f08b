import type { WrittenFile } from '@axion/loader'
import { jsonLine } from '../render/json-line.js'
import { plainText } from '../render/plain-text.js'
import type { Terminal } from '../terminal.js'

/**
 * Says which dataset file was written.
 *
 * @param written - The file.
 * @param flags - Whether as JSON.
 * @param terminal - Where.
 */
export async function printWritten(
  { items, path }: WrittenFile,
  flags: { readonly json?: boolean },
  terminal: Terminal,
): Promise<void> {
  const text = `dataset: ${items} items -> ${plainText(path)}\n`
  await terminal.writeOut(flags.json ? jsonLine({ items, path }) : text)
}
