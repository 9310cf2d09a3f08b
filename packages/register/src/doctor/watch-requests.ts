import { subscribe } from 'node:diagnostics_channel'
import type { ClientRequest } from 'node:http'
import { libraryOfRequest } from './library-of-request.js'

/** What undici publishes; an array of names and values, or, in older versions, their text. */
interface UndiciMessage {
  readonly request: { readonly path: string; readonly headers: string | readonly unknown[] }
}

/**
 * Listens for requests of the clients that can be traced: in a bundle they are all that is seen of them.
 *
 * @param found - Told the npm package of the client that sends one.
 */
export function watchRequests(found: (library: string) => void): void {
  const look = (path: string, headers: string): void => {
    const library = libraryOfRequest(path, headers)
    if (library !== undefined) found(library)
  }
  subscribe('undici:request:create', (message) => {
    // Node's documentation gives the shape of both messages; their type is unknown.
    const { path, headers } = (message as UndiciMessage).request
    look(path, typeof headers === 'string' ? headers : toText(headers))
  })
  subscribe('http.client.request.start', (message) => {
    const { request } = message as { readonly request: ClientRequest }
    look(request.path, toText(Object.entries(request.getHeaders()).flat()))
  })
}

function toText(namesAndValues: readonly unknown[]): string {
  const lines: string[] = []
  for (let at = 0; at < namesAndValues.length; at += 2) lines.push(`${namesAndValues[at]}: ${namesAndValues[at + 1]}`)
  return lines.join('\r\n')
}
