import { describe, expect, it } from 'vitest'
import { emptyAttributes } from '../decode-otlp/attributes.js'
import { normalizeEnvironment, observationEnvironment } from './environment.js'

describe('normalizeEnvironment()', () => {
  it.each([
    ['prod', 'prod'],
    ['Prod_EU-1', 'prod_eu-1'],
    ['langfuse-judge', 'judge'],
    ['LangfuseLangfuse_x', 'x'],
    ['langfuse', 'default'],
    ['x'.repeat(60), 'x'.repeat(40)],
    ['with space', 'default'],
    ['ünï', 'default'],
    ['', 'default'],
    [7, 'default'],
    [null, 'default'],
  ])('normalizeEnvironment() makes of %j %s', (value, environment) => {
    expect(normalizeEnvironment(value)).toBe(environment)
  })
})

describe('observationEnvironment()', () => {
  it.each([
    [{ 'langfuse.environment': 'a' }, { 'langfuse.environment': 'b' }, 'a'],
    [{}, { 'langfuse.environment': 'b' }, 'b'],
    [{ 'deployment.environment': 'c' }, { 'langfuse.environment': 'b' }, 'b'],
    [{}, { 'deployment.environment.name': 'd', 'deployment.environment': 'e' }, 'd'],
    [{ 'langfuse.environment': '' }, { 'deployment.environment': 'e' }, 'e'],
    [{}, {}, 'default'],
  ])('observationEnvironment() of %j and the resource %j is %s', (attributes, resource, environment) => {
    expect(
      observationEnvironment(Object.assign(emptyAttributes(), attributes), Object.assign(emptyAttributes(), resource)),
    ).toBe(environment)
  })
})
