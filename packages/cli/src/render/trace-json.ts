import type { Observation, Trace } from '@axion/loader'

/**
 * What `axion traces list --json` says of a trace: what its table shows, unrounded, without payloads.
 *
 * @param trace - The trace.
 * @returns Plain data. Field names are the loader's own, and part of the command's contract.
 */
export function traceSummaryJson(trace: Trace): object {
  return {
    id: trace.id,
    name: trace.name,
    timestamp: trace.timestamp,
    level: trace.level,
    statusMessage: trace.statusMessage,
    latencySeconds: trace.latencySeconds,
    totalCostUsd: trace.totalCostUsd,
    usage: trace.usage,
    userId: trace.userId,
    sessionId: trace.sessionId,
    tags: trace.tags,
    environment: trace.environment,
    release: trace.release,
    version: trace.version,
    observationCount: trace.observations.length,
  }
}

/**
 * What `axion traces get --json` says: everything, with the observations as a flat list, parents before their children.
 *
 * @param trace - The trace.
 * @returns Plain data.
 */
export function traceJson(trace: Trace): object {
  return {
    ...traceSummaryJson(trace),
    input: trace.input,
    output: trace.output,
    metadata: trace.metadata,
    scores: trace.scores,
    // Flat, because no reader's stack limits how deep a trace is; `parentId` says the rest.
    observations: [...trace.walk()].map(observationJson),
  }
}

function observationJson(observation: Observation): object {
  return {
    id: observation.id,
    parentId: observation.parentId,
    placement: observation.placement,
    type: observation.type,
    name: observation.name,
    startTime: observation.startTime,
    endTime: observation.endTime,
    latencySeconds: observation.latencySeconds,
    timeToFirstTokenSeconds: observation.timeToFirstTokenSeconds,
    level: observation.level,
    statusMessage: observation.statusMessage,
    input: observation.input,
    output: observation.output,
    metadata: observation.metadata,
    model: observation.model,
    modelParameters: observation.modelParameters,
    usage: observation.usage,
    cost: observation.cost,
    totalCostUsd: observation.totalCostUsd,
    prompt: observation.prompt,
  }
}
