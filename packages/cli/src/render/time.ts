/**
 * Writes an instant so that it sorts, and can be given to `--from` and `--to` as it stands.
 *
 * @param time - The instant.
 * @returns UTC to the second: `2026-11-23T07:11:38Z`.
 */
export function formatTime(time: Date): string {
  return time.toISOString().replace(/\.\d{3}Z$/, 'Z')
}
