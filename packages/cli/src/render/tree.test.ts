import { describe, expect, it } from 'vitest'
import { createPaint } from './paint.js'
import { renderTree } from './tree.js'

interface Node {
  readonly title: string
  readonly details?: readonly string[]
  readonly children?: readonly Node[]
}

function draw(roots: readonly Node[], maxColumns = 80): string[] {
  const look = ({ title, details = [] }: Node) => ({
    title,
    details: details.map((text) => ({ text, style: 'plain' as const })),
  })
  return [...renderTree(roots, ({ children = [] }) => children, look, createPaint(false), maxColumns)]
}

describe('renderTree()', () => {
  it('renderTree() draws parents before children with their details', () => {
    const grandchild = { title: 'grandchild', details: ['deep'] }
    const tree = {
      title: 'root',
      details: ['in'],
      children: [
        { title: 'first', details: ['x'], children: [grandchild] },
        { title: 'last', details: ['y'] },
      ],
    }
    expect(draw([tree, { title: 'second root' }])).toEqual([
      'root',
      '│ in',
      '├─ first',
      '│  │ x',
      '│  └─ grandchild',
      '│       deep',
      '└─ last',
      '     y',
      'second root',
    ])
  })

  it('renderTree() cuts details, never titles', () => {
    expect(draw([{ title: 'a long title', details: ['a long detail'] }], 8)).toEqual(['a long title', '  a lon…'])
  })

  it('renderTree() draws nothing for no trees', () => {
    expect(draw([])).toEqual([])
  })

  it('renderTree() stops indenting, and does not overflow, when a tree is 100,000 deep', () => {
    let node: Node = { title: 'leaf' }
    for (let depth = 0; depth < 100_000; depth += 1) node = { title: 'n', children: [node] }
    const lines = draw([node])
    expect(lines).toHaveLength(100_001)
    expect(lines[24]).toBe(`${'   '.repeat(23)}└─ n`)
    expect(lines[100_000]).toBe(`${'   '.repeat(24)}└─ (level 100000) leaf`)
  })
})
