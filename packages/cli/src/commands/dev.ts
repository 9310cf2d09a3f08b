import type { DevServer, DevServerErrorCode, DevServerOptions } from '@axion/dev-server'
import type { Command } from 'commander'
import { CliError } from '../cli-error.js'
import { type KeyPair, parseKeys } from '../options/parse-keys.js'
import { parsePort } from '../options/parse-number.js'
import { parsePath } from '../options/parse-path.js'
import { parseBytes, parseDuration } from '../options/parse-quantity.js'
import { jsonLine } from '../render/json-line.js'
import { createPaint, type Paint } from '../render/paint.js'
import { plainText } from '../render/plain-text.js'
import { shellQuote } from '../render/shell-quote.js'
import type { Terminal } from '../terminal.js'

interface DevFlags {
  readonly port: number
  readonly host: string
  readonly dataDir: string
  readonly inMemory?: boolean
  readonly keys?: KeyPair
  readonly legacy?: boolean
  readonly readOnly?: boolean
  readonly maxAge?: number
  readonly maxBytes?: number
  readonly allowHost?: readonly string[]
  readonly allowOrigin?: readonly string[]
  readonly json?: boolean
}

// Fixed, so that the three export lines stay right from one start to the next; no well-known service has it.
const DEFAULT_PORT = 4800

const EXAMPLES = `
Examples:
  axion dev
  axion dev --port 0 --data-dir /tmp/axion
  axion dev --port 0 --in-memory
  axion dev --max-age 30d --max-bytes 5GB
  axion dev --host 0.0.0.0 --allow-host traces.test:4800
  axion dev --json | jq -r .viewerUrl`

/**
 * Sets up `axion dev`.
 *
 * @param command - The command.
 * @param terminal - Where it prints, and what stops it.
 */
export function dev(command: Command, terminal: Terminal): void {
  command
    .option('--port <number>', 'port to listen on; 0 takes any free one', parsePort, DEFAULT_PORT)
    .option('--host <address>', 'address to listen on; others than loopback let the network in', '127.0.0.1')
    .option('--data-dir <directory>', 'where the database and the keys are kept', parsePath, '.axion')
    .addOption(
      command.createOption('--in-memory', 'write no file: data and keys are gone when it stops').conflicts('dataDir'),
    )
    .option(
      '--keys <public:secret>',
      'keys that clients must send, instead of the random ones beside the data',
      parseKeys,
    )
    .option('--legacy', 'answer the endpoints of Langfuse 3 as well')
    .option('--read-only', 'refuse whatever would write')
    .option('--max-age <time>', 'delete traces that are older, such as 7d', parseDuration)
    .option('--max-bytes <size>', 'delete the oldest traces when all take more, such as 2GB', parseBytes)
    .option('--allow-host <host:port...>', 'further names the server may be asked by')
    .option('--allow-origin <origin...>', 'web pages that may read answers (CORS), such as https://app.test')
    .option('--json', 'print one JSON object with url, publicKey, secretKey, viewerUrl and dataDir')
    .addHelpText('after', EXAMPLES)
    .action(async ({ json, ...flags }: DevFlags) => {
      const server = await start(toOptions(flags))
      try {
        await terminal.writeOut(json ? asJson(server) : asText(server, flags.host, createPaint(terminal.color)))
        await stopped(terminal.stop)
      } finally {
        await server.close()
      }
    })
}

function toOptions({ port, host, dataDir, inMemory, ...flags }: DevFlags): DevServerOptions {
  const { keys, legacy, readOnly, maxAge, maxBytes, allowHost, allowOrigin } = flags
  return {
    ...{ port, host, ...keys },
    ...(inMemory ? { inMemory } : { dataDir }),
    ...(legacy && { legacy }),
    ...(readOnly && { readOnly }),
    ...(allowHost && { allowedHosts: allowHost }),
    ...(allowOrigin && { allowedOrigins: allowOrigin }),
    retention: {
      ...(maxAge !== undefined && { maxAgeMillis: maxAge }),
      ...(maxBytes !== undefined && { maxBytes }),
    },
  }
}

// The dev-server says what to choose another of; here it has a flag.
const FLAG_TO_CHANGE: Readonly<Partial<Record<DevServerErrorCode, string>>> = {
  port_in_use: ' (--port 0)',
  listen_failed: ' (--host, --port)',
  store_in_use: ' (--data-dir)',
  data_dir_unusable: ' (--data-dir)',
}

async function start(options: DevServerOptions): Promise<DevServer> {
  // Loaded here, because commands that only read need no server, and its database engine takes time to load.
  const { startDevServer, DevServerError } = await import('@axion/dev-server')
  try {
    return await startDevServer(options)
  } catch (error) {
    if (!(error instanceof DevServerError)) throw error
    const code = error.code === 'invalid_options' ? 'wrong_usage' : 'server_failed'
    throw new CliError(code, `${error.message}${FLAG_TO_CHANGE[error.code] ?? ''}`, { cause: error })
  }
}

function asJson({ url, publicKey, secretKey, viewerUrl, dataDir }: DevServer): string {
  return jsonLine({ url, publicKey, secretKey, viewerUrl, dataDir })
}

const LOOPBACK = /^(localhost|127(\.\d+){3}|\[?::1\]?)$/

function asText(server: DevServer, host: string, paint: Paint): string {
  const exposed = LOOPBACK.test(host)
    ? ''
    : paint(
        'warning',
        `\n  It listens on ${plainText(host)}: others on the network reach it, and only the keys protect the data.`,
      )
  return `${paint('strong', `Langfuse-compatible server on ${server.url}`)}${exposed}
  data    ${server.dataDir === undefined ? 'in memory, gone when this stops' : plainText(server.dataDir)}
  viewer  ${server.viewerUrl}  ${paint('faint', '(this link works once)')}

export LANGFUSE_BASE_URL=${shellQuote(server.url)}
export LANGFUSE_PUBLIC_KEY=${shellQuote(server.publicKey)}
export LANGFUSE_SECRET_KEY=${shellQuote(server.secretKey)}

${paint('faint', 'Ctrl-C stops it.')}
`
}

function stopped(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    // A signal that came while the server started has fired already.
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve(), { once: true })
  })
}
