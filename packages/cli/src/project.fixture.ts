import { createHash } from 'node:crypto'
import type { DevServer } from '@axion/dev-server'
import { basicAuth, postSpans } from './post-spans.fixture.js'
import { GOOD_TRACE_ID, STORED_AT_MILLIS, STORED_SPANS } from './stored-traces.fixture.js'

/** The trace whose input names a file. */
export const MEDIA_TRACE_ID = '55555555555555555555555555555555'
/** The file. */
export const PICTURE: Buffer = Buffer.from('not really a picture, '.repeat(40))

/** Calls the API of a dev-server; throws if it does not answer with success. */
export async function callApi(server: DevServer, method: string, path: string, body?: object): Promise<unknown> {
  const response = await fetch(`${server.url}/api/public${path}`, {
    method,
    headers: { 'content-type': 'application/json', authorization: basicAuth(server) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status}: ${text}`)
  return text === '' ? undefined : JSON.parse(text)
}

/** Fills a dev-server with some of everything that a project has. */
export async function fillProject(server: DevServer): Promise<void> {
  const post = (path: string, body: object): Promise<unknown> => callApi(server, 'POST', path, body)
  const mediaId = await postMedia(server)
  const reference = `@@@langfuseMedia:type=image/png|id=${mediaId}|source=bytes@@@`
  const named = { 'langfuse.trace.name': 'look', 'langfuse.observation.input': `what is ${reference}?` }
  await postSpans(server, [
    ...STORED_SPANS,
    {
      ...{ traceId: MEDIA_TRACE_ID, spanId: '5500000000000001', name: 'look', attributes: named },
      ...{ startMillis: STORED_AT_MILLIS, durationMillis: 5 },
    },
  ])
  await post('/score-configs', {
    name: 'quality',
    dataType: 'NUMERIC',
    minValue: 0,
    maxValue: 1,
    description: 'How good',
  })
  await post('/score-configs', { name: 'helpful', dataType: 'BOOLEAN' })
  const categories = ['bad', 'good'].map((label, value) => ({ label, value }))
  await post('/score-configs', { name: 'mood', dataType: 'CATEGORICAL', categories })
  await post('/v2/prompts', {
    name: 'z/base',
    prompt: 'Be kind.',
    labels: ['production'],
    tags: ['a'],
    config: { t: 0 },
  })
  // Comes before what it holds.
  await post('/v2/prompts', { name: 'answer', prompt: '@@@langfusePrompt:name=z/base|label=production@@@ {{q}}' })
  for (const [index, labels] of [[], ['production'], [], ['staging', 'eu']].entries()) {
    const prompt = [{ role: 'system', content: `Version ${index + 1}` }]
    await post('/v2/prompts', { name: 'chat', type: 'chat', prompt, labels, commitMessage: `number ${index + 1}` })
  }
  await callApi(server, 'DELETE', '/v2/prompts/chat?version=3')
  for (const name of ['support/eval', 'empty'])
    await post('/v2/datasets', { name, description: 'd', metadata: { a: [1] } })
  for (let number = 1; number <= 12; number++) {
    const source = number === 1 ? { sourceTraceId: GOOD_TRACE_ID, sourceObservationId: '1100000000000004' } : {}
    const item = { input: { q: `Why ${number}? ${reference}` }, expectedOutput: 'Because.', metadata: { number } }
    await post('/dataset-items', { id: `item-${number}`, datasetName: 'support/eval', ...item, ...source })
  }
  const { id: promptId } = Object(await callApi(server, 'GET', '/v2/prompts/chat?version=2'))
  for (const [objectType, objectId, content] of [
    ['TRACE', GOOD_TRACE_ID, 'good'],
    ['TRACE', GOOD_TRACE_ID, 'good'],
    ['OBSERVATION', '2200000000000002', 'why?'],
    ['SESSION', 'chat-1', 'a session'],
    ['PROMPT', promptId, 'better than the first'],
  ]) {
    await post('/comments', { projectId: 'axion-local', objectType, objectId, content })
  }
}

/** Everything of a project that a push moves, but for traces, as the API tells it; without what the server gives by itself. */
export async function projectFacts(server: DevServer): Promise<Record<string, unknown>> {
  const list = async (path: string): Promise<Record<string, unknown>[]> => {
    const answer = await callApi(server, 'GET', `${path}${path.includes('?') ? '&' : '?'}limit=100`)
    return Object(answer).data
  }
  const without = (one: Record<string, unknown>, ...names: string[]): Record<string, unknown> =>
    Object.fromEntries(Object.entries(one).filter(([name]) => !['createdAt', 'updatedAt', ...names].includes(name)))
  const sorted = (rows: unknown[]): unknown[] => rows.map((row) => JSON.stringify(row)).sort()
  const versions: Record<string, unknown>[] = []
  for (const { name, versions: numbers } of await list('/v2/prompts')) {
    for (const version of Array.isArray(numbers) ? numbers : []) {
      const path = `/v2/prompts/${encodeURIComponent(String(name))}?version=${version}&resolve=false`
      const one = Object(await callApi(server, 'GET', path))
      // Numbers of versions that were deleted are filled.
      if (!String(one.commitMessage).startsWith('stands for a version that was deleted')) versions.push(one)
    }
  }
  const labels = (one: Record<string, unknown>): unknown[] => Object(one).labels.toSorted()
  const aboutPrompt = new Map(versions.map(({ id, name, version }) => [id, `${name} ${version}`]))
  return {
    configs: sorted((await list('/score-configs')).map((one) => without(one, 'id'))),
    prompts: sorted(versions.map((one) => ({ ...without(one, 'id'), labels: labels(one) }))),
    datasets: sorted((await list('/v2/datasets')).map((one) => without(one, 'id'))),
    items: sorted((await list('/dataset-items')).map((one) => without(one, 'datasetId'))),
    comments: sorted(
      (await list('/comments')).map(({ objectType, objectId, content }) => [
        objectType,
        aboutPrompt.get(objectId) ?? objectId,
        content,
      ]),
    ),
  }
}

/** Reads a file as clients do. */
export async function readMedia(server: DevServer, mediaId: string): Promise<Buffer> {
  const { url } = Object(await callApi(server, 'GET', `/media/${mediaId}`))
  return Buffer.from(await (await fetch(String(url))).arrayBuffer())
}

/** The id that Langfuse gives a file. */
export const PICTURE_ID: string = createHash('sha256').update(PICTURE).digest('base64url').slice(0, 22)

async function postMedia(server: DevServer): Promise<string> {
  const sha256Hash = createHash('sha256').update(PICTURE).digest('base64')
  const contentType = 'image/png'
  const file = { contentType, contentLength: PICTURE.length, sha256Hash }
  const owner = { traceId: MEDIA_TRACE_ID, observationId: '5500000000000001', field: 'input' }
  const { mediaId, uploadUrl } = Object(await callApi(server, 'POST', '/media', { ...owner, ...file }))
  const headers = { 'content-type': contentType, 'x-amz-checksum-sha256': sha256Hash }
  await fetch(uploadUrl, { method: 'PUT', headers, body: new Uint8Array(PICTURE) })
  const result = { uploadedAt: new Date(STORED_AT_MILLIS).toISOString(), uploadHttpStatus: 200 }
  await callApi(server, 'PATCH', `/media/${mediaId}`, result)
  return mediaId
}
