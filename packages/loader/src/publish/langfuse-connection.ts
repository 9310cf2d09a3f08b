import type { LangfuseTraceLoaderOptions } from '../options/loader-options.js'
import { LOADER_DEFAULTS } from '../options/loader-options.js'
import { loaderOptionsFromEnvironment } from '../options/loader-options-from-environment.js'
import { readSignal } from '../options/read-signal.js'
import { refuseUnknown } from '../options/refuse-unknown.js'
import { resolveLoaderOptions } from '../options/resolve-loader-options.js'
import { type LoaderPorts, SYSTEM_PORTS } from '../rest/ports.js'
import { type CallContext, createRestClient, type RestClient } from '../rest/rest-client.js'

/** Which Langfuse project to write to or read from, and how patiently: what the loader takes, but for what concerns traces. */
export interface LangfuseConnectionOptions extends Omit<LangfuseTraceLoaderOptions, 'defaultTags'> {
  /** Ends the call with a `LoaderError` of code `aborted`. What was sent before stays. */
  signal?: AbortSignal
}

/** A connection for the length of one call. */
export interface LangfuseProject {
  readonly rest: RestClient
  readonly call: CallContext
  /** How often to try again what the client does not repeat by itself. */
  readonly maxRetries: number
}

const CONNECTION_NAMES = [
  'publicKey',
  'secretKey',
  'baseUrl',
  'maxRetries',
  'requestsPerMinute',
  'timeoutMillis',
  'dispatcher',
  'headers',
] as const satisfies readonly (keyof LangfuseConnectionOptions)[]

/**
 * Connects to a project, does something there, and disconnects.
 *
 * @param options - The connection, and whatever else the call takes.
 * @param names - The options that the call takes besides the connection's.
 * @param use - What to do.
 * @param ports - Clock, randomness and timer, for tests.
 * @returns What `use` returns.
 * @throws {LoaderError} `invalid_options` before any request; whatever `use` throws.
 */
export async function withLangfuse<Result>(
  options: LangfuseConnectionOptions,
  names: readonly string[],
  use: (project: LangfuseProject) => Promise<Result>,
  ports: LoaderPorts = SYSTEM_PORTS,
): Promise<Result> {
  refuseUnknownOptions(options, names)
  const connection = Object.fromEntries(CONNECTION_NAMES.map((name) => [name, options[name]] as const))
  const resolved = resolveLoaderOptions(connection, loaderOptionsFromEnvironment(), LOADER_DEFAULTS)
  const rest = createRestClient(resolved, ports)
  try {
    return await use({ rest, call: { signal: options.signal }, maxRetries: resolved.maxRetries })
  } finally {
    await rest.close()
  }
}

/**
 * Refuses options that neither a call nor the connection has, and a signal that is none.
 *
 * @param options - What the caller passed.
 * @param names - The options that the call takes besides the connection's.
 * @throws {LoaderError} `invalid_options` naming the first that is wrong.
 */
export function refuseUnknownOptions(options: LangfuseConnectionOptions, names: readonly string[]): void {
  refuseUnknown(options, new Set([...names, ...CONNECTION_NAMES, 'signal']))
  readSignal(options.signal)
}
