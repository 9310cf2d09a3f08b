import { isatty } from 'node:tty'

/**
 * Ends the process by a signal, as it would have ended without a listener: the parent sees the signal, no `exit` event is emitted. To be called
 * when no listener of ours is left. The process may live on: where listeners of others are left, or where it is the first of its container,
 * which signals without a listener do not end.
 *
 * @param signal - The signal.
 */
export function endBySignal(signal: NodeJS.Signals): void {
  restoreTerminal()
  // Windows has no signals: every name ends the process, and some are not known.
  process.kill(process.pid, process.platform === 'win32' ? 'SIGINT' : signal)
}

// What Node does by itself before a signal ends it, until somebody listens.
function restoreTerminal(): void {
  try {
    if (isatty(0) && process.stdin.isRaw) process.stdin.setRawMode(false)
  } catch {
    // The terminal is gone.
  }
}
