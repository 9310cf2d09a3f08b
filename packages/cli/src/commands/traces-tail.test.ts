import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { type DevServer, startDevServer } from '@axion/dev-server'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { temporaryFolder } from '../filled-server.fixture.js'
import { environmentOf, postSpans, type TestSpan } from '../post-spans.fixture.js'
import { type RunningAxion, runAxion, startAxion } from '../run-axion.fixture.js'

describe('axion traces tail', () => {
  let folder: string
  let server: DevServer
  let env: Record<string, string>
  let running: RunningAxion | undefined

  beforeEach(async () => {
    folder = temporaryFolder()
    server = await startDevServer({ dataDir: join(folder, 'data') })
    env = environmentOf(server)
  })
  afterEach(async () => {
    if (running?.child.exitCode === null) running.child.kill('SIGKILL')
    await running?.ended
    running = undefined
    await server.close()
    rmSync(folder, { recursive: true, force: true })
  })

  function tail(...flags: string[]): RunningAxion {
    running = startAxion(['traces', 'tail', '--interval', '0.05', ...flags], env)
    return running
  }

  function span(number: number, more: Partial<TestSpan> = {}): TestSpan {
    const digits = String(number).padStart(16, '0')
    return {
      traceId: `${digits}${digits}`,
      spanId: digits,
      name: `job-${number}`,
      startMillis: Date.now() - 1000,
      durationMillis: 10,
      ...more,
    }
  }

  it('tracesTail() shows the newest there are, then each new trace once, and ends with 130 on Ctrl-C', async () => {
    const longAgo = Date.now() - 3 * 86_400_000
    await postSpans(server, [span(1, { startMillis: longAgo }), span(2, { startMillis: longAgo + 1 }), span(3)])
    const { child, ended, printed } = tail('--lines', '2', '--json')
    await printed(/job-3/)
    // It began before the one that was shown last.
    await postSpans(server, [span(4, { startMillis: Date.now() - 600_000 })])
    await printed(/job-4/)
    await postSpans(server, [span(5)])
    await printed(/job-5/)
    child.kill('SIGINT')
    const { code, stdout, stderr } = await ended
    expect({ code, stderr }).toEqual({ code: 130, stderr: '' })
    const names = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line).name)
    expect(names).toEqual(['job-2', 'job-3', 'job-4', 'job-5'])
  })

  it('tracesTail() waits for a server that restarts, and misses nothing', async () => {
    await postSpans(server, [span(1)])
    const { child, ended, printed } = tail()
    await printed(/job-1/)
    await server.close()
    await new Promise<void>((resolve) => {
      running?.child.stderr?.on('data', (text: string) => {
        if (text.includes('waiting for it')) resolve()
      })
    })
    server = await startDevServer({ dataDir: join(folder, 'data'), port: Number(new URL(server.url).port) })
    await postSpans(server, [span(2)])
    await printed(/job-2/)
    child.kill('SIGINT')
    const { code, stdout, stderr } = await ended
    expect(code).toBe(130)
    expect(stdout.match(/job-\d/g)).toEqual(['job-1', 'job-2'])
    expect(stderr).toMatch(/^axion: [^\n]*: waiting for it\n$/)
  })

  it('tracesTail() takes conditions, and shows failures with their message', async () => {
    const failure = {
      'langfuse.observation.level': 'ERROR',
      'langfuse.observation.status_message': 'no \u001b[31mtickets',
      'langfuse.trace.tags': ['keep'],
    }
    await postSpans(server, [span(1), span(2, { attributes: failure })])
    const { child, ended, printed } = tail('--tag', 'keep')
    await printed(/\n/)
    child.kill('SIGTERM')
    const { code, stdout } = await ended
    expect(code).toBe(143)
    expect(stdout).toMatch(/^\S+Z {2}0{15}20{15}2 {2}job-2 +ERROR +10 ms +- {2}no ␛\[31mtickets\n$/)
  })

  it('tracesTail() ends at once when it may not read, or nobody is there from the beginning', async () => {
    const wrong = await runAxion(['traces', 'tail'], { ...env, LANGFUSE_SECRET_KEY: 'sk-lf-wrong' })
    expect(wrong).toMatchObject({ code: 1, stdout: '' })
    expect(wrong.stderr).toMatch(/^axion: [^\n]*401[^\n]*\n$/)
    const nobody = await runAxion(['traces', 'tail', '--base-url', 'http://127.0.0.1:9'], env)
    expect(nobody).toMatchObject({ code: 1, stdout: '' })
    expect(nobody.stderr).toMatch(/^axion: [^\n]+\n$/)
  })

  it('tracesTail() ends with 0 when nobody reads its output', async () => {
    await postSpans(server, [span(1)])
    const { child, ended } = tail()
    child.stdout?.destroy()
    expect(await ended).toEqual({ code: 0, stdout: '', stderr: '' })
  })
})
