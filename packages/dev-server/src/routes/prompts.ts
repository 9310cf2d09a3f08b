import { randomUUID } from 'node:crypto'
import type { Handler } from 'hono'
import * as v from 'valibot'
import type { Prompt } from '../model/prompt.js'
import { addLabels, addVersion, afterDeletion } from '../prompts/change-prompts.js'
import { resolvePrompt } from '../prompts/resolve-prompt.js'
import type { PromptStore } from '../store/prompt-store.js'
import { ApiError, invalidRequest, notFound } from '../wire/api-error.js'
import { parseJsonBody, parseRequest } from '../wire/parse-request.js'
import { parseLabelsBody, parsePromptBody } from '../wire/prompt-body.js'
import { promptJson } from '../wire/prompt-json.js'
import { type HttpEnv, queryParams } from './http-env.js'
import { readBody } from './read-body.js'

/** The most a prompt may have, in bytes: what Langfuse's web framework allows a body. */
const MAX_PROMPT_BYTES = 1024 * 1024

const PRODUCTION = 'production'
const Whole = v.pipe(v.string(), v.transform(Number), v.number(), v.integer())
const Selector = v.object({
  version: v.optional(Whole),
  label: v.optional(v.string()),
  resolve: v.optional(v.picklist(['true', 'false']), 'true'),
})

/**
 * `POST /api/public/v2/prompts`: makes the next version of a prompt.
 *
 * @param prompts Where it goes.
 * @param clock What time it is.
 * @returns The handler.
 */
export function createPrompt(prompts: PromptStore, clock: () => number): Handler<HttpEnv> {
  return async (c) => {
    const body = parsePromptBody(parseJsonBody(await readBody(c.env.incoming, MAX_PROMPT_BYTES)))
    const { name, type = 'text', commitMessage = null, tags, ...rest } = body
    const versions = prompts.findPrompts(name)
    if (versions[0] !== undefined && versions[0].type !== type) {
      throw invalidRequest('Previous versions have different prompt type. Create a new prompt with a different name.')
    }
    const added = { ...rest, id: randomUUID(), name, type, commitMessage, tags: tags ?? undefined }
    const changes = addVersion(versions, added, clock())
    requireResolvable(changes[0], prompts)
    prompts.putPrompts(changes)
    return c.json(promptJson(changes[0], null), 201)
  }
}

/** What cannot be resolved is refused when it is made, with the status of a bad request. */
function requireResolvable(prompt: Prompt, prompts: PromptStore): void {
  try {
    resolvePrompt(prompt, (name) => prompts.findPrompts(name))
  } catch (error) {
    throw error instanceof ApiError ? invalidRequest(String(error.body.message)) : error
  }
}

/**
 * `GET /api/public/v2/prompts/{name}`: the version in production, or the one of a number or label.
 *
 * @param prompts Where it is.
 * @returns The handler, which answers 404 when there is none.
 */
export function showPrompt(prompts: PromptStore): Handler<HttpEnv, '/api/public/v2/prompts/:name'> {
  return (c) => {
    const name = c.req.param('name')
    const { version, label, resolve } = parseRequest(Selector, queryParams(c))
    if (version && label) throw invalidRequest('Cannot specify both version and label')
    const found = prompts.findPrompts(name).find(isMeant(version, label || PRODUCTION))
    if (found === undefined) {
      const said = version ? `version ${version}` : `label '${label || PRODUCTION}'`
      throw notFound(`Prompt not found: '${name}' with ${said}`)
    }
    const isActive = found.labels.includes(PRODUCTION)
    if (resolve === 'false') return c.json(promptJson(found, isActive))
    const { prompt, graph } = resolvePrompt(found, (dependency) => prompts.findPrompts(dependency))
    return c.json({ ...promptJson({ ...found, prompt }, isActive), resolutionGraph: graph })
  }
}

function isMeant(version: number | undefined, label: string | undefined): (prompt: Prompt) => boolean {
  if (version) return (prompt) => prompt.version === version
  return ({ labels }) => !label || labels.includes(label)
}

/**
 * `PATCH /api/public/v2/prompts/{name}/versions/{version}`: gives labels to a version.
 *
 * @param prompts Where it is.
 * @param clock What time it is.
 * @returns The handler.
 */
export function labelPrompt(
  prompts: PromptStore,
  clock: () => number,
): Handler<HttpEnv, '/api/public/v2/prompts/:name/versions/:version'> {
  return async (c) => {
    const labels = parseLabelsBody(parseJsonBody(await readBody(c.env.incoming, MAX_PROMPT_BYTES)))
    const { name } = c.req.param()
    const version = parseRequest(Whole, c.req.param('version'), ['promptVersion'])
    const versions = prompts.findPrompts(name)
    const found = versions.find((prompt) => prompt.version === version)
    if (found === undefined) throw notFound(`Prompt not found: ${name}`)
    const changes = addLabels(versions, found, labels, clock())
    prompts.putPrompts(changes)
    return c.json(promptJson(changes[0], null))
  }
}

/**
 * `DELETE /api/public/v2/prompts/{name}`: deletes all versions, or the one of a number or label.
 *
 * @param prompts Where they are.
 * @param clock What time it is.
 * @returns The handler, which answers 204.
 */
export function deletePrompt(
  prompts: PromptStore,
  clock: () => number,
): Handler<HttpEnv, '/api/public/v2/prompts/:name'> {
  return (c) => {
    const { version, label } = parseRequest(Selector, queryParams(c))
    if (version && label) throw invalidRequest('Cannot specify both version and label')
    const versions = prompts.findPrompts(c.req.param('name'))
    const meant = versions.filter(isMeant(version, label))
    if (meant.length === 0) throw notFound('Prompt not found')
    const changes = afterDeletion(
      versions.filter((prompt) => !meant.includes(prompt)),
      clock(),
    )
    prompts.deletePrompts(
      meant.map(({ id }) => id),
      changes,
    )
    return c.body(null, 204)
  }
}
