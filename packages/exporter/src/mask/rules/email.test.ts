import { describe, expect, it } from 'vitest'
import { emailRule } from './email.js'

describe('emailRule.mask()', () => {
  it.each([
    ['jane@example.com', '<email>'],
    ['a@b.c', '<email>'],
    ['Write to jane.doe+news@mail.example.co.uk, please.', 'Write to <email>, please.'],
    ['<jane@example.com>', '<<email>>'],
    ['mailto:jane@example.com?subject=x', 'mailto:<email>?subject=x'],
    ['?email=jane@example.com&x=1', '?email=<email>&x=1'],
    ['https://x.example/u/jane%40example.com/edit', 'https://x.example/u/<email>/edit'],
    ['a%2Bb%40c.com', '<email>'],
    ['jane@example.com,john@example.com', '<email>,<email>'],
    ['jane@example.com john@example.com', '<email> <email>'],
    ["{'email': 'jane@example.com'}", "{'email': '<email>'}"],
    ['**jane@example.com**', '**<email>**'],
    ['(jane@example.com)', '(<email>)'],
    ['josé@müller.de', '<email>'],
    ['用户@例子.公司', '<email>'],
    ['请写信给jane@example.com谢谢', '<email>'],
    ['jane@xn--mller-kva.xn--p1ai', '<email>'],
    ['jane_doe-1@sub.sub2.example.museum.', '<email>.'],
    [`${'x'.repeat(64)}@example.com`, '<email>'],
    ['https://user:pass@db.example.com/x', 'https://user:<email>/x'],
    ['JANE@EXAMPLE.COM', '<email>'],
    ['jane@1and1.com', '<email>'],
    ["o'brien@example.ie", '<email>'],
    ['@jane@example.social', '@<email>'],
  ])('emailRule.mask() of %j is %j', (text, masked) => {
    expect(emailRule.mask(text)).toBe(masked)
  })

  it.each([
    '',
    '@',
    'a@',
    '@b.c',
    'a@b',
    'a @ b.c',
    'jane at example dot com',
    '@openai on x.com',
    'https://medium.com/@jane.doe/a-post',
    'lodash@4.17.21',
    'react@18.2.0-rc.one',
    '/node_modules/.pnpm/@langfuse+core@5.11.1/node_modules/@langfuse/core',
    'logo@2x.png',
    '@traceloop/instrumentation-openai',
    'import x from "@scope/pkg"',
    'root@localhost',
    'a@-b.c',
    'x @app.route y',
    '{user}@{host}',
    'a@@b',
    '100%400',
    'at Object.<anonymous> (/app/index.js:10:5)',
    '\ud800@\udc00',
  ])('emailRule.mask() leaves %j', (text) => {
    expect(emailRule.mask(text)).toBe(text)
  })
})
