import type { TimeInput } from '@opentelemetry/api'
import { describe, expect, it } from 'vitest'
import { collectDiag } from './collect-diag.fixture.js'
import { recordSpans, spanNamed } from './record-spans.fixture.js'
import { Tracer } from './tracer.js'
import { validTime } from './valid-time.js'

const { proxy: revoked, revoke } = Proxy.revocable([], {})
revoke()

/** What the SDK itself takes for "now". */
const LEFT_TO_THE_SDK: readonly unknown[] = [null, '5', true, ['1', '2'], [1, 2, 3]]

const NONE: readonly unknown[] = [
  Number.NaN,
  Number.POSITIVE_INFINITY,
  Number.NEGATIVE_INFINITY,
  new Date('garbage'),
  new Date(-1),
  [Number.NaN, 0],
  [1],
  '2026-01-02',
  {},
  Symbol('s'),
  revoked,
]

describe('validTime()', () => {
  it.each<[TimeInput | undefined]>([[undefined], [0], [1767323045006], [12.5], [new Date(0)], [[0, 0]], [[1, 999]]])(
    'validTime(%o) is what it was given',
    (time) => {
      expect(validTime(time)).toBe(time)
    },
  )

  it('validTime() is undefined, with a warning, for what is no time', async () => {
    const lines = await collectDiag(() => {
      for (const time of NONE) expect(validTime(time as TimeInput)).toBeUndefined()
    })
    expect(lines).toEqual(NONE.map(() => 'warn: Cannot take a time that is none: the clock is used'))
  })

  it('validTime() keeps times that are none off spans, which end all the same', async () => {
    for (const time of [...NONE, ...LEFT_TO_THE_SDK]) {
      const before = Date.now()
      const spans = await recordSpans(() =>
        new Tracer().startSpan('work', { startTime: time as TimeInput }).end(time as TimeInput),
      )
      const { startTime, endTime, duration } = spanNamed(spans, 'work')
      for (const [seconds, nanoseconds] of [startTime, endTime]) {
        expect(seconds * 1000 + nanoseconds / 1e6).toBeGreaterThanOrEqual(before - 1)
      }
      expect(duration.every(Number.isFinite)).toBe(true)
    }
  })
})
