import { type Span, Tracer } from '@axion/core'
import { diag } from '@opentelemetry/api'

/** A request and its response. */
export interface HttpExchange {
  readonly span: Span
  /** The response has come. */
  answered(status: number | undefined): void
  failed(error: unknown): void
}

const tracer = new Tracer('base', { name: 'axion.register' })

// https://opentelemetry.io/docs/specs/semconv/http/http-spans/#http-client

/**
 * Begins the span of a request. Never throws.
 *
 * @param method - `GET`.
 * @param target - Its URL; credentials and the query, in which secrets stand, are left out.
 * @returns `undefined` for requests that are not to be traced: those that deliver spans.
 */
export function beginExchange(method: string, target: string): HttpExchange | undefined {
  try {
    const { protocol, host, hostname, pathname } = new URL(target)
    const span = tracer.startSpan(`${method} ${hostname}`, {
      type: 'span',
      attributes: {
        'http.request.method': method,
        'url.full': `${protocol}//${host}${pathname}`,
        'server.address': hostname,
      },
    })
    // Tracing is suppressed around requests that deliver spans: those do not record.
    return span.isRecording ? exchange(span) : undefined
  } catch (error) {
    diag.error('@axion/register: cannot record an HTTP request', error)
    return undefined
  }
}

function exchange(span: Span): HttpExchange {
  return {
    span,
    answered(status) {
      span.setAttribute('http.response.status_code', status)
      if (status !== undefined && status >= 400) span.setLevel('ERROR', `HTTP ${status}`)
      span.end()
    },
    failed(error) {
      span.recordError(error).end()
    },
  }
}
