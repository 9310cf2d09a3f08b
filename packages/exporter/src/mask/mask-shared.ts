import type { Attributes } from '@opentelemetry/api'
import type { InstrumentationScope } from '@opentelemetry/core'
import { emptyResource, type Resource, resourceFromAttributes } from '@opentelemetry/resources'
import type { Mask } from './create-mask.js'
import { RULE_FAILED } from './marks.js'
import { maskAttributes } from './mask-attributes.js'
import type { MaskFields } from './mask-run.js'

/**
 * Masks resources, each once.
 *
 * @param resources - The resources of some spans, with repetitions.
 * @param mask - The rules.
 * @returns What each became.
 */
export function maskResources(resources: Iterable<Resource>, mask: Mask): ReadonlyMap<Resource, Resource> {
  // What a detector still looks for would not be masked later: such a resource is a new one each time.
  const isFinal = (resource: Resource): boolean => resource.asyncAttributesPending !== true
  return maskOnce(resources, mask, maskResource, () => emptyResource(), isFinal)
}

/**
 * Masks scopes, each once.
 *
 * @param scopes - The scopes of some spans, with repetitions.
 * @param mask - The rules.
 * @returns What each became.
 */
export function maskScopes(
  scopes: Iterable<InstrumentationScope>,
  mask: Mask,
): ReadonlyMap<InstrumentationScope, InstrumentationScope> {
  return maskOnce(
    scopes,
    mask,
    maskScope,
    () => ({ name: RULE_FAILED }),
    () => true,
  )
}

function maskOnce<T extends object>(
  things: Iterable<T>,
  mask: Mask,
  maskThing: (thing: T, fields: MaskFields) => T,
  giveUp: (thing: T) => T,
  isFinal: (thing: T) => boolean,
): ReadonlyMap<T, T> {
  const known = new Map<T, T>()
  const unknown: T[] = []
  for (const thing of new Set(things)) {
    // Kept by what they became: a resource under a resource, a scope under a scope.
    const masked = mask.shared.get(thing) as T | undefined
    if (masked === undefined) unknown.push(thing)
    else known.set(thing, masked)
  }
  for (const [index, masked] of mask.each(unknown, maskThing, giveUp).entries()) {
    const thing = unknown[index]
    if (thing === undefined) continue
    known.set(thing, masked)
    if (isFinal(thing)) mask.shared.set(thing, masked)
  }
  return known
}

function maskResource(resource: Resource, fields: MaskFields): Resource {
  const own = resource.attributes
  const attributes = maskAttributes(own, fields, '')
  const schemaUrl = resource.schemaUrl === undefined ? undefined : fields.text(resource.schemaUrl, 'schema_url', '')
  const isSame = attributes === own && schemaUrl === resource.schemaUrl
  if (isSame && resource.asyncAttributesPending !== true) return resource
  return resourceFromAttributes(attributes, schemaUrl === undefined ? {} : { schemaUrl })
}

/** OTLP has attributes of scopes; the type of OpenTelemetry's API package for JavaScript has not, its encoder does. */
interface ScopeWithAttributes extends InstrumentationScope {
  readonly attributes?: Attributes
}

function maskScope(scope: ScopeWithAttributes, fields: MaskFields): InstrumentationScope {
  const { name, version, schemaUrl, attributes } = scope
  return {
    ...scope,
    name: fields.text(name, 'scope.name', ''),
    ...(version === undefined ? {} : { version: fields.text(version, 'scope.version', '') }),
    ...(schemaUrl === undefined ? {} : { schemaUrl: fields.text(schemaUrl, 'schema_url', '') }),
    ...(attributes === undefined ? {} : { attributes: maskAttributes(attributes, fields, '') }),
  }
}
