import { describe, expect, it } from 'vitest'
import { childRow, rootRow } from '../testing/rows.fixture.js'
import type { StoredRow } from '../testing/stored-rows.fixture.js'
import { readObservationV2 } from '../wire/observation-v2.js'
import { buildTree, type ObservationTree } from './build-tree.js'
import { Observation } from './observation.js'
import { walkTree } from './walk-tree.js'

function treeOf(...rows: StoredRow[]): ObservationTree {
  const roots = new Set(rows.filter((row) => row.isRootObservation === true).map(({ id }) => id))
  return buildTree(
    rows.map((row) => new Observation(readObservationV2({ type: 'SPAN', ...row }, 'row'))),
    (id) => roots.has(id),
  )
}

const outline = ({ roots }: ObservationTree): string[] =>
  [...walkTree(roots)].map(
    ({ id, parent, placement }) => `${parent === null ? '' : `${parent.id} > `}${id} (${placement})`,
  )

describe('buildTree()', () => {
  it('buildTree() puts children under their parents, older siblings first, whatever the order of the rows', () => {
    const rows = [
      childRow('t', 'c', 't-root', 2),
      childRow('t', 'd', 'b', 3),
      rootRow('t', 0),
      childRow('t', 'b', 't-root', 1),
    ]
    const expected = ['t-root (root)', 't-root > b (child)', 'b > d (child)', 't-root > c (child)']
    expect(outline(treeOf(...rows))).toEqual(expected)
    expect(outline(treeOf(...rows.toReversed()))).toEqual(expected)
  })

  it('buildTree() lists parents before children of one millisecond', () => {
    const { observations } = treeOf(childRow('t', 'a', 'b', 0), childRow('t', 'b', 't-root', 0), rootRow('t', 0))
    expect(observations.map(({ id }) => id)).toEqual(['t-root', 'b', 'a'])
  })

  it('buildTree() takes a child that started before its parent for a child', () => {
    expect(outline(treeOf(rootRow('t', 0), childRow('t', 'a', 't-root', -5000)))).toEqual([
      't-root (root)',
      't-root > a (child)',
    ])
  })

  it('buildTree() names orphans, but not roots whose parent is elsewhere', () => {
    const appRoot = childRow('t', 'app', 'http-server-span', 1, { isRootObservation: true })
    expect(outline(treeOf(childRow('t', 'a', 'gone', 2), appRoot))).toEqual(['app (root)', 'a (orphan)'])
    expect(outline(treeOf(rootRow('t', 0), childRow('t', 'app', 't-root', 1, { isRootObservation: true })))).toEqual([
      't-root (root)',
      't-root > app (child)',
    ])
  })

  it('buildTree() opens cycles at their oldest member', () => {
    expect(outline(treeOf(childRow('t', 'a', 'a', 0)))).toEqual(['a (cycle)'])
    const ring = [
      childRow('t', 'b', 'a', 2),
      childRow('t', 'c', 'b', 3),
      childRow('t', 'a', 'c', 1),
      childRow('t', 'leaf', 'c', 4),
    ]
    const expected = ['a (cycle)', 'a > b (child)', 'b > c (child)', 'c > leaf (child)']
    expect(outline(treeOf(...ring))).toEqual(expected)
    expect(outline(treeOf(...ring.toReversed()))).toEqual(expected)
    expect(outline(treeOf(rootRow('t', 9), ...ring))).toEqual([...expected, 't-root (root)'])
  })

  it('buildTree() and walkTree() take 100,000 levels', () => {
    const rows = Array.from({ length: 100_000 }, (_, index) =>
      index === 0 ? rootRow('t', 0, { id: '0' }) : childRow('t', String(index), String(index - 1), index),
    )
    const { roots, observations } = treeOf(...rows)
    expect([roots.length, observations.length]).toEqual([1, 100_000])
    let last = ''
    for (const { id } of walkTree(roots)) last = id
    expect(last).toBe('99999')
  })

  it('buildTree() takes a cycle of 100,000', () => {
    const rows = Array.from({ length: 100_000 }, (_, index) =>
      childRow('t', String(index), String((index + 99_999) % 100_000), index),
    )
    expect(treeOf(...rows).roots.map(({ id, placement }) => [id, placement])).toEqual([['0', 'cycle']])
  })
})
