import { expect, it } from 'vitest'
import { isVersionWithin } from './version-range.js'

it.each([
  ['4.0.0', true],
  ['4.104.0', true],
  ['7.999.1', true],
  ['8.0.0', false],
  ['10.0.0', false],
  ['3.99.99', false],
  // Nearer to the release than to the one before.
  ['4.0.0-beta.1', true],
  ['8.0.0-rc.1', false],
  ['', false],
  ['latest', false],
  ['7', false],
])('isVersionWithin() says of %j, between 4.0.0 and 8.0.0: %s', (version, expected) => {
  expect(isVersionWithin(version, '4.0.0', '8.0.0')).toBe(expected)
})
