/** What a value says that it is, whatever realm it comes from: `[object Error]`. @throws Whatever a getter or a Proxy throws. */
export function tagOf(value: unknown): string {
  return Object.prototype.toString.call(value)
}
