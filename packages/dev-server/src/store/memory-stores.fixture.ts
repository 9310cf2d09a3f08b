import type { Comment } from '../model/comment.js'
import type { Media } from '../model/media.js'
import type { Prompt } from '../model/prompt.js'
import type { CommentQuery, CommentStore } from './comment-store.js'
import type { MediaStore } from './media-store.js'
import type { PromptStore } from './prompt-store.js'
import type { PageRange, StoredPage } from './stored-page.js'

// Second adapters of the small ports: what they pass as well is a contract, and not a description of SQLite.

/** Prompts in memory. */
export class MemoryPromptStore implements PromptStore {
  private prompts = new Map<string, Prompt>()

  putPrompts(prompts: readonly Prompt[]): void {
    this.deletePrompts([], prompts)
  }

  findPrompts(name?: string): Prompt[] {
    const found = [...this.prompts.values()].filter((prompt) => name === undefined || prompt.name === name)
    return found.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : b.version - a.version))
  }

  deletePrompts(ids: readonly string[], changed: readonly Prompt[]): void {
    const next = new Map([...this.prompts].filter(([id]) => !ids.includes(id)))
    for (const prompt of changed) {
      const taken = [...next.values()].find(({ name, version }) => name === prompt.name && version === prompt.version)
      if (taken !== undefined && taken.id !== prompt.id)
        throw new Error(`${prompt.name} has a version ${prompt.version}`)
      next.set(prompt.id, prompt)
    }
    this.prompts = next
  }
}

/** Comments in memory. */
export class MemoryCommentStore implements CommentStore {
  private readonly comments = new Map<string, Comment>()

  putComment(comment: Comment): void {
    if (this.comments.has(comment.id)) throw new Error(`there is a comment ${comment.id}`)
    this.comments.set(comment.id, comment)
  }

  findComment(id: string): Comment | undefined {
    return this.comments.get(id)
  }

  findComments(query: CommentQuery, { limit, offset }: PageRange): StoredPage<Comment> {
    const { objectType, objectId, authorUserId } = query
    const rows = [...this.comments.values()]
      .filter((comment) => objectType === undefined || comment.objectType === objectType)
      .filter((comment) => objectId === undefined || comment.objectId === objectId)
      .filter((comment) => authorUserId === undefined || comment.authorUserId === authorUserId)
      .sort((a, b) => b.createdAtMillis - a.createdAtMillis || (a.id < b.id ? -1 : 1))
    return { rows: rows.slice(offset, offset + limit), total: rows.length }
  }
}

/** Media in memory. */
export class MemoryMediaStore implements MediaStore {
  private readonly media = new Map<string, Media>()
  private readonly contents = new Map<string, Buffer>()

  putMedia(media: Media): void {
    this.media.set(media.id, media)
  }

  findMedia(id: string): Media | undefined {
    return this.media.get(id)
  }

  putContent(id: string, content: Buffer): void {
    if (this.media.has(id)) this.contents.set(id, content)
  }

  findContent(id: string): Buffer | undefined {
    return this.contents.get(id)
  }
}
