import { randomUUID } from 'node:crypto'
import type { Handler } from 'hono'
import * as v from 'valibot'
import { COMMENT_OBJECT_TYPES } from '../model/comment.js'
import type { CommentStore } from '../store/comment-store.js'
import type { Store } from '../store/store.js'
import { invalidData, notFound } from '../wire/api-error.js'
import { parseComment } from '../wire/comment-body.js'
import { commentJson } from '../wire/comment-json.js'
import { orAbsent } from '../wire/or-absent.js'
import { PageParams, pageJson, pageRange } from '../wire/page-request.js'
import { parseJsonBody, parseRequest } from '../wire/parse-request.js'
import { hasCommentSubject } from './comment-subject.js'
import { type HttpEnv, queryParams } from './http-env.js'
import { readBody } from './read-body.js'

/** The most a comment may have, in bytes: what Langfuse's web framework allows a body. */
const MAX_COMMENT_BYTES = 1024 * 1024

const Params = v.strictObject({
  ...PageParams,
  objectType: orAbsent(v.picklist(COMMENT_OBJECT_TYPES)),
  objectId: orAbsent(v.string()),
  authorUserId: orAbsent(v.string()),
})

/**
 * `POST /api/public/comments`. Who is said to have written it is not checked: there are no users here.
 *
 * @param store Where it goes, and where what it is about must be.
 * @param clock What time it is.
 * @returns The handler, which answers 404 when what it is about is not there.
 */
export function createComment(store: Store, clock: () => number): Handler<HttpEnv> {
  return async (c) => {
    const body = parseJsonBody(await readBody(c.env.incoming, MAX_COMMENT_BYTES))
    const comment = parseComment(body, randomUUID(), clock())
    if (!hasCommentSubject(store, comment)) {
      const { objectType, objectId } = comment
      throw notFound(`Reference object, ${objectType}: ${objectId} not found. Skipping comment creation.`)
    }
    store.comments.putComment(comment)
    return c.json({ id: comment.id })
  }
}

/**
 * `GET /api/public/comments`.
 *
 * @param comments Where they are.
 * @returns The handler.
 */
export function listComments(comments: CommentStore): Handler<HttpEnv> {
  return (c) => {
    const { page = 1, limit = 50, ...query } = parseRequest(Params, queryParams(c))
    if (query.objectId !== undefined && query.objectType === undefined) {
      const message = 'objectType is required when objectId is provided'
      throw invalidData([{ code: 'custom', path: ['objectType'], message }])
    }
    const request = { page, limit }
    return c.json(pageJson(request, comments.findComments(query, pageRange(request)), commentJson))
  }
}

/**
 * `GET /api/public/comments/{id}`.
 *
 * @param comments Where it is.
 * @returns The handler, which answers 404 when there is none.
 */
export function showComment(comments: CommentStore): Handler<HttpEnv, '/api/public/comments/:commentId'> {
  return (c) => {
    const comment = comments.findComment(c.req.param('commentId'))
    if (comment === undefined) throw notFound('Comment not found within authorized project')
    return c.json(commentJson(comment))
  }
}
