import { describe, expect, it } from 'vitest'
import { type HttpAnswer, readAnswer } from './read-answer.js'

const answer = (status: number, text = '', rest: Partial<HttpAnswer> = {}): HttpAnswer => ({
  status,
  contentType: 'application/json',
  retryAfter: undefined,
  body: Buffer.from(text),
  ...rest,
})

describe('readAnswer()', () => {
  it.each<[string, HttpAnswer]>([
    ['an empty object', answer(200, '{}')],
    ['nothing', answer(204)],
    ['a job of Langfuse', answer(200, '{"name":"otel-ingestion-job","data":{"id":"a"},"opts":{"attempts":6}}')],
    ['no JSON', answer(202, 'OK', { contentType: 'text/plain' })],
    ['JSON that is cut', answer(200, '{"partialSuccess":{"rejectedSpans":2')],
    ['null', answer(200, 'null')],
    ['an empty partial success', answer(200, '{"partialSuccess":{}}')],
    ['a partial success that only warns', answer(200, '{"partialSuccess":{"rejectedSpans":"0","errorMessage":"old"}}')],
    ['a partial success that is none', answer(200, '{"partialSuccess":"2"}')],
    ['a negative count', answer(200, '{"partialSuccess":{"rejectedSpans":-1}}')],
    ['a count that is none', answer(200, '{"partialSuccess":{"rejectedSpans":"many"}}')],
    ['a page quoted in JSON', answer(200, '{"note":"<html>"}')],
  ])('readAnswer() takes %s for an acceptance', (_case, given) => {
    expect(readAnswer(given, 3, 0)).toEqual({ status: 'sent', rejectedSpans: 0 })
  })

  it.each([
    ['"2"', 2],
    ['2', 2],
  ])('readAnswer() counts rejected spans: %s', (rejected, rejectedSpans) => {
    const given = answer(200, `{"partialSuccess":{"rejectedSpans":${rejected}}}`)
    expect(readAnswer(given, 3, 0)).toEqual({ status: 'sent', rejectedSpans })
  })

  it('readAnswer() reads the partial success of a collector, in protobuf', () => {
    const given = (bytes: number[]): HttpAnswer => ({
      ...answer(200, '', { contentType: 'application/x-protobuf' }),
      body: Buffer.from(bytes),
    })
    // Field 1 is the partial success, field 1 in it the count.
    expect(readAnswer(given([0x0a, 0x02, 0x08, 0x02]), 3, 0)).toEqual({ status: 'sent', rejectedSpans: 2 })
    expect(readAnswer(given([]), 3, 0)).toEqual({ status: 'sent', rejectedSpans: 0 })
    expect(readAnswer(given([0x0a, 0xff]), 3, 0)).toEqual({ status: 'sent', rejectedSpans: 0 })
  })

  it.each(['3', '"99"', '1e300'])('readAnswer() rejects no more spans than there were: %s', (rejected) => {
    const given = answer(200, `{"partialSuccess":{"rejectedSpans":${rejected}}}`)
    expect(readAnswer(given, 3, 0)).toMatchObject({ status: 'failed', error: { name: 'RejectedSpans' } })
  })

  it.each<[string, HttpAnswer]>([
    ['its content type', answer(200, 'Sign in', { contentType: 'Text/HTML; charset=utf-8' })],
    ['its doctype', answer(200, '  <!DOCTYPE html><p>', { contentType: undefined })],
    ['its element', answer(200, '<html lang="en">', { contentType: 'text/plain' })],
  ])('readAnswer() knows a web page by %s', (_by, given) => {
    expect(readAnswer(given, 3, 0)).toMatchObject({
      status: 'failed',
      error: { name: 'NotAnOtlpEndpoint', status: 200 },
    })
  })

  it.each([408, 425, 429, 502, 503, 504])('readAnswer() takes %i for a matter of time', (status) => {
    expect(readAnswer(answer(status, '', { retryAfter: '7' }), 3, 0)).toMatchObject({
      status: 'retryable',
      afterMillis: 7000,
      error: { status, retryable: true },
    })
  })

  it.each(['soon', '-1', '1.5', '', '0x10'])('readAnswer() does not take Retry-After: %j for a time', (retryAfter) => {
    expect(readAnswer(answer(503, '', { retryAfter }), 3, 0)).toMatchObject({ afterMillis: undefined })
  })

  it('readAnswer() reads Retry-After as a date', () => {
    const given = answer(503, '', { retryAfter: 'Mon, 23 Nov 2026 12:00:30 GMT' })
    expect(readAnswer(given, 3, Date.UTC(2026, 10, 23, 12))).toMatchObject({ afterMillis: 30_000 })
    expect(readAnswer(given, 3, Date.UTC(2026, 10, 24))).toMatchObject({ afterMillis: 0 })
  })

  it.each([
    [0, 'failed'],
    [301, 'failed'],
    [401, 'failed'],
    [404, 'failed'],
    [418, 'failed'],
    [400, 'refused'],
    [422, 'refused'],
    [500, 'doubtful'],
    [501, 'doubtful'],
  ])('readAnswer() takes %i for %s', (status, outcome) => {
    expect(readAnswer(answer(status, '{}'), 3, 0)).toMatchObject({
      status: outcome,
      error: { status, retryable: false },
    })
  })

  it('readAnswer() tells a request that is too large from other refusals, whatever page comes with it', () => {
    const given = answer(413, '<html>', { contentType: 'text/html' })
    expect(readAnswer(given, 3, 0)).toMatchObject({ status: 'too_large', error: { status: 413 } })
  })
})
