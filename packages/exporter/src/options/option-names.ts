import { ExporterError } from '../exporter-error.js'
import type { ExporterOptions } from './exporter-options.js'

// A record rather than a list, so that the compiler misses none.
const KNOWN: Readonly<Record<keyof ExporterOptions, true>> = {
  mode: true,
  publicKey: true,
  secretKey: true,
  baseUrl: true,
  environment: true,
  release: true,
  tags: true,
  sampleRate: true,
  captureContent: true,
  mask: true,
  shouldExport: true,
  exportMode: true,
  timeoutMillis: true,
  flushIntervalMillis: true,
  maxBatchSpans: true,
  maxBatchBytes: true,
  maxQueueBytes: true,
  maxQueueSpans: true,
  concurrency: true,
  compression: true,
  headers: true,
  spool: true,
  exitHooks: true,
  alwaysKeep: true,
  mediaUpload: true,
  isolated: true,
  onReport: true,
}

/** What people look for that is elsewhere, and where. */
const ELSEWHERE: ReadonlyMap<string, string> = new Map([
  // Providers of OpenTelemetry 2 take no processor after they were made.
  ['provider', 'put createLangfuseSpanProcessor() into a provider that exists'],
])

/**
 * Refuses options that would have no effect. Whoever misspells `captureContent` or asks for a mask must not find out from the prompts
 * in the database.
 *
 * @param caller - The arguments; an option that is undefined or null was not asked for.
 * @throws {ExporterError} `invalid_options` if one is unknown, naming all that are.
 */
export function refuseUnknownOptions(caller: object): void {
  const given = Object.entries(caller).filter(([, value]) => value !== undefined && value !== null)
  const unknown = given.map(([name]) => name).filter((name) => !Object.hasOwn(KNOWN, name))
  const [first] = unknown
  if (first === undefined) return
  const found = unknown.map((name) => describe(name)).join('; ')
  throw new ExporterError('invalid_options', first, `Cannot configure tracing: ${found}`)
}

function describe(name: string): string {
  const instead = ELSEWHERE.get(name) ?? `expected some of ${Object.keys(KNOWN).join(', ')}`
  return `${JSON.stringify(name)} is not an option, ${instead}`
}
