import { describe, expect, it } from 'vitest'
import { BUILT_IN_RULES } from '../mask-rule.js'
import { builtInRules } from './built-in-rules.js'

const MEBIBYTE = 1 << 20

// Beginnings of what a rule looks for, again and again, so that whatever is looked at twice is looked at a million times.
const SEEDS = [
  ...['a', '1', '1.', '1 ', '1-', '@', 'a@', 'a@a.', 'é@é.', '%40', `${'a'.repeat(64)}@`, 'a@b.c '],
  ...['+', '+1', '+49 ', '+49(', '0', '01 ', '(', '((((', '415-555-', '4111 ', '4111-', '4111111111111111 '],
  ...['::', 'a:', '1:', '::1 ', '1.1.1.', '1.1.1.1 ', 'AB12', 'AB12 ', 'DE89 3704 ', 'DE89370400440532013'],
  ...['eyJ', 'eyJa.', 'bearer ', 'Bearer a', 'Basic YTpi ', 'authorization:', 'authorization: a', 'authorization="'],
  ...[
    'password=',
    'password="',
    'password="a\\',
    'api_key:',
    'key',
    'id_token',
    '://',
    '://a:',
    '://a:b@',
    'sk-',
    'sk-a',
  ],
  ...['xoxb-', 'A3TA', 'aaa1Q~', '12345678:AA', '-', '_', '~', '='],
  ...['-----BEGIN PRIVATE KEY-----', '-----BEGIN PRIVATE KEY-----\n', '-----END PRIVATE KEY-----', 'Proc-Type: a'],
  ...['"', '\\', '\\"', '\\n', '{"a":', '<', '<email>', '\ud800', '中'],
]

describe('the built-in rules', () => {
  // Quadratic patterns take minutes for these: the time limit of the test is the assertion.
  it.each(BUILT_IN_RULES)(
    '%s gets through a hostile mebibyte of every kind',
    (name) => {
      for (const seed of SEEDS) {
        const text = seed.repeat(Math.ceil(MEBIBYTE / seed.length))
        expect(typeof builtInRules[name].mask(text)).toBe('string')
      }
    },
    120_000,
  )
})
