import type { Handler } from 'hono'
import { API_VERSION, ORGANIZATION, PROJECT } from '../wire/identity.js'

/**
 * `GET /api/public/health`: open to everyone, so that a client can wait for the server. The version is that of the API.
 *
 * @param c The context.
 * @returns The answer.
 */
export const showHealth: Handler = (c) => c.json({ status: 'OK', version: API_VERSION })

/**
 * `GET /api/public/projects`: the one project there is. Clients call it to check their keys.
 *
 * @param c The context.
 * @returns The answer.
 */
export const listProjects: Handler = (c) => c.json({ data: [{ ...PROJECT, organization: ORGANIZATION, metadata: {} }] })
