import { REPORT_THRESHOLDS } from '../report.js'
import type { EnvironmentOptions } from './exporter-options.js'
import { isWithin, NUMERIC_LIMITS, type NumericOption } from './numeric-limits.js'
import { otlpFromEnvironment } from './otlp-from-environment.js'
import { BASE_URL_EXPECTATION, parseBaseUrl, showBaseUrl } from './parse-base-url.js'
import { showText } from './show-text.js'
import { TRACING_MODES } from './tracing-mode.js'

type Environment = Readonly<Record<string, string | undefined>>

/**
 * Reads every environment variable this package knows.
 *
 * The `LANGFUSE_*` names and units are Langfuse's (its timeouts are in seconds), the `OTEL_*` ones OpenTelemetry's.
 *
 * @param environment - Where to look.
 * @returns What was found; never throws: what cannot be used is left out and described.
 */
export function optionsFromEnvironment(environment: Environment = process.env): EnvironmentOptions {
  const problems: string[] = []
  // A variable that is set to nothing counts as unset, as OpenTelemetry specifies.
  const read = (...names: readonly string[]): Variable | undefined => {
    for (const name of names) {
      const value = environment[name]?.trim()
      if (value) return { name, value }
    }
    return undefined
  }
  const refuse = ({ name, value }: Variable, expected: string): undefined => {
    problems.push(`Ignored ${name}: it is ${showText(value)}, expected ${expected}`)
  }
  const oneOf = <T extends string>(name: string, allowed: readonly T[]): T | undefined => {
    const found = read(name)
    if (!found) return undefined
    const match = allowed.find((candidate) => candidate === found.value.toLowerCase())
    return match ?? refuse(found, `one of ${allowed.join(', ')}`)
  }
  const number = (name: string, option: NumericOption, unitMillis = 1): number | undefined => {
    const found = read(name)
    if (!found) return undefined
    const limits = NUMERIC_LIMITS[option]
    // Number() also reads '0x10' and '1e3', and ' ' as 0; people write decimals here.
    const value = /^\d+(\.\d+)?$/.test(found.value) ? Number(found.value) * unitMillis : Number.NaN
    if (isWithin(value, limits)) return value
    const kind = limits.integer ? 'a whole number' : 'a number'
    const unit = unitMillis === 1000 ? ' of seconds' : ''
    return refuse(found, `${kind}${unit} from ${limits.least / unitMillis} to ${limits.most / unitMillis}`)
  }

  const flag = (name: string): boolean | undefined => {
    const text = oneOf(name, ['true', '1', 'false', '0'])
    return text === undefined ? undefined : text === 'true' || text === '1'
  }

  // The last is what Langfuse's SDKs before version 4 read; whoever still has it does not mean the default.
  const baseUrl = read('LANGFUSE_BASE_URL', 'LANGFUSE_HOST', 'LANGFUSE_BASEURL')
  const usableBaseUrl = baseUrl && parseBaseUrl(baseUrl.value)
  return {
    mode: oneOf('TRACING_MODE', TRACING_MODES),
    publicKey: read('LANGFUSE_PUBLIC_KEY')?.value,
    secretKey: read('LANGFUSE_SECRET_KEY')?.value,
    baseUrl: usableBaseUrl,
    baseUrlProblem:
      baseUrl && usableBaseUrl === undefined
        ? `${baseUrl.name} is ${showBaseUrl(baseUrl.value)}, expected ${BASE_URL_EXPECTATION}`
        : undefined,
    environment: read('LANGFUSE_TRACING_ENVIRONMENT', 'LANGFUSE_ENVIRONMENT')?.value,
    release: read('LANGFUSE_RELEASE')?.value,
    tags: read('LANGFUSE_TAGS')?.value.split(','),
    timeoutMillis: number('LANGFUSE_TIMEOUT', 'timeoutMillis', 1000),
    flushIntervalMillis: number('LANGFUSE_FLUSH_INTERVAL', 'flushIntervalMillis', 1000),
    maxBatchSpans: number('LANGFUSE_FLUSH_AT', 'maxBatchSpans'),
    sampleRate: number('LANGFUSE_SAMPLE_RATE', 'sampleRate'),
    mediaUpload: flag('LANGFUSE_MEDIA_UPLOAD_ENABLED'),
    lambda: {
      functionName: read('AWS_LAMBDA_FUNCTION_NAME')?.value,
      maxConcurrency: read('AWS_LAMBDA_MAX_CONCURRENCY')?.value,
    },
    insecureTls: read('NODE_TLS_REJECT_UNAUTHORIZED')?.value === '0',
    spoolDir: read('AXION_SPOOL_DIR')?.value,
    logLevel: oneOf('AXION_LOG_LEVEL', REPORT_THRESHOLDS),
    samplerKeepsNone: emptySampler(read('OTEL_TRACES_SAMPLER')?.value, read('OTEL_TRACES_SAMPLER_ARG')?.value),
    // Anything but "true" is false, without a warning: OpenTelemetry's rule for its boolean variables.
    sdkDisabled: read('OTEL_SDK_DISABLED')?.value.toLowerCase() === 'true',
    otlp: otlpFromEnvironment(environment, problems),
    problems,
  }
}

// https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/#general-sdk-configuration
function emptySampler(sampler: string | undefined, argument: string | undefined): string | undefined {
  if (sampler === undefined || !/^(parentbased_)?(always_off|traceidratio)$/.test(sampler)) return undefined
  if (sampler.endsWith('always_off')) return `OTEL_TRACES_SAMPLER is ${sampler}`
  return argument !== undefined && Number(argument) === 0 ? `OTEL_TRACES_SAMPLER_ARG is ${argument}` : undefined
}

interface Variable {
  readonly name: string
  readonly value: string
}
