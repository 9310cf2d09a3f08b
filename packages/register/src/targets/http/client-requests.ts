import type { ClientRequest, IncomingMessage } from 'node:http'
import { propagation } from '@opentelemetry/api'
import { beginExchange, type HttpExchange } from './http-exchange.js'

const exchanges = new WeakMap<ClientRequest, HttpExchange>()

/** A request is sent. */
export function began(message: unknown): void {
  const { request } = message as { request: ClientRequest }
  const { protocol, method, path, host } = request
  const authority = request.getHeader('host') ?? host
  const exchange = beginExchange(method, `${protocol}//${String(authority)}${path}`)
  if (!exchange) return
  exchanges.set(request, exchange)
  const headers: Record<string, string> = {}
  propagation.inject(exchange.span.context, headers)
  if (!request.headersSent) for (const [name, value] of Object.entries(headers)) request.setHeader(name, value)
}

/** Its response has begun. */
export function answered(message: unknown): void {
  const { request, response } = message as { request: ClientRequest; response: IncomingMessage }
  exchanges.get(request)?.answered(response.statusCode)
}

/** It has failed. */
export function failed(message: unknown): void {
  const { request, error } = message as { request: ClientRequest; error: unknown }
  exchanges.get(request)?.failed(error)
}
