import { type Span as ApiSpan, type Context, ROOT_CONTEXT, trace } from '@opentelemetry/api'
import { BasicTracerProvider, type ReadableSpan } from '@opentelemetry/sdk-trace-base'
import { describe, expect, it } from 'vitest'
import { Fates } from './fates.js'

// Spans named with an x are not sent; one that carries `keep` is.
const isKept = ({ name, attributes }: ReadableSpan): boolean => !name.startsWith('x') || attributes.keep === true

function setUp(isClaimed: (context: Context, traceId: string) => boolean = () => false) {
  const fates = new Fates(isKept, isClaimed)
  const ended = new Map<string, ReadableSpan>()
  const provider = new BasicTracerProvider({
    spanProcessors: [
      {
        onStart: (span, context) => fates.started(span, context),
        onEnd: (span) => {
          fates.ended(span)
          ended.set(span.name, span)
        },
        forceFlush: async () => {},
        shutdown: async () => {},
      },
    ],
  })
  const tracer = provider.getTracer('axion')
  const start = (name: string, parent?: ApiSpan, base = ROOT_CONTEXT): ApiSpan =>
    tracer.startSpan(name, {}, parent ? trace.setSpan(base, parent) : base)
  const placeOf = (name: string) => {
    const span = ended.get(name)
    if (!span) throw new Error(`${name} has not ended`)
    const { parent, isFirst } = fates.placeOf(span)
    return { parent: parent?.spanId, isFirst }
  }
  return { start, placeOf }
}

const idOf = (span: ApiSpan): string => span.spanContext().spanId

describe('Fates', () => {
  it('placeOf() leaves a span where it is when its parent is sent', () => {
    const { start, placeOf } = setUp()
    const root = start('root')
    start('child', root).end()
    root.end()
    expect(placeOf('child')).toEqual({ parent: idOf(root), isFirst: false })
    expect(placeOf('root')).toEqual({ parent: undefined, isFirst: true })
  })

  it('placeOf() hangs a span on the nearest ancestor that is sent, whichever of them ended first', () => {
    const { start, placeOf } = setUp()
    const root = start('root')
    const x1 = start('x1', root)
    const x2 = start('x2', x1)
    const early = start('early', x2)
    const late = start('late', x2)
    early.end()
    x2.end()
    x1.end()
    root.end()
    late.end()
    expect(placeOf('early')).toEqual({ parent: idOf(root), isFirst: false })
    expect(placeOf('late')).toEqual({ parent: idOf(root), isFirst: false })
  })

  it('placeOf() makes each first span under an unsent root the first of its trace', () => {
    const { start, placeOf } = setUp()
    const root = start('x')
    const one = start('one', root)
    start('below', one).end()
    one.end()
    start('two', root).end()
    root.end()
    expect(placeOf('one')).toEqual({ parent: undefined, isFirst: true })
    expect(placeOf('two')).toEqual({ parent: undefined, isFirst: true })
    expect(placeOf('below')).toEqual({ parent: idOf(one), isFirst: false })
  })

  it('placeOf() takes a running parent for what it carries by now', () => {
    const { start, placeOf } = setUp()
    const root = start('x root')
    const child = start('child', root)
    root.setAttribute('keep', true)
    child.end()
    expect(placeOf('child')).toEqual({ parent: idOf(root), isFirst: false })
  })

  it('placeOf() keeps a parent in another process, also past unsent spans', () => {
    const remote = { traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), traceFlags: 1, isRemote: true }
    const { start, placeOf } = setUp()
    const incoming = trace.setSpanContext(ROOT_CONTEXT, remote)
    const server = start('x server', undefined, incoming)
    start('below', server).end()
    start('direct', undefined, incoming).end()
    expect(placeOf('below')).toEqual({ parent: remote.spanId, isFirst: true })
    expect(placeOf('direct')).toEqual({ parent: remote.spanId, isFirst: true })
  })

  it('placeOf() leaves the beginning of the trace to the service that claims it', () => {
    const { start, placeOf } = setUp(() => true)
    start('root').end()
    expect(placeOf('root')).toEqual({ parent: undefined, isFirst: false })
  })
})
