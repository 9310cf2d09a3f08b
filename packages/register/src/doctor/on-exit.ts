/**
 * Calls back when the process exits: when that begins, and, if nobody exits once more meanwhile, after all that listens to it. The exporter keeps
 * itself the last of the listeners, and sends what is left there.
 *
 * @param callback - What to do, up to twice.
 */
export function onExit(callback: () => void): void {
  process.on('exit', callback)
  const { emit } = process
  // As signal-exit does it: Node looks `emit` up when it exits. Its overloads pass through.
  process.emit = function (this: NodeJS.Process, ...args: Parameters<typeof emit>) {
    const wasHeard = Reflect.apply(emit, this, args)
    if (String(args[0]) === 'exit') callback()
    return wasHeard
  } as typeof emit
}
