import { describe, expect, it } from 'vitest'
import { DatasetItem } from '../dataset/dataset-item.js'
import { Session } from '../session.js'
import { childRow, rootRow } from '../testing/rows.fixture.js'
import { traceOf } from '../testing/traces.fixture.js'

const turn = (id: string, millis: number, name: string, input: unknown, output: unknown) =>
  traceOf(
    rootRow(id, millis, { traceName: name, input: JSON.stringify(input), output: JSON.stringify(output) }),
    childRow(id, `${id}-tool`, `${id}-root`, millis + 1, {
      type: 'TOOL',
      name: 'search',
      input: '{"q":1}',
      output: '[2]',
    }),
  )
const said = (messages: ReturnType<Session['conversation']>) => messages.map(({ role, content }) => [role, content])

describe('conversation()', () => {
  it('conversation() takes the traces in which something was asked and answered, oldest first', () => {
    const session = new Session('s', [
      turn(
        'b',
        2000,
        'chat',
        [
          { role: 'user', content: 'Hi' },
          { role: 'assistant', content: 'Hello' },
          { role: 'user', content: 'How?' },
        ],
        { response: 'So.' },
      ),
      turn('a', 1000, 'chat', { question: 'Hi' }, 'Hello'),
      turn('silent', 1500, 'job', null, 'done'),
    ])
    expect(said(session.conversation())).toEqual([
      ['user', 'Hi'],
      ['assistant', 'Hello'],
      ['user', 'How?'],
      ['assistant', 'So.'],
    ])
    expect(new DatasetItem({ query: 'q', conversation: session.conversation() }).conversation.length).toBe(4)
  })

  it('conversation() leaves other work of the session out, and keeps a turn that failed', () => {
    const session = new Session('s', [
      turn('a', 1000, 'chat', 'one', '1'),
      turn('title', 1500, 'make-title', 'one', 'A chat of one'),
      turn('b', 2000, 'chat', 'two', null),
      turn('c', 3000, 'chat', 'three', '3'),
    ])
    expect(said(session.conversation())).toEqual([
      ['user', 'one'],
      ['assistant', '1'],
      ['user', 'two'],
      ['user', 'three'],
      ['assistant', '3'],
    ])
    // No name has more than half: nothing is left out.
    const mixed = new Session('s', [turn('a', 1, 'x', 'one', '1'), turn('b', 2, 'y', 'two', '2')])
    expect(mixed.conversation().length).toBe(4)
  })

  it('conversation() takes traces by name, observations by name, and what isTurn says', () => {
    const agent = traceOf(
      rootRow('t', 0, { traceName: 'agent-run' }),
      childRow('t', 'x', 't-root', 1, { name: 'chatTurn', input: 'one', output: '1' }),
      childRow('t', 'x-tool', 'x', 2, { name: 'search', type: 'TOOL' }),
      childRow('t', 'y', 't-root', 3, { name: 'chatTurn', input: 'two', output: '2' }),
    )
    const session = new Session('s', [agent, turn('title', 5000, 'make-title', 'one', 'A title')])
    expect(said(session.conversation({ name: 'make-title' }))).toEqual([
      ['user', 'one'],
      ['assistant', 'A title'],
    ])
    expect(said(session.conversation({ name: /^make/g }))).toEqual([
      ['user', 'one'],
      ['assistant', 'A title'],
    ])
    const turns = session.conversation({ name: 'chat_turn', includeTools: true })
    expect(turns.map(({ content, toolCalls }) => [content, toolCalls.map(({ name }) => name)])).toEqual([
      ['one', []],
      ['1', ['search']],
      ['two', []],
      ['2', []],
    ])
    expect(said(session.conversation({ name: 'chat_turn', isTurn: ({ input }) => input === 'two' }))).toEqual([
      ['user', 'two'],
      ['assistant', '2'],
    ])
    expect(said(session.conversation({ isTurn: (trace) => trace.id === 'title' }))).toEqual([
      ['user', 'one'],
      ['assistant', 'A title'],
    ])
    expect(session.conversation({ name: 'nothing' })).toEqual([])
  })

  it.each([{ isTurn: 5 }, { isturn: () => true }, null])('conversation() refuses %j', (options) => {
    const session = new Session('s', [turn('a', 0, 'chat', 'one', '1')])
    expect(() => session.conversation(options as never)).toThrow(expect.objectContaining({ code: 'invalid_options' }))
  })

  it('conversation() tells of tools only on request', () => {
    const session = new Session('s', [turn('a', 0, 'chat', 'one', '1')])
    expect(session.conversation().map(({ toolCalls }) => toolCalls.length)).toEqual([0, 0])
    expect(session.conversation({ includeTools: true })[1]?.toolCalls).toEqual([
      { id: 'a-tool', name: 'search', input: { q: 1 }, output: [2] },
    ])
  })
})
