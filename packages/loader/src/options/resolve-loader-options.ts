import { invalidOption } from './invalid-option.js'
import type { LangfuseTraceLoaderOptions, LOADER_DEFAULTS, ResolvedLoaderOptions } from './loader-options.js'
import type { LoaderEnvironment } from './loader-options-from-environment.js'
import { readHeaders } from './read-headers.js'
import { readTagList } from './read-tag-list.js'
import { refuseUnknown } from './refuse-unknown.js'

const OPTION_NAMES: ReadonlySet<string> = new Set<keyof LangfuseTraceLoaderOptions>([
  'publicKey',
  'secretKey',
  'baseUrl',
  'defaultTags',
  'maxRetries',
  'requestsPerMinute',
  'timeoutMillis',
  'dispatcher',
  'headers',
])

/**
 * Puts caller, environment and defaults together, in that order of precedence, and checks every value.
 *
 * A malformed base URL in the environment throws too, although bad environment values elsewhere only warn: the fallback
 * would send a self-hosted project's keys to another server.
 *
 * @param caller - What was passed to the constructor.
 * @param environment - What the environment says.
 * @param defaults - What stands otherwise.
 * @returns Complete, checked options.
 * @throws {LoaderError} `invalid_options` naming the option or the variable.
 */
export function resolveLoaderOptions(
  caller: LangfuseTraceLoaderOptions,
  environment: LoaderEnvironment,
  defaults: typeof LOADER_DEFAULTS,
): ResolvedLoaderOptions {
  refuseUnknown(caller, OPTION_NAMES)
  const baseUrlSource =
    caller.baseUrl === undefined && environment.baseUrl !== undefined ? 'LANGFUSE_BASE_URL' : 'baseUrl'
  return {
    publicKey: readKey(caller.publicKey ?? environment.publicKey, 'publicKey', 'LANGFUSE_PUBLIC_KEY'),
    secretKey: readKey(caller.secretKey ?? environment.secretKey, 'secretKey', 'LANGFUSE_SECRET_KEY'),
    baseUrl: readBaseUrl(caller.baseUrl ?? environment.baseUrl ?? defaults.baseUrl, baseUrlSource),
    defaultTags: readTagList(caller.defaultTags ?? defaults.defaultTags, 'defaultTags'),
    maxRetries: readWhole(caller.maxRetries ?? defaults.maxRetries, 'maxRetries', 0),
    requestsPerMinute: readRate(caller.requestsPerMinute ?? defaults.requestsPerMinute),
    timeoutMillis: readTimeout(caller.timeoutMillis ?? defaults.timeoutMillis),
    dispatcher: caller.dispatcher,
    headers: readHeaders(caller.headers ?? defaults.headers),
  }
}

function readKey(value: unknown, option: string, variable: string): string {
  if (value === undefined) throw invalidOption(option, 'it is missing', `pass ${option} or set ${variable}`)
  // A colon would end the user name early in Basic authentication (RFC 7617); line breaks would end the header.
  const pattern = option === 'publicKey' ? /^[^\s:]+$/ : /^\S+$/
  if (typeof value !== 'string' || !pattern.test(value)) {
    throw invalidOption(option, 'it is not a key', `copy it from the project's settings into ${variable}`)
  }
  return value
}

function readBaseUrl(value: unknown, source: string): string {
  const advice = "expected something like 'https://cloud.langfuse.com'"
  const url = typeof value === 'string' && URL.canParse(value) ? new URL(value) : undefined
  if (url === undefined) throw invalidOption(source, 'it is not a URL', advice)
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw invalidOption(source, `its protocol is '${url.protocol}'`, advice)
  }
  // The value is not repeated: a URL that carries credentials is exactly the one not to print.
  if (url.username !== '' || url.password !== '') {
    throw invalidOption(source, 'it carries credentials', 'pass publicKey and secretKey instead')
  }
  if (url.search !== '' || url.hash !== '') throw invalidOption(source, 'it has a query or fragment', advice)
  return `${url.origin}${url.pathname}`.replace(/\/+$/, '')
}

function readWhole(value: unknown, option: string, least: number): number {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < least) {
    throw invalidOption(option, `it is ${String(value)}`, `expected a whole number of ${least} or more`)
  }
  return value
}

function readRate(value: unknown): number {
  return value === Number.POSITIVE_INFINITY ? value : readWhole(value, 'requestsPerMinute', 1)
}

// Node's timers turn anything above 2^31 - 1 into 1 ms, so the largest one they keep is the largest one accepted.
const MAX_TIMER_MILLIS = 2_147_483_647

function readTimeout(value: unknown): number {
  const millis = readWhole(value, 'timeoutMillis', 1)
  if (millis > MAX_TIMER_MILLIS)
    throw invalidOption('timeoutMillis', `it is ${millis}`, `expected at most ${MAX_TIMER_MILLIS}`)
  return millis
}
