/** What `writeLine` needs of a stream: Node's standard streams have it. */
export interface LineSink {
  write(text: string, written: (error?: Error | null) => void): unknown
  once(event: 'error', listener: () => void): unknown
  removeListener(event: 'error', listener: () => void): unknown
}

/**
 * Writes to a stream that may be gone: whoever read it can have exited, and an `error` event nobody listens to ends the process.
 *
 * @param sink - Usually standard error.
 * @param text - What to write, with its line end.
 * @param written - Told when it is written, or why not.
 */
export function writeLine(sink: LineSink, text: string, written?: (error: Error | undefined) => void): void {
  const ignore = (): void => {}
  sink.once('error', ignore)
  sink.write(text, (error) => {
    // After a failure the event is still to come, and takes the listener along.
    if (!error) sink.removeListener('error', ignore)
    written?.(error ?? undefined)
  })
}
