import { ExporterError } from '../exporter-error.js'
import { impliedExportMode } from '../lifecycle/implied-export-mode.js'
import { checkMaskRules } from '../mask/check-mask-rules.js'
import type { MaskRule } from '../mask/mask-rule.js'
import { reportToStderr } from '../report.js'
import { DEFAULT_EXPORTER_OPTIONS } from './default-exporter-options.js'
import { resolveExitHooks } from './exit-hook-settings.js'
import type { EnvironmentOptions, ExporterOptions, OtlpBatches, ResolvedExporterOptions } from './exporter-options.js'
import { readHeaders } from './http-headers.js'
import { isWithin, NUMERIC_LIMITS, type NumericOption } from './numeric-limits.js'
import { refuseUnknownOptions } from './option-names.js'
import { BASE_URL_EXPECTATION, parseBaseUrl, showBaseUrl } from './parse-base-url.js'
import { kindOf, refuseOption, showValue } from './refuse-option.js'
import { resolveSpool } from './spool-settings.js'
import { resolveTail } from './tail-settings.js'
import { TRACING_MODES } from './tracing-mode.js'

/**
 * Settles every option: argument, else environment, else default.
 *
 * @param caller - The arguments, checked here because JavaScript callers have no compiler.
 * @param environment - What the environment says.
 * @param defaults - What holds when neither speaks.
 * @returns Complete options.
 * @throws {ExporterError} `invalid_options` if an argument cannot be used or is none of ours; the error names it and never shows a key.
 */
export function resolveExporterOptions(
  caller: ExporterOptions,
  environment: EnvironmentOptions,
  defaults: typeof DEFAULT_EXPORTER_OPTIONS = DEFAULT_EXPORTER_OPTIONS,
): ResolvedExporterOptions {
  refuseUnknownOptions(caller)
  const callerBaseUrl = givenText(caller, 'baseUrl')
  const baseUrlProblem = callerBaseUrl === undefined ? environment.baseUrlProblem : undefined
  return {
    mode: givenChoice(caller, 'mode', TRACING_MODES) ?? environment.mode,
    publicKey: givenText(caller, 'publicKey') ?? environment.publicKey,
    secretKey: givenText(caller, 'secretKey') ?? environment.secretKey,
    baseUrl:
      baseUrlProblem === undefined
        ? (parsedBaseUrl(callerBaseUrl) ?? environment.baseUrl ?? defaults.baseUrl)
        : undefined,
    baseUrlProblem,
    environment: givenText(caller, 'environment') ?? environment.environment,
    release: givenText(caller, 'release') ?? environment.release,
    tags: distinct(givenTags(caller) ?? environment.tags ?? defaults.tags),
    sampleRate: givenNumber(caller, 'sampleRate') ?? environment.sampleRate,
    captureContent: givenFlag(caller, 'captureContent'),
    mask: givenRules(caller),
    shouldExport: givenFunction(caller, 'shouldExport'),
    exportMode: givenChoice(caller, 'exportMode', ['batched', 'immediate']) ?? impliedExportMode(environment.lambda),
    timeoutMillis: givenNumber(caller, 'timeoutMillis') ?? environment.timeoutMillis ?? defaults.timeoutMillis,
    flushIntervalMillis:
      givenNumber(caller, 'flushIntervalMillis') ?? environment.flushIntervalMillis ?? defaults.flushIntervalMillis,
    maxBatchSpans: givenNumber(caller, 'maxBatchSpans') ?? environment.maxBatchSpans ?? defaults.maxBatchSpans,
    maxBatchBytes: givenNumber(caller, 'maxBatchBytes') ?? defaults.maxBatchBytes,
    maxQueueBytes: givenNumber(caller, 'maxQueueBytes') ?? defaults.maxQueueBytes,
    maxQueueSpans: givenNumber(caller, 'maxQueueSpans') ?? defaults.maxQueueSpans,
    concurrency: givenNumber(caller, 'concurrency') ?? defaults.concurrency,
    compression: givenChoice(caller, 'compression', ['gzip', 'none']) ?? defaults.compression,
    headers: givenHeaders(caller) ?? defaults.headers,
    spool: resolveSpool(caller.spool, environment.spoolDir),
    exitHooks: resolveExitHooks(caller.exitHooks),
    alwaysKeep: resolveTail(caller.alwaysKeep),
    mediaUpload: givenFlag(caller, 'mediaUpload') ?? environment.mediaUpload ?? defaults.mediaUpload,
    isolated: givenFlag(caller, 'isolated') ?? defaults.isolated,
    onReport: givenFunction(caller, 'onReport') ?? reportToStderr(environment.logLevel ?? defaults.logLevel),
    insecureTls: environment.insecureTls,
    samplerKeepsNone: environment.samplerKeepsNone,
    sdkDisabled: environment.sdkDisabled,
    otlp: { ...environment.otlp, batches: withoutGiven(environment.otlp.batches, caller) },
  }
}

// An argument wins over OpenTelemetry's variables as over Langfuse's.
function withoutGiven(batches: OtlpBatches, caller: ExporterOptions): OtlpBatches {
  const rest = Object.entries(batches).filter(
    ([option]) => (caller[option as keyof OtlpBatches] ?? undefined) === undefined,
  )
  return Object.fromEntries(rest)
}

function parsedBaseUrl(text: string | undefined): string | undefined {
  if (text === undefined) return undefined
  return parseBaseUrl(text) ?? refuseOption('baseUrl', showBaseUrl(text), BASE_URL_EXPECTATION)
}

type OptionOf<T> = {
  [K in keyof ExporterOptions]-?: Exclude<ExporterOptions[K], undefined> extends T ? K : never
}[keyof ExporterOptions]

// An empty text counts as not given, so that `publicKey: env.KEY ?? ''` falls through to the environment.
function givenText(caller: ExporterOptions, option: OptionOf<string>): string | undefined {
  const value: unknown = caller[option]
  if (value === undefined || value === null) return undefined
  if (typeof value !== 'string') return refuseOption(option, kindOf(value), 'a string')
  return value.trim() === '' ? undefined : value.trim()
}

function givenChoice<T extends string>(
  caller: ExporterOptions,
  option: OptionOf<string>,
  allowed: readonly T[],
): T | undefined {
  const value = givenText(caller, option)
  if (value === undefined) return undefined
  return allowed.find((choice) => choice === value) ?? refuseOption(option, showValue(value), allowed.join(', '))
}

function givenNumber(caller: ExporterOptions, option: NumericOption): number | undefined {
  const value: unknown = caller[option]
  if (value === undefined || value === null) return undefined
  const limits = NUMERIC_LIMITS[option]
  if (isWithin(value, limits)) return value
  const kind = limits.integer ? 'a whole number' : 'a number'
  return refuseOption(option, showValue(value), `${kind} from ${limits.least} to ${limits.most}`)
}

function givenFlag(caller: ExporterOptions, option: OptionOf<boolean>): boolean | undefined {
  const value: unknown = caller[option]
  if (value === undefined || value === null) return undefined
  return typeof value === 'boolean' ? value : refuseOption(option, kindOf(value), 'true or false')
}

function givenFunction<K extends 'shouldExport' | 'onReport'>(
  caller: ExporterOptions,
  option: K,
): ExporterOptions[K] | undefined {
  const value = caller[option]
  if (value === undefined || value === null) return undefined
  return typeof value === 'function' ? value : refuseOption(option, kindOf(value), 'a function')
}

function givenRules({ mask }: ExporterOptions): readonly MaskRule[] {
  if (mask === undefined || mask === null) return []
  const problem = checkMaskRules(mask)
  if (problem !== undefined) {
    throw new ExporterError('invalid_options', 'mask', `Cannot configure tracing: mask is ${problem}`)
  }
  // A copy: rules that are added later would not be checked.
  return [...mask]
}

function givenTags({ tags }: ExporterOptions): readonly string[] | undefined {
  if (tags === undefined || tags === null) return undefined
  const valid = Array.isArray(tags) && tags.every((tag) => typeof tag === 'string')
  return valid ? tags : refuseOption('tags', kindOf(tags), 'an array of strings')
}

function givenHeaders({ headers }: ExporterOptions): Readonly<Record<string, string>> | undefined {
  if (headers === undefined || headers === null) return undefined
  return readHeaders(headers)
}

function distinct(tags: readonly string[]): readonly string[] {
  return [...new Set(tags.map((tag) => tag.trim()).filter((tag) => tag !== ''))]
}
