import type { MaskWithRule, RuleSet } from './compile-rules.js'
import { maskJsonParts } from './json-parts.js'
import { TOO_DEEP } from './marks.js'
import type { MaskPlace } from './mask-rule.js'

/** JSON inside of JSON doubles its escapes with each level; nobody reads further than this. */
const MAX_DEPTH = 8

const LOOKS_LIKE_JSON = /^\s*[{["]/
// Escapes that may stand for the very character a rule looks for. Other escapes only end lines and quote quotes.
const ESCAPED_CHARACTER = /\\[u/]/
// A character of printable ASCII but for quotes and backslashes, as an escape, itself perhaps escaped.
const PLAIN_ESCAPE = /\\+u00(2[013-9a-fA-F]|[346][\da-fA-F]|5[\dabdefABDEF]|7[\da-eA-E])/g

/**
 * Masks one text by rules, each on the result of the one before.
 *
 * Of text that looks like JSON, each string, key and number is masked by itself, free of its escapes; then the application's own rules
 * see the whole, because they may ask what stands beside what. Any other text is masked as it stands.
 *
 * @param text - The text.
 * @param rules - The rules.
 * @param at - Where the text stands.
 * @param depth - In how much JSON the text was already.
 * @returns The text itself when no rule hits.
 * @throws {RuleFailed} If a function of the application fails.
 */
export function maskText(text: string, rules: RuleSet, at: MaskPlace, depth = 0): string {
  if (rules.own.length > 0) {
    return LOOKS_LIKE_JSON.test(text) ? maskJson(text, rules, at, depth) : maskPlain(text, rules.all, at)
  }
  const masked = passThrough(text, rules.all, at)
  const isEscaped = text.includes('\\') && ESCAPED_CHARACTER.test(text)
  if (masked === text && !isEscaped) return text
  if (LOOKS_LIKE_JSON.test(text)) return maskJson(text, rules, at, depth)
  return isEscaped ? maskPlain(text, rules.all, at) : masked
}

/**
 * Masks a text as `maskText` does, and all of it if the key it stands under says that it is a secret.
 *
 * @param text - The text.
 * @param name - The key.
 * @param rules - The rules.
 * @param at - Where the text stands.
 * @param depth - In how much JSON the text was already.
 * @returns The text itself when no rule hits.
 * @throws {RuleFailed} If a function of the application fails.
 */
export function maskNamedText(text: string, name: string, rules: RuleSet, at: MaskPlace, depth = 0): string {
  const isSaid = name !== '' && text !== '' && text !== 'true' && text !== 'false' && text !== 'null'
  return (isSaid ? rules.markForName(name) : undefined) ?? maskText(text, rules, at, depth)
}

function maskJson(text: string, rules: RuleSet, at: MaskPlace, depth: number): string {
  if (depth === MAX_DEPTH) return TOO_DEEP
  const isWhole = isJson(text)
  const parts = maskJsonParts(text, {
    string: (content, name) => maskNamedText(content, name, rules, at, depth + 1),
    // In text that only looks like JSON a number is not to be put in quotes; the pass below finds it.
    number: (literal, name) => (isWhole ? maskNamedText(literal, name, rules, at, depth + 1) : literal),
  })
  return isWhole ? passThrough(parts, rules.own, at) : maskPlain(parts, rules.all, at)
}

function maskPlain(text: string, rules: readonly MaskWithRule[], at: MaskPlace): string {
  if (!text.includes('\\u00')) return passThrough(text, rules, at)
  const plain = text.replace(PLAIN_ESCAPE, (_escape, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
  const masked = passThrough(plain, rules, at)
  return masked === plain ? text : masked
}

function passThrough(text: string, rules: readonly MaskWithRule[], at: MaskPlace): string {
  let masked = text
  for (const rule of rules) masked = rule(masked, at)
  return masked
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
