import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Dataset } from '../dataset.js'
import { DatasetItem } from '../dataset-item.js'
import { anyItem } from '../files/any-item.fixture.js'
import type { DatasetItemInput } from '../item-fields.js'
import { type FineTuningOptions, fineTuningExample, writeFineTuning } from './fine-tuning.js'

let directory = ''
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'axion-fine-tuning-'))
})
afterAll(async () => {
  await rm(directory, { recursive: true, force: true })
})

function messagesOf(item: DatasetItemInput, options: FineTuningOptions = {}): unknown {
  return fineTuningExample(new DatasetItem(item), options)?.messages ?? null
}

describe('fineTuningExample()', () => {
  it('fineTuningExample() asks and answers', () => {
    expect(messagesOf({ query: 'Why?', actualOutput: 'So.' }, { system: 'Be brief.' })).toEqual([
      { role: 'system', content: 'Be brief.' },
      { role: 'user', content: 'Why?' },
      { role: 'assistant', content: 'So.' },
    ])
  })

  it.each<[FineTuningOptions['answer'], DatasetItemInput, unknown]>([
    [undefined, { query: 'q', actualOutput: 'a', expectedOutput: 'e' }, 'e'],
    [undefined, { query: 'q', actualOutput: 'a' }, 'a'],
    ['actual', { query: 'q', actualOutput: 'a', expectedOutput: 'e' }, 'a'],
    ['expected', { query: 'q', actualOutput: 'a' }, null],
    ['actual', { query: 'q', expectedOutput: 'e' }, null],
    [undefined, { query: 'q' }, null],
  ])('fineTuningExample() with answer %s of %j teaches %j', (answer, item, taught) => {
    const messages = fineTuningExample(new DatasetItem(item), answer === undefined ? {} : { answer })?.messages
    expect(messages?.at(-1)?.content ?? null).toBe(taught)
  })

  it('fineTuningExample() keeps a conversation, does not ask twice, and teaches the expected answer in place of the last', () => {
    const conversation = [
      { role: 'system', content: 'S' },
      { role: 'user', content: 'Hi' },
      { role: 'assistant', content: 'Hello' },
      { role: 'user', content: 'Why?' },
      { role: 'assistant', content: 'Wrong.' },
    ] as const
    expect(messagesOf({ query: 'Why?', conversation, expectedOutput: 'So.' }, { system: 'other' })).toEqual([
      ...conversation.slice(0, 4),
      { role: 'assistant', content: 'So.' },
    ])
    expect(messagesOf({ query: 'Why?', conversation })).toEqual(conversation)
  })

  it('fineTuningExample() gives every tool call an id and an answer', () => {
    const conversation = [
      { role: 'user', content: 'Weather?' },
      {
        role: 'assistant',
        toolCalls: [
          { name: 'geo', input: { city: 'Bern' } },
          { name: 'now', id: 'n1', input: null, output: { hour: 3 } },
        ],
      },
      { role: 'tool', content: '46.9,7.4' },
      { role: 'assistant', content: 'Cold.' },
    ] as const
    expect(messagesOf({ query: 'Weather?', conversation })).toEqual([
      { role: 'user', content: 'Weather?' },
      {
        role: 'assistant',
        content: null,
        tool_calls: [
          { id: 'call_1', type: 'function', function: { name: 'geo', arguments: '{"city":"Bern"}' } },
          { id: 'n1', type: 'function', function: { name: 'now', arguments: '{}' } },
        ],
      },
      { role: 'tool', tool_call_id: 'call_1', content: '46.9,7.4' },
      { role: 'tool', tool_call_id: 'n1', content: '{"hour":3}' },
      { role: 'assistant', content: 'Cold.' },
    ])
  })

  it('fineTuningExample() makes only what the chat API accepts: answered calls, and an assistant at the end', () => {
    fc.assert(
      fc.property(anyItem, (fields) => {
        const messages = fineTuningExample(new DatasetItem(fields))?.messages ?? []
        const open = new Set<string>()
        for (const message of messages) {
          if (message.role === 'tool') expect(open.delete(message.tool_call_id)).toBe(true)
          else expect([...open]).toEqual([])
          if (message.role === 'assistant') for (const { id } of message.tool_calls ?? []) open.add(id)
        }
        if (messages.length > 0) expect(messages.at(-1)?.role).toBe('assistant')
      }),
    )
  })
})

describe('writeFineTuning()', () => {
  it('writeFineTuning() writes a line for each item with an answer, and counts the others', async () => {
    const path = join(directory, 'tune.jsonl')
    const dataset = Dataset.fromRecords([
      { query: 'a', actualOutput: 'b\n' },
      { query: 'c' },
      { query: 'd', expectedOutput: 'e' },
    ])
    expect(await writeFineTuning(path, dataset)).toEqual({ path, items: 2, skipped: 1 })
    const lines = (await readFile(path, 'utf8')).trimEnd().split('\n')
    expect(lines.map((line) => JSON.parse(line).messages.at(-1).content)).toEqual(['b\n', 'e'])
  })
})
