import { html } from 'hono/html'
import { type Html, pageLayout } from './page-layout.js'

/**
 * A page that says one thing.
 *
 * @param title What happened.
 * @param message What to do.
 * @returns The document.
 */
export function messagePage(title: string, message: string): Html {
  return pageLayout(title, html`<h1>${title}</h1><p>${message}</p>`)
}
