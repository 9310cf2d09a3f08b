import { describe, expect, it } from 'vitest'
import { compileRules } from './compile-rules.js'
import { BUILT_IN_RULES, type MaskRule } from './mask-rule.js'
import { maskText } from './mask-text.js'

const AT = { key: 'key', spanName: 'span' }
const mask = (text: string, ...rules: MaskRule[]): string =>
  maskText(
    text,
    compileRules(rules, () => {}),
    AT,
  )
const json = JSON.stringify

/** JSON as a serializer writes it that leaves nothing outside of ASCII, and not even that. */
const escaped = (text: string): string =>
  `"${[...text].map((char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`).join('')}"`

describe('maskText()', () => {
  it.each([
    ['plain a@b.co', 'plain <email>'],
    [json({ a: 'a@b.co' }), '{"a":"<email>"}'],
    [json({ 'a@b.co': 1 }), '{"<email>":1}'],
    [json(['line\na@b.co']), '["line\\n<email>"]'],
    ['["\\n@openai.com is a name"]', '["\\n@openai.com is a name"]'],
    ['["a\\u0040b.co"]', '["<email>"]'],
    ['{"a":["\\u0061@b.co"]}', '{"a":["<email>"]}'],
    [`[${escaped('a@b.co')}]`, '["<email>"]'],
    [json(json({ a: 'a@b.co' })), '"{\\"a\\":\\"<email>\\"}"'],
    [json({ arguments: json({ to: json(['a@b.co']) }) }), json({ arguments: json({ to: json(['<email>']) }) })],
    [json({ arguments: `{"to":${escaped('a@b.co')}}` }), json({ arguments: '{"to":"<email>"}' })],
    // Not whole, not JSON, JSON among other text.
    ['{"a":"a\\u0040b.co', '{"a":"<email>'],
    ['{"a":"x\\u0040', '{"a":"x\\u0040'],
    ['see {"a":"a\\u0040b.co"}', 'see {"a":"<email>"}'],
    ['see {\\"a\\":\\"a\\\\u0040b.co\\"}', 'see {\\"a\\":\\"<email>\\"}'],
    ["{'a': 'a@b.co'}", "{'a': '<email>'}"],
    ['[info] "mail" a@b.co', '[info] "mail" <email>'],
    ['{"a":"a@b.co"}\n{"a":"c@d.co"}', '{"a":"<email>"}\n{"a":"<email>"}'],
    ['data: {"a":"a@b.co"}', 'data: {"a":"<email>"}'],
    ['\ufeff {"a":"a@b.co"}', '\ufeff {"a":"<email>"}'],
  ])('maskText() finds an address in %j', (text, masked) => {
    expect(mask(text, 'email')).toBe(masked)
    // The application's own rules take another way.
    expect(mask(text, 'email', /nothing/)).toBe(masked)
    expect(mask(text, (leaf) => leaf.replace(/\b[ac]@[bd]\.co\b/g, '<email>'))).toBe(masked)
  })

  it.each([
    ['{"card":4111111111111111}', '{"card":"<credit_card>"}'],
    ['[1,4111111111111111,2.50]', '[1,"<credit_card>",2.50]'],
    ['{"at":1795435200000,"id":12345678901234567890}', '{"at":1795435200000,"id":12345678901234567890}'],
    ['{"card":"\\n4111111111111111"}', '{"card":"\\n<credit_card>"}'],
    // A number that stands in no JSON gets no quotes.
    ['[info] card 4111111111111111', '[info] card <credit_card>'],
    ['{"card":4111111111111111', '{"card":<credit_card>'],
    ['{"card":"4111\\u00a01111\\u00a01111\\u00a01111"}', '{"card":"<credit_card>"}'],
  ])('maskText() finds a card in %j', (text, masked) => {
    expect(mask(text, 'credit_card')).toBe(masked)
    expect(mask(text, 'credit_card', /nothing/)).toBe(masked)
  })

  it.each([
    ['{"apiKey":"x y"}', '{"apiKey":"<api_key>"}'],
    ['{"password":12345}', '{"password":"<api_key>"}'],
    ['{"password":"\\"quoted\\""}', '{"password":"<api_key>"}'],
    ['{"secret_key":["a","b"],"c":"d"}', '{"secret_key":["<api_key>","<api_key>"],"c":"d"}'],
    ['{"password":{"hint":"dog"}}', '{"password":{"hint":"dog"}}'],
    ['{"password":"","api_key":null,"accessToken":true}', '{"password":"","api_key":null,"accessToken":true}'],
    [json({ body: '{"password":"x"}' }), json({ body: '{"password":"<api_key>"}' })],
    ['{"authorization":"x"}', '{"authorization":"<bearer_token>"}'],
  ])('maskText() goes by the names in %j', (text, masked) => {
    expect(mask(text, 'api_key', 'bearer_token')).toBe(masked)
  })

  it.each([
    // Each part by itself: anchors hold.
    [/^\d{9}$/, '{"ssn":123456789,"n":12}', '{"ssn":"<masked>","n":12}'],
    [/^secret$/, '["secret","secrets"]', '["<masked>","secrets"]'],
    [/line\nsecret/, json(['a line\nsecret']), '["a <masked>"]'],
    [/é/, '["\\u00e9"]', '["<masked>"]'],
    // And the whole: what stands beside what.
    [/"password":"[^"]*"/, '{"password":"x","a":"b"}', '{<masked>,"a":"b"}'],
    [/(?<="password":")[^"]+/, '{"password":"x","a":"b"}', '{"password":"<masked>","a":"b"}'],
    [/.+/s, '{"a":["b"]}', '<masked>'],
    [/\w+/, '{"a":["b"]}', '{"<masked>":["<masked>"]}'],
  ])('maskText() shows the rule %s of the application each part and the whole of %j', (rule, text, masked) => {
    expect(mask(text, rule)).toBe(masked)
  })

  it('maskText() lets a function take JSON apart itself', () => {
    const withoutName = (text: string): string => {
      if (!text.startsWith('{')) return text
      const { name: _hidden, ...rest }: Record<string, unknown> = JSON.parse(text)
      return json(rest)
    }
    expect(mask('{"name":"Jane","age":7}', withoutName)).toBe('{"age":7}')
  })

  it('maskText() changes nothing of JSON but what is hit: spaces, numbers, repeated and strange keys', () => {
    const rest = '"n":1.0,  "big":12345678901234567890,"a":1,"a":2,"__proto__":{"x":1e5},"u":"\\u0061\\/"'
    expect(mask(`{ "to":"a@b.co", ${rest} }`, ...BUILT_IN_RULES)).toBe(`{ "to":"<email>", ${rest} }`)
    expect(mask(`{ ${rest} }`, ...BUILT_IN_RULES)).toBe(`{ ${rest} }`)
  })

  it('maskText() does not follow JSON inside of JSON without end', () => {
    let nested = '["a@b.co"]'
    for (let level = 0; level < 12; level++) nested = json([nested])
    const masked = mask(nested, 'email')
    expect(masked).not.toContain('b.co')
    expect(masked).toContain('<masked: nested too deep>')
    expect(mask(nested.replace('a@b.co', 'no one'), 'email')).toBe(nested.replace('a@b.co', 'no one'))
  })

  it('maskText() gets through a mebibyte of JSON, of quotes, of escapes and of brackets', () => {
    const long = 'x'.repeat(1 << 20)
    for (const seed of ['{"a":"b"},', '"', '\\', '\\"', '"\\u0022', '\\u0040', '[', '{"', '"\\\\\\"', '1,', '"a":']) {
      const text = `["${seed.repeat((1 << 20) / seed.length)}`
      expect(typeof mask(text, ...BUILT_IN_RULES, /nothing/)).toBe('string')
    }
    expect(mask(json({ long, to: 'a@b.co' }), ...BUILT_IN_RULES)).toBe(json({ long, to: '<email>' }))
  }, 120_000)
})
