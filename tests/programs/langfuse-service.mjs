// The same end of a request as axion-service.mjs, traced with Langfuse's own packages.
import { LangfuseSpanProcessor } from '@langfuse/otel'
import { propagateAttributes, startActiveObservation } from '@langfuse/tracing'
import { context, propagation, trace } from '@opentelemetry/api'
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks'
import { CompositePropagator, W3CBaggagePropagator, W3CTraceContextPropagator } from '@opentelemetry/core'
import { BasicTracerProvider } from '@opentelemetry/sdk-trace-base'
import { answerOne } from './answer-one.mjs'
import { FIELDS } from './fields.mjs'

const [role, url] = process.argv.slice(2)
const provider = new BasicTracerProvider({ spanProcessors: [new LangfuseSpanProcessor()] })
trace.setGlobalTracerProvider(provider)
context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable())
propagation.setGlobalPropagator(
  new CompositePropagator({ propagators: [new W3CTraceContextPropagator(), new W3CBaggagePropagator()] }),
)

if (role === 'serve') {
  await answerOne((headers) =>
    context.with(propagation.extract(context.active(), headers), () =>
      startActiveObservation('handle', () => startActiveObservation('look-up', () => {})),
    ),
  )
} else {
  await propagateAttributes({ ...FIELDS, asBaggage: process.env.BAGGAGE === 'yes' }, () =>
    startActiveObservation('ask', async ({ traceId }) => {
      const headers = {}
      propagation.inject(context.active(), headers)
      await fetch(url, { headers })
      console.log(traceId)
    }),
  )
}
await provider.forceFlush()
