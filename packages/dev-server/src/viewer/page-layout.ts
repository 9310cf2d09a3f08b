import { html } from 'hono/html'
import type { HtmlEscapedString } from 'hono/utils/html'

/** Escaped HTML, or the promise of it: what the template of Hono makes. */
export type Html = HtmlEscapedString | Promise<HtmlEscapedString>

/**
 * The frame of every page.
 *
 * @param title What stands in the title bar.
 * @param content The page.
 * @returns The document.
 */
export function pageLayout(title: string, content: Html): Html {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${title} · Axion</title>
        <link rel="stylesheet" href="/style.css" />
      </head>
      <body>
        <header><a href="/">Axion</a></header>
        <main>${content}</main>
      </body>
    </html>`
}
