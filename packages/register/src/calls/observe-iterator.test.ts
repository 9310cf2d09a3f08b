import { describe, expect, it } from 'vitest'
import type { CallRecord } from './call-record.js'
import type { StreamAssembly } from './model-operation.js'
import { observeIterator } from './observe-iterator.js'

/** Notes what becomes of a call. */
class Notes implements CallRecord {
  readonly lines: unknown[] = []

  run<T>(send: () => T): T {
    return send()
  }

  finish(result: unknown): void {
    this.lines.push(['finish', result])
  }

  fail(error: unknown): void {
    this.lines.push(['fail', error])
  }

  failWith(error: unknown, result: unknown): void {
    this.lines.push(['failWith', error, result])
  }

  end(): void {
    this.lines.push(['end'])
  }

  firstToken(): void {
    this.lines.push(['firstToken'])
  }

  warn(message: string): void {
    this.lines.push(['warn', message])
  }
}

function collect(): StreamAssembly {
  const chunks: unknown[] = []
  return { add: (chunk) => chunks.push(chunk) === 1, result: () => chunks }
}

async function* count(to: number): AsyncGenerator<number, string, unknown> {
  for (let number = 1; number <= to; number += 1) yield number
  return 'done'
}

async function read(iterator: AsyncIterator<unknown>): Promise<unknown[]> {
  const chunks: unknown[] = []
  for await (const chunk of { [Symbol.asyncIterator]: () => iterator }) chunks.push(chunk)
  return chunks
}

const observe = <T extends AsyncIterator<unknown>>(source: T, assembly = collect(), isAborted = false): [T, Notes] => {
  const notes = new Notes()
  return [observeIterator(source, notes, assembly, () => isAborted), notes]
}

describe('observeIterator()', () => {
  it('gives all chunks, and finishes with the last', async () => {
    const [iterator, notes] = observe(count(2))
    expect(await read(iterator)).toEqual([1, 2])
    expect(notes.lines).toEqual([['firstToken'], ['finish', [1, 2]]])
  })

  it('gives the iterator of the library, of which only the steps are others', async () => {
    const source = count(1)
    const [iterator] = observe(source)
    expect(iterator).toBe(source)
    expect(Object.keys(iterator)).toEqual([])
    expect(Object.prototype.toString.call(iterator)).toBe('[object AsyncGenerator]')
    expect(iterator[Symbol.asyncIterator]()).toBe(source)
  })

  it('passes on what a reader sends, and what the end returns', async () => {
    const received: unknown[] = []
    async function* echo(): AsyncGenerator<number, string, string> {
      received.push(yield 1)
      return 'done'
    }
    const [iterator] = observe(echo())
    expect(await iterator.next('a')).toEqual({ done: false, value: 1 })
    expect(await iterator.next('b')).toEqual({ done: true, value: 'done' })
    expect(received).toEqual(['b'])
  })

  it('says that the reader has left', async () => {
    const [iterator, notes] = observe(count(9))
    for await (const _ of iterator) break
    expect(notes.lines).toEqual([['firstToken'], ['warn', 'the application stopped reading'], ['finish', [1]]])
  })

  it('says so of an iterator that knows no leaving', async () => {
    const [iterator, notes] = observe<AsyncIterator<unknown>>({ next: async () => ({ done: false, value: 1 }) })
    for await (const _ of { [Symbol.asyncIterator]: () => iterator }) break
    expect(notes.lines).toContainEqual(['warn', 'the application stopped reading'])
  })

  it('says that the stream was aborted, where the library ends it as if it were whole', async () => {
    const [iterator, notes] = observe(count(1), collect(), true)
    await read(iterator)
    expect(notes.lines).toContainEqual(['warn', 'aborted by the application'])
  })

  it('keeps what had come before an error, and throws that very error', async () => {
    const broken = new Error('broken')
    async function* fail(): AsyncGenerator<number> {
      yield 1
      throw broken
    }
    const [iterator, notes] = observe(fail())
    await expect(read(iterator)).rejects.toBe(broken)
    expect(notes.lines.at(-1)).toEqual(['failWith', broken, [1]])
  })

  it('ends once, whatever a reader does after the end', async () => {
    const [iterator, notes] = observe(count(1))
    await read(iterator)
    await iterator.return('x')
    await iterator.next('x')
    await iterator.throw(new Error('late')).catch(() => {})
    expect(notes.lines.filter((line) => String(line).startsWith('finish'))).toHaveLength(1)
    expect(notes.lines).not.toContainEqual(['warn', 'the application stopped reading'])
  })

  it('passes on an error that the reader throws in, and ends with it', async () => {
    const mine = new Error('mine')
    const [iterator, notes] = observe(count(9))
    await iterator.next('x')
    await expect(iterator.throw(mine)).rejects.toBe(mine)
    expect(notes.lines.at(-1)).toEqual(['failWith', mine, [1]])
  })

  it('keeps steps that are asked for at once in order', async () => {
    const [iterator, notes] = observe(count(2))
    const steps = await Promise.all([iterator.next('a'), iterator.next('b'), iterator.next('c')])
    expect(steps.map(({ value }) => value)).toEqual([1, 2, 'done'])
    expect(notes.lines.at(-1)).toEqual(['finish', [1, 2]])
  })

  it.each<[string, StreamAssembly]>([
    [
      'a chunk cannot be read',
      {
        add: () => {
          throw new Error('no chunk of mine')
        },
        result: () => 'r',
      },
    ],
    [
      'chunks cannot be put together',
      {
        add: () => false,
        result: () => {
          throw new Error('no result of mine')
        },
      },
    ],
  ])('changes nothing for the reader where %s', async (_, assembly) => {
    const [iterator, notes] = observe(count(2), assembly)
    expect(await read(iterator)).toEqual([1, 2])
    expect(notes.lines.at(-1)).toContain('finish')
  })

  it('leaves an iterator that cannot be changed, and ends its record', async () => {
    const frozen = Object.freeze(count(2))
    const [iterator, notes] = observe(frozen)
    expect(await read(iterator)).toEqual([1, 2])
    expect(notes.lines).toEqual([['end']])
  })

  it.each([null, undefined, 'x', 1])('takes a step that is %j as the library gave it', async (step) => {
    // What a broken library gives. The cast is what makes it one.
    const [iterator] = observe({ next: async () => step } as unknown as AsyncIterator<unknown>)
    expect(await iterator.next()).toBe(step)
  })
})
