import type { Spool } from '../spool/spool.js'
import type { Parcel, SharedLease } from './parcel.js'

/**
 * Gives what came from the disk back to it. A batch that is settled in part must not be there as a whole for the next process, which would send
 * all of it: what is left takes its place.
 *
 * @param parcels - All that are not settled; those that did not come from the disk are left alone.
 * @param spool - Where they came from.
 */
export function giveBackLeases(parcels: readonly Parcel[], spool: Pick<Spool, 'append'> | undefined): void {
  for (const [{ batch, spansLeft }, parts] of partsByLease(parcels)) {
    const isWhole = spansLeft === batch.spanCount
    if (!isWhole && parts.every((part) => spool?.append(part) === 'stored')) batch.acknowledge()
    else batch.release()
  }
}

function partsByLease(parcels: readonly Parcel[]): ReadonlyMap<SharedLease, readonly Parcel[]> {
  const parts = new Map<SharedLease, Parcel[]>()
  for (const parcel of parcels) {
    const { leased } = parcel
    if (leased) parts.set(leased, [...(parts.get(leased) ?? []), parcel])
  }
  return parts
}
