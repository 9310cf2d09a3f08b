import * as v from 'valibot'
import { isRecord } from '../is-record.js'
import { ApiError, invalidData, type RequestIssue } from './api-error.js'

/** Query parameters as they came; a repeated one has several values. */
export type QueryParams = Readonly<Record<string, string | readonly string[]>>

/**
 * Checks what came in with a request.
 *
 * @param schema What it must look like.
 * @param value What came in.
 * @param at Where in the request the value stands, for the issues.
 * @returns The checked value.
 * @throws {ApiError} 400 with Langfuse's issue list if it does not fit.
 */
export function parseRequest<T extends v.GenericSchema<unknown, unknown>>(
  schema: T,
  value: unknown,
  at: readonly string[] = [],
): v.InferOutput<T> {
  const result = v.safeParse(schema, value)
  if (result.success) return result.output
  throw invalidData(result.issues.map((issue) => toRequestIssue(issue, at)))
}

/** An issue in the words of zod 4, which Langfuse's clients and users know. */
function toRequestIssue(issue: v.BaseIssue<unknown>, at: readonly string[]): RequestIssue {
  const keys = (issue.path ?? []).map(({ key }) => (typeof key === 'number' ? key : String(key)))
  // zod reports an unknown key at the object, valibot at the key.
  const path = issue.type === 'strict_object' && issue.expected === 'never' ? keys.slice(0, -1) : keys
  const fields = issueFields(issue)
  return { ...fields, path: [...at, ...path], message: fields.message }
}

type IssueFields = Omit<RequestIssue, 'path'> & { readonly code: string; readonly message: string }

function issueFields(issue: v.BaseIssue<unknown>): IssueFields {
  const limit = 'requirement' in issue ? issue.requirement : undefined
  const isText = typeof issue.input === 'string'
  const unit = isText ? 'string to have ' : 'number to be '
  // Valibot's own message says less than ours; one that a schema gives says more.
  const own = /^Invalid \w+: Expected /.test(issue.message) ? undefined : issue.message
  const characters = isText ? ' characters' : ''
  switch (issue.type) {
    case 'max_value':
    case 'max_length':
      return tooFar('too_big', 'maximum', limit, own ?? `Too big: expected ${unit}<=${limit}${characters}`, isText)
    case 'min_value':
    case 'min_length':
    case 'non_empty':
      return tooFar(
        'too_small',
        'minimum',
        limit ?? 1,
        own ?? `Too small: expected ${unit}>=${limit ?? 1}${characters}`,
        isText,
      )
    case 'integer':
      return {
        expected: 'int',
        format: 'safeint',
        code: 'invalid_type',
        message: 'Invalid input: expected int, received number',
      }
    case 'iso_timestamp':
    case 'regex':
      return { origin: 'string', code: 'invalid_format', format: 'datetime', message: 'Invalid ISO datetime' }
    case 'picklist':
      return pickFields(issue)
    case 'strict_object':
      return issue.expected === 'never' ? unknownKey(issue) : typeFields(issue)
    default:
      return issue.kind === 'schema' ? typeFields(issue) : { code: 'custom', message: issue.message }
  }
}

/** Valibot spells the key with its quotes. */
function unknownKey({ received }: v.BaseIssue<unknown>): IssueFields {
  return { code: 'unrecognized_keys', keys: [received.replace(/^"|"$/g, '')], message: `Unrecognized key: ${received}` }
}

function tooFar(code: string, bound: string, limit: unknown, message: string, isText: boolean): IssueFields {
  return { origin: isText ? 'string' : 'number', code, [bound]: limit, inclusive: true, message }
}

function pickFields(issue: v.BaseIssue<unknown>): IssueFields {
  // Valibot spells the options as `("A" | "B")`.
  const options = (issue.expected ?? '').replace(/^\(|\)$/g, '').split(' | ')
  const values = options.map((option) => option.replace(/^"|"$/g, ''))
  return { code: 'invalid_value', values, message: `Invalid option: expected one of ${options.join('|')}` }
}

function typeFields(issue: v.BaseIssue<unknown>): IssueFields {
  const isMissingKey = issue.type.endsWith('object') && issue.input === undefined && issue.path !== undefined
  const isChoice = issue.type === 'variant' || issue.type === 'union'
  if (isChoice && isRecord(issue.path?.at(-1)?.input ?? issue.input))
    return { code: 'invalid_union', message: 'Invalid input' }
  const expected = isMissingKey ? 'nonoptional' : isChoice ? 'object' : typeExpected(issue)
  return {
    expected,
    code: 'invalid_type',
    message: `Invalid input: expected ${expected}, received ${typeName(issue.input)}`,
  }
}

function typeExpected(issue: v.BaseIssue<unknown>): string {
  if (issue.type === 'literal') return issue.expected ?? 'literal'
  return issue.type.endsWith('object') ? 'object' : issue.type
}

function typeName(value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'array'
  return Number.isNaN(value) ? 'NaN' : typeof value
}

/**
 * Parses the JSON of a request body.
 *
 * @param body The bytes.
 * @returns The value.
 * @throws {ApiError} 400 if it is no JSON.
 */
export function parseJsonBody(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'))
  } catch {
    throw new ApiError(400, { message: 'Invalid JSON', error: 'InvalidRequestError' })
  }
}
