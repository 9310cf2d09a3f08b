import * as v from 'valibot'
import { isRecord } from '../is-record.js'
import { ApiError, invalidData, type RequestIssue } from './api-error.js'
import { schemaAt } from './schema-at.js'

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
  throw invalidData(result.issues.map((issue) => toRequestIssue(issue, at, schema)))
}

/** An issue in the words of zod 4, which Langfuse's clients and users know. */
function toRequestIssue(
  issue: v.BaseIssue<unknown>,
  at: readonly string[],
  schema: v.GenericSchema<unknown, unknown>,
): RequestIssue {
  const keys = (issue.path ?? []).map(({ key }) => (typeof key === 'number' ? key : String(key)))
  // zod reports an unknown key at the object, valibot at the key.
  const path = issue.type === 'strict_object' && issue.expected === 'never' ? keys.slice(0, -1) : keys
  const fields = isMissingKey(issue) ? missingFields(schemaAt(schema, issue.path ?? [])) : issueFields(issue)
  return { ...fields, path: [...at, ...path], message: fields.message }
}

type IssueFields = Omit<RequestIssue, 'path'> & { readonly code: string; readonly message: string }

/** Valibot reports a key that is not there at the object, with the way to the key. */
function isMissingKey(issue: v.BaseIssue<unknown>): boolean {
  const isOfObject = issue.type.endsWith('object') && issue.expected !== 'never'
  return isOfObject && issue.input === undefined && issue.path !== undefined
}

/** zod reports what should have been there. */
function missingFields(schema: Readonly<Record<string, unknown>> | undefined): IssueFields {
  const type = String(schema?.type)
  if (type === 'union') return { code: 'invalid_union', message: 'Invalid input' }
  if (type === 'picklist' && Array.isArray(schema?.options)) return invalidOption(schema.options.map(String))
  const expected = type.endsWith('object') ? 'object' : type
  return wrongType(NAMED_TYPES.includes(expected) ? expected : 'nonoptional', undefined)
}

const NAMED_TYPES: readonly string[] = ['string', 'number', 'boolean', 'array', 'object', 'record']

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
  return invalidOption(options.map((option) => option.replace(/^"|"$/g, '')))
}

function invalidOption(values: readonly string[]): IssueFields {
  const message = `Invalid option: expected one of ${values.map((value) => `"${value}"`).join('|')}`
  return { code: 'invalid_value', values, message }
}

function typeFields(issue: v.BaseIssue<unknown>): IssueFields {
  const isChoice = issue.type === 'variant' || issue.type === 'union'
  if (isChoice && isRecord(issue.path?.at(-1)?.input ?? issue.input))
    return { code: 'invalid_union', message: 'Invalid input' }
  return wrongType(isChoice ? 'object' : typeExpected(issue), issue.input)
}

function wrongType(expected: string, input: unknown): IssueFields {
  return { expected, code: 'invalid_type', message: `Invalid input: expected ${expected}, received ${typeName(input)}` }
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
