import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openJournal } from './journal.js'

describe('openJournal()', () => {
  let folder: string
  let path: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'axion-journal-'))
    path = join(folder, 'new', 'journal.jsonl')
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  it('openJournal() knows the next time what was begun and what was done', () => {
    const first = openJournal(path, 'target')
    expect([first.stateOf('a'), first.formerMillis]).toEqual([{ kind: 'unknown' }, 0])
    first.begin(['a', 'b'])
    first.done('a', { spans: 3, scores: 1 })
    first.close()
    expect(statSync(path).mode & 0o777).toBe(0o600)
    const second = openJournal(path, 'target')
    expect(second.formerMillis).toBeGreaterThan(0)
    expect(['a', 'b', 'c'].map((id) => second.stateOf(id))).toEqual([
      { kind: 'pushed', spans: 3, scores: 1 },
      { kind: 'in_doubt' },
      { kind: 'unknown' },
    ])
    // Begun again, because more spans came.
    second.begin(['a'])
    second.close()
    expect(reopened().stateOf('a')).toEqual({ kind: 'in_doubt' })
  })

  function reopened(): ReturnType<typeof openJournal> {
    const journal = openJournal(path, 'target')
    journal.close()
    return journal
  }

  it.each(['{"done":"a","spa', '{"begin":["x"]', 'garbage', '\u0000\u0000', 'é'])(
    'openJournal() cuts off the half line %j that a kill left, and goes on behind the last whole one',
    (half) => {
      const journal = openJournal(path, 'target')
      journal.begin(['a'])
      journal.close()
      const whole = readFileSync(path, 'utf8')
      appendFileSync(path, half)
      const next = openJournal(path, 'target')
      next.done('a', { spans: 1, scores: 0 })
      next.close()
      expect(readFileSync(path, 'utf8')).toBe(`${whole}{"done":"a","spans":1,"scores":0}\n`)
      expect(reopened().stateOf('a')).toMatchObject({ kind: 'pushed' })
    },
  )

  it('openJournal() starts anew when a kill left only half of the first line', () => {
    reopened()
    writeFileSync(path, '{"axionPu')
    expect(reopened().stateOf('a')).toEqual({ kind: 'unknown' })
    expect(readFileSync(path, 'utf8')).toBe('{"axionPush":"target"}\n')
  })

  it.each([
    ['{"axionPush":"other"}\n', /it is that of another project/],
    ['hello\n', /it is no journal of axion push/],
    ['[]\n', /it is no journal of axion push/],
  ])('openJournal() refuses the file %j and leaves it alone', (text, message) => {
    reopened()
    writeFileSync(path, text)
    expect(() => openJournal(path, 'target')).toThrow(message)
    expect(readFileSync(path, 'utf8')).toBe(text)
    expect(existsSync(`${path}.lock`)).toBe(false)
  })

  it('openJournal() passes over lines that say nothing', () => {
    const lines = [
      '{"axionPush":"target"}',
      'nope',
      '{"done":7}',
      '{"done":"a","spans":"1","scores":0}',
      '{"begin":"a"}',
      'null',
    ]
    reopened()
    writeFileSync(path, `${lines.join('\n')}\n`)
    expect(reopened().stateOf('a')).toEqual({ kind: 'unknown' })
  })

  it('openJournal() lets one process at a time in', () => {
    const journal = openJournal(path, 'target')
    expect(() => openJournal(path, 'target')).toThrow(/is pushing with the same journal/)
    journal.close()
    expect(reopened().stateOf('a')).toEqual({ kind: 'unknown' })
    writeFileSync(`${path}.lock`, 'no number')
    expect(reopened().stateOf('a')).toEqual({ kind: 'unknown' })
  })

  it('openJournal() says what the file system has against it', () => {
    writeFileSync(join(folder, 'file'), '')
    expect(() => openJournal(join(folder, 'file', 'x'), 'target')).toThrow(
      /^Cannot use the journal .*: (ENOTDIR|EEXIST): check who owns it, or name another \(--journal\)$/,
    )
  })
})
