import { createRequire } from 'node:module'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ROOT } from './read-sources.js'
import { runNode } from './run-node.js'

/** What each package exports at run time, to the letter: a name that comes or goes is a change that users see. */
const SURFACE: Readonly<Record<string, readonly string[]>> = {
  '@axion/core': [
    'CORE_SCOPE_NAME',
    'Tracer',
    'getActiveSpan',
    'getCurrentTracer',
    'initTracer',
    'isContentCaptured',
    'setContentCapture',
    'trace',
    'traced',
    'withTraceContext',
  ],
  '@axion/core/baggage': ['enableBaggage'],
  '@axion/exporter': [
    'ExporterError',
    'clearTracingConfig',
    'configureTracing',
    'createLangfuseSpanProcessor',
    'flushAfter',
    'isTracingConfigured',
    'listProviders',
  ],
  '@axion/loader': [
    'Dataset',
    'DatasetItem',
    'EvaluationResult',
    'LangfuseTraceLoader',
    'LoaderError',
    'Observation',
    'PromptPatterns',
    'Session',
    'SessionCollection',
    'Trace',
    'TraceCollection',
    'createExtractionPattern',
    'evaluate',
    'fineTuningExample',
    'fromTrace',
    'itemsFromTraces',
    'readItems',
    'toPromptfooTests',
    'toTestCases',
    'writeFineTuning',
    'writeItems',
  ],
  '@axion/register': ['instrument', 'register', 'wrap'],
  '@axion/register/doctor': [
    'DOCTOR_FOLDER_VARIABLE',
    'TARGETS',
    'findApiCopies',
    'findLibrary',
    'isVersionWithin',
    'loadLibraries',
    'readProcesses',
    'sendTestSpan',
  ],
  '@axion/dev-server': ['copyStoreAside', 'queryStore', 'DevServerError', 'startDevServer'],
}

describe('the public surface', () => {
  // In processes of their own: importing @axion/register is what turns it on.
  it.each(
    Object.entries(SURFACE).flatMap(([name, names]) =>
      // CommonJS applications: Node >= 20.19 loads ES modules with `require`.
      ['await import', 'require'].map((load) => [name, load, names] as const),
    ),
  )('%s exports exactly what it says, to %s', async (name, load, names) => {
    const program = `console.log(JSON.stringify(Object.keys(${load}(${JSON.stringify(name)})).filter((key) => key !== '__esModule').sort()))`
    const type = load === 'require' ? 'commonjs' : 'module'
    const run = await runNode(['--no-warnings', `--input-type=${type}`, '--eval', program], {
      cwd: join(ROOT, 'tests'),
    })
    expect(run.stderr).toBe('')
    expect(JSON.parse(run.stdout)).toEqual([...names].sort())
  })

  it.each(Object.keys(SURFACE))('%s starts no timer, server or listener when it is imported', async (name) => {
    const entry = createRequire(join(ROOT, 'tests/package.json')).resolve(name)
    const program = `await import(${JSON.stringify(entry)}); console.log(process.getActiveResourcesInfo().filter((r) => r === 'Timeout' || /Server|Socket/.test(r) && !/^TTY|Pipe/.test(r)).length)`
    const run = await runNode(['--input-type=module', '--eval', program])
    expect(run).toEqual({ code: 0, stdout: '0\n', stderr: '' })
  })
})
