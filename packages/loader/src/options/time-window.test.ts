import { describe, expect, it } from 'vitest'
import { LoaderError } from '../loader-error.js'
import { hasTimeWindow, resolveTimeWindow, type TimeWindowOptions } from './time-window.js'

const NOW = Date.parse('2026-11-23T12:00:00.000Z')

function isoWindow(options: TimeWindowOptions): (string | undefined)[] {
  const { from, to } = resolveTimeWindow(options, NOW)
  return [from.toISOString(), to?.toISOString()]
}

describe('resolveTimeWindow()', () => {
  it.each<[string, TimeWindowOptions, string, string | undefined]>([
    ['nothing: seven days', {}, '2026-11-16T12:00:00.000Z', undefined],
    ['mode days_back alone', { mode: 'days_back' }, '2026-11-16T12:00:00.000Z', undefined],
    ['mode hours_back alone: a day', { mode: 'hours_back' }, '2026-11-22T12:00:00.000Z', undefined],
    ['daysBack', { daysBack: 1 }, '2026-11-22T12:00:00.000Z', undefined],
    ['half a day', { daysBack: 0.5 }, '2026-11-23T00:00:00.000Z', undefined],
    ['as many days as there are', { daysBack: 740_308 }, '0000-01-01T12:00:00.000Z', undefined],
    ['hoursBack infers its mode', { hoursBack: 2 }, '2026-11-23T10:00:00.000Z', undefined],
    ['a timestamp infers absolute', { fromTimestamp: '2026-11-01' }, '2026-11-01T00:00:00.000Z', undefined],
    [
      'both ends, one a Date',
      { mode: 'absolute', fromTimestamp: '2026-11-01T00:00:00+02:00', toTimestamp: new Date(NOW) },
      '2026-10-31T22:00:00.000Z',
      '2026-11-23T12:00:00.000Z',
    ],
  ])('resolveTimeWindow() reads %s', (_, options, from, to) => {
    expect(isoWindow(options)).toEqual([from, to])
  })

  // Typed loosely where JavaScript callers can go wrong.
  it.each<[string, Record<string, unknown>, string]>([
    ['two ways at once', { daysBack: 1, hoursBack: 1 }, 'Invalid option hoursBack: it contradicts daysBack'],
    [
      'days with a timestamp',
      { daysBack: 1, fromTimestamp: '2026-11-01' },
      'Invalid option daysBack: it contradicts fromTimestamp',
    ],
    [
      'a mode with another mode’s amount',
      { mode: 'days_back', hoursBack: 1 },
      "Invalid option hoursBack: it contradicts mode 'days_back'",
    ],
    [
      'absolute with days',
      { mode: 'absolute', daysBack: 1 },
      "Invalid option daysBack: it contradicts mode 'absolute'",
    ],
    [
      'absolute without a start',
      { mode: 'absolute' },
      "Invalid option fromTimestamp: it is missing: mode 'absolute' needs it",
    ],
    [
      'an end without a start',
      { toTimestamp: '2026-11-01' },
      'Invalid option fromTimestamp: it is missing: toTimestamp needs it',
    ],
    [
      'an empty window',
      { fromTimestamp: '2026-11-01', toTimestamp: '2026-11-01' },
      'Invalid option fromTimestamp: it is not before toTimestamp',
    ],
    [
      'a reversed window',
      { fromTimestamp: '2026-11-02', toTimestamp: '2026-11-01' },
      'Invalid option fromTimestamp: it is not before toTimestamp',
    ],
    ['a start in the future', { fromTimestamp: '2027-01-01' }, 'Invalid option fromTimestamp: it is not before now'],
    ['zero days', { daysBack: 0 }, 'Invalid option daysBack: it is 0: expected a number above 0'],
    ['negative hours', { hoursBack: -1 }, 'Invalid option hoursBack: it is -1: expected a number above 0'],
    ['NaN', { daysBack: Number.NaN }, 'Invalid option daysBack: it is NaN: expected a number above 0'],
    ['a number as text', { daysBack: '7' }, 'Invalid option daysBack: it is 7: expected a number above 0'],
    [
      'endless days',
      { daysBack: Number.POSITIVE_INFINITY },
      'Invalid option daysBack: it is Infinity: expected at most 740308: time begins with the year 0',
    ],
    [
      'days beyond all dates',
      { daysBack: 99_999_999_999 },
      'Invalid option daysBack: it is 99999999999: expected at most 740308',
    ],
    ['days before the year 0', { daysBack: 740_309 }, 'Invalid option daysBack: it is 740309: expected at most 740308'],
    [
      'hours before the year 0',
      { hoursBack: 17_767_405 },
      'Invalid option hoursBack: it is 17767405: expected at most 17767404',
    ],
    ['an unknown mode', { mode: 'weeks_back' }, "Invalid option mode: it is 'weeks_back'"],
    ['a mode from the prototype', { mode: 'toString' }, "Invalid option mode: it is 'toString'"],
    ['a day that does not exist', { fromTimestamp: '2026-02-30' }, 'Invalid option fromTimestamp: it is "2026-02-30"'],
  ])('resolveTimeWindow() refuses %s', (_, options, message) => {
    const resolve = () => resolveTimeWindow(options as TimeWindowOptions, NOW)
    expect(resolve).toThrow(LoaderError)
    expect(resolve).toThrow(message)
  })

  it('hasTimeWindow() says whether anything about time was given', () => {
    expect(hasTimeWindow({})).toBe(false)
    expect(hasTimeWindow({ mode: 'days_back' })).toBe(true)
    expect(hasTimeWindow({ toTimestamp: '2026-11-01' })).toBe(true)
  })
})
