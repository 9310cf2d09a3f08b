import { expect, it } from 'vitest'
import { showText } from './show-text.js'

it.each([
  ['', '""'],
  ['soon', '"soon"'],
  ['line\nbreak', '"line\\nbreak"'],
  ['x'.repeat(24), `"${'x'.repeat(24)}"`],
  ['x'.repeat(25), 'a text of 25 characters'],
  ['sk-lf-1234', 'a text of 10 characters'],
  ['PK-1', 'a text of 4 characters'],
  ['me:hunter2@host', 'a text of 15 characters'],
])('showText() shows %j as %s', (text, shown) => {
  expect(showText(text)).toBe(shown)
})
