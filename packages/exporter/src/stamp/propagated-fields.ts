import { type Attributes, type AttributeValue, type Context, createContextKey, propagation } from '@opentelemetry/api'

const BAGGAGE_PREFIX = 'langfuse_'

/**
 * What `propagateAttributes` of `@langfuse/core` and `withTraceContext` of `@axion/core` leave in a context, by the ends of their names in
 * context (`langfuse_…`) and baggage, and the attributes they become. Source: `@langfuse/core` 5.11.
 */
const FIELDS: readonly Field[] = [
  field('user_id', 'user.id'),
  field('session_id', 'session.id'),
  field('version', 'langfuse.version'),
  field('trace_name', 'langfuse.trace.name'),
  field('environment', 'langfuse.environment', environmentOrNone),
  field('tags', 'langfuse.trace.tags', tagsOrNone, (text) => text.split(',')),
  field('prompt_name', 'langfuse.observation.prompt.name'),
  field('prompt_version', 'langfuse.observation.prompt.version', numberOrNone, numberIfOne),
  field('experiment_id', 'langfuse.experiment.id'),
  field('experiment_name', 'langfuse.experiment.name'),
  field('experiment_metadata', 'langfuse.experiment.metadata'),
  field('experiment_dataset_id', 'langfuse.experiment.dataset.id'),
  field('experiment_item_id', 'langfuse.experiment.item.id'),
  field('experiment_item_metadata', 'langfuse.experiment.item.metadata'),
  field('experiment_item_root_observation_id', 'langfuse.experiment.item.root_observation_id'),
]

const BAGGAGE_METADATA = 'langfuse_metadata_'
const CLAIM = 'langfuse_trace_id'
const METADATA_KEY = createContextKey('langfuse_metadata')
const RELEASE_KEY = createContextKey('axion_release')
const ROOT_OBSERVATION = 'langfuse.experiment.item.root_observation_id'

interface Field {
  /** Context keys are `Symbol.for(description)`, so every copy of every package has the same. */
  readonly key: symbol
  readonly baggageKey: string
  readonly attribute: string
  readonly fromContext: (value: unknown) => AttributeValue | undefined
  /** Baggage knows texts only. */
  readonly fromBaggage: (text: string) => AttributeValue | undefined
}

/**
 * The attributes that a context gives the spans that start in it. What stands in the context itself wins over baggage, which came from
 * another service.
 *
 * @param context - The context a span starts in.
 */
export function propagatedFields(context: Context): Attributes {
  const attributes: Attributes = {}
  readBaggage(context, attributes)
  for (const { key, attribute, fromContext } of FIELDS) {
    const value = fromContext(context.getValue(key))
    if (value !== undefined) attributes[attribute] = value
  }
  const release = textOrNone(context.getValue(RELEASE_KEY))
  if (release !== undefined) attributes['langfuse.release'] = release
  const metadata = context.getValue(METADATA_KEY)
  if (typeof metadata === 'object' && metadata !== null) {
    for (const [key, value] of Object.entries(metadata)) attributes[`langfuse.trace.metadata.${key}`] = String(value)
  }
  // Langfuse keeps what experiments run apart from the rest.
  if (attributes[ROOT_OBSERVATION] !== undefined) attributes['langfuse.environment'] = 'sdk-experiment'
  return attributes
}

/**
 * Whether another service has said that it sends the first span of this trace to Langfuse.
 *
 * @param context - The context a span starts in.
 * @param traceId - The span's trace.
 */
export function isClaimedElsewhere(context: Context, traceId: string): boolean {
  return propagation.getBaggage(context)?.getEntry(CLAIM)?.value.toLowerCase() === traceId
}

function readBaggage(context: Context, attributes: Attributes): void {
  for (const [name, { value }] of propagation.getBaggage(context)?.getAllEntries() ?? []) {
    if (!name.startsWith(BAGGAGE_PREFIX) || name === CLAIM) continue
    if (name.startsWith(BAGGAGE_METADATA)) {
      attributes[`langfuse.trace.metadata.${name.slice(BAGGAGE_METADATA.length)}`] = value
      continue
    }
    const found = FIELDS.find(({ baggageKey }) => baggageKey === name)
    const read = found?.fromBaggage(value)
    if (found && read !== undefined) attributes[found.attribute] = read
  }
}

function field(
  name: string,
  attribute: string,
  fromContext: Field['fromContext'] = textOrNone,
  fromBaggage: Field['fromBaggage'] = fromContext,
): Field {
  const baggageKey = `${BAGGAGE_PREFIX}${name}`
  return { key: createContextKey(baggageKey), baggageKey, attribute, fromContext, fromBaggage }
}

function textOrNone(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}

// Langfuse's rule, https://langfuse.com/docs/observability/features/environments.
function environmentOrNone(value: unknown): string | undefined {
  return typeof value === 'string' && /^(?!langfuse)[a-z0-9-_]{1,40}$/.test(value) ? value : undefined
}

function tagsOrNone(value: unknown): string[] | undefined {
  return Array.isArray(value) ? value.filter((tag) => typeof tag === 'string') : undefined
}

function numberOrNone(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined
}

function numberIfOne(text: string): AttributeValue {
  return /^\d+$/.test(text) ? Number(text) : text
}
