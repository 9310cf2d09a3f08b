import { html } from 'hono/html'
import type { HtmlEscapedString } from 'hono/utils/html'

/**
 * A page that says one thing, for those who may not load the viewer, or when there is none to load.
 *
 * @param title What happened.
 * @param message What to do.
 * @returns The document.
 */
export function messagePage(title: string, message: string): HtmlEscapedString | Promise<HtmlEscapedString> {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${title} · Axion</title>
      </head>
      <body><main><h1>${title}</h1><p>${message}</p></main></body>
    </html>`
}
