import { execFile, execFileSync } from 'node:child_process'
import { existsSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type FilledServer, startFilledServer } from './filled-server.fixture.js'
import { environmentOf } from './post-spans.fixture.js'
import { runAxion } from './run-axion.fixture.js'
import { STORED_SPANS, STORED_WINDOW } from './stored-traces.fixture.js'

const MAIN = fileURLToPath(new URL('../dist/main.js', import.meta.url))
const COMMAND = ['traces', 'list', ...STORED_WINDOW]
const ESCAPE = '\u001b['

describe('openTerminal()', () => {
  let filled: FilledServer
  let env: Record<string, string>

  beforeAll(async () => {
    filled = await startFilledServer(STORED_SPANS)
    env = environmentOf(filled.server)
  })
  afterAll(() => filled.close())

  // util-linux's `script` gives a command a real pseudo-terminal; other systems have none that takes a command line.
  describe.runIf(process.platform === 'linux' && existsSync('/usr/bin/script'))('on a pseudo-terminal', () => {
    async function onTerminal(columns: number, more: Record<string, string> = {}): Promise<string[]> {
      const line = `stty cols ${columns}; '${process.execPath}' '${MAIN}' ${COMMAND.join(' ')}`
      const { PATH } = process.env
      const options = { env: { PATH, TERM: 'xterm-256color', ...env, ...more } }
      // Not the synchronous form: the server that answers runs in this process.
      const running = promisify(execFile)('/usr/bin/script', ['-qec', line, '/dev/null'], options)
      running.child.stdin?.end()
      return (await running).stdout.trimEnd().split('\r\n')
    }

    it('openTerminal() shows colours', async () => {
      const lines = await onTerminal(200)
      expect(lines[1]).toContain('\u001b[31mERROR\u001b[39m')
      expect(lines).toHaveLength(3)
    })

    it.each([{ NO_COLOR: '1' }, { TERM: 'dumb' }])('openTerminal() shows no colours with %j', async (more) => {
      expect((await onTerminal(200, more)).join('\n')).not.toContain(ESCAPE)
    })

    it('openTerminal() tells the width, so that the table fits and ids stay whole', async () => {
      const [head = '', first = ''] = await onTerminal(112, { NO_COLOR: '1' })
      expect(head.length).toBeLessThanOrEqual(112)
      expect(first).toMatch(/22222222222222222222222222222222$/)
    })

    it('openTerminal() has a bar drawn for what takes time, and taken away', async () => {
      const line = `stty cols 80; '${process.execPath}' '${MAIN}' demo --traces 60 --until 2020-01-01 --days 0.1`
      const options = { env: { PATH: process.env.PATH, TERM: 'xterm-256color', ...env } }
      const running = promisify(execFile)('/usr/bin/script', ['-qec', line, '/dev/null'], options)
      running.child.stdin?.end()
      const { stdout } = await running
      expect(stdout).toContain(`\r${ESCAPE}K█`)
      expect(stdout).toContain(`  60/60 traces sent\r${ESCAPE}Kdemo: 60 traces, `)
    })

    it('createProgress() shows how far dataset push is', async () => {
      const items = Array.from({ length: 150 }, (_, index) => JSON.stringify({ id: `bar-${index}`, query: 'Why?' }))
      writeFileSync(`${filled.folder}/bar.jsonl`, `${items.join('\n')}\n`)
      const line = `stty cols 80; '${process.execPath}' '${MAIN}' dataset push '${filled.folder}/bar.jsonl'`
      const options = { env: { PATH: process.env.PATH, TERM: 'xterm-256color', ...env } }
      const running = promisify(execFile)('/usr/bin/script', ['-qec', line, '/dev/null'], options)
      running.child.stdin?.end()
      const { stdout } = await running
      expect(stdout).toContain(`100/150 items pushed\r${ESCAPE}K`)
      expect(stdout).toContain(`150/150 items pushed\r${ESCAPE}Kdataset: 150 items -> bar `)
    })

    it('openTerminal() cuts nothing when the terminal claims to be 0 columns wide', async () => {
      expect((await onTerminal(0, { NO_COLOR: '1' })).at(-1)).toContain('rag-query  DEFAULT   1.25 s  ada')
    })
  })

  it('openTerminal() shows no colours in a pipe, even when they are forced', async () => {
    const { stdout } = await runAxion(COMMAND, { ...env, FORCE_COLOR: '3' })
    expect(stdout).toContain('ERROR')
    expect(stdout).not.toContain(ESCAPE)
  })

  it.runIf(existsSync('/dev/full'))('openTerminal() fails with one line when the output cannot be written', () => {
    // `dev` needs no server outside of its own process.
    const line = `'${process.execPath}' '${MAIN}' dev --port 0 --data-dir '${filled.folder}/full' > /dev/full`
    const run = (): string => execFileSync('sh', ['-c', line], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
    expect(run).toThrow(
      expect.objectContaining({
        status: 1,
        stderr: 'axion: Cannot write to standard output: ENOSPC: check where it is redirected to\n',
      }),
    )
  })

  it.runIf(existsSync('/dev/full'))('run() says in one line that help cannot be written', () => {
    for (const words of ['--help', '--version', 'traces', 'demo --help', 'help dev']) {
      const line = `'${process.execPath}' '${MAIN}' ${words} > /dev/full`
      const run = (): string =>
        execFileSync('sh', ['-c', line], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
      expect(run, words).toThrow(
        expect.objectContaining({
          status: 1,
          stderr: 'axion: Cannot write to standard output: ENOSPC: check where it is redirected to\n',
        }),
      )
    }
  })
})
