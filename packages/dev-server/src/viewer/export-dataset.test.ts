import { parquetReadObjects } from 'hyparquet'
import { describe, expect, it } from 'vitest'
import { startTestServer, type TestServer } from '../test-server.fixture.js'

const ITEMS = [
  { id: 'one', input: { question: 'Wieso?', __proto__x: 1 }, expectedOutput: 'Darum, "so"', metadata: { a: [1] } },
  {
    id: 'two',
    input: '=HYPERLINK("http://evil.example")',
    sourceTraceId: 't',
    sourceObservationId: 'o',
  },
  { id: 'three', input: 'two\nlines', expectedOutput: 4 },
]

/** Readers that do not know the annotation see the text. */
const JSON_COLUMNS = ['input', 'expectedOutput', 'metadata']

async function seed(): Promise<TestServer> {
  let now = Date.parse('2026-11-23T04:00:00Z')
  const server = await startTestServer({ clock: () => now++ })
  await server.send('POST', '/api/public/v2/datasets', { name: 'folder/gold ä' })
  for (const item of ITEMS) {
    await server.send('POST', '/api/public/dataset-items', { datasetName: 'folder/gold ä', ...item })
  }
  await server.send('POST', '/api/public/dataset-items', {
    datasetName: 'folder/gold ä',
    id: 'gone',
    input: 'archived',
    status: 'ARCHIVED',
  })
  return server
}

async function download(server: TestServer, format: string): Promise<Response> {
  const authorization = `Basic ${Buffer.from(`${server.publicKey}:${server.secretKey}`).toString('base64')}`
  const path = `/viewer/api/datasets/${encodeURIComponent('folder/gold ä')}/export?format=${format}`
  return fetch(server.url + path, { headers: { authorization } })
}

const row = (id: string, item: object): object => ({
  ...{ id, input: null, expectedOutput: null, metadata: null, sourceTraceId: null, sourceObservationId: null },
  ...{ createdAt: expect.anything(), ...item },
})

describe('exportDataset()', () => {
  it('exportDataset() writes JSON Lines, the newest first, without archived items', async () => {
    const response = await download(await seed(), 'jsonl')
    expect(response.headers.get('content-type')).toBe('application/x-ndjson')
    expect(response.headers.get('content-disposition')).toBe(
      `attachment; filename="folder_gold_.jsonl"; filename*=UTF-8''folder_gold%20%C3%A4.jsonl`,
    )
    const lines = (await response.text()).trimEnd().split('\n')
    expect(lines.map((line) => JSON.parse(line))).toEqual(ITEMS.toReversed().map((item) => row(item.id, item)))
  })

  it('exportDataset() writes CSV that no spreadsheet runs', async () => {
    const text = await (await download(await seed(), 'csv')).text()
    expect(text.replace(/2026-\S*Z$/gm, 'TIME')).toBe(
      [
        'id,input,expectedOutput,metadata,sourceTraceId,sourceObservationId,createdAt',
        'three,"two\nlines",4,,,,TIME',
        `two,"'=HYPERLINK(""http://evil.example"")",,,t,o,TIME`,
        `one,"{""question"":""Wieso?"",""__proto__x"":1}","Darum, ""so""","{""a"":[1]}",,,TIME`,
        '',
      ].join('\n'),
    )
  })

  it('exportDataset() writes Parquet with columns of JSON', async () => {
    const file = await (await download(await seed(), 'parquet')).arrayBuffer()
    const rows = await parquetReadObjects({ file })
    const parsed = rows.map((each) => ({
      ...each,
      ...Object.fromEntries(JSON_COLUMNS.map((name) => [name, JSON.parse(each[name] ?? 'null')])),
    }))
    expect(parsed).toEqual(ITEMS.toReversed().map((item) => row(item.id, item)))
    expect(rows[0]?.createdAt).toBeInstanceOf(Date)
  })

  it('exportDataset() writes all of a large dataset, as it was when the download began', async () => {
    const server = await startTestServer()
    await server.send('POST', '/api/public/v2/datasets', { name: 'large' })
    const add = (id: string, input: string): Promise<unknown> =>
      server.send('POST', '/api/public/dataset-items', { datasetName: 'large', id, input })
    for (let index = 0; index < 1203; index++) await add(`item-${index}`, `${index}`)
    const authorization = `Basic ${Buffer.from(`${server.publicKey}:${server.secretKey}`).toString('base64')}`
    for (const format of ['jsonl', 'csv']) {
      const response = await fetch(`${server.url}/viewer/api/datasets/large/export?format=${format}`, {
        headers: { authorization },
      })
      const lines = (await response.text()).trimEnd().split('\n')
      expect(lines).toHaveLength(format === 'csv' ? 1204 : 1203)
    }
    const response = await fetch(`${server.url}/viewer/api/datasets/large/export?format=parquet`, {
      headers: { authorization },
    })
    expect(await parquetReadObjects({ file: await response.arrayBuffer() })).toHaveLength(1203)
  })

  it('exportDataset() is of one moment, whatever changes while it is read', async () => {
    const server = await startTestServer()
    await server.send('POST', '/api/public/v2/datasets', { name: 'moving' })
    const input = 'x'.repeat(40_000)
    const add = (id: string): Promise<unknown> =>
      server.send('POST', '/api/public/dataset-items', { datasetName: 'moving', id, input })
    // More than sockets hold: the server goes on when the reader does.
    for (let index = 0; index < 700; index++) await add(`item-${index}`)
    const authorization = `Basic ${Buffer.from(`${server.publicKey}:${server.secretKey}`).toString('base64')}`
    const response = await fetch(`${server.url}/viewer/api/datasets/moving/export?format=jsonl`, {
      headers: { authorization },
    })
    await add('too-late')
    await server.send('DELETE', '/api/public/dataset-items/item-0', undefined)
    const lines = (await response.text()).trimEnd().split('\n')
    const ids = lines.map((line) => String(JSON.parse(line).id))
    expect(ids.sort()).toEqual(Array.from({ length: 700 }, (_, index) => `item-${index}`).sort())
  })

  it.each([
    ['xlsx', 400],
    ['', 400],
  ])('exportDataset() refuses the format %j', async (format, status) => {
    expect((await download(await seed(), format)).status).toBe(status)
  })

  it('exportDataset() answers 404 for an unknown dataset', async () => {
    const server = await seed()
    expect((await server.get('/viewer/api/datasets/none/export?format=csv')).status).toBe(404)
    expect((await server.get('/viewer/api/datasets/none')).status).toBe(404)
    expect((await server.get('/viewer/api/dataset-items/none')).status).toBe(404)
  })
})

describe('showDatasetPage()', () => {
  it('showDatasetPage() gives the beginnings of items, page by page, and showItem() all of one', async () => {
    const server = await seed()
    const path = `/viewer/api/datasets/${encodeURIComponent('folder/gold ä')}`
    const { body } = await server.get(path)
    expect(body).toMatchObject({ dataset: { name: 'folder/gold ä' }, total: 3 })
    expect(body.items).toMatchObject([
      { id: 'three', inputStart: 'two\nlines', expectedStart: '4', sourceTraceId: null },
      { id: 'two', sourceTraceId: 't', sourceObservationId: 'o' },
      { id: 'one', inputStart: '{"question":"Wieso?","__proto__x":1}' },
    ])
    expect((await server.get(`${path}?skip=2`)).body.items).toMatchObject([{ id: 'one' }])
    expect((await server.get(`${path}?skip=-1`)).body.items).toHaveLength(3)
    expect((await server.get('/viewer/api/dataset-items/one')).body).toMatchObject({
      ...{
        id: 'one',
        datasetName: 'folder/gold ä',
        status: 'ACTIVE',
        expectedOutput: 'Darum, "so"',
        metadata: '{"a":[1]}',
      },
    })
    expect((await server.get('/viewer/api/dataset-rows')).body.datasets).toMatchObject([
      { name: 'folder/gold ä', itemCount: 3, description: '' },
    ])
  })
})
