/** A request that the server refused, or that did not reach it. */
export class ServerError extends Error {
  override readonly name = 'ServerError'
  /** 0 when there was no answer. */
  readonly status: number

  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }
}

/**
 * Reads JSON from the server.
 *
 * @param path Below `/viewer/api`.
 * @param signal Ends the request.
 * @returns What came. The type is what the server's handler of that path sends.
 * @throws {ServerError} If there is no answer, or it is an error.
 */
export function getJson<T>(path: string, signal?: AbortSignal): Promise<T> {
  return send<T>(path, signal === undefined ? {} : { signal })
}

/**
 * Sends JSON to the server.
 *
 * @param path Below `/viewer/api`.
 * @param body What to send.
 * @returns What came back.
 * @throws {ServerError} If there is no answer, or it is an error.
 */
export function postJson<T>(path: string, body: unknown): Promise<T> {
  return send<T>(path, { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } })
}

async function send<T>(path: string, init: RequestInit): Promise<T> {
  const response = await fetch(`/viewer/api${path}`, init).catch((error: unknown) => {
    if (error instanceof DOMException && error.name === 'AbortError') throw error
    throw new ServerError(0, 'The dev-server does not answer: is it still running?')
  })
  if (response.ok) return (await response.json()) as T
  throw new ServerError(response.status, messageOf(await response.json().catch(() => undefined), response.status))
}

function messageOf(body: unknown, status: number): string {
  const { message, error } = (body ?? {}) as { message?: unknown; error?: unknown }
  const [issue] = Array.isArray(error) ? (error as { message?: unknown; path?: unknown }[]) : []
  if (issue !== undefined)
    return `${message}: ${Array.isArray(issue.path) ? issue.path.join('.') : ''} ${issue.message}`
  return typeof message === 'string' ? message : `The dev-server answered ${status}`
}
