import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'

const MODULE = new URL('../../dist/tracing/offer-when-asked.js', import.meta.url).href
const PACKAGE = new URL('../..', import.meta.url)

/** Each in a process of its own, because what is global there can be offered once. */
async function run(program: string): Promise<unknown> {
  const text = `
    import { createRequire } from 'node:module'
    import { offerWhenAsked } from ${JSON.stringify(MODULE)}
    const { cache } = createRequire(import.meta.url)
    const isLoaded = () => Object.keys(cache).some((file) => file.includes('opentelemetry'))
    const KEY = Symbol.for('opentelemetry.js.api.1')
    const state = () => globalThis[Symbol.for('axion.register.tracing')].state
    ${program}`
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', text], {
    cwd: PACKAGE,
    env: { ...process.env, TRACING_MODE: 'console' },
  })
  return JSON.parse(stdout)
}

it('offerWhenAsked() loads nothing of OpenTelemetry before somebody looks for it', async () => {
  expect(
    await run(`
      offerWhenAsked({})
      const before = [isLoaded(), state()]
      const { trace, context, createContextKey } = await import('@opentelemetry/api')
      const imported = state()
      const key = createContextKey('a')
      const value = context.with(context.active().setValue(key, 1), () => context.active().getValue(key))
      console.log(JSON.stringify({ before, imported, value, after: state() }))`),
  ).toEqual({ before: [false, 'waiting'], imported: 'waiting', value: 1, after: 'offered' })
})

it('offerWhenAsked() comes before a provider that is registered after it', async () => {
  expect(
    await run(`
      offerWhenAsked({})
      const { trace } = await import('@opentelemetry/api')
      const isTaken = trace.setGlobalTracerProvider({ getTracer: () => {} })
      console.log(JSON.stringify({ isTaken, state: state() }))`),
  ).toEqual({ isTaken: false, state: 'offered' })
})

it('offerWhenAsked() offers at once where the API is in use', async () => {
  expect(
    await run(`
      const { trace, diag } = await import('@opentelemetry/api')
      diag.setLogger({ error() {}, warn() {}, info() {}, debug() {}, verbose() {} })
      offerWhenAsked({})
      console.log(JSON.stringify(state()))`),
  ).toBe('offered')
})

it('offerWhenAsked() takes the options of the last call', async () => {
  expect(
    await run(`
      offerWhenAsked({ environment: 'first' })
      offerWhenAsked({ environment: 'second' })
      const waited = state()
      const { trace } = await import('@opentelemetry/api')
      const span = trace.getTracer('t').startSpan('s')
      const { options } = globalThis[Symbol.for('axion.register.tracing')]
      console.log(JSON.stringify({ waited, options, isRecording: span.isRecording(), after: state() }))`),
  ).toEqual({ waited: 'waiting', options: { environment: 'second' }, isRecording: true, after: 'done' })
})

it('offerWhenAsked() lets somebody else write what it waits for', async () => {
  expect(
    await run(`
      offerWhenAsked({})
      globalThis[KEY] = { version: '1.9.0', mine: true }
      console.log(JSON.stringify(globalThis[KEY]))`),
  ).toEqual({ version: '1.9.0', mine: true })
})

// Where Node 20 cannot require what is about to be imported depends on the machine: somewhere among these moments.
it.each([0, 2, 4, 6, 8, 12])(
  'spans are recorded after an attempt in the middle of an import, %d ms into it',
  async (millis) => {
    expect(
      await run(`
      offerWhenAsked({})
      const api = createRequire(import.meta.url)('@opentelemetry/api')
      const imported = import('@axion/exporter')
      const until = performance.now() + ${millis}
      const attempt = () => {
        if (performance.now() < until) setImmediate(attempt)
        else api.trace.getTracer('t').startSpan('early')
      }
      setImmediate(attempt)
      await imported
      setTimeout(() => {
        const span = api.trace.getTracer('t').startSpan('late')
        console.log(JSON.stringify({ isRecording: span.isRecording(), state: state() }))
      }, 20)`),
    ).toEqual({ isRecording: true, state: 'done' })
  },
)
