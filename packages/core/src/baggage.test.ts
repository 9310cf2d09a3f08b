import { type Context, context, propagation, trace } from '@opentelemetry/api'
import { beforeEach, describe, expect, it } from 'vitest'
import { collectDiag } from './collect-diag.fixture.js'
import { enableBaggage } from './enable-baggage.js'
import { processSlot } from './process-slot.js'
import { recordSpans, spanNamed } from './record-spans.fixture.js'
import { type TraceContextOptions, withTraceContext } from './trace-context.js'
import { Tracer } from './tracer.js'

// With the packages that are on both sides of the wire: tests/across-services.test.ts.

const tracer = new Tracer()

beforeEach(enableBaggage)
const PARENT = {
  traceId: '0af7651916cd43dd8448eb211c80319c',
  spanId: 'b7ad6b7169203331',
  traceFlags: 1,
  isRemote: true,
}

/** What would leave with a request that is made now. */
function leaving(): Record<string, string> {
  const entries = propagation.getActiveBaggage()?.getAllEntries() ?? []
  return Object.fromEntries(entries.map(([name, { value }]) => [name, value]))
}

/** The context of a request that came in, as a propagator extracts it. */
function incoming(entries: Record<string, string>, base: Context = context.active()): Context {
  const baggage = Object.fromEntries(Object.entries(entries).map(([name, value]) => [name, { value }]))
  return propagation.setBaggage(trace.setSpanContext(base, PARENT), propagation.createBaggage(baggage))
}

/** The attributes of a span in a request that came in, without its type. */
async function attributesOf(entries: Record<string, string>, run: () => void = work): Promise<object> {
  const spans = await recordSpans(() => context.with(incoming(entries), run))
  const { 'langfuse.observation.type': _, ...attributes } = spanNamed(spans, 'work').attributes
  return attributes
}

const work = (): void => tracer.span('work', () => {})

const FIELDS = {
  traceName: 'rag',
  userId: 'u1',
  sessionId: 's1',
  tags: ['a', 'b'],
  metadata: { tenant: 'acme', plan: { seats: 3 } },
  environment: 'prod',
  release: 'abc',
  version: '2',
  prompt: { name: 'answer', version: 7 },
} satisfies TraceContextOptions

const TRAVELING = {
  langfuse_user_id: 'u1',
  langfuse_session_id: 's1',
  langfuse_trace_name: 'rag',
  langfuse_environment: 'prod',
  langfuse_version: '2',
  langfuse_prompt_name: 'answer',
  langfuse_prompt_version: '7',
  langfuse_tags: 'a,b',
  langfuse_metadata_tenant: 'acme',
  langfuse_metadata_plan: '{"seats":3}',
}

describe('withTraceContext() and what leaves', () => {
  it('withTraceContext() gives nothing away by default, inside of spans and outside', async () => {
    await recordSpans(() => {
      withTraceContext(FIELDS, () => {
        expect(propagation.getActiveBaggage()).toBeUndefined()
        tracer.span('work', () => expect(propagation.getActiveBaggage()).toBeUndefined())
      })
    })
  })

  it.each([[undefined], [false], ['true'], [1]])(
    'withTraceContext() with baggage: %o gives nothing away',
    async (baggage) => {
      await recordSpans(() => {
        const fields = { userId: 'u1', baggage } as unknown as TraceContextOptions
        withTraceContext(fields, () => tracer.span('work', () => expect(leaving()).toEqual({})))
      })
    },
  )

  it('withTraceContext() with baggage: true gives away its fields but the release, and whose trace it is', async () => {
    await recordSpans(() =>
      withTraceContext({ ...FIELDS, baggage: true }, () =>
        tracer.span('root', (root) => {
          const expected = { ...TRAVELING, langfuse_trace_id: root.traceId }
          expect(leaving()).toEqual(expected)
          root.span('child', () => expect(leaving()).toEqual(expected))
          context.with(root.startSpan('manual').context, () => expect(leaving()).toEqual(expected))
        }),
      ),
    )
  })

  it('withTraceContext() gives away the name of the trace that its first span has, and of each trace its own', async () => {
    await recordSpans(() => {
      withTraceContext({ baggage: true }, () => {
        for (const name of ['first', 'second'])
          tracer.span(name, ({ traceId }) =>
            expect(leaving()).toEqual({ langfuse_trace_name: name, langfuse_trace_id: traceId }),
          )
      })
      tracer.span('before', ({ traceId }) =>
        withTraceContext({ baggage: true }, () =>
          expect(leaving()).toEqual({ langfuse_trace_name: 'before', langfuse_trace_id: traceId }),
        ),
      )
    })
  })

  it('withTraceContext() gives away only what was given with baggage: true, and takes out what holds no longer', async () => {
    await recordSpans(() => {
      withTraceContext({ userId: 'u1', metadata: { a: '1' }, tags: ['kept back'] }, () =>
        withTraceContext({ sessionId: 's1', metadata: { b: '1', c: '1' }, tags: ['x'], baggage: true }, () => {
          const given = {
            langfuse_session_id: 's1',
            langfuse_metadata_b: '1',
            langfuse_metadata_c: '1',
            langfuse_tags: 'x',
          }
          expect(leaving()).toEqual({ ...given, langfuse_trace_id: '' })
          withTraceContext({ sessionId: 's2', metadata: { c: '2' }, tags: ['y'] }, () =>
            expect(leaving()).toEqual({ langfuse_metadata_b: '1', langfuse_tags: 'x', langfuse_trace_id: '' }),
          )
          withTraceContext({ sessionId: 's3', tags: ['x', 'z'], baggage: true }, () =>
            expect(leaving()).toEqual({
              ...given,
              langfuse_session_id: 's3',
              langfuse_tags: 'x,z',
              langfuse_trace_id: '',
            }),
          )
          expect(leaving()).toEqual({ ...given, langfuse_trace_id: '' })
        }),
      )
    })
  })

  it('withTraceContext() leaves the entries of others alone', async () => {
    await recordSpans(() =>
      context.with(incoming({ tenant: 'acme' }), () =>
        withTraceContext({ userId: 'u1', baggage: true }, () =>
          expect(leaving()).toEqual({ tenant: 'acme', langfuse_user_id: 'u1', langfuse_trace_id: '' }),
        ),
      ),
    )
  })

  it.each<[string, TraceContextOptions, Record<string, string>]>([
    ['200 characters', { userId: 'x'.repeat(200) }, { langfuse_user_id: 'x'.repeat(200) }],
    ['201 characters', { userId: 'x'.repeat(201) }, {}],
    ['metadata of 200 characters', { metadata: { k: 'x'.repeat(200) } }, { langfuse_metadata_k: 'x'.repeat(200) }],
    ['metadata of 201 characters', { metadata: { k: 'x'.repeat(201) } }, {}],
    ['metadata whose JSON has 201 characters', { metadata: { k: ['x'.repeat(197)] } }, {}],
    [
      'half a surrogate pair',
      { userId: 'a\uD83D', metadata: { '\uDE00': 'x\uDE00y' } },
      { langfuse_user_id: 'a\uFFFD', 'langfuse_metadata_\uFFFD': 'x\uFFFDy' },
    ],
    ['whole ones', { userId: 'a😀', tags: ['größe=1; x'] }, { langfuse_user_id: 'a😀', langfuse_tags: 'größe=1; x' }],
    [
      'tags whose sum is long',
      { tags: ['x'.repeat(150), 'y'.repeat(150)] },
      { langfuse_tags: `${'x'.repeat(150)},${'y'.repeat(150)}` },
    ],
    ['nothing', {}, {}],
    ['empty fields', { userId: '', tags: [], metadata: {} }, {}],
  ])('withTraceContext() gives away %s so that any propagator can take it', async (_, fields, expected) => {
    await recordSpans(() =>
      withTraceContext({ ...fields, baggage: true }, () => {
        expect(leaving()).toEqual({ ...expected, langfuse_trace_id: '' })
        for (const [name, value] of Object.entries(leaving()))
          expect(() => encodeURIComponent(name + value)).not.toThrow()
      }),
    )
  })

  it('a trace that begins anew is claimed anew, without the name of the other', async () => {
    await recordSpans(() =>
      withTraceContext({ userId: 'u1', baggage: true }, () =>
        tracer.span('one', () =>
          tracer.span('two', { root: true }, ({ traceId }) =>
            expect(leaving()).toEqual({ langfuse_user_id: 'u1', langfuse_trace_id: traceId }),
          ),
        ),
      ),
    )
  })
})

describe('Tracer.span() and what came in', () => {
  it('span() and its children carry what came in', async () => {
    const spans = await recordSpans(() =>
      context.with(incoming(TRAVELING), () => tracer.span('first', () => tracer.span('second', () => {}))),
    )
    for (const { attributes } of spans)
      expect(attributes).toEqual({
        'langfuse.observation.type': 'span',
        'user.id': 'u1',
        'session.id': 's1',
        'langfuse.trace.name': 'rag',
        'langfuse.environment': 'prod',
        'langfuse.version': '2',
        'langfuse.observation.prompt.name': 'answer',
        'langfuse.observation.prompt.version': 7,
        'langfuse.trace.tags': ['a', 'b'],
        'langfuse.trace.metadata.tenant': 'acme',
        'langfuse.trace.metadata.plan': '{"seats":3}',
      })
    expect(spanNamed(spans, 'first').parentSpanContext).toMatchObject({ spanId: PARENT.spanId })
  })

  it('what came in goes on, and so does the claim of the one who sent it', async () => {
    const sent = { ...TRAVELING, langfuse_trace_id: PARENT.traceId, tenant: 'acme' }
    await recordSpans(() =>
      context.with(incoming(sent), () => tracer.span('work', () => expect(leaving()).toEqual(sent))),
    )
  })

  it('a service that was not asked gives nothing of its own away because something came in', async () => {
    const sent = {
      langfuse_user_id: 'theirs',
      langfuse_session_id: 's',
      langfuse_metadata_k: 'theirs',
      langfuse_trace_id: PARENT.traceId,
    }
    await recordSpans(() =>
      context.with(incoming(sent), () =>
        withTraceContext({ userId: 'ours', metadata: { k: 'ours' }, tags: ['ours'] }, () =>
          tracer.span('work', () =>
            expect(leaving()).toEqual({ langfuse_session_id: 's', langfuse_trace_id: PARENT.traceId }),
          ),
        ),
      ),
    )
  })

  it('withTraceContext() wins over what came in, and adds to it', async () => {
    const sent = {
      langfuse_user_id: 'theirs',
      langfuse_session_id: 's',
      langfuse_tags: 'theirs',
      langfuse_metadata_a: 'theirs',
      langfuse_metadata_b: 'theirs',
    }
    const fields = { userId: 'ours', tags: ['ours'], metadata: { b: 'ours' } }
    expect(await attributesOf(sent, () => withTraceContext(fields, work))).toEqual({
      'user.id': 'ours',
      'session.id': 's',
      'langfuse.trace.name': 'work',
      'langfuse.trace.tags': ['theirs', 'ours'],
      'langfuse.trace.metadata.a': 'theirs',
      'langfuse.trace.metadata.b': 'ours',
    })
  })

  it("what came in wins over a tracer's own fields", async () => {
    const own = new Tracer('base', { userId: 'default', environment: 'default', tags: ['default'] })
    const attributes = await attributesOf({ langfuse_user_id: 'theirs' }, () => own.span('work', () => {}))
    expect(attributes).toMatchObject({
      'user.id': 'theirs',
      'langfuse.environment': 'default',
      'langfuse.trace.tags': ['default'],
    })
  })

  it('what this process has set wins over what the first request brought, whoever set it and when', async () => {
    const spans = await recordSpans(() => {
      const sent = { langfuse_user_id: 'theirs', langfuse_session_id: 's' }
      withTraceContext({ userId: 'before' }, () => context.with(incoming(sent), () => tracer.span('a', () => {})))
      context.with(incoming(sent), () =>
        tracer.span('b', () => {
          // As `@langfuse/core` does it, which leaves the baggage as it was.
          const inside = context.active().setValue(Symbol.for('langfuse_user_id'), 'after')
          context.with(inside, () => tracer.span('c', () => {}))
        }),
      )
    })
    const seen = spans.map(({ name, attributes }) => [name, attributes['user.id'], attributes['session.id']])
    expect(seen).toEqual([
      ['a', 'before', 's'],
      ['c', 'after', 's'],
      ['b', 'theirs', 's'],
    ])
  })

  it('a request inside of a request has its own fields', async () => {
    const spans = await recordSpans(() =>
      context.with(incoming({ langfuse_user_id: 'batch', langfuse_trace_name: 'batch' }), () =>
        tracer.span('consume', () => {
          for (const user of ['ada', 'bob'])
            context.with(incoming({ langfuse_user_id: user, langfuse_trace_name: `of ${user}` }), () =>
              tracer.span(`handle ${user}`, () => {}),
            )
        }),
      ),
    )
    expect(spans.map(({ attributes }) => [attributes['user.id'], attributes['langfuse.trace.name']])).toEqual([
      ['ada', 'of ada'],
      ['bob', 'of bob'],
      ['batch', 'batch'],
    ])
  })

  it('a span with root: true leaves the trace name of the caller behind', async () => {
    const attributes = await attributesOf({ langfuse_user_id: 'u1', langfuse_trace_name: 'theirs' }, () =>
      tracer.span('work', { root: true }, (span) => expect(span.startSpan('child').end()).toBeUndefined()),
    )
    expect(attributes).toEqual({ 'user.id': 'u1', 'langfuse.trace.name': 'work' })
  })

  it.each<[string, Record<string, string>, object]>([
    ['too long', { langfuse_user_id: 'x'.repeat(201) }, {}],
    ['an environment that is none', { langfuse_environment: 'a b' }, {}],
    ['a prompt without a version', { langfuse_prompt_name: 'p' }, {}],
    ['a prompt whose version is text', { langfuse_prompt_name: 'p', langfuse_prompt_version: 'x' }, {}],
    ['a version without a prompt', { langfuse_prompt_version: '1' }, {}],
    ['empty tags', { langfuse_tags: ',,' }, {}],
    ['metadata without a key', { langfuse_metadata: 'x' }, {}],
    [
      'metadata with a hostile key',
      { langfuse_metadata_constructor: 'x' },
      { 'langfuse.trace.metadata.constructor': 'x' },
    ],
    ['what nobody knows', { langfuse_who: 'x', user_id: 'x', 'user.id': 'x' }, {}],
  ])('span() carries what came in only if it can be: %s', async (_, entries, expected) => {
    let attributes: object = {}
    await collectDiag(async () => {
      attributes = await attributesOf(entries)
    })
    expect(attributes).toEqual({ 'langfuse.trace.name': 'work', ...expected })
  })

  it('span() runs in the very baggage that was there when nothing of Langfuse came in', async () => {
    await recordSpans(() => {
      const at = incoming({ tenant: 'acme' })
      context.with(at, () =>
        tracer.span('work', () => expect(propagation.getActiveBaggage()).toBe(propagation.getBaggage(at))),
      )
    })
  })
})

describe('without enableBaggage()', () => {
  beforeEach(() => void delete processSlot().baggage)

  it('withTraceContext() with baggage: true gives nothing away, sets its fields all the same, and says once what is missing', async () => {
    let said: readonly string[] = []
    const spans = await recordSpans(async () => {
      said = await collectDiag(() => {
        const run = (): void => tracer.span('work', () => expect(leaving()).toEqual({}))
        withTraceContext({ userId: 'u1', baggage: true }, run)
        withTraceContext({ userId: 'u1', baggage: true }, run)
      })
    })
    expect(said).toEqual(['warn: Trace context: baggage needs enableBaggage()'])
    expect(spans.map(({ attributes }) => attributes['user.id'])).toEqual(['u1', 'u1'])
  })

  it('span() leaves the baggage of a request that came in as it is', async () => {
    const entries = { langfuse_user_id: 'u1', langfuse_trace_id: 'other' }
    const attributes = await attributesOf(entries, () => tracer.span('work', () => expect(leaving()).toEqual(entries)))
    expect(attributes).toEqual({ 'langfuse.trace.name': 'work' })
  })
})
