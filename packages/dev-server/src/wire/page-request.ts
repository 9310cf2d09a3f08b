import * as v from 'valibot'
import type { PageRange, StoredPage } from '../store/stored-page.js'
import { orAbsent } from './or-absent.js'
import { parseRequest, type QueryParams } from './parse-request.js'

/** A page of a list that is asked for by number. */
export interface PageRequest {
  /** From 1. */
  readonly page: number
  /** How many rows a page has. */
  readonly limit: number
}

const whole = v.pipe(v.string(), v.transform(Number), v.number(), v.integer())

/** The parameters of such a list, for an object schema. */
export const PageParams: {
  readonly page: v.GenericSchema<unknown, number | undefined>
  readonly limit: v.GenericSchema<unknown, number | undefined>
} = {
  page: orAbsent(v.pipe(whole, v.minValue(1), v.maxValue(Number.MAX_SAFE_INTEGER))),
  limit: orAbsent(v.pipe(whole, v.minValue(1), v.maxValue(100))),
}

const Params = v.object(PageParams)

/** What Langfuse answers with when the parameter is missing. */
const DEFAULT_LIMIT = 50

/**
 * Reads the parameters `page` and `limit`.
 *
 * @param params The query parameters.
 * @returns The page.
 * @throws {ApiError} 400 in Langfuse's words if one cannot be understood.
 */
export function parsePageRequest(params: QueryParams): PageRequest {
  const { page = 1, limit = DEFAULT_LIMIT } = parseRequest(Params, params)
  return { page, limit }
}

/**
 * Which rows a page has.
 *
 * @param request The page.
 * @returns The range.
 */
export function pageRange({ page, limit }: PageRequest): PageRange {
  return { limit, offset: Math.min((page - 1) * limit, Number.MAX_SAFE_INTEGER) }
}

/**
 * A page as it stands in an answer.
 *
 * @param request The page.
 * @param stored Its rows.
 * @param toJson How a row is shown.
 * @returns What to serialize.
 */
export function pageJson<Row>(
  { page, limit }: PageRequest,
  { rows, total }: StoredPage<Row>,
  toJson: (row: Row) => Record<string, unknown>,
): Record<string, unknown> {
  return {
    data: rows.map(toJson),
    meta: { page, limit, totalItems: total, totalPages: Math.ceil(total / limit) },
  }
}
