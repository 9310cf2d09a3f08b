import { styleText } from 'node:util'

/** What a piece of text means; only {@link createPaint} knows how that looks. */
export type Style = 'plain' | 'strong' | 'faint' | 'warning' | 'bad'

/** Gives text the look of its meaning. */
export type Paint = (style: Style, text: string) => string

const FORMATS = { strong: 'bold', faint: 'dim', warning: 'yellow', bad: 'red' } as const

/**
 * Makes the painter of a command.
 *
 * @param color - Whether standard output shows colours.
 * @returns A painter; without colours it leaves text alone.
 */
export function createPaint(color: boolean): Paint {
  if (!color) return (_, text) => text
  // The stream was judged once, for the whole process; styleText's own check differs between the versions of Node 20.
  return (style, text) => (style === 'plain' ? text : styleText(FORMATS[style], text, { validateStream: false }))
}
