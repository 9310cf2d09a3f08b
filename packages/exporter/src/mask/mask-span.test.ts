import { resourceFromAttributes } from '@opentelemetry/resources'
import { describe, expect, it } from 'vitest'
import type { OutgoingSpan } from '../encode/outgoing-span.js'
import { BUILT_IN_RULES } from './mask-rule.js'
import { maskSpan, maskSpans } from './mask-span.js'
import { maskWith, recordSpan, spanFullOf, stringsOf } from './outgoing-span.fixture.js'

const withAttributes = (attributes: object): OutgoingSpan => ({
  ...recordSpan(() => {}),
  attributes: { ...attributes },
})

describe('maskSpan()', () => {
  it('maskSpan() leaves no string of a span, wherever it stands, with what a built-in rule finds', () => {
    const { mask } = maskWith(['email'])
    const masked = maskSpan(spanFullOf('jane@example.com'), mask)
    expect(stringsOf(masked).filter((text) => text.includes('jane'))).toEqual([])
    expect(masked.name).toBe('name <email>')
    expect(masked.attributes).toEqual({
      'langfuse.observation.input': '{"role":"user","content":"content <email>","key <email>":1}',
      'langfuse.observation.output': '{"arguments":"[\\"<email>\\"]"}',
      'langfuse.trace.tags': ['tag', '<email>'],
      'langfuse.trace.metadata.<email>': 'metadata',
      '<email>': 'a name that begins as a known one does',
      'user.id': '<email>',
      '<email>#2': true,
      number: 42,
      map: { deep: [{ '<email>': '<email>' }] },
      bytes: Buffer.from('<email>'),
    })
    expect(masked.events.map(({ name, attributes }) => [name, attributes])).toEqual([
      ['event <email>', { 'key <email>': '<email>' }],
      [
        'exception',
        {
          'exception.type': 'Error',
          'exception.message': 'failed <email>',
          'exception.stacktrace': 'Error: failed <email>\n    at x',
        },
      ],
    ])
    expect(masked.links.map(({ attributes }) => attributes)).toEqual([{ text: '<email>' }])
    expect(masked.status.message).toBe('failed <email>')
    expect(masked.context.traceState).toBeUndefined()
    expect(masked.resource.attributes).toEqual({ 'service.name': 'test', 'process.command_line': 'node app <email>' })
    expect(masked.scope).toMatchObject({ name: 'axion', version: '1.0.0', attributes: { scope: '<email>' } })
  })

  it('maskSpan() leaves ids, times, kinds, counts and numbers, and does not touch the span it was given', () => {
    const span = spanFullOf('jane@example.com')
    // The SDK's resource keeps what it is asked for.
    expect(span.resource.attributes).toHaveProperty('process.command_line')
    const before = stringsOf(span)
    const masked = maskSpan(span, maskWith([...BUILT_IN_RULES, /./g]).mask)
    expect(stringsOf(span)).toEqual(before)
    expect(masked.context).toMatchObject({ traceId: span.context.traceId, spanId: span.context.spanId })
    expect(masked.parent).toEqual(span.parent)
    expect(masked.links.map(({ context }) => context)).toEqual(span.links.map(({ context }) => context))
    expect(masked.events.map(({ time }) => time)).toEqual(span.events.map(({ time }) => time))
    for (const key of ['kind', 'startTime', 'endTime', 'droppedAttributesCount', 'droppedEventsCount'] as const) {
      expect(masked[key]).toEqual(span[key])
    }
    expect(masked.status.code).toBe(span.status.code)
    expect(Object.values(masked.attributes)).toContain(42)
  })

  it('maskSpan() keeps what it need not change', () => {
    const span = recordSpan((recording) => {
      recording.setAttributes({ a: 'b', n: 1 })
      recording.addEvent('e', { c: 'd' })
    })
    const masked = maskSpan(span, maskWith([...BUILT_IN_RULES, /nothing/]).mask)
    expect(masked).toEqual(span)
    expect(masked.attributes).toBe(span.attributes)
    expect(masked.resource).toBe(span.resource)
  })

  it('maskSpan() keeps a trace state in which there is nothing to hide', () => {
    const span = spanFullOf('plain')
    expect(maskSpan(span, maskWith(['email']).mask).context.traceState?.serialize()).toBe('vendor=plain')
  })

  it('maskSpan() leaves names of known vocabularies to the backends that read them, whatever rules of the application say', () => {
    const { mask } = maskWith([/token|prompt|secret/g, (text) => text.replace('input', 'x')])
    const masked = maskSpan(
      withAttributes({
        'gen_ai.usage.input_tokens': 5,
        'gen_ai.prompt.0.content': 'my secret',
        'langfuse.observation.input': 'an input',
        'langfuse.observation.metadata.secret': 1,
        secret: 'secret',
      }),
      mask,
    )
    const key = `gen_ai.sk-proj-${'Ab1'.repeat(10)}`
    expect(maskSpan(withAttributes({ [key]: 1 }), maskWith(['api_key']).mask).attributes).toEqual({
      'gen_ai.<api_key>': 1,
    })
    expect(masked.attributes).toEqual({
      'gen_ai.usage.input_tokens': 5,
      'gen_ai.prompt.0.content': 'my <masked>',
      'langfuse.observation.input': 'an x',
      'langfuse.observation.metadata.<masked>': 1,
      '<masked>': '<masked>',
    })
  })

  it('maskSpan() leaves the values that Langfuse reads by their form, and only in that form', () => {
    const fixed = {
      'langfuse.observation.type': 'generation',
      'langfuse.observation.level': 'ERROR',
      'langfuse.observation.usage_details': '{"input":1234,"output":5,"ephemeral_5m_input_tokens":7}',
      'langfuse.observation.cost_details': '{"total":0.0012}',
      'langfuse.observation.completion_start_time': '"2026-11-23T10:11:12.123Z"',
    }
    const { mask } = maskWith([...BUILT_IN_RULES, /\d+|generation|ERROR|input/])
    expect(maskSpan(withAttributes(fixed), mask).attributes).toEqual(fixed)
    const others = {
      'langfuse.observation.type': 'generation 5',
      'langfuse.observation.usage_details': '{"input":"12"}',
      'langfuse.observation.cost_details': '{"jane@example.com":1}',
    }
    expect(maskSpan(withAttributes(others), mask).attributes).toEqual({
      'langfuse.observation.type': '<masked> <masked>',
      'langfuse.observation.usage_details': '{"<masked>":"<masked>"}',
      'langfuse.observation.cost_details': '{"<email>":"<masked>"}',
    })
  })

  it('maskSpan() keeps two names apart that become one', () => {
    const attributes = { 'a@b.co': 1, 'c@d.co': 2, 'e@f.co': 3, '<email>#2': 4 }
    const masked = maskSpan(withAttributes(attributes), maskWith(['email']).mask)
    expect(Object.keys(masked.attributes)).toHaveLength(4)
    expect(Object.values(masked.attributes)).toEqual([1, 2, 3, 4])
  })

  it('maskSpan() takes a name for its word when it says that the value is a secret', () => {
    const attributes = {
      api_key: 'xyz',
      password: '',
      authorization: 'x y',
      'my.apiKeys': 'ok',
      tokens: ['t'],
      secretKey: ['a', 1],
    }
    expect(maskSpan(withAttributes(attributes), maskWith(['api_key', 'bearer_token']).mask).attributes).toEqual({
      api_key: '<api_key>',
      password: '',
      authorization: '<bearer_token>',
      'my.apiKeys': 'ok',
      tokens: ['t'],
      secretKey: ['<api_key>', 1],
    })
  })

  it('maskSpan() tells a function where the text stands, and spans what others share without their name', () => {
    const places: string[] = []
    const { mask } = maskWith([
      (text, { key, spanName }) => {
        places.push(`${key} of ${JSON.stringify(spanName)}: ${text}`)
        return text
      },
    ])
    maskSpan({ ...withAttributes({ a: '{"k":"v"}' }), name: 'mine' }, mask)
    expect(places).toEqual([
      'scope.name of "": axion',
      'scope.version of "": 1.0.0',
      'span.name of "mine": mine',
      'a of "": a',
      'a of "mine": k',
      'a of "mine": v',
      'a of "mine": {"k":"v"}',
    ])
  })

  it('maskSpan() survives attributes that fight back', () => {
    const explode = (): never => {
      throw new Error('hostile')
    }
    const cyclic: Record<string, unknown> = { text: 'a@b.co' }
    cyclic.self = [cyclic, cyclic]
    const { mask, failures } = maskWith(['email'])
    const masked = maskSpan(
      withAttributes({
        getter: Object.defineProperty({}, 'late', { enumerable: true, get: explode }),
        proxy: new Proxy({}, { ownKeys: explode }),
        cyclic,
        boxed: Object('a@b.co'),
        ['__proto__']: 'a@b.co',
        none: null,
        missing: undefined,
        text: 'a@b.co',
      }),
      mask,
    )
    expect(masked.attributes).toMatchObject({
      getter: '<masked: a rule failed>',
      proxy: '<masked: a rule failed>',
      cyclic: '<masked: a rule failed>',
      boxed: '<email>',
      none: null,
      text: '<email>',
    })
    expect(stringsOf(masked).filter((text) => text.includes('a@b'))).toEqual([])
    expect([mask.failedFields, failures]).toEqual([3, []])
  })

  it('maskSpan() sends only the outline of a span whose attributes cannot be listed', () => {
    const hostile = new Proxy(
      {},
      {
        ownKeys() {
          throw new Error('hostile')
        },
      },
    )
    const span = { ...spanFullOf('a@b.co'), attributes: hostile }
    const masked = maskSpan(span, maskWith(['email']).mask)
    expect(masked).toMatchObject({ name: '<masked: a rule failed>', attributes: {}, events: [], links: [] })
    expect(masked.context.spanId).toBe(span.context.spanId)
    expect(stringsOf(masked).filter((text) => text.includes('a@b'))).toEqual([])
  })
})

describe('maskSpans()', () => {
  it('maskSpans() gives as many spans in the same order, and none for none', () => {
    const { mask } = maskWith([/x/])
    const spans = Array.from({ length: 100 }, (_, index) => ({ ...recordSpan(() => {}), name: `x${index}` }))
    expect(maskSpans(spans, mask).map(({ name }) => name)).toEqual(spans.map((_, index) => `<masked>${index}`))
    expect(maskSpans([], mask)).toEqual([])
  })

  it('maskSpans() masks a resource and a scope once, however many spans share them', () => {
    const seen: string[] = []
    const { mask } = maskWith([
      (text, { key }) => {
        if (key === 'team' || key === 'scope.name') seen.push(text)
        return text.toUpperCase()
      },
    ])
    const resource = resourceFromAttributes({ team: 'search' }, { schemaUrl: 'https://x.example/1' })
    const span = { ...recordSpan(() => {}), resource }
    const masked = [...maskSpans([span, span], mask), maskSpan(span, mask)]
    expect(seen).toEqual(['team', 'search', 'axion'])
    expect(new Set(masked.map((one) => one.resource)).size).toBe(1)
    expect(masked[0]?.resource.attributes).toEqual({ TEAM: 'SEARCH' })
    expect(masked[0]?.resource.schemaUrl).toBe('HTTPS://X.EXAMPLE/1')
  })

  it('maskSpans() does not keep what it made of a resource that is not complete yet', async () => {
    const { mask } = maskWith(['email'])
    const resource = resourceFromAttributes({ late: Promise.resolve('jane@example.com') })
    const span = { ...recordSpan(() => {}), resource }
    const early = maskSpan(span, mask)
    await resource.waitForAsyncAttributes?.()
    expect(early.resource.attributes).toEqual({})
    expect(maskSpan(span, mask).resource.attributes).toEqual({ late: '<email>' })
  })
})
