import { describe, expect, it } from 'vitest'
import { criticalPath } from './critical-path.js'
import { layOutTree, unfoldedPositions } from './lay-out-tree.js'
import { tickLabel, timeTicks } from './time-ticks.js'

// The front end's own reckoning, which needs no browser.

/** Steps as `id: [parent, start, end]`, the oldest first. */
function columns(steps: Readonly<Record<string, readonly [string, number, number]>>): {
  ids: string[]
  parentIds: string[]
  startOffsetsMillis: number[]
  durationsMillis: number[]
} {
  const entries = Object.entries(steps)
  return {
    ids: entries.map(([id]) => id),
    parentIds: entries.map(([, [parent]]) => parent),
    startOffsetsMillis: entries.map(([, [, start]]) => start),
    durationsMillis: entries.map(([, [, start, end]]) => end - start),
  }
}

/** The tree in words: each id with its depth. */
function outline(steps: Parameters<typeof columns>[0]): string {
  const tree = columns(steps)
  const { order, depths } = layOutTree(tree)
  return [...order].map((index, position) => `${depths[position]}${tree.ids[index]}`).join(' ')
}

describe('layOutTree()', () => {
  it.each([
    ['nothing', {}, ''],
    ['one step', { a: ['', 0, 1] }, '0a'],
    ['children, oldest first', { a: ['', 0, 9], b: ['a', 1, 2], c: ['b', 1, 2], d: ['a', 3, 4] }, '0a 1b 2c 1d'],
    ['parents that began after their children', { b: ['a', 0, 1], a: ['', 1, 2] }, '0a 1b'],
    ['several roots', { a: ['', 0, 1], b: ['', 1, 2], c: ['a', 2, 3] }, '0a 1c 0b'],
    ['a parent that is not there', { a: ['gone', 0, 1], b: ['a', 1, 2] }, '0a 1b'],
    ['its own parent', { a: ['a', 0, 1] }, '0a'],
    ['a circle', { a: ['', 0, 1], x: ['y', 1, 2], y: ['x', 2, 3], z: ['y', 3, 4] }, '0a 0x 1y 2z'],
  ] as const)('layOutTree() lays out %s', (_, steps, expected) => {
    expect(outline(steps)).toBe(expected)
  })

  it('layOutTree() takes 100,000 steps that each hang on the one before', () => {
    const ids = Array.from({ length: 100_000 }, (_, index) => `s${index}`)
    const layout = layOutTree({ ids, parentIds: ['', ...ids.slice(0, -1)] })
    expect([layout.order[99_999], layout.subtreeEnds[0], layout.parents[99_999]]).toEqual([99_999, 100_000, 99_998])
  })

  it('unfoldedPositions() leaves out what is below a folded step, and nothing else', () => {
    const layout = layOutTree(columns({ a: ['', 0, 9], b: ['a', 1, 2], c: ['b', 1, 2], d: ['a', 3, 4] }))
    expect([...unfoldedPositions(layout, new Set())]).toEqual([0, 1, 2, 3])
    expect([...unfoldedPositions(layout, new Set([1]))]).toEqual([0, 1, 3])
    expect([...unfoldedPositions(layout, new Set([0, 1]))]).toEqual([0])
    expect([...unfoldedPositions(layout, new Set([3]))]).toEqual([0, 1, 2, 3])
  })
})

describe('criticalPath()', () => {
  it.each([
    ['one after the other', { r: ['', 0, 10], a: ['r', 0, 4], b: ['r', 4, 10] }, 'r a b'],
    ['side by side: the longer one', { r: ['', 0, 10], a: ['r', 0, 6], b: ['r', 0, 10] }, 'r b'],
    [
      'what had ended before the last began',
      { r: ['', 0, 10], a: ['r', 0, 3], b: ['r', 0, 5], c: ['r', 5, 10] },
      'r b c',
    ],
    ['inside of steps too', { r: ['', 0, 10], a: ['r', 0, 10], x: ['a', 1, 4], y: ['a', 2, 9] }, 'r a y'],
    ['not what outlives its parent', { r: ['', 0, 10], a: ['r', 0, 9], detached: ['r', 1, 99] }, 'r a'],
    ['in the longest of several roots', { r: ['', 0, 2], s: ['', 0, 9], a: ['s', 1, 9] }, 's a'],
    ['nothing', {}, ''],
  ] as const)('criticalPath() finds %s', (_, steps, expected) => {
    const tree = columns(steps)
    const isOn = criticalPath(layOutTree(tree), tree)
    expect(tree.ids.filter((_id, index) => isOn[index] === 1).join(' ')).toBe(expected)
  })
})

describe('timeTicks()', () => {
  it.each([
    [2950, 4, ['0', '1 s', '2 s']],
    [900, 4, ['0', '500 ms']],
    [1, 4, ['0', '1 ms']],
    [200_000, 4, ['0', '50 s', '1.7 m', '2.5 m', '3.3 m']],
  ])('timeTicks() cuts %d ms into round parts', (total, most, labels) => {
    expect(timeTicks(total, most).map(tickLabel)).toEqual(labels)
  })
})
