import { afterEach, describe, expect, it } from 'vitest'
import { type Fault, sendJson } from '../testing/langfuse-server.fixture.js'
import { at, rootRow } from '../testing/rows.fixture.js'
import { failureOf, type Rig, startLoader } from '../testing/start-loader.fixture.js'

const open: Rig[] = []
afterEach(async () => {
  for (const rig of open.splice(0)) await rig.close()
})

async function start(answers: readonly unknown[]): Promise<Rig> {
  const rig = await startLoader({ observations: [rootRow('t', 0)] })
  open.push(rig)
  const answer =
    (body: unknown): Fault =>
    (_, response) => {
      sendJson(response, 200, body)
      return true
    }
  rig.server.faults.push(...answers.map(answer))
  return rig
}

const row = (id: string): unknown => ({ id, traceId: 't', startTime: at(0), type: 'SPAN' })

describe('readPages()', () => {
  it.each<[string, readonly unknown[], number]>([
    [
      'the same cursor again',
      Array.from({ length: 9 }, (_, page) => ({ data: [row(`r${page}`)], meta: { cursor: 'same' } })),
      2,
    ],
    [
      'a ring of cursors',
      Array.from({ length: 9 }, (_, page) => ({ data: [row(`r${page}`)], meta: { cursor: `c${page % 3}` } })),
      4,
    ],
    [
      'new cursors to the same page',
      Array.from({ length: 9 }, (_, page) => ({ data: [row('r')], meta: { cursor: `c${page}` } })),
      2,
    ],
    ['a cursor on an empty page', [{ data: [], meta: { cursor: 'c' } }], 1],
  ])('readPages() ends on %s', async (_, answers, requests) => {
    const { loader, server } = await start(answers)
    const error = await failureOf(loader.fetchTrace('t'))
    expect(error).toMatchObject({ code: 'invalid_response', path: '/api/public/v2/observations' })
    expect(error.message).toContain(`page ${requests} of trace t points back`)
    expect(server.requests.length).toBe(requests)
  })

  it('readPages() says which page and field is wrong', async () => {
    const { loader } = await start([
      { data: [row('a')], meta: { cursor: 'c' } },
      { data: [row('b'), { ...Object(row('c')), startTime: 5 }], meta: {} },
    ])
    const error = await failureOf(loader.fetchTrace('t'))
    expect(error).toMatchObject({ code: 'invalid_response', path: 'data[1].startTime', traceId: 't', status: 200 })
    expect(error.message).toBe(
      'Cannot load traces: page 2 of trace t: data[1].startTime should be an ISO 8601 time or null, found a number',
    )
  })
})
