import { describe, expect, it } from 'vitest'
import { LoaderError } from '../loader-error.js'
import type { FetchTracesOptions } from './fetch-traces-options.js'
import { resolveFetchOptions } from './resolve-fetch-options.js'

const NOW = Date.parse('2026-11-23T12:00:00.000Z')

describe('resolveFetchOptions()', () => {
  it('resolveFetchOptions() turns every filter into a condition of its own', () => {
    const { conditions } = resolveFetchOptions(
      {
        name: 'rag-query',
        environment: 'production',
        userId: 'u',
        sessionId: 's',
        release: 'r',
        version: 'v',
        tags: ['b', 'a', 'b'],
        metadata: { tier: 'gold', 'nested.count': 7, beta: true },
        filter: [{ type: 'number', column: 'latency', operator: '>', value: 2 }],
      },
      ['a', 'default'],
      NOW,
    )
    expect(conditions).toEqual([
      { type: 'stringOptions', column: 'traceName', operator: 'any of', value: ['rag-query'] },
      { type: 'stringOptions', column: 'environment', operator: 'any of', value: ['production'] },
      { type: 'string', column: 'userId', operator: '=', value: 'u' },
      { type: 'string', column: 'sessionId', operator: '=', value: 's' },
      { type: 'string', column: 'release', operator: '=', value: 'r' },
      { type: 'string', column: 'version', operator: '=', value: 'v' },
      { type: 'arrayOptions', column: 'traceTags', operator: 'all of', value: ['a', 'default', 'b'] },
      { type: 'stringObject', column: 'metadata', key: 'tier', operator: '=', value: 'gold' },
      { type: 'stringObject', column: 'metadata', key: 'nested.count', operator: '=', value: '7' },
      { type: 'stringObject', column: 'metadata', key: 'beta', operator: '=', value: 'true' },
      { type: 'number', column: 'latency', operator: '>', value: 2 },
    ])
  })

  it('resolveFetchOptions() has defaults, and looks at all times only for ids without a window', () => {
    expect(resolveFetchOptions({}, [], NOW)).toMatchObject({ limit: 50, full: true, scores: false, conditions: [] })
    expect(resolveFetchOptions({}, [], NOW).window?.from.toISOString()).toBe('2026-11-16T12:00:00.000Z')
    const byIds = resolveFetchOptions({ traceIds: ['a', 'b', 'a'] }, [], NOW)
    expect(byIds).toMatchObject({ limit: 2, traceIds: ['a', 'b'], window: undefined })
    expect(resolveFetchOptions({ traceIds: ['a'], daysBack: 1 }, [], NOW).window?.from.toISOString()).toBe(
      '2026-11-22T12:00:00.000Z',
    )
    expect(resolveFetchOptions({ limit: Number.POSITIVE_INFINITY }, [], NOW).limit).toBe(Number.POSITIVE_INFINITY)
  })

  // Typed loosely where JavaScript callers can go wrong.
  it.each<[string, Record<string, unknown>, string]>([
    ['limit 0', { limit: 0 }, 'Invalid option limit: it is 0'],
    ['a negative limit', { limit: -5 }, 'Invalid option limit: it is -5'],
    ['a fractional limit', { limit: 1.5 }, 'Invalid option limit: it is 1.5'],
    ['limit NaN', { limit: Number.NaN }, 'Invalid option limit: it is NaN'],
    ['a limit as text', { limit: '10' }, 'Invalid option limit: it is 10'],
    ['an option that does not exist', { sesionId: 's' }, 'Invalid option sesionId: it does not exist'],
    ['an empty name', { name: '' }, 'Invalid option name: it is no text'],
    ['a user id as number', { userId: 7 }, 'Invalid option userId: it is no text'],
    ['tags as text', { tags: 'prod' }, 'Invalid option tags: it is not a list'],
    ['ids as text', { traceIds: 'abc' }, 'Invalid option traceIds: it is not a list'],
    ['an id with a comma', { traceIds: ['a,b'] }, 'Invalid option traceIds: an id holds a comma'],
    ['metadata as list', { metadata: ['a'] }, 'Invalid option metadata: it is no object'],
    ['nested metadata', { metadata: { a: { b: 1 } } }, 'Invalid option metadata.a: it is no text'],
    ['metadata NaN', { metadata: { a: Number.NaN } }, 'Invalid option metadata.a: it is no text'],
    ['a filter as object', { filter: {} }, 'Invalid option filter: it is not a list'],
    ['a condition without a column', { filter: [{ operator: '=' }] }, 'Invalid option filter[0]: it is no condition'],
    ['an empty id', { traceIds: ['a', ''] }, 'Invalid option traceIds: it holds something else than text'],
    ['a listener that is none', { onProgress: 5 }, 'Invalid option onProgress: it is of type number'],
    ['a controller for its signal', { signal: new AbortController() }, 'Invalid option signal: it is no AbortSignal'],
    ['null for a signal', { signal: null }, 'Invalid option signal: it is no AbortSignal'],
    ['a switch as text', { fetchFullTraces: 'no' }, 'Invalid option fetchFullTraces: it is no'],
  ])('resolveFetchOptions() refuses %s', (_, options, message) => {
    const act = () => resolveFetchOptions(options as FetchTracesOptions, [], NOW)
    expect(act).toThrow(LoaderError)
    expect(act).toThrow(message)
  })
})
