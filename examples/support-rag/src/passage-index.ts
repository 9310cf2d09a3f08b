import MiniSearch from 'minisearch'
import { contentWord } from './content-words.js'
import type { Passage } from './corpus.js'

/** A passage that a search found. */
export interface FoundPassage extends Passage {
  /** MiniSearch's BM25+ score; comparable within one search only. */
  readonly score: number
}

/** Full-text search over passages. */
export class PassageIndex {
  readonly #index: MiniSearch<Passage>

  constructor(passages: readonly Passage[]) {
    this.#index = new MiniSearch({
      fields: ['title', 'text'],
      storeFields: ['id', 'title', 'text'],
      // Names like `fetchTraces` and `dev-server` are words of their own, cut at what is no letter or digit.
      tokenize: (text) => text.match(/[A-Za-z][A-Za-z0-9]+/g) ?? [],
      processTerm: (term) => contentWord(term) ?? null,
      searchOptions: { boost: { title: 2 } },
    })
    this.#index.addAll(unique(passages))
  }

  /**
   * The best passages for a question.
   *
   * @param question - Plain text.
   * @param limit - How many at most.
   */
  search(question: string, limit: number): FoundPassage[] {
    return this.#index
      .search(question)
      .slice(0, limit)
      .map(({ id, title, text, score }) => ({ id, title, text, score }))
  }
}

/** One file may use a heading twice; the index wants ids to differ. */
function unique(passages: readonly Passage[]): Passage[] {
  const seen = new Map<string, number>()
  return passages.map((passage) => {
    const count = seen.get(passage.id) ?? 0
    seen.set(passage.id, count + 1)
    return count === 0 ? passage : { ...passage, id: `${passage.id}-${count}` }
  })
}
