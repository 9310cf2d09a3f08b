import type { Attributes } from '@opentelemetry/api'
import type { ReadableSpan } from '@opentelemetry/sdk-trace-base'
import { describe, expect, it } from 'vitest'
import { collectDiag } from './collect-diag.fixture.js'
import { recordSpans, spanNamed } from './record-spans.fixture.js'
import type { Span } from './span.js'
import { Tracer } from './tracer.js'

const tracer = new Tracer()

/** What a function leaves on a span, without what every span has. */
async function spanOf(set: (span: Span) => unknown, by: Tracer = tracer): Promise<ReadableSpan> {
  const spans = await recordSpans(() => by.span('work', (span) => void set(span)))
  return spanNamed(spans, 'work')
}

async function attributesOf(set: (span: Span) => unknown, by?: Tracer): Promise<Attributes> {
  const { 'langfuse.trace.name': _, ...attributes } = (await spanOf(set, by)).attributes
  return attributes
}

const PLAIN = { 'langfuse.observation.type': 'span' }
const revoked = (): object => {
  const { proxy, revoke } = Proxy.revocable([], {})
  revoke()
  return proxy
}

describe('FacadeSpan setters', () => {
  it.each<[string, (span: Span) => Span, Attributes]>([
    ['setInput(text)', (s) => s.setInput('hi'), { 'langfuse.observation.input': 'hi' }],
    ['setInput(record)', (s) => s.setInput({ q: 'hi' }), { 'langfuse.observation.input': '{"q":"hi"}' }],
    ['setInput(lambda)', (s) => s.setInput(() => [1]), { 'langfuse.observation.input': '[1]' }],
    ['setInput(null)', (s) => s.setInput(null), { 'langfuse.observation.input': 'null' }],
    ['setInput(undefined)', (s) => s.setInput(undefined), {}],
    ['setInput() twice', (s) => s.setInput(1).setInput(2), { 'langfuse.observation.input': '2' }],
    ['setOutput(text)', (s) => s.setOutput('hi'), { 'langfuse.observation.output': 'hi' }],
    ['setOutput(lambda)', (s) => s.setOutput(() => 'hi'), { 'langfuse.observation.output': 'hi' }],
    ['setOutput(0)', (s) => s.setOutput(0), { 'langfuse.observation.output': '0' }],
    ['setType(type)', (s) => s.setType('agent'), { 'langfuse.observation.type': 'agent' }],
    [
      'setModel(name)',
      (s) => s.setModel('gpt-4o'),
      { 'langfuse.observation.model.name': 'gpt-4o', 'langfuse.observation.type': 'generation' },
    ],
    [
      'setModel(name, parameters)',
      (s) => s.setModel('embed-v3', { dimensions: 8, stop: undefined }),
      {
        'langfuse.observation.model.name': 'embed-v3',
        'langfuse.observation.model.parameters': '{"dimensions":8}',
        'langfuse.observation.type': 'embedding',
      },
    ],
    [
      'setModel() after setType()',
      (s) => s.setType('agent').setModel('gpt-4o'),
      { 'langfuse.observation.model.name': 'gpt-4o', 'langfuse.observation.type': 'agent' },
    ],
    ['setModel(empty)', (s) => s.setModel(''), {}],
    [
      'setUsage()',
      (s) => s.setUsage({ input: 3, output: 4, total: 7, input_cached_tokens: 1 }),
      { 'langfuse.observation.usage_details': '{"input":3,"output":4,"total":7,"input_cached_tokens":1}' },
    ],
    [
      'setUsage() with what is no number',
      (s) => s.setUsage({ input: 3, output: Number.NaN, total: Number.POSITIVE_INFINITY }),
      { 'langfuse.observation.usage_details': '{"input":3}' },
    ],
    ['setUsage(empty)', (s) => s.setUsage({}), {}],
    ['setCost()', (s) => s.setCost({ total: 0.001 }), { 'langfuse.observation.cost_details': '{"total":0.001}' }],
    [
      'setPrompt()',
      (s) => s.setPrompt({ name: 'rag', version: 3 }),
      { 'langfuse.observation.prompt.name': 'rag', 'langfuse.observation.prompt.version': 3 },
    ],
    ['setLevel(level)', (s) => s.setLevel('DEBUG'), { 'langfuse.observation.level': 'DEBUG' }],
    [
      'setLevel(level, message)',
      (s) => s.setLevel('WARNING', 'slow'),
      { 'langfuse.observation.level': 'WARNING', 'langfuse.observation.status_message': 'slow' },
    ],
    [
      'markFirstToken(time)',
      (s) => s.markFirstToken(new Date('2026-01-02T03:04:05.006Z')).markFirstToken(new Date(0)),
      { 'langfuse.observation.completion_start_time': '"2026-01-02T03:04:05.006Z"' },
    ],
    [
      'markFirstToken() after a time that is none',
      (s) => s.markFirstToken(Number.NaN).markFirstToken([1, 500_000_000]),
      { 'langfuse.observation.completion_start_time': '"1970-01-01T00:00:01.500Z"' },
    ],
    [
      'setMetadata() with any key',
      (s) => s.setMetadata({ plain: 1, 'dotted.key': 'x', model: 'no model', nested: { a: [1] } }),
      {
        'langfuse.observation.metadata.plain': 1,
        'langfuse.observation.metadata.dotted.key': 'x',
        'langfuse.observation.metadata.model': 'no model',
        'langfuse.observation.metadata.nested': '{"a":[1]}',
      },
    ],
  ])('%s writes its attributes and returns the span', async (_, set, expected) => {
    const attributes = await attributesOf((span) => expect(set(span)).toBe(span))
    expect(attributes).toEqual({ ...PLAIN, ...expected })
  })

  it('setters take what an answer does not have, without a word', async () => {
    let attributes: Attributes = {}
    const lines = await collectDiag(async () => {
      attributes = await attributesOf((span) => {
        const none = span.setModel(undefined).setUsage(undefined).setCost(undefined)
        expect(none.setAttributes(undefined).setMetadata(undefined)).toBe(span)
      })
    })
    expect(attributes).toEqual(PLAIN)
    expect(lines).toEqual([])
  })

  it('markFirstToken() takes the clock when it is given no time', async () => {
    const before = Date.now()
    const attributes = await attributesOf((span) => span.markFirstToken())
    const marked = Date.parse(JSON.parse(String(attributes['langfuse.observation.completion_start_time'])))
    expect(marked).toBeGreaterThanOrEqual(before)
    expect(marked).toBeLessThanOrEqual(Date.now())
  })

  it('addEvent() adds an event with attributes', async () => {
    const { events } = await spanOf((span) => span.addEvent('retry', { attempt: 2 }).addEvent('bare'))
    expect(events.map(({ name, attributes }) => [name, attributes])).toEqual([
      ['retry', { attempt: 2 }],
      ['bare', {}],
    ])
  })
})

describe('FacadeSpan.setAttribute()', () => {
  it.each<[string, unknown, Attributes]>([
    ['num_chunks', 5, { 'langfuse.observation.metadata.num_chunks': 5 }],
    ['num_chunks', 0, { 'langfuse.observation.metadata.num_chunks': 0 }],
    ['ok', false, { 'langfuse.observation.metadata.ok': false }],
    ['text', '', { 'langfuse.observation.metadata.text': '' }],
    ['record', { a: 1 }, { 'langfuse.observation.metadata.record': '{"a":1}' }],
    ['texts', ['a', 'b'], { 'langfuse.observation.metadata.texts': ['a', 'b'] }],
    ['mixed', ['a', 1], { 'langfuse.observation.metadata.mixed': '["a",1]' }],
    ['none', undefined, {}],
    ['none', null, {}],
    ['NaN', Number.NaN, { 'langfuse.observation.metadata.NaN': 'null' }],
    ['big', 10n, { 'langfuse.observation.metadata.big': '"10"' }],
    ['input', 'plain', { 'langfuse.observation.metadata.input': 'plain' }],
    ['__proto__', 1, { 'langfuse.observation.metadata.__proto__': 1 }],
    ['gen_ai.request.model', 'gpt-4o', { 'gen_ai.request.model': 'gpt-4o' }],
    ['gen_ai.request.temperature', 0.5, { 'gen_ai.request.temperature': 0.5 }],
    ['gen_ai.request.stop_sequences', ['\n'], { 'gen_ai.request.stop_sequences': ['\n'] }],
    ['my.numbers', [1, 2], { 'my.numbers': [1, 2] }],
    ['my.flags', [true, false], { 'my.flags': [true, false] }],
    ['my.holes', [1, Number.NaN], { 'my.holes': '[1,null]' }],
    ['my.record', { a: 1 }, { 'my.record': '{"a":1}' }],
    ['gen_ai.input.messages', () => ['lazy'], { 'gen_ai.input.messages': '["lazy"]' }],
    ['model', 'gpt-4o', { 'langfuse.observation.model.name': 'gpt-4o', 'langfuse.observation.type': 'generation' }],
    [
      'model_name',
      'text-embedding-3-small',
      { 'langfuse.observation.model.name': 'text-embedding-3-small', 'langfuse.observation.type': 'embedding' },
    ],
    ['model', 5, {}],
    ['', 'no key', {}],
  ])('setAttribute(%j, %o) writes %o', async (key, value, expected) => {
    expect(await attributesOf((span) => span.setAttribute(key, value))).toEqual({ ...PLAIN, ...expected })
  })

  it('setAttribute() keeps an array as it was', async () => {
    const list = ['a']
    const attributes = await attributesOf((span) => {
      span.setAttribute('list', list)
      list.push('later')
    })
    expect(attributes['langfuse.observation.metadata.list']).toEqual(['a'])
  })

  it('setAttributes() sets every member as setAttribute() does', async () => {
    expect(await attributesOf((span) => span.setAttributes({ a: 1, 'b.c': 2, model: 'm' }))).toEqual({
      'langfuse.observation.type': 'generation',
      'langfuse.observation.metadata.a': 1,
      'b.c': 2,
      'langfuse.observation.model.name': 'm',
    })
  })

  it('setAttribute() holds a value to the limits of the tracer', async () => {
    const small = new Tracer('base', { limits: { maxBytes: 20 } })
    const attributes = await attributesOf((span) => {
      span.setAttribute('long', 'x'.repeat(100)).setInput('y'.repeat(100))
      span.setAttribute(
        'list',
        Array.from({ length: 9 }, () => 'abc'),
      )
    }, small)
    expect(attributes).toMatchObject({
      'langfuse.observation.metadata.long': `${'x'.repeat(20)}…[cut 80 characters]`,
      'langfuse.observation.input': `${'y'.repeat(20)}…[cut 80 characters]`,
      'langfuse.observation.metadata.list': '["abc","abc","ab…[cut 1 characters]","…[cut 6 items]"]',
    })
  })
})

describe('FacadeSpan and hostile callers', () => {
  const explode = (): never => {
    throw new Error('hostile')
  }
  const throwing = new Proxy({}, { get: explode, has: explode, ownKeys: explode, getPrototypeOf: explode })
  const getter = {
    get a(): never {
      return explode()
    },
  }
  const values = [throwing, getter, revoked(), explode, Symbol('s'), Object.create(null), null, 5, 'text', class {}]

  it('setters never throw and always return the span', async () => {
    await spanOf((span) => {
      const ignoreTypes = span as unknown as Record<string, (...args: unknown[]) => unknown>
      const one = ['setInput', 'setOutput', 'setAttributes', 'setMetadata', 'setType', 'setModel', 'setUsage']
      const more = ['setCost', 'setPrompt', 'setLevel', 'markFirstToken', 'addEvent', 'recordError', 'setAttribute']
      for (const value of values) {
        for (const method of [...one, ...more]) {
          expect(ignoreTypes[method]?.(value)).toBe(span)
          expect(ignoreTypes[method]?.('name', value)).toBe(span)
          expect(ignoreTypes[method]?.('dotted.name', value)).toBe(span)
        }
        expect(() => ignoreTypes.end?.(value)).not.toThrow()
      }
    })
  })

  it('setters keep what can be read of a value that throws', async () => {
    const attributes = await attributesOf((span) =>
      span.setInput({
        good: 1,
        bad: revoked(),
        get worse() {
          return explode()
        },
      }),
    )
    expect(attributes['langfuse.observation.input']).toBe(
      '{"good":1,"bad":"[Throws: TypeError: Cannot perform \'getPrototypeOf\' on a proxy that has been revoked]","worse":"[Throws: Error: hostile]"}',
    )
  })

  it('setInput() reports a lambda that throws to diag and goes on', async () => {
    const lines = await collectDiag(() => spanOf((span) => span.setInput(explode)))
    expect(lines).toEqual(['error: Cannot read a value'])
  })
})

describe('FacadeSpan after its end', () => {
  it('setters change nothing, lambdas are not called, and isRecording is false', async () => {
    const attributes = await attributesOf((span) => {
      span.end()
      expect(span.isRecording).toBe(false)
      span
        .setInput(() => expect.unreachable())
        .setAttribute('a', 1)
        .setModel('m')
        .setUsage({ input: 1 })
      span.setMetadata({ a: 1 }).setLevel('ERROR').recordError(new Error('late')).markFirstToken().addEvent('late')
      span.end()
    })
    expect(attributes).toEqual(PLAIN)
  })

  it('id and traceId are those of the OpenTelemetry span', async () => {
    let ids: unknown
    const span = await spanOf(({ id, traceId }) => {
      ids = { spanId: id, traceId }
    })
    expect(span.spanContext()).toMatchObject(ids as object)
  })
})
