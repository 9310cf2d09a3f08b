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
 * An image that stands in the data itself.
 *
 * @param text Text from outside.
 * @returns The text when it is the `data:` URL of a bitmap; else undefined. An SVG is a document, and stays text.
 */
export function inlineImage(text: unknown): string | undefined {
  return typeof text === 'string' && /^data:image\/(png|jpe?g|gif|webp|avif);base64,[A-Za-z0-9+/=\s]+$/.test(text)
    ? text
    : undefined
}
