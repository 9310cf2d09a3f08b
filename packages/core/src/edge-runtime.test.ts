import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { createContext, Script } from 'node:vm'
import { beforeAll, describe, expect, it } from 'vitest'

/** As much of esbuild as is used here; its own types are not among this package's dependencies. */
interface Esbuild {
  build(options: object): Promise<{
    readonly outputFiles: readonly { readonly text: string }[]
    readonly metafile: { readonly inputs: Readonly<Record<string, unknown>> }
  }>
}

// Whatever runs here comes from the bundle, as on an edge worker or in a browser: our package, the OpenTelemetry API and a real SDK.
const PROGRAM = `
import { context, trace as otel } from '@opentelemetry/api'
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base'
import { getActiveSpan, getCurrentTracer, Tracer, traced, withTraceContext } from './index.js'

export async function run(script) {
  const exporter = new InMemorySpanExporter()
  otel.setGlobalTracerProvider(new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] }))
  const result = await script({ context, getActiveSpan, getCurrentTracer, otel, Tracer, traced, withTraceContext })
  otel.disable()
  const spans = exporter.getFinishedSpans()
  const nameOf = (id) => spans.find((span) => span.spanContext().spanId === id)?.name ?? null
  return {
    result,
    tree: Object.fromEntries(spans.map((span) => [span.name, nameOf(span.parentSpanContext?.spanId)])),
    traces: new Set(spans.map((span) => span.spanContext().traceId)).size,
    attributes: Object.fromEntries(spans.map((span) => [span.name, span.attributes])),
    statuses: Object.fromEntries(spans.map((span) => [span.name, span.status.message ?? null])),
  }
}
`

/** What stands on the global object of every edge runtime (WinterTC's Minimum Common API), as far as anything here could want it. */
const WEB_GLOBALS = {
  performance,
  setTimeout,
  clearTimeout,
  queueMicrotask,
  ReadableStream,
  TextEncoder,
  URL,
  URLSearchParams,
}

/** What came of a script inside. */
interface Outcome {
  readonly result: unknown
  /** Name of the parent by name of the span. */
  readonly tree: Readonly<Record<string, string | null>>
  readonly traces: number
  readonly attributes: Readonly<Record<string, Readonly<Record<string, unknown>>>>
  readonly statuses: Readonly<Record<string, string | null>>
}

const INPUT = 'langfuse.observation.input'
const OUTPUT = 'langfuse.observation.output'

describe('the package where there is no Node and no AsyncLocalStorage', () => {
  let bundle: Script
  let bundleWithNode: Script
  let inputs: readonly string[]

  beforeAll(async () => {
    ;[bundle, inputs] = await bundled(PROGRAM)
    ;[bundleWithNode] = await bundled(
      `import { addNodeSupport } from './node/add-node-support.js'\naddNodeSupport()\n${PROGRAM}`,
    )
  })

  async function bundled(contents: string): Promise<[Script, readonly string[]]> {
    const esbuild: Esbuild = createRequire(new URL('../../../benchmarks/package.json', import.meta.url))('esbuild')
    const { outputFiles, metafile } = await esbuild.build({
      stdin: { contents, resolveDir: fileURLToPath(new URL('.', import.meta.url)) },
      bundle: true,
      write: false,
      metafile: true,
      format: 'iife',
      globalName: 'axion',
      // A built-in module of Node that anything imports makes this fail.
      platform: 'browser',
      target: 'es2022',
    })
    return [new Script(outputFiles[0]?.text ?? ''), Object.keys(metafile.inputs)]
  }

  /** Runs the body of a function with the package's names in scope, in a global object that has ECMAScript and the web's globals. */
  async function run(body: string, program = bundle): Promise<Outcome> {
    const inside = createContext({ ...WEB_GLOBALS }, { codeGeneration: { strings: false, wasm: false } })
    program.runInContext(inside)
    const names = '{ context, getActiveSpan, getCurrentTracer, otel, Tracer, traced, withTraceContext }'
    const outcome = new Script(`axion.run(async (${names}) => {${body}}).then(JSON.stringify)`).runInContext(inside)
    return JSON.parse(await outcome)
  }

  it('the bundle has the sources of this package and the SDK, and the place has nothing of Node', async () => {
    expect(inputs.filter((path) => path.includes('core/src/')).length).toBeGreaterThan(20)
    expect(inputs.some((path) => path.includes('context-async-hooks'))).toBe(false)
    const { result } = await run(`
      const names = ['process', 'require', 'module', 'Buffer', 'global', 'setImmediate', 'AsyncLocalStorage']
      let evaluates = true
      try { new Function('return 1')() } catch { evaluates = false }
      return [...names.filter((name) => name in globalThis), evaluates]
    `)
    expect(result).toEqual([false])
  })

  it('span.span(), span.startSpan() and the option parent make the tree, across awaits', async () => {
    const { tree, traces, result } = await run(`
      const tracer = new Tracer()
      return tracer.span('root', async (root) => {
        await Promise.resolve()
        const answer = await root.span('child', async (child) => {
          await new Promise((resolve) => setTimeout(resolve, 0))
          child.startSpan('by startSpan').end()
          return tracer.span('by option', { parent: child }, (span) => span.span('below', () => 'answer'))
        })
        tracer.span('of an OpenTelemetry span', { parent: root.otelSpan }, () => {})
        tracer.span('of a span context', { parent: root.otelSpan.spanContext() }, () => {})
        return answer
      })
    `)
    expect(result).toBe('answer')
    expect(tree).toEqual({
      root: null,
      child: 'root',
      'by startSpan': 'child',
      'by option': 'child',
      below: 'by option',
      'of an OpenTelemetry span': 'root',
      'of a span context': 'root',
    })
    expect(traces).toBe(1)
  })

  it('concurrent requests with explicit parents are kept apart', async () => {
    const { tree, traces } = await run(`
      const hop = () => new Promise((resolve) => setTimeout(resolve, 0))
      const ask = (name) => new Tracer().span(name, async (span) => {
        await hop()
        await span.span('step of ' + name, async (step) => { await hop(); step.startSpan('end of ' + name).end() })
      })
      await Promise.all(['a', 'b', 'c'].map(ask))
    `)
    expect(traces).toBe(3)
    for (const name of ['a', 'b', 'c'])
      expect(tree).toMatchObject({ [name]: null, [`step of ${name}`]: name, [`end of ${name}`]: `step of ${name}` })
  })

  it("a tracer's own fields stand on all spans; nothing is active, so that spans without a parent begin a trace", async () => {
    const { tree, attributes, result } = await run(`
      const tracer = new Tracer('llm', { userId: 'ada', tags: ['edge'] })
      return withTraceContext({ sessionId: 's-1' }, () =>
        tracer.span('root', (root) => {
          root.span('child', () => {})
          tracer.span('alone', () => {})
          return [getActiveSpan() ?? null, getCurrentTracer() === tracer]
        }),
      )
    `)
    expect(result).toEqual([null, false])
    expect(tree).toEqual({ root: null, child: 'root', alone: null })
    for (const name of ['root', 'child', 'alone']) {
      expect(attributes[name]).toMatchObject({ 'user.id': 'ada', 'langfuse.trace.tags': ['edge'] })
      expect(attributes[name]).not.toHaveProperty('session.id')
    }
    expect(attributes.child).toMatchObject({ 'langfuse.trace.name': 'root' })
  })

  it('results of every shape end their spans, and values of every kind become JSON', async () => {
    const { attributes, statuses, result } = await run(`
      const tracer = new Tracer()
      const cyclic = { big: 10n, map: new Map([['k', new Set([1])]]), bytes: new Uint8Array(3), url: new URL('https://a.b/') }
      cyclic.self = cyclic
      const capture = { captureArgs: true, captureResult: true }
      const numbers = traced(function* (count) { for (let i = 0; i < count; i++) yield i }, { name: 'generator', ...capture })
      const words = traced(async function* () { yield 'a'; yield 'b' }, { name: 'async generator', ...capture })
      const stream = traced(() => new ReadableStream({
        start(controller) { controller.enqueue('c'); controller.enqueue('d'); controller.close() },
      }), { name: 'stream', ...capture })
      const read = [...numbers(2)]
      for await (const word of words()) read.push(word)
      const reader = stream().getReader()
      for (let next; !(next = await reader.read()).done; ) read.push(next.value)
      tracer.span('values', (span) => span.setInput(cyclic))
      await tracer.span('error', async () => { throw new Error('out') }).catch(() => {})
      return read
    `)
    expect(result).toEqual([0, 1, 'a', 'b', 'c', 'd'])
    expect(attributes.generator).toMatchObject({ [INPUT]: '{"arg0":2}', [OUTPUT]: '[0,1]' })
    expect(attributes['async generator']).toMatchObject({ [OUTPUT]: 'ab' })
    expect(attributes.stream).toMatchObject({ [OUTPUT]: 'cd' })
    expect(JSON.parse(String(attributes.values?.[INPUT]))).toMatchObject({
      big: '10',
      url: 'https://a.b/',
      // Bytes are hashed, and parameters named, where there is Node.
      bytes: '[Uint8Array 3 bytes]',
    })
    expect(statuses.error).toBe('out')
  })

  it('addNodeSupport() runs there as well, and adds what can be had: names, and no hashes', async () => {
    const { attributes } = await run(
      `traced((text, bytes) => text, { name: 'ask', captureArgs: true })('why', new Uint8Array(3))`,
      bundleWithNode,
    )
    expect(attributes.ask).toMatchObject({ [INPUT]: '{"text":"why","bytes":"[Uint8Array 3 bytes]"}' })
  })
})
