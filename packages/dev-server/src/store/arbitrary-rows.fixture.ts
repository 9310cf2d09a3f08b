import fc, { type Arbitrary } from 'fast-check'
import type { LegacyObservation } from '../model/legacy-observation.js'
import type { LegacyTrace } from '../model/legacy-trace.js'
import type { Observation } from '../model/observation.js'
import { OBSERVATION_LEVELS } from '../model/observation-level.js'
import { SCORE_DATA_TYPES, SCORE_SOURCES, type Score } from '../model/score.js'
import { observation, score } from './stored-rows.fixture.js'

// Few values of each kind, so that rows meet: in one trace, in one millisecond, in one group.

/** Texts that stores could take for something else. */
export const anyText: Arbitrary<string> = fc.constantFrom(
  ...['', 'a', 'A', 'ab', 'b a', 'É', 'é', '%', '_', 'a_b%', "' OR 1 --", '\\u0000', '{"a":1}', '12', '12.0', 'null'],
  ...['😀', '\uE000', 'x\0y', '\0', '\uD83D', 'a\uDE00', '\u2028', '-'],
)

/** Ids: some differ in case alone, some sort otherwise in UTF-16 than in UTF-8. */
export const anyId: Arbitrary<string> = fc.constantFrom('t1', 'T1', 't2', '😀', '\uE000', '0', '00')

const anyTextOrNull = fc.option(anyText, { nil: null })

/** Times around the borders of buckets, of an experiment's minute and of years. */
export const anyMillis: Arbitrary<number> = fc.constantFrom(
  ...[0, 1, 999, 1000, 59_999, 60_000, 3_600_000, 86_400_000, 345_600_000, 2_678_400_000, 1_795_406_882_480],
  2 ** 41,
)

/** Fractions that add up without rounding, in whatever order. */
export const anyAmount: Arbitrary<number> = fc.constantFrom(0, 1, 2, 7, 0.25, 1.5, 2 ** 40)

const anyTexts = fc.uniqueArray(anyText, { maxLength: 3 })

const anyKeyed = fc.dictionary(fc.oneof(anyText, fc.constantFrom('evaluator_id', 'a.b', '__proto__', '$')), anyText, {
  maxKeys: 3,
})

const anyUsage = fc.dictionary(
  fc.constantFrom('input', 'output', 'total', 'input_cached', 'INPUT_x', 'other'),
  anyAmount,
  { maxKeys: 4 },
)

const anyExperiment = fc.oneof(
  fc.constant({ id: '', name: '', datasetId: '', itemRootId: '' }),
  fc.record({
    ...{ id: fc.constantFrom('e1', 'e2', '😀'), name: anyText, datasetId: anyText, itemRootId: anyId, itemId: anyText },
    ...{ description: anyText, metadata: anyKeyed, expectedOutput: anyText },
  }),
)

const anyDetails = fc
  .record({
    ...{ statusMessage: anyText, version: anyText, release: anyText, model: anyText, modelId: anyText },
    ...{ public: fc.boolean(), promptName: anyText, sdkName: anyText, apiKey: anyText, experiment: anyExperiment },
    completionStartMillis: fc.option(anyMillis, { nil: null }),
    ...{ usageDetails: anyUsage, costDetails: anyUsage, offeredTools: anyTexts, calledTools: anyTexts },
    promptVersion: fc.option(fc.constantFrom(1, 2, 10), { nil: null }),
  })
  .map((details): Observation['details'] => ({ ...observation().details, ...details }))

/** An observation of any kind. */
export const anyObservation: Arbitrary<Observation> = fc.record({
  ...{ id: anyId, traceId: anyId, parentObservationId: fc.oneof(fc.constant(''), anyId) },
  ...{ startTimeMillis: anyMillis, endTimeMillis: anyMillis, isRoot: fc.boolean() },
  type: fc.constantFrom('SPAN', 'GENERATION', 'EVENT', 'AGENT'),
  level: fc.constantFrom(...OBSERVATION_LEVELS),
  ...{ name: anyText, environment: fc.constantFrom('default', 'prod'), userId: anyText, sessionId: anyText },
  ...{ traceName: anyTextOrNull, tags: anyTexts, metadata: anyKeyed, input: anyText, output: anyText },
  details: anyDetails,
})

/** A score of any kind. */
export const anyScore: Arbitrary<Score> = fc
  .record({
    ...{ id: anyId, name: anyText, environment: fc.constantFrom('default', 'prod') },
    ...{ timestampMillis: anyMillis, createdAtMillis: anyMillis, updatedAtMillis: anyMillis },
    ...{ source: fc.constantFrom(...SCORE_SOURCES), dataType: fc.constantFrom(...SCORE_DATA_TYPES) },
    ...{ value: fc.constantFrom(0, -0, 1, 0.5, -2), stringValue: anyTextOrNull, comment: anyTextOrNull },
    ...{ traceId: fc.option(anyId, { nil: null }), observationId: fc.option(anyId, { nil: null }) },
    ...{ sessionId: anyTextOrNull, datasetRunId: fc.option(fc.constantFrom('e1', 'e2'), { nil: null }) },
    ...{ configId: anyTextOrNull, queueId: anyTextOrNull, authorUserId: anyTextOrNull, metadata: anyKeyed },
  })
  .map((fields) => score({ ...fields, ...(fields.dataType === 'BOOLEAN' && { value: fields.value > 0 ? 1 : 0 }) }))

/** A trace of Langfuse 3 of any kind. */
export const anyLegacyTrace: Arbitrary<LegacyTrace> = fc.record({
  ...{ id: anyId, timestampMillis: anyMillis, createdAtMillis: anyMillis, updatedAtMillis: anyMillis },
  ...{ name: anyText, userId: anyText, sessionId: anyText, environment: fc.constant('default'), release: anyText },
  ...{ version: anyText, tags: anyTexts, public: fc.boolean(), metadata: anyKeyed, input: anyText, output: anyText },
})

/** An observation of Langfuse 3 of any kind. */
export const anyLegacyObservation: Arbitrary<LegacyObservation> = fc
  .record({
    ...{ id: anyId, traceId: anyId, parentObservationId: anyText, name: anyText, version: anyText },
    ...{ startTimeMillis: anyMillis, endTimeMillis: fc.option(anyMillis, { nil: null }) },
    ...{ createdAtMillis: anyMillis, updatedAtMillis: anyMillis, environment: fc.constantFrom('default', 'prod') },
    ...{ type: fc.constantFrom('SPAN', 'EVENT'), level: fc.constantFrom(...OBSERVATION_LEVELS) },
    ...{ metadata: anyKeyed, input: anyText, output: anyText, details: anyDetails },
  })
  .map(({ details, ...fields }): LegacyObservation => {
    const { statusMessage, completionStartMillis, model, modelId, usageDetails, costDetails } = details
    const { pricingTierId, pricingTierName, promptName, promptVersion } = details
    return {
      ...(fields as Omit<LegacyObservation, 'details'>),
      details: {
        ...{ statusMessage, completionStartMillis, model, modelId, usageDetails, costDetails, pricingTierId },
        ...{ pricingTierName, promptName, promptVersion, modelParameters: null, statedCost: {}, promptId: null },
      },
    }
  })
