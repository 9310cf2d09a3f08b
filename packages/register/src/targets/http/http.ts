import { createRequire } from 'node:module'
import { listen } from './listen.js'

type Requests = typeof import('./client-requests.js')

const load = createRequire(import.meta.url)
const requests = (): Requests => load('./client-requests.js') as Requests

// https://nodejs.org/api/diagnostics_channel.html#http

/** Traces requests of `node:http` and `node:https`. */
export function traceHttp(): void {
  listen('http.client.request.start', (message) => requests().began(message))
  listen('http.client.response.finish', (message) => requests().answered(message))
  listen('http.client.request.error', (message) => requests().failed(message))
}
