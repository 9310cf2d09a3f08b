import * as v from 'valibot'
import type { Prompt, PromptMessage } from '../model/prompt.js'
import { MAX_JSON_DEPTH, nestsTooDeep } from '../nests-too-deep.js'
import { invalidRequest } from './api-error.js'
import { parseRequest } from './parse-request.js'

const RESERVED_NAMES = ['new', 'metrics', 'prompt-detail']
const Label = v.pipe(
  v.string(),
  v.minLength(1),
  v.maxLength(36),
  v.check(
    (label) => /^[a-z0-9_\-.]+$/.test(label),
    'Label must be lowercase alphanumeric with optional underscores, hyphens, or periods',
  ),
)
const Name = v.pipe(
  v.string(),
  v.minLength(1),
  v.maxLength(255),
  v.check((name) => !/<[^<>]*>/.test(name), 'Text cannot contain HTML tags'),
  v.check((name) => !name.includes('|'), "Prompt name cannot contain '|' character"),
  v.check((name) => !/^\/|\/\/|\/$/.test(name), 'Name cannot start or end with a slash or contain consecutive slashes'),
  v.check((name) => !RESERVED_NAMES.includes(name), 'Prompt name is reserved'),
)
// What else a message has is not kept, as in Langfuse: clients send a `type` with messages that are no placeholders.
const Message = v.union([
  v.object({ role: v.string(), content: v.string() }),
  v.object({ type: v.literal('placeholder'), name: v.pipe(v.string(), v.minLength(1)) }),
])
const Base = {
  name: Name,
  labels: v.optional(v.array(Label), []),
  config: v.optional(v.unknown(), {}),
  tags: v.nullish(v.array(v.string())),
  commitMessage: v.nullish(v.pipe(v.string(), v.maxLength(500))),
}
const Body = v.variant('type', [
  v.object({ ...Base, type: v.literal('chat'), prompt: v.array(Message) }),
  v.object({ ...Base, type: v.optional(v.literal('text')), prompt: v.string() }),
])
const LabelsBody = v.object({
  newLabels: v.array(
    v.pipe(
      Label,
      v.check((label) => label !== 'latest', "Label 'latest' is always assigned to the latest prompt version"),
    ),
  ),
})

/** A checked prompt body. */
export interface PromptBody {
  readonly name: string
  /** Undefined means text. */
  readonly type?: Prompt['type'] | undefined
  readonly prompt: Prompt['prompt']
  readonly config: unknown
  readonly labels: readonly string[]
  readonly tags?: readonly string[] | null | undefined
  readonly commitMessage?: string | null | undefined
}

/**
 * Checks the body of `POST /api/public/v2/prompts`.
 *
 * @param body What came in.
 * @returns The checked body.
 * @throws {ApiError} 400 in Langfuse's words if it is no prompt.
 */
export function parsePromptBody(body: unknown): PromptBody {
  const parsed = parseRequest(Body, body)
  if (nestsTooDeep(parsed.config)) {
    throw invalidRequest(`The config of a prompt may nest ${MAX_JSON_DEPTH} levels deep: send less`)
  }
  const clash = parsed.type === 'chat' ? sharedNames(parsed.prompt) : []
  if (clash.length > 0) {
    throw invalidRequest(
      `Cannot create prompt, variables and placeholders must be unique, the following are not: ${clash.join(', ')}`,
    )
  }
  return parsed
}

/**
 * Checks the body of `PATCH /api/public/v2/prompts/{name}/versions/{version}`.
 *
 * @param body What came in.
 * @returns The labels the version gets beside those it has.
 * @throws {ApiError} 400 in Langfuse's words if they are no labels.
 */
export function parseLabelsBody(body: unknown): string[] {
  return parseRequest(LabelsBody, body).newLabels
}

function sharedNames(messages: readonly PromptMessage[]): string[] {
  const placeholders = messages.flatMap((message) => ('name' in message ? [message.name] : []))
  const contents = messages.flatMap((message) => ('content' in message ? [message.content] : []))
  const variables = contents.flatMap((content) => [...content.matchAll(/\{\{\s*(\w+)\s*\}\}/g)].map(([, name]) => name))
  return placeholders.filter((name) => variables.includes(name))
}
