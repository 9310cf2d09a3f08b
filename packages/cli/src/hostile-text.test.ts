import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type FilledServer, startFilledServer } from './filled-server.fixture.js'
import { environmentOf } from './post-spans.fixture.js'
import { runAxion } from './run-axion.fixture.js'
import { STORED_AT_MILLIS, STORED_WINDOW } from './stored-traces.fixture.js'

const TRACE_ID = '44444444444444444444444444444444'
// Clears the screen, sets the window's title, forges a line, 8-bit CSI, turns the reading direction, hides text.
const HOSTILE = 'a\u001b[2J\u001b]0;owned\u0007\r\nforged\u009b31m\u202egnp.exe\u2066\u200bz'
const INERT = 'a␛[2J␛]0;owned␇␍␊forged<U+009B>31m<U+202E>gnp.exe<U+2066><U+200B>z'
// biome-ignore lint/suspicious/noControlCharactersInRegex: what must not be there.
const ACTIVE = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b\u202a-\u202e\u2066-\u2069]/

describe('axion and text from strangers', () => {
  let filled: FilledServer

  beforeAll(async () => {
    filled = await startFilledServer([
      {
        traceId: TRACE_ID,
        spanId: '4400000000000001',
        name: HOSTILE,
        startMillis: STORED_AT_MILLIS,
        durationMillis: 1,
        attributes: {
          'langfuse.trace.name': HOSTILE,
          'user.id': 'u\u001b[31m',
          'session.id': 's\u202e',
          'langfuse.trace.tags': ['t\u009b'],
          'langfuse.observation.type': 'generation',
          'langfuse.observation.model.name': 'm\u001b[0m',
          'langfuse.observation.input': HOSTILE,
          'langfuse.observation.output': JSON.stringify({ [HOSTILE]: HOSTILE }),
          'langfuse.observation.level': 'ERROR',
          'langfuse.observation.status_message': HOSTILE,
          'langfuse.trace.metadata.key': HOSTILE,
        },
      },
    ])
  })
  afterAll(() => filled.close())

  it('plainText() keeps the table inert', async () => {
    const { stdout, code } = await runAxion(['traces', 'list', ...STORED_WINDOW], environmentOf(filled.server))
    expect(code).toBe(0)
    expect(stdout.split('\n')).toHaveLength(3)
    expect(stdout).not.toMatch(ACTIVE)
    expect(stdout).toContain(`  ${INERT}  ERROR  `)
    expect(stdout).toContain('u␛[31m  s<U+202E>  t<U+009B>')
  })

  it('plainText() keeps the tree inert', async () => {
    const { stdout, code } = await runAxion(['traces', 'get', TRACE_ID], environmentOf(filled.server))
    expect(code).toBe(0)
    expect(stdout).not.toMatch(ACTIVE)
    expect(stdout).toContain('in     a␛[2J␛]0;owned␇ …\n')
    expect(stdout).toContain('error  a␛[2J␛]0;owned␇ …\n')
    expect(stdout).toContain('m␛[0m')
    expect(stdout).not.toContain('\nforged')
  })

  it.each([[['list', ...STORED_WINDOW]], [['get', TRACE_ID]]])(
    'jsonLine() keeps the JSON of %j inert and the same',
    async (args) => {
      const { stdout, code } = await runAxion(['traces', ...args, '--json'], environmentOf(filled.server))
      expect(code).toBe(0)
      expect(stdout).not.toMatch(ACTIVE)
      expect(JSON.parse(stdout)).toMatchObject({
        name: HOSTILE,
        userId: 'u\u001b[31m',
        sessionId: 's\u202e',
        tags: ['t\u009b'],
      })
    },
  )
})
