import { createRequire } from 'node:module'
import { listen } from '../http/listen.js'

type Requests = typeof import('./undici-requests.js')

const load = createRequire(import.meta.url)
const requests = (): Requests => load('./undici-requests.js') as Requests

// https://undici.nodejs.org/#/docs/api/DiagnosticsChannel

/** Traces requests of undici, and of the `fetch` that Node builds on it. */
export function traceUndici(): void {
  listen('undici:request:create', (message) => requests().began(message))
  listen('undici:request:headers', (message) => requests().answered(message))
  listen('undici:request:error', (message) => requests().failed(message))
}
