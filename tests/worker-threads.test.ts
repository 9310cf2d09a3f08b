import { join } from 'node:path'
import { startDevServer } from '@axion/dev-server'
import { LangfuseTraceLoader } from '@axion/loader'
import { expect, it, onTestFinished } from 'vitest'
import { ROOT } from './read-sources.js'
import { runNode } from './run-node.js'
import { temporaryFolder } from './temporary-folder.js'

it('a trace goes on in a worker thread that is given what propagation.inject() writes, and only there', async () => {
  const { url: baseUrl, publicKey, secretKey, close } = await startDevServer({ dataDir: await temporaryFolder() })
  onTestFinished(() => close())
  const env = { LANGFUSE_BASE_URL: baseUrl, LANGFUSE_PUBLIC_KEY: publicKey, LANGFUSE_SECRET_KEY: secretKey }

  const { code, stdout, stderr } = await runNode([join(ROOT, 'tests/programs/worker-pool.mjs')], { env })

  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  // Each thread prints the traces that began in it.
  const traceIds = stdout.trim().split('\n').flatMap(traceIdsOf)
  const traces = await new LangfuseTraceLoader({ baseUrl, publicKey, secretKey }).fetchTraces({ traceIds })
  const seen = [...traces].map(({ userId, name, observations }) => {
    const nameOf = (wanted: string | null): string | undefined => observations.find(({ id }) => id === wanted)?.name
    return [name, userId, observations.map((span) => [span.name, nameOf(span.parentId)])]
  })
  expect(seen.toSorted(([a], [b]) => String(a).localeCompare(String(b)))).toEqual([
    ['alone for ada', null, [['alone for ada', undefined]]],
    ['alone for bob', null, [['alone for bob', undefined]]],
    [
      'ask of ada',
      'ada',
      [
        ['ask of ada', undefined],
        ['work for ada', 'ask of ada'],
      ],
    ],
    [
      'ask of bob',
      'bob',
      [
        ['ask of bob', undefined],
        ['work for bob', 'ask of bob'],
      ],
    ],
  ])
})

function traceIdsOf(line: string): readonly string[] {
  return JSON.parse(line)
}
