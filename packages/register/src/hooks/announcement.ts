import { SLOT_NAME } from '../process-slot.js'

/**
 * A line of source by which a module, when it has run, hands over what it exports, and functions inside it to be replaced: assigning to a function's
 * name changes what the module itself calls as well as what it exports, which nothing outside can do.
 *
 * @param path - The module's path or URL.
 * @param exports - An expression for what it exports.
 * @param bindings - Names of functions. Those that it has not read as undefined.
 */
export function announcement(path: string, exports: string, bindings: readonly string[] = []): string {
  const accessors = bindings.map(
    (name) => `get ${name}(){return typeof ${name}=="undefined"?void 0:${name}},set ${name}(f){${name}=f}`,
  )
  const handedOver = [JSON.stringify(path), exports, ...(accessors.length > 0 ? [`{${accessors.join()}}`] : [])]
  // The slot may be gone in another realm; a library must load all the same.
  return `try{globalThis[Symbol.for(${JSON.stringify(SLOT_NAME)})]?.loaded?.(${handedOver.join()})}catch{}`
}
