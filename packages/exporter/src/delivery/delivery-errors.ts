/** The time for a delivery was up, and it was ended. */
export class DeliveryTimeout extends Error {
  override readonly name = 'DeliveryTimeout'
}

/** The server answered with a status that is not a success. What it said beside is not kept: it may quote the request. */
export class RefusedRequest extends Error {
  override readonly name = 'RefusedRequest'
  readonly status: number
  /** Whether the request may be sent again as it is; when such an error is final, the retries ran out. */
  readonly retryable: boolean

  constructor(status: number, retryable: boolean) {
    super(`answered ${status}`)
    this.status = status
    this.retryable = retryable
  }
}

/** Something answered that does not take spans: a login page, a proxy, the web application instead of its API. */
export class NotAnOtlpEndpoint extends Error {
  override readonly name = 'NotAnOtlpEndpoint'
  /** The status of the answer, a success. */
  readonly status: number

  constructor(status: number) {
    super(`answered ${status} with a web page`)
    this.status = status
  }
}

/** The server took the request and refused some or all of its spans: OTLP's partial success. */
export class RejectedSpans extends Error {
  override readonly name = 'RejectedSpans'
}
