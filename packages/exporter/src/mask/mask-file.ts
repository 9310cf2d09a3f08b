import { isUtf8 } from 'node:buffer'
import type { Mask } from './create-mask.js'
import { RULE_FAILED } from './marks.js'
import type { MaskPlace } from './mask-rule.js'

/** Text, whatever it is written in. */
const TEXT_TYPE =
  /^\s*(?:text\/|[^;]*[/+](?:json|xml|yaml|csv|javascript|ndjson|x-ndjson|jsonl|x-www-form-urlencoded)\b)/i

/**
 * Masks a file that is text: one that says so, or that is well-formed UTF-8, which pictures and sounds are not. Others stay, for rules are about
 * text.
 *
 * @param bytes - The file.
 * @param contentType - What it says it is.
 * @param place - Where it stands.
 * @param mask - The rules.
 * @returns The file itself if nothing in it changed.
 */
export function maskFile(bytes: Uint8Array, contentType: string, place: MaskPlace, mask: Mask): Uint8Array {
  const isUnicode = isUtf8(bytes)
  if (!isUnicode && !TEXT_TYPE.test(contentType)) return bytes
  // Latin-1 keeps every byte, and what rules look for is mostly ASCII.
  const encoding = isUnicode ? 'utf8' : 'latin1'
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString(encoding)
  const [masked = RULE_FAILED] = mask.each(
    [text],
    (whole, fields) => fields.text(whole, place.key, place.spanName),
    () => RULE_FAILED,
  )
  return masked === text ? bytes : Buffer.from(masked, encoding)
}
