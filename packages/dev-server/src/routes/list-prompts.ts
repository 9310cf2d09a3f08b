import type { Handler } from 'hono'
import * as v from 'valibot'
import type { Prompt } from '../model/prompt.js'
import type { PromptStore } from '../store/prompt-store.js'
import { DateTime } from '../wire/date-time.js'
import { orAbsent } from '../wire/or-absent.js'
import { PageParams } from '../wire/page-request.js'
import { parseRequest } from '../wire/parse-request.js'
import { promptMetaJson } from '../wire/prompt-json.js'
import { type HttpEnv, queryParams } from './http-env.js'

const Params = v.object({
  ...PageParams,
  name: v.optional(v.string()),
  version: orAbsent(v.pipe(v.string(), v.transform(Number), v.number(), v.integer())),
  label: v.optional(v.string()),
  tag: v.optional(v.string()),
  fromUpdatedAt: v.optional(DateTime),
  toUpdatedAt: v.optional(DateTime),
})

/** What Langfuse answers with when the parameter is missing; other lists have 50. */
const DEFAULT_LIMIT = 10

/**
 * `GET /api/public/v2/prompts`: the prompts by name, each with those of its versions that fit.
 *
 * @param prompts Where they are.
 * @returns The handler.
 */
export function listPrompts(prompts: PromptStore): Handler<HttpEnv> {
  return (c) => {
    const { page = 1, limit = DEFAULT_LIMIT, ...wanted } = parseRequest(Params, queryParams(c))
    const byName = new Map<string, [Prompt, ...Prompt[]]>()
    for (const prompt of prompts.findPrompts(wanted.name || undefined)) {
      if (!fits(prompt, wanted)) continue
      const versions = byName.get(prompt.name)
      if (versions === undefined) byName.set(prompt.name, [prompt])
      else versions.push(prompt)
    }
    const all = [...byName.values()]
    const meta = { page, limit, totalItems: all.length, totalPages: Math.ceil(all.length / limit) }
    const data = all.slice((page - 1) * limit, page * limit).map(promptMetaJson)
    // Langfuse says the same twice: older clients read `pagination`.
    return c.json({ data, meta, pagination: meta })
  }
}

function fits(prompt: Prompt, wanted: Omit<v.InferOutput<typeof Params>, 'page' | 'limit' | 'name'>): boolean {
  const { version, label, tag, fromUpdatedAt, toUpdatedAt } = wanted
  return (
    (!version || prompt.version === version) &&
    (!label || prompt.labels.includes(label)) &&
    (!tag || prompt.tags.includes(tag)) &&
    (fromUpdatedAt === undefined || prompt.updatedAtMillis >= fromUpdatedAt) &&
    (toUpdatedAt === undefined || prompt.updatedAtMillis < toUpdatedAt)
  )
}
