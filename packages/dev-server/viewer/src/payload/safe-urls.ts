/**
 * Text cut where links begin and end.
 *
 * @param text Text from outside.
 * @returns Pieces; those at odd places are links. Only `http` and `https` count, so that no other scheme can become a link.
 */
export function cutAtLinks(text: string): string[] {
  return text.split(/(https?:\/\/[^\s<>"'`\\]+[^\s<>"'`\\.,;:!?)\]}])/gi)
}

/**
 * An image that is in the data itself, or was taken out of it and stored beside it, as Langfuse's clients do.
 *
 * @param text Text from outside.
 * @returns The `data:` URL of a bitmap, or where this server has it; else undefined. An SVG is a document, and stays text.
 */
export function imageSource(text: unknown): string | undefined {
  const [, type, id] = typeof text === 'string' ? (STORED.exec(text) ?? []) : []
  if (type !== undefined && id !== undefined) return `/viewer/api/images/${encodeURIComponent(id)}`
  return inlineImage(text)
}

/** What stands where media were, with a type that is a bitmap's. */
const STORED = /^@@@langfuseMedia:type=(image\/(?:png|jpe?g|gif|webp|avif))\|id=([\w-]{1,100})\|source=\w+@@@$/

function inlineImage(text: unknown): string | undefined {
  return typeof text === 'string' && /^data:image\/(png|jpe?g|gif|webp|avif);base64,[A-Za-z0-9+/=\s]+$/.test(text)
    ? text
    : undefined
}
