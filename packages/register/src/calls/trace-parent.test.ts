import { INVALID_SPAN_CONTEXT, ROOT_CONTEXT, trace } from '@opentelemetry/api'
import { describe, expect, it } from 'vitest'
import { readTraceParent, writeTraceParent } from './trace-parent.js'

const TRACE = 'a'.repeat(32)
const SPAN = 'b'.repeat(16)

describe('writeTraceParent()', () => {
  it.each([
    [1, `00-${TRACE}-${SPAN}-01`],
    [0, `00-${TRACE}-${SPAN}-00`],
  ])('names the active span when its flags are %d', (traceFlags, text) => {
    const at = trace.setSpanContext(ROOT_CONTEXT, { traceId: TRACE, spanId: SPAN, traceFlags })
    expect(writeTraceParent(at)).toBe(text)
  })

  it('says nothing when no span is active, or one that is none', () => {
    expect(writeTraceParent(ROOT_CONTEXT)).toBeUndefined()
    expect(writeTraceParent(trace.setSpanContext(ROOT_CONTEXT, INVALID_SPAN_CONTEXT))).toBeUndefined()
  })
})

describe('readTraceParent()', () => {
  it.each([
    ['01', 1],
    ['00', 0],
    ['03', 1],
    ['ff', 1],
  ])('reads a span with the flags %s', (flags, traceFlags) => {
    const found = readTraceParent(`00-${TRACE}-${SPAN}-${flags}`)
    expect(found).toEqual({ traceId: TRACE, spanId: SPAN, traceFlags, isRemote: true })
  })

  it.each([
    undefined,
    null,
    1,
    {},
    '',
    'garbage',
    `00-${TRACE}-${SPAN}`,
    `01-${TRACE}-${SPAN}-01`,
    `00-${'0'.repeat(32)}-${SPAN}-01`,
    `00-${TRACE}-${'0'.repeat(16)}-01`,
    `00-${TRACE.toUpperCase()}-${SPAN}-01`,
    `00-${TRACE}-${SPAN}-01\n`,
    ` 00-${TRACE}-${SPAN}-01`,
  ])('reads nothing from %j', (text) => {
    expect(readTraceParent(text)).toBeUndefined()
  })
})
