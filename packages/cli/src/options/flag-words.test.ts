import { describe, expect, it } from 'vitest'
import { flagWords } from './flag-words.js'

describe('flagWords()', () => {
  it.each([
    [
      'Invalid option fromTimestamp: it is not before toTimestamp: fix',
      'fromTimestamp',
      'Invalid --from: it is not before --to: fix',
    ],
    ['Invalid option tags[1]: it is no text: fix', 'tags[1]', 'Invalid --tag: it is no text: fix'],
    ['Invalid option id: it is no text: fix', 'id', 'Invalid <id>: it is no text: fix'],
    ['Invalid option name: it is "limit: x": fix', 'name', 'Invalid --name: it is "limit: x": fix'],
    ['Invalid option other: fix', 'other', 'Invalid other: fix'],
    ['Invalid option constructor: fix', 'constructor', 'Invalid constructor: fix'],
    ['Something else', 'name', 'Something else'],
    ['Something: else', undefined, 'Something: else'],
  ])('says %j in the words of the command line', (message, path, words) => {
    expect(flagWords(message, path)).toBe(words)
  })
})
