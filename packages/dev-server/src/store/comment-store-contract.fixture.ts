import { describe, expect, it } from 'vitest'
import type { Comment } from '../model/comment.js'
import type { CommentStore } from './comment-store.js'

function comment(fields: Partial<Comment> = {}): Comment {
  const about = { objectType: 'TRACE', objectId: 't', authorUserId: 'ada' } as const
  return { id: 'c1', ...about, content: 'hello', createdAtMillis: 1, ...fields }
}

/** What every store of comments must do; each adapter runs it. */
export function describeCommentStore(name: string, open: () => CommentStore): void {
  describe(`${name} keeps the contract of CommentStore`, () => {
    it('putComment() stores what findComment() gives back, and no two of one id', () => {
      const store = open()
      const anonymous = comment({ id: 'c2', authorUserId: null })
      for (const each of [comment(), anonymous]) store.putComment(each)
      expect([store.findComment('c1'), store.findComment('c2')]).toEqual([comment(), anonymous])
      expect(store.findComment('none')).toBeUndefined()
      expect(() => store.putComment(comment())).toThrow()
    })

    it('findComments() restricts, gives the newest first, by id where two are as new, and counts all that fit', () => {
      const store = open()
      store.putComment(comment({ id: 'b' }))
      store.putComment(comment({ id: 'a' }))
      store.putComment(comment({ id: 'c', createdAtMillis: 2, authorUserId: null }))
      store.putComment(comment({ id: 'd', objectType: 'SESSION' }))
      store.putComment(comment({ id: 'e', objectId: 'u' }))
      const ids = (query: object, limit = 10, offset = 0): unknown => {
        const { rows, total } = store.findComments(query, { limit, offset })
        return [rows.map(({ id }) => id), total]
      }
      const trace = { objectType: 'TRACE', objectId: 't' } as const
      expect(ids(trace)).toEqual([['c', 'a', 'b'], 3])
      expect(ids(trace, 1, 1)).toEqual([['a'], 3])
      expect(ids({ ...trace, authorUserId: 'ada' })).toEqual([['a', 'b'], 2])
      expect(ids({})).toEqual([['c', 'a', 'b', 'd', 'e'], 5])
      expect(ids({ objectId: "t' OR 1" })).toEqual([[], 0])
    })

    it('putComment() stores hostile text, and findComments() finds it as it is stored', () => {
      const store = open()
      const text = 'a\0\uD83D😀\u2028'
      const stored = 'a\uFFFD\uFFFD😀\u2028'
      store.putComment(comment({ objectId: text, content: text, authorUserId: text }))
      const kept = comment({ objectId: stored, content: stored, authorUserId: stored })
      expect(store.findComments({ objectId: text, authorUserId: text }, { limit: -1, offset: 0 })).toEqual({
        rows: [kept],
        total: 1,
      })
      expect(() => store.putComment(comment({ id: 'half', createdAtMillis: 0.5 }))).toThrow()
    })
  })
}
