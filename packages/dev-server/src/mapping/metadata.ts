import { bareRecord } from '../bare-record.js'
import type { Attributes } from '../decode-otlp/attributes.js'
import type { DecodedScopeSpans } from '../decode-otlp/decoded-span.js'
import { isRecord } from '../is-record.js'
import type { Metadata } from '../model/observation.js'
import { attributeText } from './first-attribute.js'
import { parseJson } from './parse-json.js'
import { isPayloadAttribute } from './payload-attributes.js'

/** The AI SDK's own use of its metadata; these have fields of their own. */
const AI_SDK_FIELDS = new Set(
  ['userId', 'sessionId', 'tags', 'langfusePrompt'].map((name) => `ai.telemetry.metadata.${name}`),
)

/** The metadata that all spans of one resource and scope have: flattened once, and not for each of them. */
export interface OriginMetadata {
  /** `resourceAttributes.*` */
  readonly resource: Metadata
  /** `scope.*` */
  readonly scope: Metadata
  /** Langfuse's own SDK says everything in attributes of its own, so its spans need not repeat them. */
  readonly hidesAttributes: boolean
  /**
   * Where attributes stand in the metadata, by their keys; empty for those that do not. Spans of one scope have the same keys, so each is
   * looked at once.
   */
  readonly shownAs: Map<string, string>
}

/**
 * The metadata that spans have of where they come from.
 *
 * @param origin The resource and scope.
 * @returns The flat metadata.
 */
export function originMetadata({
  resourceAttributes,
  scope,
}: Pick<DecodedScopeSpans, 'resourceAttributes' | 'scope'>): OriginMetadata {
  const [ofResource, ofScope] = [bareRecord<string>(), bareRecord<string>()]
  flattenMetadata(resourceAttributes, 'resourceAttributes', ofResource)
  flattenMetadata({ name: scope.name, version: scope.version, attributes: scope.attributes }, 'scope', ofScope)
  return {
    resource: ofResource,
    scope: ofScope,
    hidesAttributes: scope.name?.startsWith('langfuse-sdk') === true,
    shownAs: new Map(),
  }
}

/**
 * The metadata of an observation: the attributes of the span (unless Langfuse's SDK made it), those of the resource, the scope,
 * and what the user set on the observation and on the trace.
 *
 * @param attributes The attributes of the span.
 * @param origin What it has of its resource and scope.
 * @returns The flat metadata. When two parts give the same key, the first wins.
 */
export function observationMetadata(attributes: Attributes, origin: OriginMetadata): Metadata {
  const metadata = bareRecord<string>()
  // Top-level keys of the user replace `attributes`, `resourceAttributes` and `scope` as a whole, which is why they come first.
  const own = userMetadata(attributes)
  flattenMetadata(own, '', metadata)
  if (own.attributes === undefined && !origin.hidesAttributes) {
    for (const key of Object.keys(attributes)) {
      const [path, value] = [pathOf(key, origin), attributes[key]]
      if (path !== '' && value !== undefined) put(metadata, path, attributeText(value))
    }
  }
  if (own.resourceAttributes === undefined) putAll(metadata, origin.resource)
  if (own.scope === undefined) putAll(metadata, origin.scope)
  return metadata
}

function pathOf(key: string, { shownAs }: OriginMetadata): string {
  let path = shownAs.get(key)
  if (path === undefined) {
    path = isPayloadAttribute(key) ? '' : `attributes.${key}`
    shownAs.set(key, path)
  }
  return path
}

/** Where metadata of the user stand: what stands on the trace replaces what stands on the observation. */
const PREFIXES = ['langfuse.observation.metadata', 'langfuse.trace.metadata'] as const

/**
 * The metadata as Langfuse 3 keeps it: by the keys of the user, and what nests as JSON under its key. Attributes, resource and scope
 * stand under one key each.
 *
 * @param attributes The attributes of the span.
 * @param origin The resource and scope it came with.
 * @param of Whether an observation is meant, or its trace, which has what stands on the observation as well.
 * @returns The metadata.
 */
export function nestedMetadata(
  attributes: Attributes,
  origin: Pick<DecodedScopeSpans, 'resourceAttributes' | 'scope'>,
  of: 'observation' | 'trace',
): Metadata {
  const { hidesAttributes } = originMetadata(origin)
  const { name, version, attributes: ofScope } = origin.scope
  const shown = Object.entries(attributes).flatMap(([key, value]) =>
    value === undefined || isPayloadAttribute(key) ? [] : [[key, attributeText(value)] as const],
  )
  const nested = {
    ...(hidesAttributes ? {} : { attributes: Object.fromEntries(shown) }),
    resourceAttributes: origin.resourceAttributes,
    scope: { name, version, attributes: ofScope },
    ...userMetadata(attributes, of === 'trace' ? PREFIXES : PREFIXES.slice(0, 1)),
  }
  return textByKey(nested)
}

/**
 * Metadata by its own keys, every value as text: what nests becomes JSON.
 *
 * @param nested The metadata.
 * @returns The text by key.
 */
export function textByKey(nested: Readonly<Record<string, unknown>>): Metadata {
  const metadata = bareRecord<string>()
  for (const [key, value] of Object.entries(nested)) {
    metadata[key] = value === null ? '' : typeof value === 'string' ? value : (JSON.stringify(value) ?? '')
  }
  return metadata
}

/** What the user set, nested as sent. */
function userMetadata(attributes: Attributes, prefixes: readonly string[] = PREFIXES): Record<string, unknown> {
  const own = bareRecord<unknown>()
  // Most attributes are no metadata, and this is asked of every attribute of every span.
  const keys = Object.keys(attributes).filter((key) => key.includes('metadata.') && !AI_SDK_FIELDS.has(key))
  for (const prefix of prefixes) {
    addPrefixed(own, attributes, keys, prefix)
  }
  return own
}

/** The metadata of one prefix: a JSON object in the attribute of that name, and an attribute for each key below it. */
function addPrefixed(
  own: Record<string, unknown>,
  attributes: Attributes,
  keys: readonly string[],
  prefix: string,
): void {
  const sent = attributes[prefix] || attributes['langfuse.metadata']
  const whole = sent === undefined ? undefined : parseJson(sent)
  if (isRecord(whole) || Array.isArray(whole)) Object.assign(own, whole)
  // Too deep to be flattened, and therefore still its own text: one entry, under the name Langfuse gives metadata without keys.
  else if (whole !== undefined && whole === sent) own.metadata = sent
  const places = [`${prefix}.`, ...SHARED_PLACES]
  for (const key of keys) {
    for (const place of places) {
      if (key.length > place.length && key.startsWith(place)) own[key.slice(place.length)] = attributes[key]
    }
  }
}

/** What keys begin with that count as metadata of the observation and of the trace alike. */
const SHARED_PLACES = ['langfuse.metadata.', 'ai.telemetry.metadata.']

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

function putAll(metadata: Metadata, more: Metadata): void {
  for (const key of Object.keys(more)) put(metadata, key, more[key] ?? '')
}
