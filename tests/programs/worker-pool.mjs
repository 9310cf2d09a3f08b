// A trace across worker threads: what a worker has to know goes along with the task, as it would with a request.
import { once } from 'node:events'
import { isMainThread, Worker, workerData } from 'node:worker_threads'
import { Tracer, withTraceContext } from '@axion/core'
import { configureTracing } from '@axion/exporter'
import { context, propagation } from '@opentelemetry/api'

const tracing = configureTracing()
const tracer = new Tracer()

async function ask(userId) {
  const headers = {}
  propagation.inject(context.active(), headers)
  await once(new Worker(new URL(import.meta.url), { workerData: { headers, userId } }), 'exit')
}

if (isMainThread) {
  const traceIds = await Promise.all(
    ['ada', 'bob'].map((userId) =>
      withTraceContext({ userId, baggage: true }, () =>
        tracer.span(`ask of ${userId}`, async ({ traceId }) => {
          await ask(userId)
          return traceId
        }),
      ),
    ),
  )
  console.log(JSON.stringify(traceIds))
} else {
  const { headers, userId } = workerData
  // A thread has contexts of its own: without the headers its spans are nobody's.
  tracer.span(`alone for ${userId}`, ({ traceId }) => console.log(JSON.stringify([traceId])))
  context.with(propagation.extract(context.active(), headers), () => tracer.span(`work for ${userId}`, () => {}))
}
await tracing.flush()
