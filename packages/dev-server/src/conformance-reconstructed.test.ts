import { describe, expect, it } from 'vitest'
import { comparable, recorded, STORAGES, span, startTestServer, type TestServer } from './test-server.fixture.js'

// Only the answers were recorded here. The requests are put together from them, so these tests check the shape and the
// calculated values of an answer, while which attributes lead to it is known from the SDKs.

const RESOURCE = {
  'service.name': 'unknown_service:node',
  'telemetry.sdk.language': 'nodejs',
  'telemetry.sdk.name': 'opentelemetry',
  'telemetry.sdk.version': '2.9.0',
}

async function send(
  server: TestServer,
  scope: { name: string; version?: string },
  resource: object,
  spans: object[],
): Promise<void> {
  const attributes = Object.entries(resource).map(([key, value]) => ({ key, value: { stringValue: value } }))
  const body = { resourceSpans: [{ resource: { attributes }, scopeSpans: [{ scope, spans }] }] }
  expect((await server.send('POST', '/api/public/otel/v1/traces', body)).status).toBe(200)
}

/** Milliseconds of an ISO time, in nanoseconds. */
function nanos(iso: string): string {
  return `${Date.parse(iso)}000000`
}

interface Row {
  id: string
  traceId: string
  parentObservationId: string | null
  startTime: string
  endTime: string
  name: string
}

/** The identity and times of a recorded row, as a span. */
function identity(row: Row): Record<string, unknown> {
  return {
    traceId: row.traceId,
    spanId: row.id,
    ...(row.parentObservationId !== null && { parentSpanId: row.parentObservationId }),
    name: row.name,
    startTimeUnixNano: nanos(row.startTime),
    endTimeUnixNano: nanos(row.endTime),
  }
}

async function expectAnswer(server: TestServer, name: string): Promise<void> {
  const { request, response } = recorded(name)
  const { status, body } = await server.get(request.url)
  expect({ status, body: comparable(body) }).toEqual({ status: 200, body: comparable(response.body) })
}

describe.each(STORAGES)(
  'startDevServer() gives the recorded answers to reconstructed exports, %s',
  (_where, storage) => {
    it('startDevServer() answers SDK spans with all fields, a zero duration being null', async () => {
      const server = await startTestServer(storage)
      const [gen, outer] = recorded('05_v2_observations_sdk_json').response.body.data
      const trace = {
        'user.id': 'u-json',
        'session.id': 's-json',
        'langfuse.trace.name': 'trace-json',
        'langfuse.trace.tags': ['sdk', 'json'],
        'langfuse.version': 'v7',
        'langfuse.trace.metadata.team': 'x',
      }
      await send(server, { name: 'langfuse-sdk', version: '5.11.1' }, RESOURCE, [
        span(identity(gen), {
          ...trace,
          'langfuse.observation.type': 'generation',
          'langfuse.observation.model.name': 'gpt-4o',
          'langfuse.observation.input': '[{"role":"user","content":"hi"}]',
          'langfuse.observation.output': 'hello',
          'langfuse.observation.usage_details': '{"input":3,"output":4}',
        }),
        span(identity(outer), {
          ...trace,
          'langfuse.observation.type': 'span',
          'langfuse.observation.input': '{"q":1}',
          'langfuse.observation.output': '{"a":2}',
          'langfuse.observation.metadata.foo': 'bar',
        }),
      ])
      await expectAnswer(server, '05_v2_observations_sdk_json')
    })

    it('startDevServer() answers without metrics a zero duration as 0', async () => {
      const server = await startTestServer(storage)
      const [gen, outer] = recorded('05_v2_observations_sdk_protobuf').response.body.data
      const trace = {
        'user.id': 'u-proto',
        'session.id': 's-proto',
        'langfuse.trace.name': 'trace-proto',
        'langfuse.trace.tags': ['sdk', 'proto'],
      }
      await send(server, { name: 'langfuse-sdk', version: '5.11.1' }, RESOURCE, [
        span(identity(gen), {
          ...trace,
          'langfuse.observation.type': 'generation',
          'langfuse.observation.model.name': 'gpt-4o',
          'langfuse.observation.input': 'hi',
          'langfuse.observation.output': 'hello',
          'langfuse.observation.usage_details': '{"input":3,"output":4,"total":7}',
        }),
        span(identity(outer), {
          ...trace,
          'langfuse.observation.type': 'span',
          'langfuse.observation.input': '{"q":1}',
          'langfuse.observation.output': '{"a":2}',
        }),
      ])
      await expectAnswer(server, '05_v2_observations_sdk_protobuf')
    })

    it('startDevServer() pages through 25 spans of one millisecond exactly as recorded', async () => {
      const server = await startTestServer(storage)
      const pages = ['06_v2_observations_page1', '06_v2_observations_page2']
      const rows: Row[] = pages.flatMap((name) => recorded(name).response.body.data)
      const [first] = rows
      if (first === undefined) throw new Error('the recording is empty')
      // The other 17 were on later pages, so their ids come after those recorded.
      const later = Array.from({ length: 17 }, (_, index) => ({
        ...first,
        id: `a0000000000000${(10 + index).toString(16)}`,
        name: `q${index}`,
      }))
      await send(
        server,
        { name: 'p' },
        {},
        [...later, ...rows].map((row) => span(identity(row))),
      )
      for (const name of pages) await expectAnswer(server, name)

      const seen: string[] = []
      for (let cursor: string | undefined = ''; cursor !== undefined; ) {
        const query = new URLSearchParams({ traceId: first.traceId, limit: '4', ...(cursor !== '' && { cursor }) })
        const { body } = await server.get(`/api/public/v2/observations?${query}`)
        seen.push(...body.data.map(({ id }: Row) => id))
        cursor = body.meta.cursor
      }
      expect(seen).toHaveLength(25)
      expect(new Set(seen).size).toBe(25)
    })

    it('startDevServer() answers the spans of an experiment', async () => {
      const server = await startTestServer(storage)
      const [inner, root] = recorded('54_v2_observations_of_experiment_trace').response.body.data
      const shared = {
        'langfuse.environment': 'sdk-experiment',
        'langfuse.experiment.id': 'a8be600f28770e8c',
        'langfuse.experiment.metadata': '{"em":"1"}',
        'langfuse.observation.type': 'span',
        'langfuse.observation.input': '3+3',
        'langfuse.observation.output': 'ans 3+3',
      }
      await send(server, { name: 'langfuse-sdk', version: '5.11.1' }, RESOURCE, [
        span(identity(inner), shared),
        span(identity(root), {
          ...shared,
          'langfuse.internal.is_app_root': true,
          'langfuse.observation.metadata.em': '1',
          'langfuse.observation.metadata.experiment_name': 'exp exp-ds-1ada72',
          'langfuse.observation.metadata.experiment_run_name': 'run-1',
          'langfuse.observation.metadata.dataset_id': 'cmwsqwu3z000c6b7ddp79vzu4',
          'langfuse.observation.metadata.dataset_item_id': 'e0cf9f94-3827-4c78-82cb-dcbbb177085d',
        }),
      ])
      await expectAnswer(server, '54_v2_observations_of_experiment_trace')
    })

    it('startDevServer() gives metadata values back with their JSON types', async () => {
      const server = await startTestServer(storage)
      const [row] = recorded('80_v2_observations_metadata_types').response.body.data
      const own = span(identity(row), {
        'langfuse.trace.metadata.tm': 'z',
        'langfuse.observation.metadata': '{"whole":{"deep":1}}',
        'langfuse.observation.metadata.nested.key': 'nk',
        'langfuse.observation.metadata.arr': ['x', 'y'],
        'langfuse.observation.metadata.bool': false,
        'langfuse.observation.metadata.num': 7,
        'langfuse.observation.metadata.plain': 'hello',
        'langfuse.observation.metadata.j': '{"a":[1]}',
        'langfuse.observation.metadata.n': 'null',
        'langfuse.observation.metadata.t': 'true',
        'langfuse.observation.metadata.s1': '1',
        'other.empty': '',
        'other.dbl': 1.5,
      })
      const nested = [
        { key: 'other.bytes', value: { bytesValue: 'aGk=' } },
        { key: 'other.kv', value: { kvlistValue: { values: [{ key: 'k', value: { stringValue: 'v' } }] } } },
      ]
      await send(server, { name: 'p' }, {}, [{ ...own, attributes: [own.attributes, nested].flat() }])
      await expectAnswer(server, '80_v2_observations_metadata_types')
    })

    it('startDevServer() understands the GenAI conventions', async () => {
      const server = await startTestServer(storage)
      const [row] = recorded('81_v2_observations_gen_ai').response.body.data
      await send(server, { name: 'p' }, {}, [
        span(identity(row), {
          'gen_ai.operation.name': 'chat',
          'gen_ai.request.model': 'gpt-4o',
          'gen_ai.response.model': 'gpt-4o-2024-08-06',
          'gen_ai.usage.input_tokens': 10,
          'gen_ai.usage.output_tokens': 5,
          'gen_ai.input.messages': '[{"role":"user","content":"hi"}]',
          'gen_ai.output.messages': '[{"role":"assistant","content":"yo"}]',
        }),
      ])
      await expectAnswer(server, '81_v2_observations_gen_ai')
    })
  },
)
