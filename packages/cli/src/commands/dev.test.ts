import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync, rmSync } from 'node:fs'
import { get } from 'node:http'
import { join } from 'node:path'
import { text as readText } from 'node:stream/consumers'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { temporaryFolder } from '../filled-server.fixture.js'
import { basicAuth } from '../post-spans.fixture.js'
import { MAIN, type RunningAxion, runAxion, startAxion } from '../run-axion.fixture.js'

const JSON_LINE = /^\{.*\}\n$/

describe('axion dev', () => {
  let folder: string
  let started: RunningAxion[]

  beforeEach(() => {
    folder = temporaryFolder()
    started = []
  })
  afterEach(async () => {
    // Only what a failed test left running.
    for (const { child } of started) if (child.exitCode === null) child.kill('SIGKILL')
    await Promise.all(started.map(({ ended }) => ended))
    rmSync(folder, { recursive: true, force: true })
  })

  function dev(...flags: string[]): RunningAxion {
    const running = startAxion(['dev', '--port', '0', '--data-dir', join(folder, 'data'), ...flags])
    started.push(running)
    return running
  }

  it.each(['SIGINT', 'SIGTERM'] as const)('dev() serves until %s and ends with 0', async (signal) => {
    const running = dev('--json')
    const server = JSON.parse(await running.printed(JSON_LINE))
    expect(Object.keys(server)).toEqual(['url', 'publicKey', 'secretKey', 'viewerUrl', 'dataDir'])
    expect(server.dataDir).toBe(join(folder, 'data'))
    const projects = await fetch(`${server.url}/api/public/projects`, { headers: { authorization: basicAuth(server) } })
    expect(projects.status).toBe(200)
    await projects.arrayBuffer()

    running.child.kill(signal)
    expect(await running.ended).toMatchObject({ code: 0, stderr: '' })
    await expect(fetch(`${server.url}/api/public/health`)).rejects.toThrow('fetch failed')
  })

  it('dev() takes the keys that --keys names, and keeps none beside the data', async () => {
    const running = dev('--json', '--keys', 'pk-team:sk-team')
    const server = JSON.parse(await running.printed(JSON_LINE))
    expect(server).toMatchObject({ publicKey: 'pk-team', secretKey: 'sk-team' })
    const headers = { authorization: basicAuth({ publicKey: 'pk-team', secretKey: 'sk-team' }) }
    expect((await fetch(`${server.url}/api/public/projects`, { headers })).status).toBe(200)
    expect(existsSync(join(folder, 'data/keys.json'))).toBe(false)
  })

  it('dev() writes no file with --in-memory, and not with a data directory beside it', async () => {
    const running = startAxion(['dev', '--port', '0', '--in-memory', '--json'], {}, folder)
    started.push(running)
    const server = JSON.parse(await running.printed(JSON_LINE))
    expect(Object.keys(server)).toEqual(['url', 'publicKey', 'secretKey', 'viewerUrl'])
    const headers = { authorization: basicAuth(server), 'content-type': 'application/json' }
    const body = JSON.stringify({ traceId: 't', name: 'n', value: 1 })
    expect((await fetch(`${server.url}/api/public/scores`, { method: 'POST', headers, body })).status).toBe(200)
    running.child.kill('SIGINT')
    expect(await running.ended).toMatchObject({ code: 0, stderr: '' })
    expect(readdirSync(folder)).toEqual([])

    const both = await runAxion(['dev', '--in-memory', '--data-dir', folder])
    expect(both).toMatchObject({ code: 2, stdout: '' })
    expect(both.stderr).toMatch(/^axion: .*--in-memory.*--data-dir.*\n$/)
  })

  it('dev() prints the lines to copy, a link that works, and the same keys at the next start', async () => {
    const first = dev()
    const text = await first.printed(/Ctrl-C stops it\.\n$/)
    const url = capture(text, /^export LANGFUSE_BASE_URL=(http:\/\/127\.0\.0\.1:\d+)$/m)
    const publicKey = capture(text, /^export LANGFUSE_PUBLIC_KEY=(pk-lf-\S+)$/m)
    const secretKey = capture(text, /^export LANGFUSE_SECRET_KEY=(sk-lf-\S+)$/m)
    const env = { LANGFUSE_BASE_URL: url, LANGFUSE_PUBLIC_KEY: publicKey, LANGFUSE_SECRET_KEY: secretKey }
    expect(await runAxion(['traces', 'list', '--json'], env)).toMatchObject({ code: 0, stderr: '' })

    const viewer = await fetch(capture(text, /^ {2}viewer {2}(\S+) {2}\(this link works once\)$/m), {
      redirect: 'manual',
    })
    expect(viewer.headers.get('set-cookie')).toContain('HttpOnly')
    expect(viewer.headers.get('location')).toBe('/')
    await viewer.arrayBuffer()
    first.child.kill('SIGINT')
    expect(await first.ended).toMatchObject({ code: 0, stderr: '' })

    const second = dev('--json')
    expect(JSON.parse(await second.printed(JSON_LINE))).toMatchObject({ publicKey, secretKey })
    second.child.kill('SIGINT')
    expect(await second.ended).toMatchObject({ code: 0 })
  })

  it.each([
    [['--host', '0.0.0.0'], true],
    [['--host', 'localhost'], false],
    [[], false],
  ])('dev() with %j says whether the network is let in: %s', async (flags, isExposed) => {
    const running = dev(...flags)
    const text = await running.printed(/Ctrl-C stops it/)
    expect(text.includes('others on the network reach it, and only the keys protect the data')).toBe(isExposed)
    running.child.kill('SIGTERM')
    expect(await running.ended).toMatchObject({ code: 0, stderr: '' })
  })

  it('dev() hands its flags to the server', async () => {
    const flags = ['--legacy', '--allow-host', 'traces.test:1', 'other.test', '--allow-origin', 'https://app.test']
    const running = dev('--json', '--read-only', '--max-age', '1h', '--max-bytes', '1GB', ...flags)
    const server = JSON.parse(await running.printed(JSON_LINE))
    const headers = { authorization: basicAuth(server) }
    const traces = await fetch(`${server.url}/api/public/traces`, {
      headers: { ...headers, origin: 'https://app.test' },
    })
    expect(await traces.json()).toMatchObject({ data: [] })
    expect(traces.headers.get('access-control-allow-origin')).toBe('https://app.test')
    const refused = await fetch(`${server.url}/api/public/scores`, { method: 'POST', headers, body: '{}' })
    expect(refused.status).toBe(403)
    expect([await statusFor(server.url, 'other.test'), await statusFor(server.url, 'evil.test')]).toEqual([200, 421])
    running.child.kill('SIGTERM')
    expect(await running.ended).toMatchObject({ code: 0, stderr: '' })
  })

  it.each([
    [['--max-age', '7'], /^axion: .*--max-age.*Expected a time such as.*\n$/],
    [['--max-bytes', '1 pound'], /^axion: .*--max-bytes.*Expected a size such as.*\n$/],
    [['--allow-host', 'http://a'], /^axion: .*allowedHosts.*must be host:port\n$/],
    [['--allow-origin', '*'], /^axion: .*allowedOrigins.*must be an origin.*\n$/],
  ])('dev() refuses %j with one line', async (flags, line) => {
    const { code, stdout, stderr } = await runAxion([
      'dev',
      '--port',
      '0',
      '--data-dir',
      join(folder, 'data'),
      ...flags,
    ])
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toMatch(line)
  })

  it('dev() fails with one line when the port or the data directory is taken', async () => {
    const first = dev('--json')
    const { port } = new URL(JSON.parse(await first.printed(JSON_LINE)).url)

    const samePort = await runAxion(['dev', '--port', port, '--data-dir', join(folder, 'other')])
    expect(samePort).toMatchObject({ code: 1, stdout: '' })
    expect(samePort.stderr).toMatch(new RegExp(`^axion: .*127\\.0\\.0\\.1:${port}: the port is in use.*--port 0.*\\n$`))

    const sameData = await runAxion(['dev', '--port', '0', '--data-dir', join(folder, 'data')])
    expect(sameData).toMatchObject({ code: 1, stdout: '' })
    expect(sameData.stderr).toMatch(/^axion: .*another dev-server.*--data-dir\)\n$/)

    first.child.kill('SIGINT')
    expect(await first.ended).toMatchObject({ code: 0 })
  })

  it.runIf(process.platform === 'linux')('dev() says what the disk has against its files', async () => {
    const line = `ulimit -f 16; '${process.execPath}' '${MAIN}' dev --port 0 --data-dir '${join(folder, 'small')}'`
    const child = spawn('sh', ['-c', line], { stdio: ['ignore', 'ignore', 'pipe'] })
    const [stderr, [code]] = await Promise.all([readText(child.stderr), once(child, 'close')])
    expect(code).toBe(1)
    expect(stderr).toMatch(/^axion: Cannot open [^\n]*axion\.db: (disk I\/O error|database or disk is full): [^\n]*\n$/)
  })
})

/** The status of an answer to a request that names another host, which `fetch` does not let anyone do. */
async function statusFor(url: string, host: string): Promise<number | undefined> {
  const [response] = await once(get(`${url}/api/public/health`, { headers: { host } }), 'response')
  response.resume()
  return response.statusCode
}

function capture(text: string, pattern: RegExp): string {
  const [, found] = pattern.exec(text) ?? []
  if (found === undefined) throw new Error(`${pattern} is not in:\n${text}`)
  return found
}
