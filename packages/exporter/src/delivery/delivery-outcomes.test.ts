import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { BasicTracerProvider } from '@opentelemetry/sdk-trace-base'
import { afterEach, describe, expect, it } from 'vitest'
import { createLangfuseSpanProcessor } from '../langfuse-span-processor.js'
import type { LangfuseSpanProcessorOptions } from '../options/exporter-options.js'
import { type Answer, answerOk, type OtlpSink, startOtlpSink } from '../otlp-sink.fixture.js'
import type { AccountedProcessor } from '../pipeline/accounted-processor.js'
import type { TracingReport } from '../report.js'

const sinks: OtlpSink[] = []
const processors: AccountedProcessor[] = []
afterEach(async () => {
  // What is still held would be sent again, to nobody.
  await Promise.all(sinks.splice(0).map((sink) => sink.close()))
  await Promise.all(processors.splice(0).map((processor) => processor.shutdown()))
})

async function sinkThat(answer: Answer): Promise<OtlpSink> {
  const sink = await startOtlpSink(answer)
  sinks.push(sink)
  return sink
}

// The whole pipeline as an application has it, and everything it says.
function pipelineTo(baseUrl: string, options: LangfuseSpanProcessorOptions = {}) {
  const reports: TracingReport[] = []
  const processor = createLangfuseSpanProcessor({
    publicKey: 'pk-lf-1',
    secretKey: 'sk-lf-secret',
    baseUrl,
    onReport: (report) => reports.push(report),
    ...options,
  })
  processors.push(processor)
  const tracer = new BasicTracerProvider({ spanProcessors: [processor] }).getTracer('axion')
  const end = (count: number): void => {
    for (let n = 0; n < count; n++)
      tracer.startSpan('step', { attributes: { 'langfuse.observation.input': 'a prompt' } }).end()
  }
  return { processor, tracer, reports, end, messages: () => reports.map(({ message }) => message) }
}

async function closedPort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  // A server that listens on TCP has this kind of address.
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

// Recorded with a Langfuse 4.16.0 server in events_only mode, shortened: a job, not the OTLP response a collector would give.
const LANGFUSE_ANSWER =
  '{"name":"otel-ingestion-job","data":{"id":"4608a7cd-54c5-40e8-bee6-7cefb53b2b11","timestamp":"2026-11-23T04:08:07.566Z",' +
  '"payload":{"authCheck":{"validKey":true},"ingestionVersion":""}},"opts":{"attempts":6},"progress":0,"returnvalue":null}'

function refusesPoison(status: number): Answer {
  return (response, { spans }) => {
    if (spans.every(({ attributes }) => attributes.poison !== true)) return answerOk(response)
    response.statusCode = status
    response.end()
  }
}

// Servers that never come to an end; how many requests of theirs are still open.
let open = 0
const SILENT: [string, Answer][] = [
  [
    'never answers',
    (response) => {
      open++
      response.on('close', () => open--)
    },
  ],
  [
    'sends a byte now and then',
    (response) => {
      open++
      response.writeHead(200)
      const drip = setInterval(() => response.write(' '), 100)
      response.on('close', () => {
        open--
        clearInterval(drip)
      })
    },
  ],
]

describe('forceFlush()', () => {
  it.each([
    [401, 'Langfuse refused the credentials (401): check LANGFUSE_PUBLIC_KEY and LANGFUSE_SECRET_KEY'],
    [403, 'Langfuse refused the credentials (403): check LANGFUSE_PUBLIC_KEY and LANGFUSE_SECRET_KEY'],
    [404, 'it answered 404, no such endpoint: check LANGFUSE_BASE_URL'],
    [400, 'it answered 400, bad request: is LANGFUSE_BASE_URL right and the server up to date?'],
    [413, 'it answered 413, a single span is too large: put less into the span, or raise the limit of the server'],
  ])('forceFlush() counts spans answered %i as failed and says so in one line, once', async (status, explanation) => {
    const sink = await sinkThat((response) => {
      response.statusCode = status
      response.end('{"message":"a prompt, echoed"}')
    })
    const { processor, end, reports } = pipelineTo(sink.url)
    end(2)
    await processor.forceFlush()
    end(1)
    await processor.forceFlush()
    expect(processor.stats()).toMatchObject({ exported: 0, failed: 3, dropped: 0, spooled: 0, pending: 0 })
    expect(reports).toEqual([
      {
        level: 'error',
        code: 'delivery_failed',
        message: `Cannot send spans to Langfuse at ${sink.url}: ${explanation}`,
      },
    ])
  })

  it('forceFlush() takes the answer of a real Langfuse for what it is, an acceptance', async () => {
    const sink = await sinkThat((response) => {
      response.setHeader('content-type', 'application/json; charset=utf-8').end(LANGFUSE_ANSWER)
    })
    const { processor, end, reports } = pipelineTo(sink.url)
    end(1)
    await processor.forceFlush()
    expect(processor.stats()).toMatchObject({ exported: 1, failed: 0, dropped: 0, spooled: 0, pending: 0 })
    expect(reports).toEqual([])
  })

  it('forceFlush() finds the one span among many that the server answers 400', async () => {
    const { processor, tracer, end } = pipelineTo((await sinkThat(refusesPoison(400))).url)
    end(300)
    tracer.startSpan('poisoned', { attributes: { poison: true } }).end()
    end(200)
    await processor.forceFlush()
    expect(processor.stats()).toMatchObject({ exported: 500, failed: 1, pending: 0 })
  })

  it('forceFlush() does not look for a bad span when the server refuses all of them', async () => {
    const sink = await sinkThat((response) => {
      response.statusCode = 400
      response.end()
    })
    const { processor, end } = pipelineTo(sink.url)
    end(500)
    await processor.forceFlush()
    expect(processor.stats()).toMatchObject({ exported: 0, failed: 500, pending: 0 })
    expect(sink.requests.length).toBeLessThan(25)
  })

  it('forceFlush() delivers every span of a burst in immediate mode, where nothing is dropped', async () => {
    const sink = await sinkThat(answerOk)
    const { processor, end } = pipelineTo(sink.url, { exportMode: 'immediate', concurrency: 4 })
    end(300)
    await processor.forceFlush()
    expect(sink.requests).toHaveLength(300)
    expect(processor.stats()).toMatchObject({ exported: 300, failed: 0, dropped: 0, spooled: 0, pending: 0 })
  })

  it.each<[string, string, string]>([
    ['by its content type', 'text/html; charset=utf-8', '<p>Please sign in</p>'],
    ['by its text', 'application/octet-stream', '\n<!DOCTYPE html><html></html>'],
  ])('forceFlush() takes a page that somebody answers, known %s, for a wrong address', async (_how, type, body) => {
    const sink = await sinkThat((response) => {
      response.setHeader('content-type', type).end(body)
    })
    const { processor, end, reports } = pipelineTo(sink.url)
    end(2)
    await processor.forceFlush()
    expect(processor.stats()).toMatchObject({ exported: 0, failed: 2, dropped: 0, spooled: 0, pending: 0 })
    expect(reports).toEqual([
      {
        level: 'error',
        code: 'delivery_failed',
        message: `Cannot send spans to Langfuse at ${sink.url}: it answered 200 with a web page, so it is not the API: check LANGFUSE_BASE_URL`,
      },
    ])
  })

  it('forceFlush() counts spans as failed that the server rejects in a partial success', async () => {
    const sink = await sinkThat((response) => {
      response.setHeader('content-type', 'application/json')
      response.end('{"partialSuccess":{"rejectedSpans":"2","errorMessage":"a prompt, echoed"}}')
    })
    const { processor, end, messages } = pipelineTo(sink.url)
    end(5)
    await processor.forceFlush()
    expect(processor.stats()).toMatchObject({ exported: 3, failed: 2, dropped: 0, spooled: 0, pending: 0 })
    expect(messages()).toEqual([
      `Cannot send spans to Langfuse at ${sink.url}: it took a request and rejected spans in it: look into the log of the server`,
    ])
  })

  it('forceFlush() resolves within the time-out on a server that is unavailable, and keeps the spans', async () => {
    const sink = await sinkThat((response) => {
      response.statusCode = 503
      response.end()
    })
    const { processor, end, messages } = pipelineTo(sink.url, { timeoutMillis: 700 })
    end(1)
    await processor.forceFlush()
    expect(processor.stats()).toMatchObject({ exported: 0, failed: 0, pending: 1 })
    expect(messages()).toEqual([
      `Cannot send spans to Langfuse at ${sink.url}: it answered 503: it is overloaded or restarting. Spans are kept and sent again.`,
    ])
  })

  it('forceFlush() waits for a retry that succeeds', async () => {
    let requests = 0
    const sink = await sinkThat((response) => {
      requests++
      if (requests > 1) return answerOk(response)
      response.statusCode = 503
      response.setHeader('retry-after', '1').end()
    })
    const { processor, end, reports } = pipelineTo(sink.url)
    end(1)
    await processor.forceFlush()
    expect(processor.stats()).toMatchObject({ exported: 1, failed: 0, dropped: 0, spooled: 0, pending: 0 })
    expect(reports.map(({ level, code }) => [level, code])).toEqual([
      ['warn', 'delivery_delayed'],
      ['info', 'delivery_resumed'],
    ])
  })

  it('forceFlush() names the host and port nobody listens on', async () => {
    const origin = `http://127.0.0.1:${await closedPort()}`
    const { processor, end, messages } = pipelineTo(`${origin}/prefix`, { timeoutMillis: 700 })
    end(2)
    await processor.forceFlush()
    expect(processor.stats()).toMatchObject({ exported: 0, failed: 0, dropped: 0, spooled: 0, pending: 2 })
    expect(messages()).toEqual([
      `Cannot send spans to Langfuse at ${origin}: the connection was refused: is it running, and is LANGFUSE_BASE_URL right? Spans are kept and sent again.`,
    ])
  })

  it.each(SILENT)('forceFlush() gives up on a server that %s', async (_case, answer) => {
    const sink = await sinkThat(answer)
    const { processor, end, messages } = pipelineTo(sink.url, { timeoutMillis: 100 })
    end(1)
    await processor.forceFlush()
    expect(processor.stats()).toMatchObject({ exported: 0, failed: 0, dropped: 0, spooled: 0, pending: 1 })
    expect(messages()).toEqual([
      `Cannot send spans to Langfuse at ${sink.url}: no answer within 100 ms: the server is slow or not the right one; timeoutMillis waits longer. Spans are kept and sent again.`,
    ])
  })

  it('forceFlush() says each reason once when the reasons differ, and counts all', async () => {
    const statuses = [401, 404, 401, 200]
    const sink = await sinkThat((response) => {
      response.statusCode = statuses.shift() ?? 200
      response.end('{}')
    })
    const { processor, end, messages } = pipelineTo(sink.url)
    for (let n = 0; n < 4; n++) {
      end(1)
      await processor.forceFlush()
    }
    expect(processor.stats()).toMatchObject({ exported: 1, failed: 3, dropped: 0, spooled: 0, pending: 0 })
    expect(messages()).toEqual([
      `Cannot send spans to Langfuse at ${sink.url}: Langfuse refused the credentials (401): check LANGFUSE_PUBLIC_KEY and LANGFUSE_SECRET_KEY`,
      `Cannot send spans to Langfuse at ${sink.url}: it answered 404, no such endpoint: check LANGFUSE_BASE_URL`,
    ])
  })

  it('forceFlush() resolves only when a slow answer is there, also for a batch that left on its own', async () => {
    const answers: (() => void)[] = []
    const sink = await sinkThat((response) => answers.push(() => answerOk(response)))
    const { processor, end } = pipelineTo(sink.url, { maxBatchSpans: 2 })
    // A full batch leaves without being asked.
    end(2)
    await expect.poll(() => answers.length).toBe(1)
    let resolved = false
    const flushed = processor.forceFlush().then(() => {
      resolved = true
    })
    await new Promise<void>((resolve) => setImmediate(resolve))
    expect(resolved).toBe(false)
    expect(processor.stats()).toMatchObject({ exported: 0, pending: 2 })
    for (const answer of answers) answer()
    await flushed
    expect(processor.stats()).toMatchObject({ exported: 2, failed: 0, dropped: 0, spooled: 0, pending: 0 })
  })

  it('forceFlush() delivers every span of a burst', async () => {
    const sink = await sinkThat(answerOk)
    const { processor, end, reports } = pipelineTo(sink.url)
    end(20_000)
    expect(processor.stats()).toMatchObject({ exported: 0, failed: 0, dropped: 0, spooled: 0, pending: 20_000 })
    await processor.forceFlush()
    expect(new Set(sink.spans().map(({ spanId }) => spanId)).size).toBe(20_000)
    expect(sink.spans()).toHaveLength(20_000)
    expect(processor.stats()).toMatchObject({ exported: 20_000, failed: 0, dropped: 0, spooled: 0, pending: 0 })
    expect(reports).toEqual([])
  })

  it('forceFlush() accounts for every span of a burst that is larger than the queue', async () => {
    const sink = await sinkThat(answerOk)
    const { processor, end, reports } = pipelineTo(sink.url, { maxQueueSpans: 1000, maxBatchSpans: 100 })
    end(3000)
    expect(processor.stats()).toMatchObject({ dropped: 2000, droppedBy: { queue_full: 2000 }, pending: 1000 })
    await processor.forceFlush()
    expect(sink.spans()).toHaveLength(1000)
    expect(processor.stats()).toMatchObject({ exported: 1000, failed: 0, dropped: 2000, spooled: 0, pending: 0 })
    expect(reports.map(({ level, code }) => [level, code])).toEqual([
      ['warn', 'queue_pressure'],
      ['error', 'spans_dropped'],
    ])
  })

  it('forceFlush() leaves spans for the next one that end while it runs', async () => {
    const answers: (() => void)[] = []
    const sink = await sinkThat((response) => answers.push(() => answerOk(response)))
    const { processor, end } = pipelineTo(sink.url)
    end(1)
    const first = processor.forceFlush()
    await expect.poll(() => answers.length).toBe(1)
    end(1)
    answers[0]?.()
    await first
    expect(processor.stats()).toMatchObject({ exported: 1, failed: 0, dropped: 0, spooled: 0, pending: 1 })
    const second = processor.forceFlush()
    await expect.poll(() => answers.length).toBe(2)
    answers[1]?.()
    await second
    expect(processor.stats()).toMatchObject({ exported: 2, failed: 0, dropped: 0, spooled: 0, pending: 0 })
  })
})

describe('shutdown()', () => {
  it.each(SILENT)('shutdown() resolves and ends its requests on a server that %s', async (_case, answer) => {
    const sink = await sinkThat(answer)
    const { processor, end, messages } = pipelineTo(sink.url, { timeoutMillis: 150, maxBatchSpans: 1, concurrency: 2 })
    end(3)
    await expect(processor.shutdown()).resolves.toBeUndefined()
    expect(processor.stats()).toMatchObject({ exported: 0, failed: 3, dropped: 0, spooled: 0, pending: 0 })
    expect(messages().at(-1)).toBe('Lost 3 spans: Langfuse has not taken them before the shutdown.')
    // Not only our promises: the requests are gone.
    await expect.poll(() => open).toBe(0)
  })

  it('shutdown() sends what is held; spans that end later count as dropped', async () => {
    const sink = await sinkThat(answerOk)
    const { processor, end } = pipelineTo(sink.url)
    end(2)
    await Promise.all([processor.shutdown(), processor.shutdown()])
    expect(processor.stats()).toMatchObject({ exported: 2, failed: 0, dropped: 0, spooled: 0, pending: 0 })
    end(1)
    await processor.forceFlush()
    expect(processor.stats()).toMatchObject({ exported: 2, failed: 0, dropped: 1, spooled: 0, pending: 0 })
    expect(sink.spans()).toHaveLength(2)
  })

  it('shutdown() resolves when the server refuses', async () => {
    const sink = await sinkThat((response) => {
      response.statusCode = 401
      response.end()
    })
    const { processor, end } = pipelineTo(sink.url)
    end(1)
    await expect(processor.shutdown()).resolves.toBeUndefined()
    expect(processor.stats()).toMatchObject({ failed: 1, pending: 0 })
  })
})
