import type { Trace } from '../model/trace.js'
import type { ResumedFetch } from './resume-fetch.js'

/**
 * Hands out the traces that former runs have not, and takes note of each when the reader comes back for the next one: then it is done
 * with it. A reader that leaves early or throws gets the trace it had again.
 *
 * @param open - Opens the checkpoint.
 * @param read - Reads what is left.
 * @yields The traces.
 * @throws {LoaderError} Whatever `read` throws; the checkpoint then stays. It goes when all is done.
 */
export async function* checkpointStream(
  open: () => Promise<ResumedFetch>,
  read: (resumed: ResumedFetch) => AsyncGenerator<Trace>,
): AsyncGenerator<Trace> {
  const resumed = await open()
  let isComplete = false
  try {
    for await (const trace of read(resumed)) {
      yield trace
      resumed.file.add({ done: trace.id })
    }
    isComplete = true
  } finally {
    end(resumed, isComplete)
  }
}

/**
 * Hands out all traces, those that former runs have read out of the checkpoint, and keeps each in it as soon as it is read.
 *
 * @param open - Opens the checkpoint.
 * @param read - Reads what is left.
 * @yields The traces.
 * @throws {LoaderError} Whatever `read` throws; the checkpoint then stays. It goes when all is done.
 */
export async function* checkpointCollection(
  open: () => Promise<ResumedFetch>,
  read: (resumed: ResumedFetch) => AsyncGenerator<Trace>,
): AsyncGenerator<Trace> {
  const resumed = await open()
  let isComplete = false
  try {
    yield* resumed.kept
    for await (const trace of read(resumed)) {
      resumed.file.add({ trace })
      yield trace
    }
    isComplete = true
  } finally {
    end(resumed, isComplete)
  }
}

function end({ file }: ResumedFetch, isComplete: boolean): void {
  if (isComplete) file.remove()
  else file.close()
}
