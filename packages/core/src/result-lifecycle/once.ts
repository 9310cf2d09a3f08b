/**
 * Lets the first value through a function, and every value that is the same to the same result: a request may be awaited several times, and
 * a query that runs anew each time gives another value, which is not the span's.
 *
 * @param settle - Called once.
 */
export function once(settle: (value: unknown) => unknown): (value: unknown) => unknown {
  let first: { readonly value: unknown; readonly result: unknown } | undefined
  return (value) => {
    first ??= { value, result: settle(value) }
    return first.value === value ? first.result : value
  }
}
