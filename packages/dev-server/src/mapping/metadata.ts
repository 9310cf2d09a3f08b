import type { Attributes } from '../decode-otlp/attributes.js'
import type { DecodedScope } from '../decode-otlp/decoded-span.js'
import { isRecord } from '../is-record.js'
import type { Metadata } from '../model/observation.js'
import { attributeText } from './first-attribute.js'
import { parseJson } from './parse-json.js'
import { isPayloadAttribute } from './payload-attributes.js'

/** The AI SDK's own use of its metadata; these have fields of their own. */
const AI_SDK_FIELDS = new Set(
  ['userId', 'sessionId', 'tags', 'langfusePrompt'].map((name) => `ai.telemetry.metadata.${name}`),
)

/**
 * The metadata of an observation: the attributes of the span (unless Langfuse's SDK made it, which says everything in
 * attributes of its own), those of the resource, the scope, and what the user set on the observation and on the trace.
 *
 * @param attributes The attributes of the span.
 * @param resourceAttributes Those of its resource.
 * @param scope The scope it came from.
 * @returns The flat metadata. When two parts give the same key, the first wins.
 */
export function observationMetadata(
  attributes: Attributes,
  resourceAttributes: Attributes,
  scope: DecodedScope,
): Metadata {
  // Null-prototype: keys come from outside and may be `__proto__`.
  const metadata: Metadata = Object.create(null)
  // Top-level keys of the user replace `attributes`, `resourceAttributes` and `scope` as a whole, which is why they come first.
  const own = {
    ...userMetadata(attributes, 'langfuse.observation.metadata'),
    ...userMetadata(attributes, 'langfuse.trace.metadata'),
  }
  flattenMetadata(own, '', metadata)
  if (own.attributes === undefined && !scope.name?.startsWith('langfuse-sdk')) {
    for (const [key, value] of Object.entries(attributes)) {
      if (!isPayloadAttribute(key)) put(metadata, `attributes.${key}`, attributeText(value))
    }
  }
  if (own.resourceAttributes === undefined) flattenMetadata(resourceAttributes, 'resourceAttributes', metadata)
  if (own.scope === undefined)
    flattenMetadata({ name: scope.name, version: scope.version, attributes: scope.attributes }, 'scope', metadata)
  return metadata
}

/** The metadata of one prefix, nested as sent: a JSON object in the attribute of that name, and an attribute for each key below it. */
function userMetadata(attributes: Attributes, prefix: string): Record<string, unknown> {
  const sent = attributes[prefix] || attributes['langfuse.metadata']
  const whole = parseJson(sent)
  // Null-prototype, as above: `langfuse.observation.metadata.__proto__` is a key like any other.
  const metadata: Record<string, unknown> = Object.create(null)
  if (isRecord(whole) || Array.isArray(whole)) Object.assign(metadata, whole)
  // Too deep to be flattened, and therefore still its own text: one entry, under the name Langfuse gives metadata without keys.
  else if (whole !== undefined && whole === sent) metadata.metadata = sent
  for (const key of Object.keys(attributes)) {
    // Most attributes are no metadata, and this is asked of every attribute of every span.
    if (!key.includes('metadata.') || AI_SDK_FIELDS.has(key)) continue
    for (const candidate of [prefix, 'langfuse.metadata', 'ai.telemetry.metadata']) {
      const name = key.slice(candidate.length + 1)
      if (name !== '' && key.startsWith(`${candidate}.`)) metadata[name] = attributes[key]
    }
  }
  return metadata
}

/**
 * Puts nested values into flat metadata, under their keys joined with dots.
 *
 * @param nested The values, which nest no deeper than can be followed.
 * @param prefix What the keys begin with.
 * @param into The metadata; keys it has stay as they are.
 */
export function flattenMetadata(nested: object, prefix: string, into: Metadata): void {
  for (const [key, value] of Object.entries(nested)) {
    const path = prefix === '' ? key : `${prefix}.${key}`
    if (isRecord(value)) flattenMetadata(value, path, into)
    else if (value !== undefined)
      put(into, path, value === null ? '' : typeof value === 'string' ? value : JSON.stringify(value))
  }
}

function put(metadata: Metadata, key: string, value: string): void {
  if (!(key in metadata)) metadata[key] = value
}
