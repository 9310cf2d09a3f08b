/**
 * Whether somebody else has a listener for a signal, so that how the process goes on is theirs to say.
 *
 * `signal-exit` (in the tree of most command lines and many servers) listens and does not mind: alone, it lets the process end by the signal;
 * beside others, it leaves the end to them. Should we leave it to `signal-exit`, and `signal-exit` to us, the process would never end.
 * So its listeners do not count, as they do not count for itself: it keeps their number where all its copies find it.
 *
 * @param signal - The signal.
 * @param ours - The listener that does not count either.
 */
export function isHandledByOthers(signal: NodeJS.Signals, ours: NodeJS.SignalsListener): boolean {
  const others = process.listeners(signal).filter((listener) => listener !== ours).length
  return others > 0 && others !== countSignalExitListeners()
}

const SIGNAL_EXIT_4 = Symbol.for('signal-exit emitter')

// Each loaded copy has one listener for each signal. https://github.com/tapjs/signal-exit
function countSignalExitListeners(): number {
  // Neither object declares what others put there.
  const { __signal_exit_emitter__: version3 } = process as { __signal_exit_emitter__?: { readonly count?: unknown } }
  const { [SIGNAL_EXIT_4]: version4 } = globalThis as { [SIGNAL_EXIT_4]?: { readonly count?: unknown } }
  return [version3?.count, version4?.count].reduce<number>(
    (sum, count) => sum + (typeof count === 'number' ? count : 0),
    0,
  )
}
