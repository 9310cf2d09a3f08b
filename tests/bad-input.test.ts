import { readdir } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { type DevServer, startDevServer } from '@axion/dev-server'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ROOT } from './read-sources.js'
import { runNode } from './run-node.js'
import { temporaryFolder } from './temporary-folder.js'

const EXAMPLE = join(ROOT, 'examples/support-rag/dist/main.js')

// The example as a child process with an environment that is wrong in one way: one clear line, exit code 1, no stack, no file.
describe('the example with bad input', () => {
  let server: DevServer
  let closedPort: number

  beforeAll(async () => {
    server = await startDevServer({ dataDir: await temporaryFolder() })
    closedPort = await freePort()
  })

  afterAll(async () => {
    await server?.close()
  })

  const rows: [string, () => Record<string, string>, RegExp][] = [
    ['wrong keys', () => keys({ LANGFUSE_SECRET_KEY: 'sk-lf-wrong' }), /401.*LANGFUSE_SECRET_KEY/],
    ['a missing secret key', () => keys({ LANGFUSE_SECRET_KEY: '' }), /LANGFUSE_SECRET_KEY/],
    [
      'a server that is down',
      () => keys({ LANGFUSE_BASE_URL: `http://127.0.0.1:${closedPort}` }),
      /127\.0\.0\.1:\d+ refused the connection .*LANGFUSE_BASE_URL/,
    ],
    ['a port that cannot be', () => keys({ LANGFUSE_BASE_URL: 'http://127.0.0.1:99999' }), /LANGFUSE_BASE_URL|baseUrl/],
    ['a malformed base URL', () => keys({ LANGFUSE_BASE_URL: 'not a url' }), /LANGFUSE_BASE_URL|baseUrl/],
    ['a server that is no Langfuse', () => keys({ LANGFUSE_BASE_URL: `${server.url}/elsewhere` }), /404/],
  ]

  it.each(rows)('%s: one clear line, exit code 1, nothing half-written', async (_, env, message) => {
    const dataDir = await temporaryFolder()
    const run = await runNode([EXAMPLE, '--data-dir', dataDir], { env: env() })

    const lines = run.stderr.trimEnd().split('\n')
    expect(lines).toHaveLength(1)
    expect(lines[0]).toMatch(/^support-rag: /)
    expect(lines[0]).toMatch(message)
    expect(run.stderr).not.toMatch(/^\s+at /m)
    expect(run.stderr).not.toContain(server.secretKey)
    expect(run.stdout).toBe('')
    expect(run.code).toBe(1)
    expect(await readdir(dataDir)).toEqual([])
  })

  it('an argument that it does not know: one clear line, exit code 1', async () => {
    const run = await runNode([EXAMPLE, '--bogus'])
    expect(run.stderr).toMatch(/^support-rag: .*--bogus.*\n$/)
    expect(run.code).toBe(1)
  })

  function keys(changed: Record<string, string>): Record<string, string> {
    return {
      LANGFUSE_BASE_URL: server.url,
      LANGFUSE_PUBLIC_KEY: server.publicKey,
      LANGFUSE_SECRET_KEY: server.secretKey,
      ...changed,
    }
  }
})

/** A port of this machine that nobody listens on. */
async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  if (typeof address !== 'object' || address === null) throw new Error('No address for a free port')
  return address.port
}
