import assert from 'node:assert/strict'
import { mkdir, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { Dataset } from '@axion/loader'
import { runExport } from './run-export.js'
import { summarizeDocuments } from './summarize-documents.js'
import { withLangfuse } from './with-langfuse.js'

// A day of traces becomes a file of evaluation items, although the machine dies in the middle of the export.
const DOCUMENTS = 400
const FAILED = DOCUMENTS / 5

await withLangfuse(async ({ connection, folder, flush }) => {
  await summarizeDocuments(DOCUMENTS)
  await flush()

  const night = join(folder, 'night')
  const args = [night, new Date(Date.now() + 1000).toISOString()]
  await mkdir(night)
  const first = await runExport(connection, [...args, String(DOCUMENTS / 2)])
  assert.equal(first.signal, 'SIGKILL')
  assert.ok(!(await readdir(night)).includes('items.jsonl'), 'half a file looks like a whole one')
  console.log(`killed in the middle of ${DOCUMENTS} traces`)

  const second = await runExport(connection, args)
  assert.equal(second.report, `exported ${DOCUMENTS - FAILED}`)
  assert.ok(second.traces < DOCUMENTS, 'the second run began anew')
  assert.deepEqual(await readdir(night), ['items.jsonl'])

  const dataset = await Dataset.readJsonl(join(night, 'items.jsonl'), { name: 'nightly' })
  const documents = dataset.items.map(({ query }) => Number(/^Document (\d+)\./.exec(query)?.[1]))
  const expected = Array.from({ length: DOCUMENTS }, (_, number) => number).filter((number) => number % 5 !== 4)
  assert.deepEqual(
    documents.toSorted((a, b) => a - b),
    expected,
  )
  assert.equal(dataset.at(0)?.actualOutput, `Document ${documents[0]} speaks of deliveries.`)
  console.log(`went on and exported ${dataset.length} items, each once; ${FAILED} failed traces left out`)
})
