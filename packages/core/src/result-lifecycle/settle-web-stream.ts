import { attempt } from '../attempt.js'
import type { Step } from './keep-yielded.js'

/** What is used of a web `ReadableStream`; the types of it differ between Node, browsers and edge runtimes. */
export interface WebStream {
  readonly locked: boolean
  getReader(options?: { mode: 'byob' }): WebReader
}

interface WebReader {
  read(): Promise<{ done: boolean; value?: unknown }>
  cancel(reason: unknown): Promise<void>
  releaseLock(): void
}

interface Controller {
  enqueue(chunk: unknown): void
  close(): void
  byobRequest?: { respond(bytes: number): void } | null
}

/** How a runtime's `ReadableStream` is constructed. */
type WebStreamConstructor = new (
  source: {
    type: 'bytes' | undefined
    pull(controller: Controller): Promise<void>
    cancel(reason: unknown): Promise<unknown>
  },
  strategy: { highWaterMark: number },
) => WebStream

/**
 * Ends a span when a web stream has been read to its end, cancelled, or has failed. Each pull runs in the span's context.
 *
 * The stream's pipes do not go through its methods, so this one cannot be watched as it is: the caller gets one of the same kind (bytes
 * stay bytes) that pulls from it, as lazily as it is read itself. One that is locked already belongs to somebody else and is left alone.
 *
 * @param stream - The stream. One that is never read never ends its span.
 * @param step - Gets its chunks, and its end.
 * @returns A stream that gives the same chunks.
 */
export function settleWebStream(stream: WebStream, step: Step): WebStream {
  // Only byte streams have readers that bring their own buffer.
  const type = attempt(() => {
    stream.getReader({ mode: 'byob' }).releaseLock()
    return 'bytes' as const
  })
  const reader = stream.getReader()
  const pull = async (controller: Controller): Promise<void> => {
    const { done, value } = await step(() => reader.read())
    if (!done) return controller.enqueue(value)
    controller.close()
    // A reader that brought its own buffer waits for it.
    controller.byobRequest?.respond(0)
  }
  const cancel = (reason: unknown): Promise<unknown> => step(() => reader.cancel(reason).then(() => ({ done: true })))
  const Stream = stream.constructor as WebStreamConstructor
  return new Stream({ type, pull, cancel }, { highWaterMark: 0 })
}
