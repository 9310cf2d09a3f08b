import type { Attributes } from '../decode-otlp/attributes.js'

const KEYS = ['langfuse.environment', 'deployment.environment.name', 'deployment.environment']

/** Where an observation lands that names no environment, or none that can be used. */
const DEFAULT_ENVIRONMENT = 'default'

/** Langfuse's limit, in characters. */
const MAX_LENGTH = 40

/**
 * The environment of an observation: the span's own attribute before the resource's, key by key.
 *
 * @param attributes The attributes of the span.
 * @param resourceAttributes Those of its resource.
 * @returns A normalized environment, see {@link normalizeEnvironment}.
 */
export function observationEnvironment(attributes: Attributes, resourceAttributes: Attributes): string {
  for (const key of KEYS) {
    const value = attributes[key] || resourceAttributes[key]
    if (value) return normalizeEnvironment(value)
  }
  return DEFAULT_ENVIRONMENT
}

/**
 * Makes an environment out of what was sent: lower case, without the reserved prefix `langfuse`, at most 40 characters, and
 * `default` when that leaves nothing or characters other than `a-z0-9-_`.
 *
 * @param value What was sent.
 * @returns The environment it reads back as.
 */
export function normalizeEnvironment(value: unknown): string {
  if (typeof value !== 'string') return DEFAULT_ENVIRONMENT
  const name = value
    .toLowerCase()
    .replace(/^(?:langfuse[-_]?)+/, '')
    .slice(0, MAX_LENGTH)
  return /^[a-z0-9_-]+$/.test(name) ? name : DEFAULT_ENVIRONMENT
}
