import { CliError } from '../cli-error.js'

/**
 * Passes things on, until a signal fires.
 *
 * @param source - The things.
 * @param signal - Ends it.
 * @param onEach - Called with how many were passed on.
 * @returns The same things.
 * @throws {CliError} `stopped` if the signal fires; whatever `source` throws.
 */
export async function* untilStopped<Thing>(
  source: AsyncIterable<Thing>,
  signal: AbortSignal,
  onEach?: (count: number) => void,
): AsyncGenerator<Thing> {
  let count = 0
  for await (const thing of source) {
    if (signal.aborted) throw new CliError('stopped', 'Stopped while reading')
    yield thing
    count += 1
    onEach?.(count)
  }
}
