import { createReadStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { WrittenFile } from '@axion/loader'
import { CliError } from '../cli-error.js'
import { STANDARD_STREAM } from '../options/parse-output.js'
import type { Terminal } from '../terminal.js'

/**
 * Writes a file to where the command line says. Standard output gets nothing before all of it is there, so that what stands behind a pipe
 * never takes half of a file for a whole one.
 *
 * @param output - The path; {@link STANDARD_STREAM} for standard output.
 * @param terminal - Has standard output, and the signal that ends the writing.
 * @param write - Writes the file to the path it is given.
 * @returns What `write` returns, with `output` as its path where that is standard output.
 * @throws {CliError} `stopped` if the signal fires while standard output takes it; whatever `write` throws.
 */
export async function writeOutput(
  output: string,
  terminal: Pick<Terminal, 'writeOut' | 'stop'>,
  write: (path: string) => Promise<WrittenFile>,
): Promise<WrittenFile> {
  if (output !== STANDARD_STREAM) return write(output)
  const folder = await mkdtemp(join(tmpdir(), 'axion-output-'))
  try {
    const written = await write(join(folder, 'output'))
    for await (const chunk of createReadStream(written.path)) {
      await terminal.writeOut(chunk)
      if (terminal.stop.aborted) throw new CliError('stopped', 'Stopped while writing')
    }
    return { ...written, path: output }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
