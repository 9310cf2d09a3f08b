import { expect, it } from 'vitest'
import { impliedExportMode } from './implied-export-mode.js'

it.each<[string | undefined, string | undefined, string]>([
  [undefined, undefined, 'batched'],
  ['', undefined, 'batched'],
  ['chat', undefined, 'immediate'],
  ['chat', '', 'immediate'],
  ['chat', '10', 'batched'],
])('impliedExportMode() of function %j with concurrency %j is %s', (functionName, maxConcurrency, mode) => {
  expect(impliedExportMode({ functionName, maxConcurrency })).toBe(mode)
})
