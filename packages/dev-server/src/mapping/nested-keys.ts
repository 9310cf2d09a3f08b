import type { Attributes } from '../decode-otlp/attributes.js'
import type { Payload } from './payload.js'

/** Array slots that keys may claim in all: `gen_ai.prompt.99999999.x` must not allocate a hundred million. */
const MAX_ARRAY_SLOTS = 10_000

/** How many parts of a key become levels; a longer key ends in one part with dots, so that nothing leaves the stack. */
const MAX_PARTS = 32

/** Keys that would reach an object's prototype. */
const FORBIDDEN = new Set(['__proto__', 'constructor', 'prototype'])

/**
 * The input and output of Traceloop and OpenInference, which flatten messages into keys: `gen_ai.prompt.0.content` is the
 * content of the first message.
 *
 * @param attributes The attributes of the span.
 * @param inputPrefix What the keys of the input begin with.
 * @param outputPrefix What the keys of the output begin with.
 * @returns The rebuilt payload, or undefined when no key has a prefix.
 */
export function nestedPayload(attributes: Attributes, inputPrefix: string, outputPrefix: string): Payload | undefined {
  const input = withPrefix(attributes, inputPrefix)
  const output = withPrefix(attributes, outputPrefix)
  if (input.length === 0 && output.length === 0) return undefined
  return { input: rebuild(input, inputPrefix), output: rebuild(output, outputPrefix) }
}

type Entry = readonly [key: string, value: unknown]

function withPrefix(attributes: Attributes, prefix: string): Entry[] {
  return Object.entries(attributes).filter(([key]) => key.startsWith(prefix))
}

function rebuild(entries: readonly Entry[], prefix: string): unknown {
  // Some versions send the whole as one attribute.
  const whole = entries.find(([key, value]) => key === prefix && value)
  if (whole !== undefined) return whole[1]
  const paths = entries.map(([key, value]) => [splitKey(key.slice(prefix.length + 1)), value] as const)
  const root = new Branch(paths.some(([path]) => path.length > 1 && isIndex(path[0])))
  const budget = { slots: MAX_ARRAY_SLOTS }
  for (const [path, value] of paths) if (!path.some((part) => FORBIDDEN.has(part))) root.set(path, value, budget)
  return root.toValue()
}

function splitKey(key: string): string[] {
  const parts = key.split('.')
  return parts.length <= MAX_PARTS ? parts : [...parts.slice(0, MAX_PARTS - 1), parts.slice(MAX_PARTS - 1).join('.')]
}

/** An array or an object in the making; which one its first key decides. */
class Branch {
  private readonly children = new Map<string, Branch | { readonly value: unknown }>()
  private readonly isArray: boolean
  private length = 0

  constructor(isArray: boolean) {
    this.isArray = isArray
  }

  set(path: readonly string[], value: unknown, budget: { slots: number }): void {
    const [key = '', ...rest] = path
    if (!this.reserve(key, budget)) return
    if (rest.length === 0) {
      this.children.set(key, { value })
      return
    }
    let child = this.children.get(key)
    if (!(child instanceof Branch)) {
      child = new Branch(isIndex(rest[0]))
      this.children.set(key, child)
    }
    child.set(rest, value, budget)
  }

  toValue(): unknown {
    const values = [...this.children].map(
      ([key, child]) => [key, child instanceof Branch ? child.toValue() : child.value] as const,
    )
    if (!this.isArray) return Object.fromEntries(values)
    const array: unknown[] = new Array(this.length).fill(null)
    for (const [key, value] of values) if (isIndex(key)) array[Number(key)] = value
    return array
  }

  private reserve(key: string, budget: { slots: number }): boolean {
    if (!this.isArray || !isIndex(key)) return true
    const growth = Math.max(Number(key) + 1 - this.length, 0)
    if (growth > budget.slots) return false
    budget.slots -= growth
    this.length += growth
    return true
  }
}

function isIndex(part: string | undefined): boolean {
  return part !== undefined && /^\d+$/.test(part)
}
