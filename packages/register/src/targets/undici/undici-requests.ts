import { propagation } from '@opentelemetry/api'
import { beginExchange, type HttpExchange } from '../http/http-exchange.js'

/** What undici tells of a request. */
interface UndiciRequest {
  readonly method: string
  readonly origin: string | URL
  readonly path: string
  addHeader(name: string, value: string): void
}

const exchanges = new WeakMap<UndiciRequest, HttpExchange>()

/** A request is made. */
export function began(message: unknown): void {
  const { request } = message as { request: UndiciRequest }
  const exchange = beginExchange(request.method, new URL(request.path, request.origin).href)
  if (!exchange) return
  exchanges.set(request, exchange)
  const headers: Record<string, string> = {}
  propagation.inject(exchange.span.context, headers)
  for (const [name, value] of Object.entries(headers)) request.addHeader(name, value)
}

/** The head of its response has come. */
export function answered(message: unknown): void {
  const { request, response } = message as { request: UndiciRequest; response: { statusCode: number } }
  exchanges.get(request)?.answered(response.statusCode)
}

/** It has failed. */
export function failed(message: unknown): void {
  const { request, error } = message as { request: UndiciRequest; error: unknown }
  exchanges.get(request)?.failed(error)
}
