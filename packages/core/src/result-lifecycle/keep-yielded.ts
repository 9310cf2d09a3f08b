import { MARK_BYTES } from '../bounds.js'
import { context } from '../open-telemetry.js'
import { cutString } from '../serialize/cut-string.js'
import { describeBytes } from '../serialize/describe-bytes.js'
import { DEFAULT_LIMITS } from '../serialize/limits.js'
import type { Span } from '../span.js'
import type { Capture } from './settle.js'

const { maxBytes, maxItems } = DEFAULT_LIMITS

/**
 * Takes a step of an iterator or generator, sync or async, in the span's context: a chunk, the end, or an error, which is thrown on. The first
 * chunk marks the span's first token; the end and an error end the span with what was yielded, text when all of it is text, else the list.
 */
export type Step = <R>(take: () => R) => R

/**
 * Begins to keep what is yielded, within bounds.
 *
 * @param span - The span; ends once.
 * @param capture - Gets what was yielded; nothing is kept without it.
 */
export function keepYielded(span: Span, capture: Capture | undefined): Step {
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
    const mark = cut > 0 ? [`…[cut ${cut} chunks]`] : []
    capture?.(isText ? cutString(chunks.join(''), maxBytes - MARK_BYTES) + mark : [...chunks, ...mark])
    span.end()
  }

  function took<R>(result: R): R {
    const { done, value } = result as IteratorResult<unknown>
    if (done) end()
    else add(value)
    return result
  }

  function failed(error: unknown): never {
    span.recordError(error)
    end()
    throw error
  }

  return <R>(take: () => R): R => {
    try {
      const result = context.with(span.context, take) as R & Partial<PromiseLike<R>>
      // What is given back settles as what was got.
      return typeof result?.then === 'function' ? (result.then(took, failed) as R) : took(result)
    } catch (error) {
      return failed(error)
    }
  }
}
