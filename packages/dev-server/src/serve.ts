import type { Server } from 'node:http'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import type { Hono } from 'hono'
import { DevServerError } from './dev-server-error.js'
import type { HttpEnv } from './routes/http-env.js'

/** How long a running request may take to finish while the server stops, in milliseconds. */
const CLOSE_DEADLINE_MILLIS = 5000

/** How long a client may take, in milliseconds. */
export interface TimeLimits {
  /** Until the last header. */
  readonly headersTimeout: number
  /** Until the last byte of the body. */
  readonly requestTimeout: number
  /** How often the two are looked at. */
  readonly connectionsCheckingInterval: number
}

// Whoever sends a byte now and then must not hold a connection for Node's five minutes.
const TIME_LIMITS: TimeLimits = { headersTimeout: 10_000, requestTimeout: 60_000, connectionsCheckingInterval: 5_000 }

/** A server that listens. */
export interface RunningServer {
  /** The port it got. */
  readonly port: number
  /** Lets running requests finish and stops. */
  stop(): Promise<void>
}

/**
 * Serves an application.
 *
 * @param app The application.
 * @param host The address to listen on.
 * @param port The port, or 0 for any.
 * @param timeLimits How long a client may take. Default: ten seconds for headers, a minute for all.
 * @returns The server, once it listens.
 * @throws {DevServerError} `port_in_use` or `listen_failed`.
 */
export async function serve(
  app: Hono<HttpEnv>,
  host: string,
  port: number,
  timeLimits: TimeLimits = TIME_LIMITS,
): Promise<RunningServer> {
  const server = createServer(
    { maxHeaderSize: 16_384, ...timeLimits },
    getRequestListener(app.fetch, { overrideGlobalObjects: false }),
  )
  // A connection that is busy when the server stops is idle after its answer, and would otherwise stay for seconds.
  server.on('request', (_request, response) => {
    response.once('close', () => server.listening || server.closeIdleConnections())
  })
  const { address } = await listen(server, host, port)
  return { port: address.port, stop: () => stop(server) }
}

function listen(server: Server, host: string, port: number): Promise<{ address: AddressInfo }> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => reject(listenError(host, port, cause)))
    server.listen(port, host, () => {
      const address = server.address()
      if (address === null || typeof address === 'string') reject(listenError(host, port, new Error('no TCP address')))
      else resolve({ address })
    })
  })
}

function listenError(host: string, port: number, cause: NodeJS.ErrnoException): DevServerError {
  if (cause.code === 'EADDRINUSE') {
    const message = `Cannot listen on ${host}:${port}: the port is in use: choose another port, or 0 for any free one`
    return new DevServerError('port_in_use', message, { port, cause })
  }
  const message = `Cannot listen on ${host}:${port}: ${cause.message}: check the host and the permissions`
  return new DevServerError('listen_failed', message, { port, cause })
}

function stop(server: Server): Promise<void> {
  return new Promise((resolve) => {
    // A client that never finishes its request must not keep the server, and with it the database, for ever.
    const deadline = setTimeout(() => server.closeAllConnections(), CLOSE_DEADLINE_MILLIS)
    server.close(() => {
      clearTimeout(deadline)
      resolve()
    })
    server.closeIdleConnections()
  })
}
