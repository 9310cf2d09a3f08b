import { beforeAll, describe, expect, it } from 'vitest'
import { compileExamples } from './compile-examples.js'
import { type Example, readBlocks, readCells } from './read-examples.js'

/** The reader's own service, and what an earlier block of a page has made. Nothing is in it that an example has to import. */
const GRANTED = `
interface Chunk { readonly id: string; readonly text: string }
declare const query: string, question: string, sessionId: string, userId: string, x: unknown, y: unknown
declare function search(query: string): Promise<Chunk[]>
declare function complete(question: string, chunks: readonly Chunk[]): Promise<string>
declare const service: { query(question: string): Promise<unknown> }
declare const tracer: import('@axion/core').Tracer
declare const traces: import('@axion/loader').TraceCollection
declare class NodeSDK {
  constructor(options: { spanProcessors: import('@opentelemetry/sdk-trace-base').SpanProcessor[] })
  start(): void
}
`

/** What else the cells of a table of calls speak of. */
const GRANTED_TO_CELLS = `
declare const span: import('@axion/core').Span
declare const tracing: import('@axion/exporter').Tracing
declare const loader: import('@axion/loader').LangfuseTraceLoader
declare const one: import('@axion/loader').Trace
declare const id: string, path: string, name: string
`

const EXPORTED = {
  '@axion/core': await import('@axion/core'),
  '@axion/exporter': await import('@axion/exporter'),
  '@axion/loader': await import('@axion/loader'),
}

const blocks = readBlocks()
const cells = readCells('docs/from-python.md')
const WRONG: Example = { at: '', code: "import { Tracer } from '@axion/core'\nnew Tracer('llm').spam('x')" }

describe('the examples of the documentation', () => {
  let complaints: string[][]

  beforeAll(async () => {
    complaints = [
      ...(await compileExamples(blocks, GRANTED)),
      ...(await compileExamples([...cells.map(moduleOf), WRONG], GRANTED + GRANTED_TO_CELLS)),
    ]
  })

  it.each([...blocks, ...cells].map(({ at, code }, index) => [at, code.trim().split('\n')[0], index] as const))(
    '%s compiles: %s',
    (_, __, index) => {
      expect(complaints[index]).toEqual([])
    },
  )

  it('compileExamples() finds what is wrong, and there are examples to find it in', () => {
    expect(complaints.at(-1)).toEqual([expect.stringContaining("Property 'spam' does not exist on type 'Tracer'")])
    expect(blocks.length).toBeGreaterThan(15)
    expect(cells.length).toBeGreaterThan(25)
  })
})

/** A cell has no room for imports, nor for the class around a decorator. */
function moduleOf({ at, code }: Example): Example {
  const imports = Object.entries(EXPORTED).map(([from, names]) => {
    const used = Object.keys(names).filter((name) => new RegExp(`(?<![.\\w])${name}(?=[(.]|$)`).test(code))
    return `import { ${used.join(', ')} } from '${from}'`
  })
  const whole = code.startsWith('@') ? `class Service {\n${code}\nasync query(question: string) {}\n}` : code
  return { at, code: [...imports, whole.replaceAll('…', '/* … */')].join('\n') }
}
