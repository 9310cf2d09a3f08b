import type { Observation } from '../model/observation.js'
import type { Score } from '../model/score.js'

/** An observation with something in every field, to be varied. */
export function observation(fields: Partial<Observation> = {}): Observation {
  return {
    id: 'o1',
    traceId: 't1',
    parentObservationId: '',
    startTimeMillis: 1000,
    endTimeMillis: 2000,
    type: 'GENERATION',
    name: 'name',
    level: 'WARNING',
    environment: 'prod',
    userId: 'user',
    sessionId: 'session',
    traceName: 'trace',
    isRoot: true,
    tags: ['a', 'b'],
    metadata: { key: 'value', 'a.b': '1' },
    input: 'in',
    output: 'out',
    ...fields,
    details: {
      createdAtMillis: 5,
      statusMessage: 'status',
      version: 'v',
      release: 'r',
      public: true,
      completionStartMillis: 1500,
      model: 'm',
      modelId: 'id',
      modelParameters: { temperature: 0.5 },
      usageDetails: { input: 1, total: 1 },
      costDetails: { total: 0.000000000001 },
      pricingTierId: 'tier',
      pricingTierName: 'Standard',
      promptName: 'p',
      promptVersion: 3,
      offeredTools: ['x'],
      calledTools: ['y'],
      experiment: { id: 'e', name: 'n', datasetId: 'd', itemRootId: 'i' },
      sdkName: 'sdk',
      sdkVersion: '1',
      apiKey: 'pk',
      ...fields.details,
    },
  }
}

/** A score with something in every field, to be varied. */
export function score(fields: Partial<Score> = {}): Score {
  return {
    id: 's1',
    timestampMillis: 1000,
    createdAtMillis: 1000,
    updatedAtMillis: 1000,
    name: 'name',
    source: 'API',
    dataType: 'NUMERIC',
    value: 0.25,
    stringValue: null,
    environment: 'default',
    traceId: 't1',
    observationId: 'o1',
    sessionId: null,
    datasetRunId: null,
    comment: 'comment',
    configId: 'config',
    queueId: 'queue',
    authorUserId: null,
    metadata: { key: 'value' },
    ...fields,
  }
}
