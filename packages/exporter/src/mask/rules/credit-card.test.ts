import { describe, expect, it } from 'vitest'
import { creditCardRule } from './credit-card.js'

describe('creditCardRule.mask()', () => {
  // Numbers that payment providers publish for tests.
  it.each([
    ['4111111111111111', '<credit_card>'],
    ['4222222222222', '<credit_card>'],
    ['4000000000000000006', '<credit_card>'],
    ['4111 1111 1111 1111', '<credit_card>'],
    ['4111-1111-1111-1111', '<credit_card>'],
    ['4111.1111.1111.1111', '<credit_card>'],
    ['4111\u00a01111\u00a01111\u00a01111', '<credit_card>'],
    ['4111‑1111‑1111‑1111', '<credit_card>'],
    ['5555555555554444', '<credit_card>'],
    ['2223003122003222', '<credit_card>'],
    ['378282246310005', '<credit_card>'],
    ['3782 822463 10005', '<credit_card>'],
    ['30569309025904', '<credit_card>'],
    ['3056 930902 5904', '<credit_card>'],
    ['6011111111111117', '<credit_card>'],
    ['3530111333300000', '<credit_card>'],
    ['6200000000000005', '<credit_card>'],
    ['5018000000000009', '<credit_card>'],
    ['2200000000000004', '<credit_card>'],
    ['card:4111111111111111.', 'card:<credit_card>.'],
    ['4111 1111 1111 1111 12/27', '<credit_card> 12/27'],
    ['4111 1111 1111 1111 123', '<credit_card> 123'],
    ['2 4111 1111 1111 1111', '2 <credit_card>'],
    ['5 4111111111111111', '5 <credit_card>'],
    ['4111111111111111 5555555555554444', '<credit_card> <credit_card>'],
    ['4111111111111111,5555555555554444', '<credit_card>,<credit_card>'],
    ['卡号4111111111111111。', '卡号<credit_card>。'],
    ["'\\n4111111111111111\\n'", "'\\n<credit_card>\\n'"],
    ['[4111111111111111]', '[<credit_card>]'],
  ])('creditCardRule.mask() of %j is %j', (text, masked) => {
    expect(creditCardRule.mask(text)).toBe(masked)
  })

  it.each([
    '',
    '4111',
    '411111111111',
    // Luhn says no.
    '4111111111111112',
    '4111 1111 1111 1112',
    // Luhn says yes, no issuer does.
    '0000000000000000',
    '1000000000000008',
    '7000000000000005',
    '41111111111111111111',
    // Times: seconds, milliseconds, microseconds and nanoseconds since 1970, and as people write them.
    '1795435200',
    '1795435200004',
    '1795435200000003',
    '1795435200000000004',
    '20261123101112',
    '2026-11-23 10:11:12.123456',
    '2026-11-23T10:11:12.123456789Z',
    '2026 11 23 10 11 12 13',
    // Ids.
    '550e8400-e29b-41d4-a716-446655440000',
    '12345678-1234-4111-8111-111111111111',
    '0af7651916cd43dd8448eb211c80319c',
    'a4111111111111111',
    '4111111111111111b',
    'run_4111111111111111',
    '9999-4111-1111-1111-1111',
    // Fractions, lists, phone numbers.
    '0.4111111111111111',
    '4.111111111111111',
    '-1.4532015112830366',
    '[4000,5000,6000,7000,8000]',
    '4,111,111,111,111,111',
    '+49 170 1234567 30',
    '10 20 30 40 50 60 70 80',
  ])('creditCardRule.mask() leaves %j', (text) => {
    expect(creditCardRule.mask(text)).toBe(text)
  })
})
