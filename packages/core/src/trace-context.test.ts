import { context, trace } from '@opentelemetry/api'
import { describe, expect, it } from 'vitest'
import { collectDiag } from './collect-diag.fixture.js'
import { recordSpans, spanNamed } from './record-spans.fixture.js'
import { type TraceContextFields, withTraceContext } from './trace-context.js'
import { Tracer } from './tracer.js'

const tracer = new Tracer()
const key = (name: string): symbol => Symbol.for(`langfuse_${name}`)

/** The attributes of a span that starts inside of the fields, without its type. */
async function attributesWith(fields: TraceContextFields, by: Tracer = tracer): Promise<object> {
  const spans = await recordSpans(() => withTraceContext(fields, () => by.span('work', () => {})))
  const { 'langfuse.observation.type': _, ...attributes } = spanNamed(spans, 'work').attributes
  return attributes
}

describe('withTraceContext()', () => {
  it('withTraceContext() puts every field on every span inside', async () => {
    const fields: TraceContextFields = {
      traceName: 'rag',
      userId: 'u1',
      sessionId: 's1',
      tags: ['prod', 'v2', 'prod'],
      metadata: { tenant: 'acme', plan: { seats: 3 }, none: undefined },
      environment: 'Production',
      release: 'abc123',
      version: '2.0',
      prompt: { name: 'answer', version: 7 },
    }
    const spans = await recordSpans(() =>
      withTraceContext(fields, async () => {
        await tracer.span('root', async () => {
          await Promise.resolve()
          tracer.span('child', () => tracer.startSpan('grandchild').end())
        })
      }),
    )
    expect(spans).toHaveLength(3)
    for (const { attributes } of spans) {
      expect(attributes).toEqual({
        'langfuse.observation.type': 'span',
        'langfuse.trace.name': 'rag',
        'user.id': 'u1',
        'session.id': 's1',
        'langfuse.trace.tags': ['prod', 'v2'],
        'langfuse.trace.metadata.tenant': 'acme',
        'langfuse.trace.metadata.plan': '{"seats":3}',
        'langfuse.environment': 'production',
        'langfuse.release': 'abc123',
        'langfuse.version': '2.0',
        'langfuse.observation.prompt.name': 'answer',
        'langfuse.observation.prompt.version': 7,
      })
    }
  })

  it('withTraceContext() gives back what the function returns and throws on what it throws', () => {
    const promise = Promise.resolve(1)
    const error = new Error('mine')
    expect(withTraceContext({ userId: 'u' }, () => promise)).toBe(promise)
    expect(() =>
      withTraceContext({ userId: 'u' }, () => {
        throw error
      }),
    ).toThrow(error)
  })

  it('withTraceContext() nests, adds tags, merges metadata, and restores', async () => {
    const spans = await recordSpans(() =>
      withTraceContext({ userId: 'outer', sessionId: 's', tags: ['a'], metadata: { x: '1', y: '1' } }, async () => {
        await withTraceContext({ userId: 'inner', tags: ['b', 'a'], metadata: { y: '2' } }, async () => {
          await Promise.resolve()
          tracer.startSpan('inside').end()
        })
        tracer.startSpan('after').end()
      }),
    )
    expect(spanNamed(spans, 'inside').attributes).toMatchObject({
      'user.id': 'inner',
      'session.id': 's',
      'langfuse.trace.tags': ['a', 'b'],
      'langfuse.trace.metadata.x': '1',
      'langfuse.trace.metadata.y': '2',
    })
    expect(spanNamed(spans, 'after').attributes).toMatchObject({
      'user.id': 'outer',
      'langfuse.trace.tags': ['a'],
      'langfuse.trace.metadata.y': '1',
    })
    await recordSpans(() => {
      withTraceContext({ userId: 'u' }, () => {})
      expect(context.active().getValue(key('user_id'))).toBeUndefined()
    })
  })

  it('withTraceContext() keeps concurrent requests apart', async () => {
    const spans = await recordSpans(() =>
      Promise.all(
        ['u1', 'u2', 'u3'].map((userId) =>
          withTraceContext({ userId }, async () => {
            await new Promise((resolve) => setImmediate(resolve))
            tracer.startSpan(userId).end()
          }),
        ),
      ),
    )
    expect(spans.map(({ name, attributes }) => name === attributes['user.id'])).toEqual([true, true, true])
  })

  it('withTraceContext() gives the active span its fields too, whoever started it', async () => {
    const spans = await recordSpans(({ provider }) => {
      tracer.span('ours', () => withTraceContext({ userId: 'u1' }, () => {}))
      provider.getTracer('http').startActiveSpan('theirs', (span) => {
        withTraceContext({ sessionId: 's1' }, () => {})
        span.end()
      })
    })
    expect(spanNamed(spans, 'ours').attributes['user.id']).toBe('u1')
    expect(spanNamed(spans, 'theirs').attributes).toEqual({ 'session.id': 's1' })
  })

  it('withTraceContext() works with no SDK', () => {
    expect(withTraceContext({ userId: 'u', metadata: { a: 1 } }, () => 5)).toBe(5)
  })
})

describe('withTraceContext() and the trace name', () => {
  it('the name of the first span is the trace name on all', async () => {
    const spans = await recordSpans(() => {
      tracer.span('first', () => tracer.span('second', () => {}))
      tracer.span('third', () => {})
    })
    expect(spans.map(({ name, attributes }) => [name, attributes['langfuse.trace.name']])).toEqual([
      ['second', 'first'],
      ['first', 'first'],
      ['third', 'third'],
    ])
  })

  it.each([
    ['n'.repeat(200), 'n'.repeat(200)],
    ['n'.repeat(201), 'n'.repeat(200)],
    [`${'n'.repeat(199)}😀`, 'n'.repeat(199)],
    ['', undefined],
  ])('a span name %#, too long or empty, is cut or left out', async (name, expected) => {
    const spans = await recordSpans(() => tracer.span(name, () => {}))
    expect(spanNamed(spans, name).attributes['langfuse.trace.name']).toBe(expected)
  })
})

describe('withTraceContext() and the fields of a tracer', () => {
  const own = new Tracer('llm', {
    sessionId: 'of the tracer',
    userId: 'of the tracer',
    tags: ['tracer'],
    metadata: { a: 'tracer', b: 'tracer' },
    prompt: { name: 'tracer', version: 1 },
  })

  it('a tracer has its own fields by default, on nested spans as well', async () => {
    const spans = await recordSpans(() => own.span('root', () => tracer.span('child', () => {})))
    for (const { attributes } of spans) {
      expect(attributes).toMatchObject({ 'session.id': 'of the tracer', 'langfuse.trace.tags': ['tracer'] })
    }
  })

  it('withTraceContext() wins, adds tags and merges metadata', async () => {
    const fields = { userId: 'mine', tags: ['mine'], metadata: { a: 'mine' }, prompt: { name: 'mine', version: 2 } }
    expect(await attributesWith(fields, own)).toEqual({
      'langfuse.trace.name': 'work',
      'user.id': 'mine',
      'session.id': 'of the tracer',
      'langfuse.trace.tags': ['mine', 'tracer'],
      'langfuse.trace.metadata.a': 'mine',
      'langfuse.trace.metadata.b': 'tracer',
      'langfuse.observation.prompt.name': 'mine',
      'langfuse.observation.prompt.version': 2,
    })
  })

  it('withTraceContext() inside a span of the tracer wins over its fields', async () => {
    const spans = await recordSpans(() =>
      own.span('root', () => withTraceContext({ userId: 'mine' }, () => own.span('child', () => {}))),
    )
    expect(spanNamed(spans, 'child').attributes['user.id']).toBe('mine')
  })

  it('a tracer with impossible or unreadable fields warns once and starts spans', async () => {
    const metadata = new Proxy({}, { ownKeys: () => expect.unreachable() })
    const odd = new Tracer('base', { userId: 'x'.repeat(201), metadata, sessionId: 's' })
    const lines = await collectDiag(() =>
      recordSpans(() => {
        odd.span('one', () => {})
        odd.span('two', () => {})
      }),
    )
    expect(lines).toEqual([
      'warn: Trace context: userId must be text of at most 200 characters, found string: dropped',
      'warn: Trace context: metadata must be a record, found object: dropped',
    ])
  })
})

describe('withTraceContext() and impossible values', () => {
  it.each<[string, object, string]>([
    ['a number', { userId: 5 }, 'userId must be text of at most 200 characters, found number'],
    ['an object', { sessionId: {} }, 'sessionId must be text of at most 200 characters, found object'],
    [
      '201 characters',
      { sessionId: 'x'.repeat(201) },
      'sessionId must be text of at most 200 characters, found string',
    ],
    ['a tag that is no text', { tags: ['ok', 5] }, 'tag must be text of at most 200 characters, found number'],
    ['tags that are text', { tags: 'prod' }, 'tags must be a list, found string'],
    ['metadata that is text', { metadata: 'x' }, 'metadata must be a record, found string'],
    ['metadata that is a list', { metadata: ['x'] }, 'metadata must be a record, found object'],
    [
      'an environment',
      { environment: 'langfuse-x' },
      'environment must be text like ^(?!langfuse)[a-z0-9_-]{1,40}$, found string',
    ],
    [
      'an environment',
      { environment: 'a b' },
      'environment must be text like ^(?!langfuse)[a-z0-9_-]{1,40}$, found string',
    ],
    ['a prompt', { prompt: { name: 'p', version: 1.5 } }, 'prompt must be a name and a whole version, found object'],
    ['a prompt', { prompt: {} }, 'prompt must be a name and a whole version, found object'],
  ])('%s is dropped with one warning: %o', async (_, fields, warning) => {
    let attributes: object = {}
    const lines = await collectDiag(async () => {
      for (let i = 0; i < 3; i++) attributes = await attributesWith(fields as TraceContextFields)
    })
    expect(lines).toEqual([`warn: Trace context: ${warning}: dropped`])
    const tags = 'tags' in fields && Array.isArray(fields.tags) ? { 'langfuse.trace.tags': ['ok'] } : {}
    expect(attributes).toEqual({ 'langfuse.trace.name': 'work', ...tags })
  })

  it('values of different lengths are one mistake, and 200 characters none', async () => {
    const lines = await collectDiag(() => {
      for (let length = 199; length < 300; length++) withTraceContext({ userId: 'x'.repeat(length) }, () => {})
    })
    expect(lines).toEqual(['warn: Trace context: userId must be text of at most 200 characters, found string: dropped'])
    expect(await attributesWith({ userId: 'x'.repeat(200) })).toMatchObject({ 'user.id': 'x'.repeat(200) })
  })

  it('fields of a class, behind getters, are fields', async () => {
    class RequestFields {
      readonly #user = 'u1'
      get userId(): string {
        return this.#user
      }
      get prompt(): { name: string; version: number } {
        return { name: 'answer', version: 2 }
      }
    }
    expect(await attributesWith(new RequestFields())).toEqual({
      'langfuse.trace.name': 'work',
      'user.id': 'u1',
      'langfuse.observation.prompt.name': 'answer',
      'langfuse.observation.prompt.version': 2,
    })
  })

  it('undefined, null and empty fields are no fields', async () => {
    const lines = await collectDiag(async () => {
      const fields = { userId: undefined, sessionId: null, release: '', tags: null, metadata: null, prompt: null }
      expect(await attributesWith(fields as unknown as TraceContextFields)).toEqual({ 'langfuse.trace.name': 'work' })
    })
    expect(lines).toEqual([])
  })

  it('the function runs even when the fields cannot be read at all', async () => {
    const throwing = new Proxy({}, { get: () => expect.unreachable() })
    const lines = await collectDiag(() => {
      for (const fields of [undefined, null, throwing]) {
        expect(withTraceContext(fields as unknown as TraceContextFields, () => 'ran')).toBe('ran')
      }
    })
    expect(lines).toHaveLength(3)
  })
})

describe("withTraceContext() and @langfuse/core's context", () => {
  it("writes what Langfuse's code reads", async () => {
    await recordSpans(() => {
      const fields = {
        userId: 'u1',
        sessionId: 's1',
        traceName: 't1',
        tags: ['a'],
        metadata: { n: 1 },
        environment: 'dev',
        version: 'v1',
        prompt: { name: 'p', version: 2 },
      }
      withTraceContext(fields, () => {
        const active = context.active()
        const names = ['user_id', 'session_id', 'trace_name', 'tags', 'metadata', 'environment', 'version']
        const seen = [...names, 'prompt_name', 'prompt_version'].map((name) => [name, active.getValue(key(name))])
        expect(Object.fromEntries(seen)).toEqual({
          user_id: 'u1',
          session_id: 's1',
          trace_name: 't1',
          tags: ['a'],
          metadata: { n: '1' },
          environment: 'dev',
          version: 'v1',
          prompt_name: 'p',
          prompt_version: 2,
        })
      })
    })
  })

  it("reads what Langfuse's code wrote, and adds to it", async () => {
    const spans = await recordSpans(() => {
      const theirs = context
        .active()
        .setValue(key('user_id'), 'theirs')
        .setValue(key('trace_name'), 'their trace')
        .setValue(key('tags'), ['theirs'])
        .setValue(key('metadata'), { a: 'theirs', odd: { n: 1 } })
      context.with(theirs, () => withTraceContext({ tags: ['ours'] }, () => tracer.span('work', () => {})))
    })
    expect(spanNamed(spans, 'work').attributes).toEqual({
      'langfuse.observation.type': 'span',
      'user.id': 'theirs',
      'langfuse.trace.name': 'their trace',
      'langfuse.trace.tags': ['theirs', 'ours'],
      'langfuse.trace.metadata.a': 'theirs',
      'langfuse.trace.metadata.odd': '{"n":1}',
    })
  })

  it('ignores what is none of the shapes that belong under the keys', async () => {
    const spans = await recordSpans(() => {
      let odd = context.active()
      for (const name of ['user_id', 'tags', 'metadata', 'prompt_name', 'prompt_version'])
        odd = odd.setValue(key(name), Symbol('odd'))
      context.with(odd, () => {
        tracer.span('work', (span) => trace.getActiveSpan() && span.startSpan('child').end())
      })
    })
    expect(spanNamed(spans, 'child').attributes).toEqual({
      'langfuse.observation.type': 'span',
      'langfuse.trace.name': 'work',
    })
  })
})
