import { describe, expect, it } from 'vitest'
import { bearerTokenRule } from './bearer-token.js'

const JWT = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.c2lnbmF0dXJl'
const basic = (text: string): string => Buffer.from(text).toString('base64')

describe('bearerTokenRule.mask()', () => {
  it.each([
    ['Bearer abcdef123456', 'Bearer <bearer_token>'],
    ['bearer ABC.def-123_456~+/==', 'bearer <bearer_token>'],
    ['BEARER\tabcdef123456', 'BEARER\t<bearer_token>'],
    ['Authorization: Bearer abcdef123456', 'Authorization: Bearer <bearer_token>'],
    ["-H 'Authorization: Bearer abcdef123456' x", "-H 'Authorization: Bearer <bearer_token>' x"],
    ['"authorization":"Bearer abcdef123456"', '"authorization":"Bearer <bearer_token>"'],
    ['\\"Authorization\\":\\"Bearer abcdef123456\\"', '\\"Authorization\\":\\"Bearer <bearer_token>\\"'],
    [`Bearer ${'x'.repeat(24)}`, 'Bearer <bearer_token>'],
    ['Bearer%20abcdef123456', 'Bearer%20<bearer_token>'],
    ['Bearer+abcdef123456', 'Bearer+<bearer_token>'],
    ['a\\nBearer abcdef123456', 'a\\nBearer <bearer_token>'],
    [JWT, '<bearer_token>'],
    [`token=${JWT}&x`, 'token=<bearer_token>&x'],
    [`Bearer ${JWT}`, 'Bearer <bearer_token>'],
    ['eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0.', '<bearer_token>'],
    ['eyJhbGciOiJkaXIifQ..aXY.Y2lwaGVy.dGFn', '<bearer_token>'],
    [`${JWT} ${JWT}`, '<bearer_token> <bearer_token>'],
    [`令牌${JWT}。`, '令牌<bearer_token>。'],
    [`Basic ${basic('jane:hunter2')}`, 'Basic <bearer_token>'],
    [`authorization: Basic ${basic('a:b')}`, 'authorization: Basic <bearer_token>'],
    ['Authorization: Digest0123456789', 'Authorization: <bearer_token>'],
    ['authorization=Token abc12345', 'authorization=Token <bearer_token>'],
    ["{'authorization': 'opaque'}", "{'authorization': '<bearer_token>'}"],
    ['proxy-authorization: Negotiate YII1234567', 'proxy-authorization: Negotiate <bearer_token>'],
  ])('bearerTokenRule.mask() of %j is %j', (text, masked) => {
    expect(bearerTokenRule.mask(text)).toBe(masked)
    expect(bearerTokenRule.mask(masked)).toBe(masked)
  })

  it.each([
    '',
    'Bearer',
    'Bearer ',
    'the bearer of bad news',
    'a bearer certificate',
    'Bearer authentication is required',
    'Bearer <bearer_token>',
    'Bearer YOUR_TOKEN',
    'forbearer abcdef123456',
    'basic knowledge of English',
    'Basic authentication, please',
    'Basic Understanding',
    'VisualBasic amFuZTpodW50ZXIy',
    'authorization is required',
    'Authorization: required',
    'authorization code grant 12345678',
    'eyJ',
    'eyJhbGciOiJIUzI1NiJ9',
    'eyJa.b',
    'keyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.c2ln',
    'WWW-Authenticate: Bearer realm="x"',
  ])('bearerTokenRule.mask() leaves %j', (text) => {
    expect(bearerTokenRule.mask(text)).toBe(text)
  })

  it.each([
    ['authorization', '<bearer_token>'],
    ['http.request.header.authorization', '<bearer_token>'],
    ['Proxy-Authorization', '<bearer_token>'],
    ['authorization_code', undefined],
    ['authorizationUrl', undefined],
    ['unauthorization', undefined],
    ['', undefined],
  ])('bearerTokenRule.markForName() of %j is %j', (name, mark) => {
    expect(bearerTokenRule.markForName?.(name)).toBe(mark)
  })
})
