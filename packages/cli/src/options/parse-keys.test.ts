import { InvalidArgumentError } from 'commander'
import { expect, it } from 'vitest'
import { parseKeys } from './parse-keys.js'

it('parseKeys() reads a public and a secret key', () => {
  expect(parseKeys('pk-lf-a:sk-lf-b')).toEqual({ publicKey: 'pk-lf-a', secretKey: 'sk-lf-b' })
})

it.each(['', ':', 'pk', 'pk:', ':sk', 'pk:sk:more', 'p k:sk', 'pk:s\nk', 'pk:schlüssel'])(
  'parseKeys() refuses %j',
  (text) => {
    expect(() => parseKeys(text)).toThrow(InvalidArgumentError)
  },
)
