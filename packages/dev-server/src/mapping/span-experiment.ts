import { bareRecord } from '../bare-record.js'
import type { Attributes } from '../decode-otlp/attributes.js'
import type { Metadata, ObservationExperiment } from '../model/observation.js'
import { firstAttribute } from './first-attribute.js'
import { flattenMetadata } from './metadata.js'
import { parseJsonObject } from './parse-json.js'

/**
 * The experiment a span belongs to: what Langfuse 4.16 reads of `langfuse.experiment.*`.
 *
 * @param attributes The attributes of the span.
 * @returns The experiment; its id is empty for most spans.
 */
export function spanExperiment(attributes: Attributes): ObservationExperiment {
  const text = (key: string): string => firstAttribute(attributes, [key]) ?? ''
  const experiment = {
    id: text('langfuse.experiment.id'),
    name: text('langfuse.experiment.name'),
    datasetId: text('langfuse.experiment.dataset.id'),
    itemRootId: text('langfuse.experiment.item.root_observation_id'),
  }
  if (experiment.id === '') return experiment
  return {
    ...experiment,
    description: text('langfuse.experiment.description'),
    metadata: prefixedMetadata(attributes, 'langfuse.experiment.metadata'),
    itemId: text('langfuse.experiment.item.id'),
    itemVersionMillis: timeMillis(text('langfuse.experiment.item.version')),
    itemMetadata: prefixedMetadata(attributes, 'langfuse.experiment.item.metadata'),
    expectedOutput: text('langfuse.experiment.item.expected_output'),
  }
}

/** A JSON object in the attribute of that name, and an attribute for each key below it. */
function prefixedMetadata(attributes: Attributes, prefix: string): Metadata {
  // Null-prototype: keys come from outside and may be `__proto__`.
  const nested: Record<string, unknown> = Object.assign(bareRecord(), parseJsonObject(attributes[prefix]))
  for (const key of Object.keys(attributes)) {
    const name = key.slice(prefix.length + 1)
    if (name !== '' && key.startsWith(`${prefix}.`)) nested[name] = attributes[key]
  }
  const metadata = bareRecord<string>()
  flattenMetadata(nested, '', metadata)
  return metadata
}

/** A version is a time; Langfuse drops what is none. */
function timeMillis(text: string): number | null {
  const millis = text === '' ? Number.NaN : new Date(text).getTime()
  return Number.isNaN(millis) ? null : millis
}
