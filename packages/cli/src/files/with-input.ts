import { createWriteStream } from 'node:fs'
import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { stdin } from 'node:process'
import { pipeline } from 'node:stream/promises'
import { CliError } from '../cli-error.js'
import { STANDARD_STREAM } from '../options/parse-output.js'
import type { Terminal } from '../terminal.js'

/**
 * Lends a command a file to read.
 *
 * @param input - The path; {@link STANDARD_STREAM} for standard input, which is kept in a file while it is read.
 * @param terminal - Its signal ends the waiting for standard input.
 * @param use - Reads the file.
 * @returns What `use` returns.
 * @throws {CliError} `stopped` if the signal fires; `input_failed` if standard input cannot be read; whatever `use` throws.
 */
export async function withInput<Result>(
  input: string,
  terminal: Pick<Terminal, 'stop' | 'letSignalsEnd'>,
  use: (path: string) => Promise<Result>,
): Promise<Result> {
  if (input !== STANDARD_STREAM) {
    // Node waits for the other end of a named pipe where no signal is heard.
    if (await isPipe(input)) terminal.letSignalsEnd()
    return use(input)
  }
  const folder = await mkdtemp(join(tmpdir(), 'axion-input-'))
  try {
    const path = join(folder, 'standard-input')
    await keep(path, terminal.stop)
    return await use(path)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function isPipe(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isFIFO()
  } catch {
    // Whoever reads it says what is wrong.
    return false
  }
}

async function keep(path: string, signal: AbortSignal): Promise<void> {
  try {
    await pipeline(stdin, createWriteStream(path), { signal })
  } catch (cause) {
    if (signal.aborted) throw new CliError('stopped', 'Stopped while reading', { cause })
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause)
    const message = `Cannot read standard input: ${code}: check what it comes from, and the free space in ${tmpdir()}`
    throw new CliError('input_failed', message, { cause })
  }
}
