import type { Observation, Trace } from '@axion/loader'
import type { Attributes, AttributeValue, Span, SpanOrigin } from '../otlp/span.js'

/**
 * Makes the span again that an observation came from: the same ids, times and attributes, as far as Langfuse keeps them.
 *
 * @param observation - The observation.
 * @param trace - Its trace, which says what rows of Langfuse 3 do not.
 * @returns The span.
 */
export function observationSpan(observation: Observation, trace: Trace): Span {
  const { id, traceId, parentId, name, startTime, endTime } = observation
  const { own, attributes, resource, scope } = sortMetadata(observation.metadata)
  return {
    traceId,
    id,
    ...(parentId === null ? {} : { parentId }),
    name,
    startMillis: startTime.getTime(),
    endMillis: (endTime ?? startTime).getTime(),
    attributes: {
      ...attributes,
      ...contextAttributes(observation, trace, resource),
      ...ownAttributes(observation),
      ...own,
    },
    origin: originOf(resource, scope),
  }
}

interface SortedMetadata {
  /** What the user set, under the attributes' names. */
  readonly own: Attributes
  readonly attributes: Attributes
  readonly resource: Attributes
  readonly scope: Attributes
}

// Langfuse keeps in one flat record what a span said in four places.
function sortMetadata(metadata: Readonly<Record<string, unknown>>): SortedMetadata {
  const sorted = { own: record(), attributes: record(), resource: record(), scope: record() }
  for (const [key, value] of Object.entries(metadata)) {
    const text = attributeValue(value)
    if (key.startsWith('attributes.')) sorted.attributes[key.slice('attributes.'.length)] = text
    else if (key.startsWith('resourceAttributes.')) sorted.resource[key.slice('resourceAttributes.'.length)] = text
    else if (key.startsWith('scope.')) sorted.scope[key.slice('scope.'.length)] = text
    else sorted.own[`langfuse.observation.metadata.${key}`] = text
  }
  return sorted
}

// Null-prototype: keys come from outside and may be `__proto__`.
function record(): Record<string, AttributeValue> {
  return Object.create(null)
}

// Langfuse reads JSON out of the text of every value, and keeps text.
function attributeValue(value: unknown): AttributeValue {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? value
    : JSON.stringify(value)
}

function originOf(resource: Attributes, { name, version, ...rest }: Attributes): SpanOrigin {
  const attributes = Object.entries(rest).filter(([key]) => key.startsWith('attributes.'))
  return {
    resource,
    scopeName: name === undefined ? '' : String(name),
    ...(version === undefined ? {} : { scopeVersion: String(version) }),
    ...(attributes.length === 0
      ? {}
      : {
          scopeAttributes: Object.fromEntries(
            attributes.map(([key, value]) => [key.slice('attributes.'.length), value]),
          ),
        }),
  }
}

const RESOURCE_KEYS: Readonly<Record<string, string>> = {
  'langfuse.version': 'service.version',
  'langfuse.release': 'langfuse.release',
}

/** What Langfuse reads of every span for itself. */
function contextAttributes({ raw, parentId }: Observation, trace: Trace, resource: Attributes): Attributes {
  // An empty text is "none", and must not become the trace's own.
  const text = (field: string, fallback: string | null): string =>
    String((Object.hasOwn(raw, field) ? raw[field] : fallback) ?? '')
  const tags = Array.isArray(raw.tags) ? raw.tags.map(String) : trace.tags
  const texts = {
    'langfuse.trace.name': text('traceName', trace.name),
    'user.id': text('userId', trace.userId),
    'session.id': text('sessionId', trace.sessionId),
    'langfuse.environment': text('environment', trace.environment),
    'langfuse.release': text('release', trace.release),
    'langfuse.version': text('version', trace.version),
  }
  // What the resource says already would only show up as one more attribute.
  const isSaid = (key: string, value: string): boolean => value === resource[RESOURCE_KEYS[key] ?? '']
  return {
    ...Object.fromEntries(Object.entries(texts).filter(([key, value]) => value !== '' && !isSaid(key, value))),
    ...(tags.length === 0 ? {} : { 'langfuse.trace.tags': tags }),
    ...(raw.isRootObservation === true && parentId !== null ? { 'langfuse.internal.is_app_root': true } : {}),
  }
}

function ownAttributes(observation: Observation): Attributes {
  const { raw, type, level, statusMessage, model, modelParameters, usage, cost, prompt } = observation
  const json = (value: object): string | undefined =>
    Object.keys(value).length === 0 ? undefined : JSON.stringify(value)
  const stated: Record<string, AttributeValue | null | undefined> = {
    'langfuse.observation.type': type.toLowerCase(),
    'langfuse.observation.level': level === 'DEFAULT' ? undefined : level,
    'langfuse.observation.status_message': statusMessage,
    'langfuse.observation.input': payload(raw.input),
    'langfuse.observation.output': payload(raw.output),
    'langfuse.observation.model.name': model,
    'langfuse.observation.model.parameters': json(modelParameters),
    'langfuse.observation.usage_details': json(usage),
    'langfuse.observation.cost_details': json(cost),
    'langfuse.observation.completion_start_time':
      typeof raw.completionStartTime === 'string' ? raw.completionStartTime : undefined,
    'langfuse.observation.prompt.name': prompt?.name,
    'langfuse.observation.prompt.version': prompt?.version,
  }
  return Object.fromEntries(
    Object.entries(stated).flatMap(([key, value]) => (value === undefined || value === null ? [] : [[key, value]])),
  )
}

function payload(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined
  return typeof value === 'string' ? value : JSON.stringify(value)
}
