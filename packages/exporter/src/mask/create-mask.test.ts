import { describe, expect, it } from 'vitest'
import type { OutgoingSpan } from '../encode/outgoing-span.js'
import { createMask } from './create-mask.js'
import type { MaskFunction, MaskRule } from './mask-rule.js'
import { maskSpan, maskSpans } from './mask-span.js'
import { maskWith, recordSpan, stringsOf } from './outgoing-span.fixture.js'

const FAILED = '<masked: a rule failed>'
const CATASTROPHIC = /(a+)+$/
const hostile = `${'a'.repeat(1 << 20)}!`

const withAttributes = (attributes: OutgoingSpan['attributes']): OutgoingSpan => ({
  ...recordSpan(() => {}),
  attributes,
})
const attributesAfter = (rules: readonly MaskRule[], attributes: OutgoingSpan['attributes']): unknown =>
  maskSpan(withAttributes(attributes), maskWith(rules).mask).attributes

describe('createMask()', () => {
  it('createMask() applies rules in order, each to the result of the one before', () => {
    const rules: MaskRule[] = ['email', (text) => text.replace('<email>', 'somebody'), /some/]
    expect(attributesAfter(rules, { 'x.y': 'a@b.co' })).toEqual({ 'x.y': '<masked>body' })
    expect(attributesAfter([...rules].reverse(), { 'x.y': 'a@b.co' })).toEqual({ 'x.y': '<email>' })
  })

  it('createMask() without rules changes nothing', () => {
    expect(attributesAfter([], { a: 'a@b.co' })).toEqual({ a: 'a@b.co' })
  })

  it('createMask() refuses what is no rule', () => {
    // What JavaScript callers can do.
    const rules = ['mail'] as unknown as MaskRule[]
    expect(() => createMask(rules, { onRuleFailed: () => {} })).toThrow(
      /^Cannot mask: the rules are "mail" at 0, expected /,
    )
  })

  it.each<[string, (text: string) => unknown, string]>([
    [
      'throws',
      (text) => {
        throw new Error(text)
      },
      'threw',
    ],
    [
      'throws nothing in particular',
      () => {
        throw undefined
      },
      'threw',
    ],
    ['forgets to return', () => undefined, 'not_a_string'],
    ['returns a number', (text) => text.length, 'not_a_string'],
    ['returns an object', (text) => ({ text }), 'not_a_string'],
    ['returns a boxed string', (text) => Object(text), 'not_a_string'],
    ['is asynchronous', async (text) => text, 'returned_a_promise'],
    [
      'is asynchronous and rejects',
      async (text) => {
        throw new Error(text)
      },
      'returned_a_promise',
    ],
  ])('createMask() masks the whole field when a rule %s, and says so once', async (_what, misbehave, kind) => {
    const rejections: unknown[] = []
    const onRejection = (reason: unknown): void => {
      rejections.push(reason)
    }
    process.on('unhandledRejection', onRejection)
    // What JavaScript callers can do.
    const rule = ((text) => (text.includes('bad') ? misbehave(text) : text)) as MaskFunction
    const { mask, failures } = maskWith(['email', rule])
    const attributes = {
      'x.a': 'bad secret',
      'x.b': ['good', 'bad secret'],
      'x.c': '{"k":"bad secret"}',
      'x.d': 'good',
    }
    const masked = maskSpans([withAttributes(attributes), withAttributes(attributes)], mask)
    expect(masked[1]?.attributes).toEqual({ 'x.a': FAILED, 'x.b': [FAILED], 'x.c': FAILED, 'x.d': 'good' })
    expect(stringsOf(masked).filter((text) => text.includes('secret'))).toEqual([])
    expect(failures).toEqual([[1, kind]])
    expect(mask.failedFields).toBe(6)
    await new Promise((resolve) => setImmediate(resolve))
    process.off('unhandledRejection', onRejection)
    expect(rejections).toEqual([])
  })

  it('createMask() reports each kind of failure of each rule, and swallows what the receiver throws', () => {
    const reports: unknown[] = []
    const failing = (text: string): string => {
      if (text === 'throw') throw new Error(text)
      // What JavaScript callers can do.
      return text === 'number' ? (1 as unknown as string) : text
    }
    const mask = createMask([failing, (text) => failing(text === 'second' ? 'throw' : text)], {
      onRuleFailed: (...report) => {
        reports.push(report)
        throw new Error('the receiver fails too')
      },
    })
    const masked = maskSpan(withAttributes({ a: 'throw', b: 'number', c: 'second', d: 'throw' }), mask)
    expect(masked.attributes).toEqual({ a: FAILED, b: FAILED, c: FAILED, d: FAILED })
    expect(reports).toEqual([
      [0, 'threw'],
      [0, 'not_a_string'],
      [1, 'threw'],
    ])
  })

  it('createMask() masks a name of an attribute for which a rule fails', () => {
    const rule = (text: string): string => {
      if (text.includes('bad')) throw new Error(text)
      return text
    }
    expect(attributesAfter([rule], { 'bad name': 1, 'langfuse.trace.metadata.bad': 2, good: 3 })).toEqual({
      [FAILED]: 1,
      [`${FAILED}#2`]: 2,
      good: 3,
    })
  })

  it('createMask() asks its rules about a name once, and again if one failed', () => {
    const asked: string[] = []
    let isBroken = true
    const { mask } = maskWith([
      (text) => {
        asked.push(text)
        if (isBroken && text === 'fragile') throw new Error(text)
        return text
      },
    ])
    const span = withAttributes({ name: 1, fragile: 2 })
    expect(maskSpan(span, mask).attributes).toEqual({ name: 1, [FAILED]: 2 })
    isBroken = false
    expect(maskSpan(span, mask).attributes).toEqual({ name: 1, fragile: 2 })
    expect(asked.filter((text) => text === 'name' || text === 'fragile')).toEqual(['name', 'fragile', 'fragile'])
  })

  it('createMask() gets past a regular expression that backtracks without end: the field is masked as a whole', () => {
    const { mask, failures } = maskWith(['email', CATASTROPHIC])
    const masked = maskSpan(withAttributes({ before: 'a@b.co', hostile, after: 'c@d.co' }), mask)
    expect(masked.attributes).toEqual({ before: '<email>', hostile: FAILED, after: '<email>' })
    expect(failures).toEqual([[1, 'timed_out']])
    expect(mask.failedFields).toBe(1)
  })

  it('createMask() gets past it in JSON, in names, in events, in what spans share', () => {
    const short = `${'a'.repeat(60)}!`
    const span = recordSpan(
      (recording) => {
        recording.updateName(short)
        recording.setAttributes({ json: JSON.stringify([{ k: short }]), [short]: 1, tags: ['x', short] })
        recording.addEvent('e', { text: short })
      },
      { team: short, name: 'b' },
    )
    const { mask, failures } = maskWith([CATASTROPHIC], 20)
    const masked = maskSpan(span, mask)
    expect(masked.name).toBe(FAILED)
    expect(masked.attributes).toEqual({ json: FAILED, [FAILED]: 1, tags: [FAILED] })
    expect(masked.events[0]?.attributes).toEqual({ text: FAILED })
    expect(masked.resource.attributes).toEqual({ team: FAILED, name: 'b' })
    expect(failures).toEqual([[0, 'timed_out']])
  })

  it('createMask() gets past a function that never returns, and the thread goes on', async () => {
    const { mask, failures } = maskWith([
      (text) => {
        while (text === 'stuck') {
          try {
          } finally {
            // Not even this keeps it.
          }
        }
        return text
      },
    ])
    expect(maskSpan(withAttributes({ 'x.a': 'stuck', 'x.b': 'fine' }), mask).attributes).toEqual({
      'x.a': FAILED,
      'x.b': 'fine',
    })
    expect(failures).toEqual([[0, 'timed_out']])
    await expect(new Promise((resolve) => setImmediate(() => resolve('alive')))).resolves.toBe('alive')
  })

  it('createMask() masks the innocent spans of a batch as if the hostile one were not there', () => {
    const { mask } = maskWith([CATASTROPHIC, /x/], 1000)
    const spans = Array.from({ length: 200 }, (_, index) =>
      withAttributes({ n: index === 100 ? hostile : `x${index}` }),
    )
    const texts = maskSpans(spans, mask).map(({ attributes }) => attributes.n)
    expect(texts).toEqual(spans.map((_, index) => (index === 100 ? FAILED : `<masked>${index}`)))
    expect(mask.failedFields).toBe(1)
  })

  it('createMask() stops asking the rules in a call in which one times out again and again, and starts afresh in the next', () => {
    const { mask, failures } = maskWith(['email', CATASTROPHIC], 10)
    const short = `${'a'.repeat(60)}!`
    const spans = Array.from({ length: 80 }, () => withAttributes({ text: short }))
    const last = withAttributes({
      text: 'innocent',
      'langfuse.observation.type': 'tool',
      'gen_ai.system': 'x',
      'gen_ai.n': 1,
    })
    const masked = maskSpans([...spans, last], mask)
    expect(masked.at(0)?.attributes).toEqual({ text: FAILED })
    expect(masked.at(-1)?.attributes).toEqual({
      text: FAILED,
      'langfuse.observation.type': 'tool',
      'gen_ai.system': FAILED,
      'gen_ai.n': 1,
    })
    expect(failures).toEqual([[1, 'timed_out']])
    expect(maskSpan(last, mask).attributes).toEqual(last.attributes)
  })

  it('createMask() asks no rule twice about a field that was done when the time was up', () => {
    const asked: string[] = []
    const { mask } = maskWith([
      (text) => {
        asked.push(text)
        return text
      },
      CATASTROPHIC,
    ])
    maskSpan(withAttributes({ first: 'done', second: hostile }), mask)
    expect(asked.filter((text) => text === 'done')).toHaveLength(1)
  })

  it('createMask() lets a rule end spans that are masked by the same rules', () => {
    const inner: unknown[] = []
    const { mask } = maskWith([
      (text) => {
        if (text === 'outer') inner.push(maskSpan(withAttributes({ 'x.t': 'inner secret' }), mask).attributes)
        return text.replace('secret', '-')
      },
    ])
    const masked = maskSpan(withAttributes({ 'x.t': 'outer', 'x.u': 'outer secret' }), mask)
    expect(masked.attributes).toEqual({ 'x.t': 'outer', 'x.u': 'outer -' })
    expect(inner).toEqual([{ 'x.t': 'inner -' }])
  })

  it('createMask() gives up a span whose attributes have no end', () => {
    const endless = new Proxy(
      {},
      {
        ownKeys() {
          for (;;);
        },
      },
    )
    const { mask } = maskWith([/x/], 10)
    const masked = maskSpans([withAttributes(endless), withAttributes({ y: 'x' })], mask)
    expect(masked.map(({ attributes }) => attributes)).toEqual([{}, { y: '<masked>' }])
  })
})
