import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type FilledServer, startFilledServer } from '../filled-server.fixture.js'
import { environmentOf } from '../post-spans.fixture.js'
import { type RecordingProxy, startRecordingProxy } from '../recording-proxy.fixture.js'
import { type Run, runAxion, startAxion } from '../run-axion.fixture.js'
import { FAILED_TRACE_ID, GOOD_TRACE_ID, STORED_SPANS, STORED_WINDOW } from '../stored-traces.fixture.js'

describe('axion scores', () => {
  let filled: FilledServer
  let proxy: RecordingProxy

  beforeAll(async () => {
    filled = await startFilledServer(STORED_SPANS)
    proxy = await startRecordingProxy(filled.server)
  })
  afterAll(async () => {
    await proxy.close()
    await filled.close()
  })

  const scores = (...words: string[]): Promise<Run> =>
    runAxion(['scores', ...words], { ...environmentOf(filled.server), LANGFUSE_BASE_URL: proxy.url }, filled.folder)
  const write = (name: string, text: string): void => writeFileSync(join(filled.folder, name), text)
  const list = async (...flags: string[]): Promise<Record<string, unknown>[]> => {
    const run = await scores('list', '--json', ...flags)
    expect({ code: run.code, stderr: run.stderr }).toEqual({ code: 0, stderr: '' })
    return run.stdout
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line))
  }

  it('scoresPush() pushes CSV and JSON Lines, and pushing again replaces', async () => {
    write(
      'scores.csv',
      `\ufefftraceId,observationId,name,value,comment,timestamp\r\n${GOOD_TRACE_ID},,helpful,true,"good, ""very""\r\nindeed",2026-11-02T04:00:00Z\r\n${GOOD_TRACE_ID},1100000000000004,faithfulness,0.25,,\r\n`,
    )
    expect(await scores('push', 'scores.csv')).toEqual({ code: 0, stderr: '', stdout: 'scores: 2 scores pushed\n' })
    write('again.jsonl', `{"traceId":"${GOOD_TRACE_ID}","name":"helpful","value":false,"metadata":{"by":"ada"}}\n\n`)
    expect(JSON.parse((await scores('push', 'again.jsonl', '--json')).stdout)).toEqual({
      scores: 1,
      refused: [],
      dryRun: false,
    })
    const found = await list('--trace', GOOD_TRACE_ID)
    expect(found.sort((a, b) => String(a.name).localeCompare(String(b.name)))).toMatchObject([
      { name: 'faithfulness', dataType: 'NUMERIC', value: 0.25, observationId: '1100000000000004' },
      { name: 'helpful', dataType: 'BOOLEAN', value: false, metadata: { by: 'ada' } },
    ])
  })

  it('scoresPush() checks every line before the first is sent, and names the lines', async () => {
    const lines = [
      '{"traceId":"a","name":"fine","value":1}',
      'no json',
      '{"traceId":"a","name":"n","value":1,"colour":"red"}',
      '{"traceId":"a","sessionId":"s","name":"n","value":1}',
      '{"traceId":"a","name":"fine","value":2}',
      '["a"]',
    ]
    write('wrong.jsonl', lines.join('\n'))
    const before = proxy.writes()
    const run = await scores('push', 'wrong.jsonl')
    expect(run).toMatchObject({ code: 1, stdout: '' })
    expect(run.stderr.split('\n')).toEqual([
      'axion: wrong.jsonl:2: it is not JSON',
      expect.stringMatching(/^axion: wrong\.jsonl:3: there is no field 'colour': expected id, /),
      'axion: wrong.jsonl:4: expected one of traceId, sessionId, datasetRunId: found 2',
      'axion: wrong.jsonl:5: it is the same score as line 1: give each an id of its own',
      'axion: wrong.jsonl:6: it is no JSON object',
      'axion: Cannot push wrong.jsonl: wrong in 5 lines: nothing was sent',
      '',
    ])
    expect(proxy.writes()).toBe(before)
  })

  it('scoresPush() sends nothing with --dry-run, without any keys', async () => {
    write('dry.jsonl', '{"traceId":"a","name":"n","value":1}\n')
    const run = await runAxion(['scores', 'push', 'dry.jsonl', '--dry-run'], {}, filled.folder)
    expect(run).toEqual({ code: 0, stderr: '', stdout: 'scores: 1 score checked, nothing was sent\n' })
  })

  it('scoresPush() reads standard input, and sends again after a lost answer without counting twice', async () => {
    proxy.fault = () => {
      proxy.fault = () => 'pass'
      return 'lose-answer'
    }
    const env = { ...environmentOf(filled.server), LANGFUSE_BASE_URL: proxy.url }
    const { child, ended } = startAxion(['scores', 'push', '-'], env, undefined, 'pipe')
    child.stdin?.end(`{"sessionId":"chat-1","name":"mood","value":"calm"}`)
    expect(await ended).toEqual({ code: 0, stderr: '', stdout: 'scores: 1 score pushed\n' })
    expect(await list('--of-session', 'chat-1')).toMatchObject([{ name: 'mood', value: 'calm', sessionId: 'chat-1' }])
  })

  it('scoresPush() ends with 130 on Ctrl-C while it waits for its input', async () => {
    const env = { ...environmentOf(filled.server), LANGFUSE_BASE_URL: proxy.url }
    const { child, ended } = startAxion(['scores', 'push', '-'], env, undefined, 'pipe')
    // Larger than what a pipe holds: once it is written, the command is reading.
    await new Promise((resolve) => child.stdin?.write(' \n'.repeat(500_000), resolve))
    child.kill('SIGINT')
    expect(await ended).toEqual({ code: 130, stdout: '', stderr: '' })
  })

  it('scoresPush() pushes what the server takes, and says what it refused', async () => {
    const correction = '{"sessionId":"s","name":"fix","value":"x","dataType":"CORRECTION"}'
    write('some.jsonl', `{"traceId":"${FAILED_TRACE_ID}","name":"ok","value":1}\n${correction}\n`)
    const run = await scores('push', 'some.jsonl')
    expect(run).toMatchObject({ code: 1, stdout: 'scores: 1 score pushed\n' })
    expect(run.stderr).toMatch(
      /^axion: score [0-9a-f]{32}: [^\n]*CORRECTION[^\n]*\naxion: Cannot push all of some\.jsonl: the server refused 1 score\n$/,
    )
  })

  it.each([
    [['push', 'none.jsonl'], 1, 'axion: Cannot read none.jsonl: ENOENT: check the path and who may read it\n'],
    [['push', 'scores.txt'], 2, "axion: Invalid file name: it ends in '.txt': expected .jsonl or .csv, or --format\n"],
    [['push', ''], 2, /Expected the path of a file, or - for standard input/],
    [['list', '--trace', 'a', '--tag', 'b'], 2, 'axion: Invalid --trace: it cannot be used with --tag\n'],
    [['list', '--trace', 'a', '--of-session', 'b'], 2, 'axion: Invalid --trace: it cannot be used with --of-session\n'],
  ])('scores %j ends with %i and one line', async (words, code, line) => {
    const run = await scores(...words)
    expect(run).toMatchObject({ code, stdout: '' })
    if (typeof line === 'string') expect(run.stderr).toBe(line)
    else expect(run.stderr).toMatch(line)
  })

  it('scoresList() prints a table of the scores of the traces that fit', async () => {
    const { stdout, code } = await scores('list', ...STORED_WINDOW, '--user', 'ada')
    expect(code).toBe(0)
    const [head, ...rows] = stdout.trimEnd().split('\n')
    expect(head).toMatch(/^TIME +NAME +VALUE +SOURCE +COMMENT +OBSERVATION +TRACE OR SESSION$/)
    expect(rows).toHaveLength(2)
    expect(await list(...STORED_WINDOW, '--score', 'faithfulness')).toMatchObject([{ name: 'faithfulness' }])
    const none = await scores('list', ...STORED_WINDOW, '--tag', 'none')
    expect(none).toMatchObject({ code: 0, stdout: '' })
    expect(none.stderr).toMatch(/^No scores fit\. /)
  })
})
