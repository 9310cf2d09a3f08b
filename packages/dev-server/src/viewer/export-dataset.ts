import type { Handler } from 'hono'
import type { DatasetItem } from '../model/dataset-item.js'
import type { HttpEnv } from '../routes/http-env.js'
import type { DatasetStore } from '../store/dataset-store.js'
import { invalidRequest, notFound } from '../wire/api-error.js'
import { encodeCsv } from './encode-csv.js'
import { encodeParquet } from './encode-parquet.js'
import { type ExportedItem, exportedItem } from './exported-item.js'

/** Items that are read at once. */
const PAGE_SIZE = 500

interface Format {
  readonly contentType: string
  encode(items: Iterable<ExportedItem>): AsyncIterable<Uint8Array>
}

const FORMATS: ReadonlyMap<string, Format> = new Map([
  ['jsonl', { contentType: 'application/x-ndjson', encode: encodeJsonLines }],
  ['csv', { contentType: 'text/csv; charset=utf-8', encode: encodeCsv }],
  ['parquet', { contentType: 'application/vnd.apache.parquet', encode: encodeParquet }],
])

/**
 * `GET /viewer/api/datasets/{name}/export?format=…`: the items of a dataset as a file, as they are at this moment, however long the
 * download takes.
 *
 * @param datasets Where they are.
 * @param clock What time it is.
 * @returns The handler, which answers 404 when there is no such dataset, and 400 for an unknown format.
 */
export function exportDataset(
  datasets: DatasetStore,
  clock: () => number,
): Handler<HttpEnv, '/viewer/api/datasets/:name/export'> {
  return (c) => {
    const dataset = datasets.findDataset(c.req.param('name'))
    if (dataset === undefined) throw notFound('No such dataset')
    const format = c.req.query('format') ?? ''
    const { contentType, encode } = FORMATS.get(format) ?? {}
    if (contentType === undefined || encode === undefined) {
      throw invalidRequest(`format is ${JSON.stringify(format)}: expected one of ${[...FORMATS.keys()].join(', ')}`)
    }
    c.header('content-disposition', disposition(`${dataset.name}.${format}`))
    c.header('content-type', contentType)
    return c.body(toStream(encode(itemsAsOf(datasets, dataset.id, clock()))))
  }
}

/** Items are kept in versions, so pages that are read one after the other are of one moment. */
function* itemsAsOf(datasets: DatasetStore, datasetId: string, asOfMillis: number): Generator<ExportedItem> {
  for (let offset = 0; ; offset += PAGE_SIZE) {
    const query = { datasetId, status: 'ACTIVE', asOfMillis } as const
    const { rows }: { rows: readonly DatasetItem[] } = datasets.findItems(query, { limit: PAGE_SIZE, offset })
    for (const item of rows) yield exportedItem(item)
    if (rows.length < PAGE_SIZE) return
  }
}

async function* encodeJsonLines(items: Iterable<ExportedItem>): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder()
  for (const item of items) yield encoder.encode(`${JSON.stringify(item)}\n`)
}

function toStream(chunks: AsyncIterable<Uint8Array>): ReadableStream<Uint8Array> {
  const iterator = chunks[Symbol.asyncIterator]()
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await iterator.next()
      if (done === true) controller.close()
      else controller.enqueue(value)
    },
    async cancel() {
      await iterator.return?.()
    },
  })
}

/** Names may hold slashes, quotes and letters of any script: RFC 6266 has a form for each kind of reader. */
function disposition(fileName: string): string {
  const plain = fileName.replace(/[^\w.-]+/g, '_')
  const encoded = encodeURIComponent(fileName.replaceAll('/', '_')).replace(
    /['()*]/g,
    (mark) => `%${mark.charCodeAt(0).toString(16)}`,
  )
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`
}
