// One end of a request between services, traced with @axion/core and @axion/exporter. `serve` answers one request, `call <url>` makes one.
import { Tracer, withTraceContext } from '@axion/core'
import { configureTracing } from '@axion/exporter'
import { context, propagation } from '@opentelemetry/api'
import { answerOne } from './answer-one.mjs'
import { FIELDS } from './fields.mjs'

const [role, url] = process.argv.slice(2)
const tracing = configureTracing()
const tracer = new Tracer()

if (role === 'serve') {
  await answerOne((headers) =>
    context.with(propagation.extract(context.active(), headers), () =>
      tracer.span('handle', () => tracer.span('look-up', () => {})),
    ),
  )
} else {
  await withTraceContext({ ...FIELDS, baggage: process.env.BAGGAGE === 'yes' }, () =>
    tracer.span('ask', async ({ traceId }) => {
      const headers = {}
      propagation.inject(context.active(), headers)
      await fetch(url, { headers })
      console.log(traceId)
    }),
  )
}
await tracing.flush()
