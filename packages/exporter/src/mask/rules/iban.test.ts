import { describe, expect, it } from 'vitest'
import { ibanRule } from './iban.js'

describe('ibanRule.mask()', () => {
  // Examples of the SWIFT registry.
  it.each([
    ['DE89370400440532013000', '<iban>'],
    ['DE89 3704 0044 0532 0130 00', '<iban>'],
    ['DE89-3704-0044-0532-0130-00', '<iban>'],
    ['DE89\u00a03704\u00a00044\u00a00532\u00a00130\u00a000', '<iban>'],
    ['de89370400440532013000', '<iban>'],
    ['GB29NWBK60161331926819', '<iban>'],
    ['GB29 NWBK 6016 1331 9268 19', '<iban>'],
    ['FR1420041010050500013M02606', '<iban>'],
    ['NO9386011117947', '<iban>'],
    ['NL91ABNA0417164300', '<iban>'],
    ['BE68539007547034', '<iban>'],
    ['CH9300762011623852957', '<iban>'],
    ['AT611904300234573201', '<iban>'],
    ['ES9121000418450200051332', '<iban>'],
    ['IT60X0542811101000000123456', '<iban>'],
    ['MT84MALT011000012345MTLCAST001S', '<iban>'],
    ['PL61109010140000071219812874', '<iban>'],
    ['SE4550000000058398257466', '<iban>'],
    ['Pay to DE89 3704 0044 0532 0130 00 today.', 'Pay to <iban> today.'],
    ['IBAN:DE89370400440532013000,', 'IBAN:<iban>,'],
    ['"DE89370400440532013000"', '"<iban>"'],
    ['账户DE89370400440532013000。', '账户<iban>。'],
    ["'\\nDE89370400440532013000'", "'\\n<iban>'"],
    ['DE89370400440532013000 GB29NWBK60161331926819', '<iban> <iban>'],
  ])('ibanRule.mask() of %j is %j', (text, masked) => {
    expect(ibanRule.mask(text)).toBe(masked)
  })

  it.each([
    '',
    'DE',
    'DE89',
    // Check digits, length, country.
    'DE88370400440532013000',
    'DE8937040044053201300',
    'DE893704004405320130000',
    'XX89370400440532013000',
    'US89370400440532013000',
    'GB29 NWBK 6016 1331 9268 18',
    'DE89  3704 0044 0532 0130 00',
    'DE89_3704_0044_0532_0130_00',
    // Part of a longer word.
    'xDE89370400440532013000',
    'DE89370400440532013000x',
    '_DE89370400440532013000',
    // Ids, versions, models, sentences.
    '550e8400-e29b-41d4-a716-446655440000',
    '0af7651916cd43dd8448eb211c80319c',
    'be76351916cd43dd',
    'gpt-4o-mini-2024-07-18',
    'claude-3-5-sonnet-20241022',
    'AB12 is what the seat is called in this row',
    'MT84 and NO93 are the trains of 2026',
    'AKIAIOSFODNN7EXAMPLE',
    '2026-11-23T10:11:12Z',
  ])('ibanRule.mask() leaves %j', (text) => {
    expect(ibanRule.mask(text)).toBe(text)
  })
})
