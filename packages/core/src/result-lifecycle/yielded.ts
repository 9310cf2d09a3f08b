import { context } from '../open-telemetry.js'
import { cutString } from '../serialize/cut-string.js'
import { describeBytes } from '../serialize/describe-bytes.js'
import { DEFAULT_LIMITS } from '../serialize/limits.js'
import type { Span } from '../span.js'
import type { Capture } from './settle.js'

const { maxBytes, maxItems } = DEFAULT_LIMITS
// Room for the mark, so that it is not what the span's own limit cuts off.
const MARK_BYTES = 64

/** Follows what is yielded bit by bit, for its span. */
export interface Yielded {
  /** Takes one chunk; the first marks the span's first token. */
  add(chunk: unknown): void
  /** Ends the span with what was yielded: text when all of it is text, else the list. */
  end(): void
  /** Ends the span with an error and what was yielded before it. */
  fail(error: unknown): void
  /** Takes a step of an iterator or generator, sync or async, in the span's context: a chunk, the end, or an error, which is thrown on. */
  step<R>(take: () => R): R
}

/**
 * Begins to keep what is yielded, within bounds.
 *
 * @param span - The span; ends once.
 * @param capture - Gets what was yielded; nothing is kept without it.
 */
export function keepYielded(span: Span, capture: Capture | undefined): Yielded {
  const chunks: unknown[] = []
  let isText = false
  let room = maxBytes
  let cut = 0

  function add(chunk: unknown): void {
    span.markFirstToken()
    if (!capture || !span.isRecording) return
    isText = typeof chunk === 'string' && (isText || chunks.length === 0)
    // Now, because whoever gets the bytes may give their buffer away.
    if (room > 0) chunks.push(ArrayBuffer.isView(chunk) ? describeBytes(chunk) : chunk)
    else cut++
    // Text is bounded by its length, however many pieces a model's answer comes in, all else by count. An empty piece takes its place too.
    room -= typeof chunk === 'string' ? chunk.length || 1 : maxBytes / maxItems
  }

  function end(): void {
    if (!span.isRecording) return
    capture?.(output())
    span.end()
  }

  function output(): unknown {
    const mark = cut > 0 ? [`…[cut ${cut} chunks]`] : []
    return isText ? cutString(chunks.join(''), maxBytes - MARK_BYTES) + mark : [...chunks, ...mark]
  }

  function fail(error: unknown): void {
    span.recordError(error)
    end()
  }

  function took<R>(result: R): R {
    const { done, value } = result as IteratorResult<unknown>
    if (done) end()
    else add(value)
    return result
  }

  function failed(error: unknown): never {
    fail(error)
    throw error
  }

  function step<R>(take: () => R): R {
    try {
      const result = context.with(span.context, take)
      // What is given back settles as what was got.
      return isThenable(result) ? (result.then(took, failed) as R) : took(result)
    } catch (error) {
      return failed(error)
    }
  }

  return { add, end, fail, step }
}

function isThenable(result: unknown): result is PromiseLike<unknown> {
  return typeof (result as { then?: unknown } | undefined)?.then === 'function'
}
