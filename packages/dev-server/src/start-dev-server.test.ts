import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import Database from 'libsql'
import { describe, expect, it, onTestFinished } from 'vitest'
import { DevServerError } from './dev-server-error.js'
import { startDevServer } from './start-dev-server.js'
import { exportOf, span, startTestServer, temporaryDirectory } from './test-server.fixture.js'

async function failure(options: Parameters<typeof startDevServer>[0]): Promise<DevServerError> {
  const error = await startDevServer(options).then(
    async (server) => {
      await server.close()
      throw new Error('the server started')
    },
    (reason: unknown) => reason,
  )
  if (!(error instanceof DevServerError)) throw error
  return error
}

describe('startDevServer()', () => {
  it('startDevServer() makes keys and keeps them and the data over a restart', async () => {
    const dataDir = join(temporaryDirectory(), 'new', 'dir')
    const first = await startTestServer({ dataDir })
    expect(first.publicKey).toMatch(/^pk-lf-[0-9a-f]{32}$/)
    expect(first.secretKey).toMatch(/^sk-lf-[0-9a-f]{32}$/)
    expect(first.dataDir).toBe(dataDir)
    await first.ingest(span({}))
    await first.close()
    const second = await startTestServer({ dataDir })
    expect([second.publicKey, second.secretKey]).toEqual([first.publicKey, first.secretKey])
    expect(await second.observations()).toHaveLength(1)
  })

  it.skipIf(process.platform === 'win32')('startDevServer() lets nobody else read what it writes', async () => {
    const dataDir = join(temporaryDirectory(), 'data')
    await startTestServer({ dataDir })
    const modes = ['', 'keys.json', 'axion.db'].map((name) => statSync(join(dataDir, name)).mode & 0o777)
    expect(modes).toEqual([0o700, 0o600, 0o600])
  })

  it.skipIf(process.platform === 'win32')(
    'startDevServer() lets nobody else read a file in an open directory',
    async () => {
      const dataDir = temporaryDirectory()
      chmodSync(dataDir, 0o755)
      const server = await startTestServer({ dataDir })
      await server.ingest(span({}))
      const modes = readdirSync(dataDir).map((name) => [name, statSync(join(dataDir, name)).mode & 0o777])
      // Every file there is while the server runs: the log holds what was sent last.
      expect(Object.fromEntries(modes)).toEqual({ 'axion.db': 0o600, 'axion.db-wal': 0o600, 'keys.json': 0o600 })
      expect(statSync(dataDir).mode & 0o777).toBe(0o755)
    },
  )

  it('startDevServer() leaves no file behind in memory, and has all that a file would have', async () => {
    const here = process.cwd()
    const folder = temporaryDirectory()
    process.chdir(folder)
    onTestFinished(() => process.chdir(here))
    const clock = (): number => Date.parse('2026-11-24T00:00:00Z')
    const retention = { maxAgeMillis: 1000 }
    const server = await startTestServer({ inMemory: true, publicKey: 'pk', clock, retention })
    expect([server.dataDir, server.publicKey]).toEqual([undefined, 'pk'])
    expect(server.secretKey).toMatch(/^sk-lf-[0-9a-f]{32}$/)
    await server.ingest(span({}))
    expect(await server.observations()).toHaveLength(1)
    const content = Buffer.from('a file')
    const sha256Hash = createHash('sha256').update(content).digest('base64')
    const { body } = await server.send('POST', '/api/public/media', {
      ...{ traceId: 't', field: 'input', contentType: 'text/plain', contentLength: content.length, sha256Hash },
    })
    const uploaded = await fetch(body.uploadUrl, {
      method: 'PUT',
      headers: { 'content-type': 'text/plain', 'x-amz-checksum-sha256': sha256Hash },
      body: content,
    })
    expect(uploaded.status).toBe(200)
    const report = { uploadedAt: new Date(clock()).toISOString(), uploadHttpStatus: 200 }
    await server.send('PATCH', `/api/public/media/${body.mediaId}`, report)
    const { body: media } = await server.get(`/api/public/media/${body.mediaId}`)
    expect(await (await fetch(media.url)).text()).toBe('a file')
    await server.close()
    expect(readdirSync(folder)).toEqual([])

    const next = await startTestServer({ inMemory: true })
    expect(next.publicKey).not.toBe(server.publicKey)
    expect(await next.observations()).toEqual([])
  })

  it('startDevServer() takes the keys it is given and writes none', async () => {
    const dataDir = temporaryDirectory()
    const server = await startTestServer({ dataDir, publicKey: 'pk-mine', secretKey: 'sk-mine' })
    expect([server.publicKey, server.secretKey]).toEqual(['pk-mine', 'sk-mine'])
    expect((await server.get('/api/public/projects')).status).toBe(200)
    expect(() => statSync(join(dataDir, 'keys.json'))).toThrow('ENOENT')
  })

  it('startDevServer() refuses a second server on the same directory, and starts when the first is closed', async () => {
    const dataDir = temporaryDirectory()
    const first = await startTestServer({ dataDir })
    const error = await failure({ dataDir })
    expect(error).toMatchObject({ code: 'store_in_use', path: join(dataDir, 'axion.db') })
    expect(error.message).toContain('another dev-server holds it')
    await first.close()
    const second = await startTestServer({ dataDir })
    expect((await second.get('/api/public/health')).status).toBe(200)
  })

  it('startDevServer() says which port is taken', async () => {
    const taken = createServer().listen(0, '127.0.0.1')
    onTestFinished(() => void taken.close())
    await once(taken, 'listening')
    const address = taken.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    const dataDir = temporaryDirectory()
    expect(await failure({ dataDir, port })).toMatchObject({ code: 'port_in_use', port })
    // The failed start left nothing open.
    await startTestServer({ dataDir })
  })

  it.each([
    [{ port: -1 }, 'option port'],
    [{ port: 1.5 }, 'option port'],
    [{ port: 65_536 }, 'option port'],
    [{ host: '' }, 'option host'],
    [{ dataDir: '' }, 'option dataDir'],
    [{ publicKey: 'with space' }, 'option publicKey: must be printable ASCII without spaces and colons'],
    [{ secretKey: 'sk:secret' }, 'option secretKey: must be printable ASCII without spaces and colons'],
    [{ retention: { maxBytes: 0 } }, 'option retention.maxBytes'],
    [{ retention: { maxAgeMillis: 0.5 } }, 'option retention.maxAgeMillis'],
    [{ allowedHosts: ['http://a'] }, 'option allowedHosts.0: must be host:port'],
    [{ allowedOrigins: ['https://a/path'] }, 'option allowedOrigins.0: must be an origin'],
    [{ allowedOrigins: ['*'] }, 'option allowedOrigins.0: must be an origin'],
    [{ inMemory: true }, 'option inMemory: found dataDir beside it, expected one of the two'],
    // Callers without types.
    [{ readOnly: 'yes' as never }, 'option readOnly'],
    [{ clock: 1 as never }, 'option clock: must be a function'],
    [
      { prot: 1 } as object,
      'option prot: is not known: expected one of port, host, dataDir, inMemory, publicKey, secretKey, allowedHosts, allowedOrigins, readOnly, legacy, retention, clock',
    ],
  ])('startDevServer() refuses %j', async (options, message) => {
    const error = await failure({ dataDir: temporaryDirectory(), ...options })
    expect(error.code).toBe('invalid_options')
    expect(error.message).toContain(`Cannot start the dev-server: ${message}`)
    expect(error.message).not.toContain('secret"')
  })

  it('startDevServer() gives an address that can be called when it listens everywhere', async () => {
    const server = await startTestServer({ host: '0.0.0.0' })
    expect(server.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
    expect((await server.get('/api/public/projects')).status).toBe(200)
  })

  it('startDevServer() says that an address cannot be listened on', async () => {
    expect(await failure({ dataDir: temporaryDirectory(), host: 'no-such-host.invalid' })).toMatchObject({
      code: 'listen_failed',
    })
  })

  it.each([
    [
      'a file where the directory should be',
      (dir: string) => writeFileSync(join(dir, 'data'), ''),
      'data_dir_unusable',
    ],
    [
      'a database that is none',
      (dir: string) => {
        mkdirSync(join(dir, 'data'))
        writeFileSync(join(dir, 'data', 'axion.db'), 'not a database '.repeat(500))
      },
      'corrupt_store',
    ],
    [
      'keys that are none',
      (dir: string) => {
        mkdirSync(join(dir, 'data'))
        writeFileSync(join(dir, 'data', 'keys.json'), '{"publicKey":7}')
      },
      'corrupt_store',
    ],
    [
      'a directory where the database should be',
      (dir: string) => mkdirSync(join(dir, 'data', 'axion.db'), { recursive: true }),
      'data_dir_unusable',
    ],
  ])('startDevServer() refuses %s', async (_what, prepare, code) => {
    const directory = temporaryDirectory()
    prepare(directory)
    expect(await failure({ dataDir: join(directory, 'data') })).toMatchObject({ code })
  })

  it('startDevServer() refuses a database that a newer version wrote', async () => {
    const dataDir = temporaryDirectory()
    const db = new Database(join(dataDir, 'axion.db'))
    db.exec('PRAGMA user_version = 99')
    db.close()
    const error = await failure({ dataDir })
    expect(error.code).toBe('newer_schema')
    expect(error.message).toContain('its schema is version 99')
  })

  it('startDevServer() keeps what it acknowledged when it is killed, and frees the lock', async () => {
    const dataDir = temporaryDirectory()
    // A child process runs what is published, so the package must be built, which the test command does first.
    const entry = new URL('../dist/index.js', import.meta.url).href
    const program = `const { startDevServer } = await import(${JSON.stringify(entry)})
      const server = await startDevServer({ dataDir: ${JSON.stringify(dataDir)} })
      console.log(JSON.stringify({ url: server.url, publicKey: server.publicKey, secretKey: server.secretKey }))`
    const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    onTestFinished(() => void child.kill('SIGKILL'))
    const [line] = await once(createInterface({ input: child.stdout }), 'line')
    const { url, publicKey, secretKey } = JSON.parse(String(line))
    const authorization = `Basic ${Buffer.from(`${publicKey}:${secretKey}`).toString('base64')}`
    const spans = Array.from({ length: 500 }, (_, index) => span({ spanId: `s${index}` }))
    const response = await fetch(`${url}/api/public/otel/v1/traces`, {
      method: 'POST',
      headers: { authorization, 'content-type': 'application/json' },
      body: JSON.stringify(exportOf(...spans)),
    })
    expect(response.status).toBe(200)
    child.kill('SIGKILL')
    await once(child, 'exit')
    const server = await startTestServer({ dataDir })
    expect(await server.observations({ limit: '1000' })).toHaveLength(500)
  })
})

describe('close()', () => {
  it('close() finishes a running request, ends idle connections and leaves one file', async () => {
    const dataDir = temporaryDirectory()
    const server = await startTestServer({ dataDir })
    await server.ingest(span({}))
    const body = JSON.stringify(exportOf(span({ spanId: 'late' })))
    const { port } = new URL(server.url)
    const socket = connect(Number(port), '127.0.0.1')
    const authorization = Buffer.from(`${server.publicKey}:${server.secretKey}`).toString('base64')
    const head = `POST /api/public/otel/v1/traces HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nAuthorization: Basic ${authorization}\r\nContent-Type: application/json\r\nExpect: 100-continue\r\nContent-Length: ${body.length}\r\n\r\n`
    let answer = ''
    // "100 Continue" says that the request has begun.
    const begun = new Promise<void>((resolve) => {
      socket.on('data', (chunk) => {
        answer += chunk
        if (answer.includes('100 Continue')) resolve()
      })
    })
    socket.write(head)
    await begun
    const closed = Promise.all([server.close(), server.close()])
    socket.write(body)
    await once(socket, 'close')
    await closed
    expect(answer).toContain('HTTP/1.1 200 OK')
    expect(statSync(join(dataDir, 'axion.db')).size).toBeGreaterThan(4096)
    expect(() => statSync(join(dataDir, 'axion.db-wal'))).toThrow('ENOENT')
    await expect(fetch(server.url)).rejects.toThrow('fetch failed')
    const again = await startTestServer({ dataDir })
    expect((await again.observations()).map(({ id }) => id)).toEqual(['late', 'b7ad6b7169203331'])
  })

  it('close() keeps the keys out of the error of a second start', async () => {
    const dataDir = temporaryDirectory()
    const server = await startTestServer({ dataDir })
    const { secretKey } = JSON.parse(readFileSync(join(dataDir, 'keys.json'), 'utf8'))
    expect(secretKey).toBe(server.secretKey)
    expect((await failure({ dataDir })).message).not.toContain(secretKey)
  })
})
