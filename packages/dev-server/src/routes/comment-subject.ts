import type { Comment } from '../model/comment.js'
import type { Store } from '../store/store.js'
import { equals } from '../wire/legacy-conditions.js'

const FIRST = { limit: 1, offset: 0 }

/**
 * Whether there is what a comment is about. In the mode `legacy` that may also be what came in through the endpoints of Langfuse 3.
 *
 * @param store Where it would be.
 * @param comment The comment.
 * @returns True when it is there.
 */
export function hasCommentSubject(store: Store, { objectType, objectId }: Comment): boolean {
  switch (objectType) {
    case 'TRACE':
      return store.findTrace(objectId) !== undefined || store.legacy.findKnownTrace(objectId) !== undefined
    case 'OBSERVATION':
      return (
        hasObservation(store, 'id', objectId) ||
        store.legacy.findLegacyObservations(equals('id', objectId), FIRST).total > 0
      )
    case 'SESSION':
      return (
        hasObservation(store, 'sessionId', objectId) ||
        store.legacy.findLegacySessions(equals('sessionId', objectId), FIRST).total > 0
      )
    case 'PROMPT':
      return store.prompts.findPrompts().some(({ id }) => id === objectId)
  }
}

function hasObservation(store: Store, column: 'id' | 'sessionId', value: string): boolean {
  const conditions = [{ column, type: 'text', operator: '=', value }] as const
  return store.findObservations({ conditions, limit: 1, parts: [] }).length > 0
}
