import { signal } from '@preact/signals'
import { getJson } from '../../server/get-json.js'

/** As `GET /viewer/api/facets` gives them. */
export interface Facets {
  readonly names: readonly string[]
  readonly tags: readonly string[]
  readonly sessionIds: readonly string[]
  readonly userIds: readonly string[]
  readonly environments: readonly string[]
  readonly scoreNames: readonly string[]
}

/** The values that filters offer, as they were when a filter was last opened. */
export const facets = signal<Facets>({
  names: [],
  tags: [],
  sessionIds: [],
  userIds: [],
  environments: [],
  scoreNames: [],
})

/** Reads them anew. Without them a filter still takes what is typed. */
export async function loadFacets(): Promise<void> {
  facets.value = await getJson<Facets>('/facets').catch(() => facets.value)
}
