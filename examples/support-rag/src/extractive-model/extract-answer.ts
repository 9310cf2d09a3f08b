import { contentWords } from '../content-words.js'

/** An answer cut out of a text, and what it cost in this model's tokens: words. */
export interface ExtractedAnswer {
  readonly text: string
  readonly promptTokens: number
  readonly completionTokens: number
}

interface Sentence {
  readonly text: string
  readonly position: number
  readonly words: ReadonlySet<string>
}

// An answer must speak of at least this part of what was asked.
const MIN_COVERAGE = 0.6
const MAX_SENTENCES = 2

/**
 * Answers a question with sentences of the passages in a prompt: a small model without any weights.
 *
 * Sentences are ranked by the question's words they hold, rare words counting more; if even the best leave most of the question
 * unanswered, the prompt's own words for that are used.
 *
 * @param system - The system message with `<passage>` blocks, and after `say exactly:` what to say when they do not hold the answer.
 * @param question - The user's message.
 */
export function extractAnswer(system: string, question: string): ExtractedAnswer {
  const sentences = sentencesOf(system)
  const asked = contentWords(question)
  const weights = weightsOf(asked, sentences)
  const best = choose(rank(sentences, asked, weights), asked)
  const covered = [...asked].filter((word) => best.some(({ words }) => words.has(word)))
  const isAnswered = asked.size > 0 && covered.length / asked.size >= MIN_COVERAGE
  const text = isAnswered
    ? best
        .sort((a, b) => a.position - b.position)
        .map((sentence) => sentence.text)
        .join(' ')
    : (/say exactly: (.*)/.exec(system)?.[1] ?? 'I do not know.')
  return { text, promptTokens: countWords(system) + countWords(question), completionTokens: countWords(text) }
}

/** The best sentence alone if it speaks of everything that was asked, else with the next best. */
function choose(ranked: readonly Sentence[], asked: ReadonlySet<string>): Sentence[] {
  const [first] = ranked
  const isEnough = first !== undefined && [...asked].every((word) => first.words.has(word))
  return ranked.slice(0, isEnough ? 1 : MAX_SENTENCES)
}

function sentencesOf(system: string): Sentence[] {
  const passages = [...system.matchAll(/<passage id="[^"]*">\n(.*)\n([\s\S]*?)<\/passage>/g)]
  const texts = passages.flatMap(([, title = '', body = '']) =>
    body
      // The head of a table names its columns; no row of it answers anything.
      .replace(/^\|.*\|\n\|[-:| ]+\|$/gm, '')
      .split(/\n\s*\n|\n(?=[-*|] )/)
      // A table's row is one sentence, whatever stands in its cells.
      .flatMap((block) => (block.startsWith('|') ? [block] : block.split(/(?<=[.!?:;])\s+(?=[A-Z`"*[])/)))
      .map(plainText)
      // A sentence that ends in a colon promises what it does not hold.
      .filter((text) => countWords(text) >= 4 && !text.endsWith(':'))
      // A heading says what its sentences are about.
      .map((text) => ({ text, words: contentWords(`${title} ${text}`) })),
  )
  return texts.map((sentence, position) => ({ ...sentence, position }))
}

/** Markdown without its marks: links become their text, the cells of a table's row one sentence. */
function plainText(markdown: string): string {
  const text = markdown.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
  const cells = text.startsWith('|') ? text.split('|').map((cell) => cell.trim()) : [text]
  return cells
    .filter((cell) => /[A-Za-z0-9]/.test(cell))
    .join(': ')
    .replace(/\s+/g, ' ')
    .trim()
}

function rank(
  sentences: readonly Sentence[],
  asked: ReadonlySet<string>,
  weights: ReadonlyMap<string, number>,
): Sentence[] {
  const score = ({ words }: Sentence): number => {
    let sum = 0
    for (const word of asked) if (words.has(word)) sum += weights.get(word) ?? 0
    // Of two sentences that say as much, the shorter one.
    return sum / Math.log2(8 + words.size)
  }
  return sentences
    .map((sentence) => ({ sentence, score: score(sentence) }))
    .filter((ranked) => ranked.score > 0)
    .sort((a, b) => b.score - a.score)
    .map(({ sentence }) => sentence)
}

function weightsOf(asked: ReadonlySet<string>, sentences: readonly Sentence[]): Map<string, number> {
  return new Map(
    [...asked].map((word) => {
      const holding = sentences.filter(({ words }) => words.has(word)).length
      return [word, Math.log((sentences.length + 1) / (holding + 0.5))]
    }),
  )
}

function countWords(text: string): number {
  return text.split(/\s+/).filter((word) => word !== '').length
}
