import { type SpanOptions, Tracer } from '@axion/core'
import { type Context, context, trace } from '@opentelemetry/api'
import { isSuppressed } from '../../calls/call-owner.js'
import { type Fields, fieldsOf, textOf } from '../../calls/read-fields.js'
import { readTraceParent, writeTraceParent } from '../../calls/trace-parent.js'
import type { Intercept } from '../../calls/wrap-method.js'
import { recordToolResult } from './record-tool-result.js'

// Loaded with the first call. https://modelcontextprotocol.io/specification/2025-11-25/server/tools

const tracer = new Tracer('base', { name: 'axion.register' })

/** `Client.callTool`. */
export const callTool: Intercept = ({ run, args }) => runTool(context.active(), args[0], () => run())

/**
 * `Protocol.request`. The keys under which a trace goes into `_meta` are those of the protocol:
 * https://modelcontextprotocol.io/seps/414-request-meta
 */
export const request: Intercept = ({ run, args }) => {
  const traceparent = writeTraceParent(context.active())
  const [asked, ...rest] = args
  if (traceparent === undefined || isSuppressed(context.active()) || typeof asked !== 'object' || asked === null)
    return run()
  const { params } = asked as { params?: unknown }
  // What the application gave stays as it is, and what it says of traces itself counts.
  const _meta = { traceparent, ...fieldsOf(fieldsOf(params)._meta) }
  return run([{ ...asked, params: { ...fieldsOf(params), _meta } }, ...rest])
}

type Handler = (request: unknown, ...rest: unknown[]) => unknown

/**
 * `Protocol.setRequestHandler`: a handler works in the trace of the request. It is the last argument, behind what the request is recognised by, and
 * in version 2 perhaps behind schemas, with which it gets the parameters alone.
 */
export const setRequestHandler: Intercept = ({ run, args }) => {
  const handler = args.at(-1)
  if (typeof handler !== 'function') return run()
  const handle: Handler = function (this: unknown, received, ...more) {
    const proceed = (): unknown => Reflect.apply(handler, this, [received, ...more])
    const { mcpReq } = fieldsOf(more[0])
    const { method = fieldsOf(mcpReq).method, params = received } = fieldsOf(received)
    const { traceparent } = { ...fieldsOf(fieldsOf(mcpReq)._meta), ...fieldsOf(fieldsOf(params)._meta) } as Fields
    const parent = readTraceParent(traceparent)
    const at = parent ? trace.setSpanContext(context.active(), parent) : context.active()
    return method === 'tools/call' ? runTool(at, params, proceed) : context.with(at, proceed)
  }
  return run([...args.slice(0, -1), handle])
}

function runTool(at: Context, params: unknown, run: () => unknown): unknown {
  if (isSuppressed(at)) return context.with(at, run)
  const { name, arguments: input } = fieldsOf(params)
  const options: SpanOptions = { type: 'tool', input }
  return context.with(at, () =>
    tracer.span(textOf(name) ?? 'tool', options, async (span) => {
      const result = await run()
      recordToolResult(span, result)
      return result
    }),
  )
}
