import { Duplex, Readable } from 'node:stream'
import { ReadableStream } from 'node:stream/web'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { describe, expect, it } from 'vitest'
import { getActiveSpan } from '../current-tracer.js'
import { recordSpans, spanNamed } from '../record-spans.fixture.js'
import { traced } from '../traced.js'
import { Tracer } from '../tracer.js'
// For streams of Node.
import '../node.js'

const OUTPUT = 'langfuse.observation.output'
const FIRST_TOKEN = 'langfuse.observation.completion_start_time'
const captured = { name: 'work', captureResult: true } as const

function webStream(...chunks: unknown[]): ReadableStream<unknown> {
  return new ReadableStream({
    pull(controller) {
      if (chunks.length > 0) controller.enqueue(chunks.shift())
      else controller.close()
    },
  })
}

async function textOf(stream: AsyncIterable<unknown>): Promise<string> {
  let text = ''
  for await (const chunk of stream) text += String(chunk)
  return text
}

describe('settle() on web streams', () => {
  it('settle() ends with the last chunk, the first marks the first token', async () => {
    const spans = await recordSpans(async ({ spans }) => {
      const stream = traced(() => webStream('Hel', 'lo'), captured)()
      expect(stream).toBeInstanceOf(ReadableStream)
      expect(spans).toHaveLength(0)
      expect(await textOf(stream)).toBe('Hello')
    })
    expect(spanNamed(spans, 'work').attributes).toMatchObject({ [OUTPUT]: 'Hello', [FIRST_TOKEN]: expect.any(String) })
  })

  it('settle() follows a stream that an async function resolves to, through pipes and tee', async () => {
    const spans = await recordSpans(async () => {
      const stream = await traced(async () => webStream('a', 'b'), captured)()
      const [left, right] = stream.pipeThrough(new TransformStream()).tee()
      expect(await Promise.all([textOf(left), textOf(right)])).toEqual(['ab', 'ab'])
    })
    expect(spanNamed(spans, 'work').attributes[OUTPUT]).toBe('ab')
  })

  it('settle() pulls no earlier than it is read itself, and each pull runs in the span', async () => {
    const pulls: (string | undefined)[] = []
    const source = (): ReadableStream<string> =>
      new ReadableStream(
        {
          pull(controller) {
            pulls.push(getActiveSpan()?.id)
            if (pulls.length > 2) controller.close()
            else controller.enqueue('x')
          },
        },
        { highWaterMark: 0 },
      )
    const spans = await recordSpans(async () => {
      const stream = traced(source, 'work')()
      await new Promise((resolve) => setImmediate(resolve))
      expect(pulls).toEqual([])
      expect(await textOf(stream)).toBe('xx')
    })
    const { spanId } = spanNamed(spans, 'work').spanContext()
    expect(pulls).toEqual([spanId, spanId, spanId])
  })

  it('settle() hands a cancellation on, with its reason, and ends', async () => {
    let reason: unknown
    const source = (): ReadableStream<string> =>
      new ReadableStream({
        pull: (controller) => controller.enqueue('x'),
        cancel: (given) => {
          reason = given
        },
      })
    const spans = await recordSpans(async () => {
      const reader = traced(source, captured)().getReader()
      await reader.read()
      await reader.cancel('enough')
    })
    expect(reason).toBe('enough')
    expect(spanNamed(spans, 'work').attributes[OUTPUT]).toBe('x')
  })

  it('settle() marks what a stream fails with, and hands it on', async () => {
    const error = new Error('cut off')
    const source = (): ReadableStream<string> =>
      new ReadableStream({
        pull: () => {
          throw error
        },
      })
    const spans = await recordSpans(() => expect(textOf(traced(source, 'work')())).rejects.toBe(error))
    expect(spanNamed(spans, 'work').status.message).toBe('cut off')
  })

  it('settle() keeps a byte stream one, for readers that bring their own buffer', async () => {
    const source = (): ReadableStream<Uint8Array> =>
      new ReadableStream({
        type: 'bytes',
        start(controller) {
          controller.enqueue(new Uint8Array([1, 2, 3]))
          controller.close()
        },
      })
    const spans = await recordSpans(async () => {
      const reader = traced(source, captured)().getReader({ mode: 'byob' })
      expect(await reader.read(new Uint8Array(8))).toEqual({ done: false, value: new Uint8Array([1, 2, 3]) })
      expect((await reader.read(new Uint8Array(8))).done).toBe(true)
    })
    expect(spanNamed(spans, 'work').attributes[OUTPUT]).toMatch(/^\["\[Uint8Array 3 bytes/)
  })

  it('settle() leaves a stream that somebody reads already alone', async () => {
    const stream = webStream('x')
    stream.getReader()
    const spans = await recordSpans(() => expect(traced(() => stream, 'work')()).toBe(stream))
    expect(spans).toHaveLength(1)
  })
})

describe('settle() on Node streams', () => {
  it('settle() gives back the same stream, sets nothing flowing, and ends with it', async () => {
    const stream = Readable.from(['Hel', 'lo'])
    const spans = await recordSpans(async ({ spans }) => {
      expect(traced(() => stream, captured)()).toBe(stream)
      await new Promise((resolve) => setImmediate(resolve))
      expect([stream.readableFlowing, spans.length]).toEqual([null, 0])
      expect(await textOf(stream)).toBe('Hello')
    })
    expect(spanNamed(spans, 'work').attributes).toMatchObject({ [OUTPUT]: 'Hello', [FIRST_TOKEN]: expect.any(String) })
  })

  it('settle() sees what flows to listeners, and a stream that is destroyed', async () => {
    const spans = await recordSpans(async () => {
      const heard: unknown[] = []
      const flowing = traced(() => Readable.from(['a', 'b']), captured)()
      await new Promise((resolve) => flowing.on('data', (chunk) => heard.push(chunk)).on('end', resolve))
      expect(heard).toEqual(['a', 'b'])
      const closed = traced(() => Readable.from(['a']), 'closed')()
      await new Promise((resolve) => closed.on('close', resolve).destroy())
    })
    expect(spanNamed(spans, 'work').attributes[OUTPUT]).toBe('ab')
    expect(spanNamed(spans, 'closed').status.message).toBeUndefined()
  })

  it('settle() marks what a stream fails with, and is no listener that would handle it', async () => {
    const spans = await recordSpans(async () => {
      const stream = traced(() => new Readable({ read() {} }), 'work')()
      expect(stream.listenerCount('error')).toBe(0)
      const failed = new Promise((resolve) => stream.once('error', resolve))
      stream.destroy(new Error('cut off'))
      expect(await failed).toMatchObject({ message: 'cut off' })
    })
    expect(spanNamed(spans, 'work').status.message).toBe('cut off')
  })
})

describe('settle() on async iterables', () => {
  /** As SDKs have them: an object with a method or two beside the iterator. */
  class Chunks {
    readonly controller = new AbortController()
    readonly words: readonly string[]
    constructor(words: readonly string[]) {
      this.words = words
    }
    async *[Symbol.asyncIterator](): AsyncGenerator<string> {
      for (const word of this.words) {
        new Tracer().startSpan('inside').end()
        yield word
      }
    }
  }

  it('settle() gives back the same object and ends with its iteration', async () => {
    const chunks = new Chunks(['Hel', 'lo'])
    const spans = await recordSpans(async ({ spans }) => {
      expect(traced(() => chunks, captured)()).toBe(chunks)
      expect(spans).toHaveLength(0)
      expect(await textOf(chunks)).toBe('Hello')
    })
    const work = spanNamed(spans, 'work')
    expect(work.attributes[OUTPUT]).toBe('Hello')
    const inside = spans.filter(({ name }) => name === 'inside')
    expect(inside.map(({ parentSpanContext }) => parentSpanContext?.spanId)).toEqual(
      Array(2).fill(work.spanContext().spanId),
    )
  })

  it('settle() ends when the loop is left early, and when it fails', async () => {
    const spans = await recordSpans(async () => {
      for await (const _ of traced(() => new Chunks(['a', 'b']), captured)()) break
      const failing = {
        [Symbol.asyncIterator]: () => ({ next: () => Promise.reject(new Error('cut off')) }),
      }
      await expect(textOf(traced(() => failing, 'failing')())).rejects.toThrow('cut off')
    })
    expect(spanNamed(spans, 'work').attributes[OUTPUT]).toBe('a')
    expect(spanNamed(spans, 'failing').status.message).toBe('cut off')
  })

  it('settle() gives back an iterator that is frozen as it is', async () => {
    const iterator = Object.freeze({ next: () => Promise.resolve({ done: true, value: undefined }) })
    await recordSpans(() => {
      const chunks = traced(() => ({ [Symbol.asyncIterator]: () => iterator }), captured)()
      expect(chunks[Symbol.asyncIterator]()).toBe(iterator)
    })
  })

  it('settle() follows a stream of an SDK through its `tee`, and counts each chunk once', async () => {
    class SdkStream {
      async *iterator(): AsyncGenerator<string> {
        yield* ['a', 'b']
      }
      [Symbol.asyncIterator](): AsyncGenerator<string> {
        return this.iterator()
      }
      tee(): AsyncGenerator<string> {
        return this.iterator()
      }
    }
    const spans = await recordSpans(async () => {
      expect(await textOf(traced(() => new SdkStream(), captured)())).toBe('ab')
      expect(await textOf(traced(() => new SdkStream(), 'tee')().tee())).toBe('ab')
    })
    expect(spans.map(({ name }) => name)).toEqual(['work', 'tee'])
    expect(spanNamed(spans, 'work').attributes[OUTPUT]).toBe('ab')
  })
})

describe('settle() on what nobody reads', () => {
  setFlagsFromString('--expose-gc')
  const collect: () => void = runInNewContext('gc')

  it('settle() ends the span with a warning when the garbage collector takes the result', async () => {
    const spans = await recordSpans(async ({ spans }) => {
      traced(() => webStream('x'), 'work')()
      for (let i = 0; i < 1000 && spans.length === 0; i++) {
        collect()
        await new Promise((resolve) => setImmediate(resolve))
      }
    })
    expect(spanNamed(spans, 'work').attributes).toMatchObject({
      'langfuse.observation.level': 'WARNING',
      'langfuse.observation.status_message': 'Its result was not read to the end',
    })
  })

  it('settle() waits for the stream of a request, not for the request that was let go of when it had answered', async () => {
    const request = (): PromiseLike<AsyncGenerator<string>> => ({
      // biome-ignore lint/suspicious/noThenProperty: as the requests of SDKs are
      then: (onResolved) =>
        Promise.resolve(
          (async function* () {
            yield* ['a', 'b']
          })(),
        ).then(onResolved),
    })
    const spans = await recordSpans(async ({ spans }) => {
      const stream = await traced(request, captured)()
      for (let i = 0; i < 20; i++) {
        collect()
        await new Promise((resolve) => setImmediate(resolve))
      }
      expect(spans).toEqual([])
      expect(await textOf(stream)).toBe('ab')
    })
    const { attributes } = spanNamed(spans, 'work')
    expect(attributes[OUTPUT]).toBe('ab')
    expect(attributes).not.toHaveProperty(['langfuse.observation.level'])
  })

  it('settle() waits for no connection: a Duplex is done when it is there', async () => {
    const duplex = new Duplex({ read() {}, write() {} })
    const spans = await recordSpans(() => expect(traced(() => duplex, 'connect')()).toBe(duplex))
    expect(spans).toHaveLength(1)
  })
})
