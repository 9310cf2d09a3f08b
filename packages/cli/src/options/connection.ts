import type { LangfuseConnectionOptions } from '@axion/loader'
import type { Command } from 'commander'
import { CliError } from '../cli-error.js'
import { connectionFromEnvironment } from './connection-from-environment.js'

/** The flags that say which Langfuse project is meant; each goes before its variable of the environment. */
export interface ConnectionFlags {
  readonly baseUrl?: string
  readonly publicKey?: string
  readonly secretKey?: string
}

/** Which Langfuse project to write to. */
export interface Connection {
  /** Without a trailing slash. */
  readonly baseUrl: string
  readonly publicKey: string
  readonly secretKey: string
}

/** Where Langfuse Cloud is: the default of all Langfuse clients. */
const CLOUD_URL = 'https://cloud.langfuse.com'

/**
 * Gives a command the flags that say which Langfuse project is meant.
 *
 * @param command - The command.
 * @returns The same command.
 */
export function addConnection(command: Command): Command {
  return command
    .option('--base-url <url>', 'the server (default: LANGFUSE_BASE_URL)')
    .option('--public-key <key>', 'public key of the project (default: LANGFUSE_PUBLIC_KEY)')
    .option('--secret-key <key>', 'its secret key (default: LANGFUSE_SECRET_KEY, which no list of processes shows)')
}

/**
 * Picks the connection out of a command's flags, for the loader, which reads the environment itself.
 *
 * @param flags - The flags.
 * @returns The loader's options.
 */
export function toLoaderOptions(flags: ConnectionFlags): LangfuseConnectionOptions {
  return {
    ...(flags.baseUrl === undefined ? {} : { baseUrl: flags.baseUrl }),
    ...(flags.publicKey === undefined ? {} : { publicKey: flags.publicKey }),
    ...(flags.secretKey === undefined ? {} : { secretKey: flags.secretKey }),
  }
}

/**
 * Puts flags, environment and default together, for commands that write.
 *
 * @param flags - The flags.
 * @returns The connection, checked.
 * @throws {CliError} `wrong_usage` if a flag is wrong, `send_failed` if the environment is.
 */
export function toConnection(flags: ConnectionFlags): Connection {
  const environment = connectionFromEnvironment()
  const baseUrl = readServerUrl(flags.baseUrl ?? environment.baseUrl ?? CLOUD_URL, (fault) =>
    flags.baseUrl === undefined
      ? new CliError('send_failed', `Cannot connect to Langfuse: LANGFUSE_BASE_URL: ${fault}`)
      : new CliError('wrong_usage', `Invalid --base-url: ${fault}`),
  )
  return {
    baseUrl,
    publicKey: readKey('public', flags.publicKey, environment.publicKey),
    secretKey: readKey('secret', flags.secretKey, environment.secretKey),
  }
}

/**
 * Reads where a server is.
 *
 * @param text - The URL.
 * @param toError - Makes the error of what is wrong with it.
 * @returns The URL without a trailing slash.
 * @throws Whatever `toError` makes. The text itself is not in it: people put passwords into URLs.
 */
export function readServerUrl(text: string, toError: (fault: string) => CliError): string {
  const url = parseSafely(text)
  if (url === undefined) throw toError("it is not a URL: expected for example 'http://127.0.0.1:4800'")
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw toError(`its protocol is '${url.protocol}': expected http or https`)
  }
  return url.href.replace(/[?#].*$/, '').replace(/\/+$/, '')
}

// `URL.parse` came with Node 22.
function parseSafely(text: string): URL | undefined {
  try {
    return new URL(text)
  } catch {
    return undefined
  }
}

function readKey(kind: 'public' | 'secret', flag: string | undefined, variable: string | undefined): string {
  const key = (flag ?? variable ?? '').trim()
  if (key !== '') return key
  if (flag !== undefined) throw new CliError('wrong_usage', `Invalid --${kind}-key: it is empty: expected a key`)
  const name = `LANGFUSE_${kind.toUpperCase()}_KEY`
  const message = `Cannot connect to Langfuse: ${name} is missing or no key: set it, for a local server to what 'axion dev' prints`
  throw new CliError('send_failed', message)
}
