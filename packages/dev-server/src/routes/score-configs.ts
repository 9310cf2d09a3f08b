import { randomUUID } from 'node:crypto'
import type { Handler } from 'hono'
import type { ScoreConfig } from '../model/score-config.js'
import type { ScoreConfigStore } from '../store/score-config-store.js'
import { notFound } from '../wire/api-error.js'
import { pageJson, pageRange, parsePageRequest } from '../wire/page-request.js'
import { parseJsonBody } from '../wire/parse-request.js'
import { parseScoreConfig } from '../wire/score-config-body.js'
import { changeScoreConfig } from '../wire/score-config-change.js'
import { scoreConfigJson } from '../wire/score-config-json.js'
import { type HttpEnv, queryParams } from './http-env.js'
import { readBody } from './read-body.js'

/** The most a config may have, in bytes: what Langfuse's web framework allows a body. */
const MAX_CONFIG_BYTES = 1024 * 1024

/**
 * `POST /api/public/score-configs`. Names need not be unique, as in Langfuse.
 *
 * @param configs Where it goes.
 * @param clock What time it is.
 * @returns The handler.
 */
export function createScoreConfig(configs: ScoreConfigStore, clock: () => number): Handler<HttpEnv> {
  return async (c) => {
    const body = parseJsonBody(await readBody(c.env.incoming, MAX_CONFIG_BYTES))
    const config = parseScoreConfig(body, randomUUID(), clock())
    configs.putScoreConfig(config)
    return c.json(scoreConfigJson(config))
  }
}

/**
 * `GET /api/public/score-configs`.
 *
 * @param configs Where they are.
 * @returns The handler.
 */
export function listScoreConfigs(configs: ScoreConfigStore): Handler<HttpEnv> {
  return (c) => {
    const request = parsePageRequest(queryParams(c))
    return c.json(pageJson(request, configs.findScoreConfigs(pageRange(request)), scoreConfigJson))
  }
}

/**
 * `GET /api/public/score-configs/{id}`.
 *
 * @param configs Where it is.
 * @returns The handler, which answers 404 when there is none.
 */
export function showScoreConfig(configs: ScoreConfigStore): Handler<HttpEnv, '/api/public/score-configs/:configId'> {
  return (c) => c.json(scoreConfigJson(requireConfig(configs, c.req.param('configId'))))
}

/**
 * `PATCH /api/public/score-configs/{id}`: changes what is named, or archives the config.
 *
 * @param configs Where it is.
 * @param clock What time it is.
 * @returns The handler, which answers 404 when there is none.
 */
export function updateScoreConfig(
  configs: ScoreConfigStore,
  clock: () => number,
): Handler<HttpEnv, '/api/public/score-configs/:configId'> {
  return async (c) => {
    const body = parseJsonBody(await readBody(c.env.incoming, MAX_CONFIG_BYTES))
    const config = changeScoreConfig(requireConfig(configs, c.req.param('configId')), body, clock())
    configs.changeScoreConfig(config)
    return c.json(scoreConfigJson(config))
  }
}

function requireConfig(configs: ScoreConfigStore, id: string): ScoreConfig {
  const config = configs.findScoreConfig(id)
  if (config === undefined) throw notFound('Score config not found within authorized project')
  return config
}
