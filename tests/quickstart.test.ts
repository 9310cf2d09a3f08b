import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { type DevServer, startDevServer } from '@axion/dev-server'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ROOT } from './read-sources.js'
import { environmentWith, runNode } from './run-node.js'
import { temporaryFolder } from './temporary-folder.js'

const EXAMPLE = join(ROOT, 'examples/support-rag/dist/main.js')
const LAST_LINE = /^dataset: 12 items -> (\S+)$/

// What `npm run quickstart` runs once everything is built.
describe('the quickstart', () => {
  let langfuse: DevServer

  beforeAll(async () => {
    langfuse = await startDevServer({ dataDir: await temporaryFolder() })
  })

  afterAll(async () => {
    await langfuse?.close()
  })

  const places: [string, () => Record<string, string>][] = [
    ['a local Langfuse of its own', () => ({})],
    [
      'the Langfuse that the environment names',
      () => ({
        LANGFUSE_BASE_URL: langfuse.url,
        LANGFUSE_PUBLIC_KEY: langfuse.publicKey,
        LANGFUSE_SECRET_KEY: langfuse.secretKey,
      }),
    ],
  ]

  it.each(places)('against %s: ends with a dataset whose items are complete', async (_, env) => {
    const cwd = await temporaryFolder()
    const run = await runNode([EXAMPLE, '--data-dir', 'data'], { env: env(), cwd })

    expect(run.stderr).toBe('')
    expect(run.code).toBe(0)
    const path = LAST_LINE.exec(run.stdout.trimEnd().split('\n').at(-1) ?? '')?.[1] ?? ''
    const lines = (await readFile(join(cwd, path), 'utf8')).trimEnd().split('\n')
    const items = lines.map((line) => JSON.parse(line))
    expect(items).toHaveLength(12)
    for (const item of items) {
      expect(item.query).toMatch(/\?$/)
      expect(item.actualOutput).toMatch(/\S/)
      expect(item.traceId).toMatch(/^[0-9a-f]{32}$/)
      expect(item.observationId).toMatch(/^[0-9a-f]{16}$/)
      expect(item.sessionId).toMatch(/^(newcomer|operations|evaluation)-run-/)
    }
    expect(new Set(items.map(({ sessionId }) => sessionId)).size).toBe(3)
    const failed = items.filter(({ metadata }) => metadata.level === 'ERROR')
    expect(failed.map(({ query, metadata }) => [query, metadata.statusMessage])).toEqual([
      [
        'How do I descale the office coffee machine?',
        'No document answers "How do I descale the office coffee machine?"',
      ],
    ])
  })

  it('with a model that says everything in its own words: the same question fails, because no document speaks of it', async () => {
    const model = await startModel('I am sorry, I would not know.')
    const run = await runNode([EXAMPLE, '--data-dir', await temporaryFolder()], {
      env: { OPENAI_API_KEY: 'sk-test', OPENAI_BASE_URL: model.url },
    })
    await model.close()
    expect(run.stderr).toBe('')
    expect(run.stdout).toMatch(/12 questions asked, 11 answered/)
    expect(run.stdout.trimEnd().split('\n').at(-1)).toMatch(LAST_LINE)
  })

  it('--keep leaves the server running, with a page behind the link it prints, until it is told to stop', async () => {
    const child = spawn(process.execPath, [EXAMPLE, '--keep', '--data-dir', await temporaryFolder()], {
      env: environmentWith({}),
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    let viewer = ''
    const exports: string[] = []
    for await (const line of createInterface({ input: child.stdout })) {
      viewer = /^viewer: (\S+)$/.exec(line)?.[1] ?? viewer
      if (line.startsWith('  export ')) exports.push(line)
      if (LAST_LINE.test(line)) break
    }
    const login = await fetch(viewer, { redirect: 'manual' })
    const cookie = login.headers.get('set-cookie')?.split(';')[0] ?? ''
    const page = await fetch(new URL('/viewer/api/traces', viewer), { headers: { cookie } })
    expect(page.status).toBe(200)
    expect(await page.text()).toContain('support-question')
    expect(exports.map((line) => line.split('=')[0])).toEqual([
      '  export LANGFUSE_BASE_URL',
      '  export LANGFUSE_PUBLIC_KEY',
      '  export LANGFUSE_SECRET_KEY',
    ])

    child.kill('SIGTERM')
    const [code] = await once(child, 'close')
    expect(code).toBe(0)
  })
})

/** An OpenAI-compatible endpoint that gives one answer to everything, streamed. */
async function startModel(answer: string): Promise<{ url: string; close(): Promise<void> }> {
  const server = createServer((request, response) => {
    request.resume().once('end', () => {
      const chunk = { id: 'c', object: 'chat.completion.chunk', created: 0, model: 'm' }
      const choices = [{ index: 0, delta: { content: answer }, finish_reason: 'stop' }]
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      response.end(`data: ${JSON.stringify({ ...chunk, choices })}\n\ndata: [DONE]\n\n`)
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return {
    url: `http://127.0.0.1:${port}/v1`,
    close: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
