import type { ComponentType } from 'preact'

/** A page of the viewer. */
export interface Page {
  /** The address: what it matches in parentheses is given to the component. */
  readonly pattern: RegExp
  /** The word in the navigation; none for pages that are reached from others. */
  readonly navigation?: { readonly label: string; readonly address: string }
  readonly component: ComponentType<PageProps>
}

/** What a page is given. */
export interface PageProps {
  /** The part of the address that its pattern has in parentheses, decoded; empty when there is none. */
  readonly id: string
}
