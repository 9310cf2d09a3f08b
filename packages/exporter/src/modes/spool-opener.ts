import type { ResolvedSpoolSettings } from '../options/spool-settings.js'
import type { Reporter } from '../report.js'
import { openSpool } from '../spool/open-spool.js'
import type { Spool } from '../spool/spool.js'

/**
 * Prepares the spool of one destination.
 *
 * @param settings - Its settings, if there is to be one.
 * @param destination - Who receives what is in it; spools of different destinations in one folder never meet.
 * @param reporter - Told about problems of the disk.
 * @returns Opens it; undefined if there is to be none.
 */
export function spoolOpener(
  settings: ResolvedSpoolSettings | undefined,
  destination: string,
  reporter: Reporter,
): ((onEvicted: (spans: number) => void) => Spool) | undefined {
  if (!settings) return undefined
  return (onEvicted) =>
    openSpool({
      ...settings,
      destination,
      onProblem: ({ code, message }) => reporter.once({ level: 'error', code: 'spool_problem', message }, code),
      onEvicted: ({ own, spans }) => {
        const message = `The spool in ${settings.dir} is full: the oldest spans make room for new ones and are lost.`
        reporter.once({ level: 'error', code: 'spool_full', message })
        if (own) onEvicted(spans)
      },
    })
}
