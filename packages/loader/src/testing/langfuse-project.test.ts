import { readFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type FixtureProject, startLangfuseProject } from './langfuse-project.fixture.js'

interface Exchange {
  readonly request: { method: string; url: string; body?: Record<string, unknown> }
  readonly response: { status: number; body: unknown }
}

function recorded(name: string): Exchange {
  return JSON.parse(readFileSync(new URL(`../../fixtures/datasets/${name}.json`, import.meta.url), 'utf8'))
}

/** What a value is made of, without what it says: the names of fields and the kinds of values. */
function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.slice(0, 1).map(shapeOf)
  if (typeof value !== 'object' || value === null) return value === null ? 'null' : typeof value
  return Object.fromEntries(
    Object.entries(value)
      .map(([key, inner]) => [key, shapeOf(inner)] as const)
      .sort(),
  )
}

let server: FixtureProject
beforeEach(async () => {
  server = await startLangfuseProject()
})
afterEach(() => server.close())

async function send(exchange: Exchange, ids: Record<string, string> = {}): Promise<{ status: number; body: unknown }> {
  const { publicKey, secretKey } = server.connection
  let { url } = exchange.request
  let body = JSON.stringify(exchange.request.body ?? {})
  for (const [former, id] of Object.entries(ids)) {
    url = url.replaceAll(former, id)
    body = body.replaceAll(former, id)
  }
  const answer = await fetch(server.url + url, {
    method: exchange.request.method,
    headers: { authorization: `Basic ${btoa(`${publicKey}:${secretKey}`)}`, 'content-type': 'application/json' },
    ...(exchange.request.method === 'POST' ? { body } : {}),
  })
  return { status: answer.status, body: await answer.json() }
}

describe('startLangfuseProject()', () => {
  it('startLangfuseProject() answers the recorded requests as Langfuse 4.16 did', async () => {
    const dataset = await send(recorded('30_v2_datasets_post'))
    const item = await send(recorded('31_dataset_items_post'))
    const ids = { cmwsqwrjs00046b7dgswv73sg: 'ds-1', '1335f1e3-7a93-4193-ad98-de96875d955e': 'made-0' }
    const answers: [string, { status: number; body: unknown }][] = [
      ['30_v2_datasets_post', dataset],
      ['31_dataset_items_post', item],
      ['31b_dataset_items_post_with_id', await send(recorded('31b_dataset_items_post_with_id'))],
      ['32_dataset_items_get', await send(recorded('32_dataset_items_get'))],
      ['33_v2_datasets_by_name', await send(recorded('33_v2_datasets_by_name'))],
      ['35_dataset_run_items_post', await send(recorded('35_dataset_run_items_post'), ids)],
      ['36_dataset_run_items_get', await send(recorded('36_dataset_run_items_get'), ids)],
      ['16_ingestion_score_create', await send(recorded('16_ingestion_score_create'))],
      ['17_ingestion_trace_span', await send(recorded('17_ingestion_trace_span'))],
    ]
    for (const [name, answer] of answers) {
      const { status, body } = recorded(name).response
      expect({ name, status: answer.status, shape: shapeOf(answer.body) }).toEqual({
        name,
        status,
        shape: shapeOf(body),
      })
    }
    // Text that is JSON comes back as what it says.
    expect(item.body).toMatchObject({ expectedOutput: 4 })
  })

  it('startLangfuseProject() of a server that stores dataset runs answers as Langfuse did while it wrote both forms', async () => {
    await server.close()
    server = await startLangfuseProject('v3')
    const post = recorded('35_dataset_run_items_post_dual')
    await send(recorded('30_v2_datasets_post'))
    await send(recorded('31_dataset_items_post'))
    const ids = { 'ddad2679-b8b4-4c76-816a-3669bbeb7203': 'made-0', cmwsqeubu0004u37dd8da1ehb: 'ds-1' }
    expect(shapeOf((await send(post, ids)).body)).toEqual(shapeOf(post.response.body))
    const get = recorded('36_dataset_run_items_get_dual')
    const answer = await send(get, ids)
    expect([answer.status, shapeOf(answer.body)]).toEqual([200, shapeOf(get.response.body)])
    expect(answer.body).toMatchObject({ meta: { totalItems: 1 } })
  })
})
