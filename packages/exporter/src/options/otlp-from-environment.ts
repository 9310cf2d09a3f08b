import { readFileSync } from 'node:fs'
import { parseKeyPairsIntoRecord } from '@opentelemetry/core'
import type { Compression, OtlpBatches, OtlpEnvironment, TlsFiles } from './exporter-options.js'
import { isFramingHeader, isHttpHeader } from './http-headers.js'
import { isWithin, NUMERIC_LIMITS } from './numeric-limits.js'
import { showText } from './show-text.js'

/** OpenTelemetry's default, https://opentelemetry.io/docs/specs/otel/protocol/exporter/#configuration-options. */
const DEFAULT_TIMEOUT_MILLIS = 10_000

/**
 * Reads what OpenTelemetry specifies for OTLP exporters: `OTEL_EXPORTER_OTLP_<SETTING>`, and `OTEL_EXPORTER_OTLP_TRACES_<SETTING>` before it.
 *
 * @param environment - Where to look.
 * @param problems - Told one line about each value that cannot be used, without the value: keys and tokens stand in these.
 */
export function otlpFromEnvironment(
  environment: Readonly<Record<string, string | undefined>>,
  problems: string[],
): OtlpEnvironment {
  const read = (name: string): string | undefined => environment[name]?.trim() || undefined
  const setting = <T>(suffix: string, expected: string, parse: (text: string) => T | undefined): T | undefined => {
    for (const name of [`OTEL_EXPORTER_OTLP_TRACES_${suffix}`, `OTEL_EXPORTER_OTLP_${suffix}`]) {
      const text = read(name)
      if (text === undefined) continue
      const value = parse(text)
      if (value !== undefined) return value
      problems.push(`Ignored ${name}: expected ${expected}`)
    }
    return undefined
  }
  const file = (suffix: string): Buffer | undefined => setting(suffix, 'the path of a file that can be read', readOrNot)
  // The one for traces is taken as it stands, the general one is where the signals' paths begin.
  const own = read('OTEL_EXPORTER_OTLP_TRACES_ENDPOINT')
  const endpoint = setting('ENDPOINT', 'an http or https URL', (text) =>
    httpUrl(text, text === own ? '' : '/v1/traces'),
  )
  return {
    endpoint,
    protocol: setting('PROTOCOL', 'a protocol', (text) => text),
    headers: {
      ...headersFrom('OTEL_EXPORTER_OTLP_HEADERS', read, problems),
      ...headersFrom('OTEL_EXPORTER_OTLP_TRACES_HEADERS', read, problems),
    },
    compression: setting<Compression>('COMPRESSION', 'gzip or none', compression) ?? 'none',
    timeoutMillis: setting('TIMEOUT', 'a number of milliseconds above 0', millis) ?? DEFAULT_TIMEOUT_MILLIS,
    batches: batchesFrom(read, problems),
    tls: tlsFiles(file('CERTIFICATE'), file('CLIENT_CERTIFICATE'), file('CLIENT_KEY')),
  }
}

// https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/#batch-span-processor
function batchesFrom(read: (name: string) => string | undefined, problems: string[]): OtlpBatches {
  const batches: { -readonly [K in keyof OtlpBatches]: OtlpBatches[K] } = {}
  for (const [name, option] of [
    ['OTEL_BSP_SCHEDULE_DELAY', 'flushIntervalMillis'],
    ['OTEL_BSP_MAX_EXPORT_BATCH_SIZE', 'maxBatchSpans'],
    ['OTEL_BSP_MAX_QUEUE_SIZE', 'maxQueueSpans'],
  ] as const) {
    const text = read(name)
    if (text === undefined) continue
    const limits = NUMERIC_LIMITS[option]
    const value = /^\d+$/.test(text) ? Number(text) : Number.NaN
    if (isWithin(value, limits)) batches[option] = value
    else problems.push(`Ignored ${name}: expected a whole number from ${limits.least} to ${limits.most}`)
  }
  return batches
}

// One that HTTP cannot carry would make every request fail.
function headersFrom(
  variable: string,
  read: (name: string) => string | undefined,
  problems: string[],
): Record<string, string> {
  const headers = Object.entries(parseKeyPairsIntoRecord(read(variable)))
  const usable = headers.filter(([name, value]) => isHttpHeader(name, value) && !isFramingHeader(name))
  for (const header of headers) {
    if (usable.includes(header)) continue
    const expected = isFramingHeader(header[0])
      ? 'no header that the body of each request decides'
      : 'an HTTP header name with a one-line value'
    problems.push(`Ignored ${showText(header[0])} of ${variable}: expected ${expected}`)
  }
  return Object.fromEntries(usable)
}

// A query stays behind the path.
function httpUrl(text: string, path: string): string | undefined {
  if (!URL.canParse(text)) return undefined
  const url = new URL(text)
  if (!/^https?:$/.test(url.protocol)) return undefined
  if (path !== '') url.pathname = url.pathname.replace(/\/+$/, '') + path
  url.hash = ''
  return url.href
}

function compression(text: string): Compression | undefined {
  return text === 'gzip' || text === 'none' ? text : undefined
}

function millis(text: string): number | undefined {
  // Node's timers fire at once above 31 bits.
  return /^\d{1,10}$/.test(text) && Number(text) > 0 && Number(text) < 2 ** 31 ? Number(text) : undefined
}

function readOrNot(path: string): Buffer | undefined {
  try {
    return readFileSync(path)
  } catch {
    return undefined
  }
}

function tlsFiles(ca: Buffer | undefined, cert: Buffer | undefined, key: Buffer | undefined): TlsFiles {
  return { ...(ca && { ca }), ...(cert && { cert }), ...(key && { key }) }
}
