/** A CommonJS module, as far as Node's loader compiles it. */
export interface CompiledModule {
  exports: unknown
  _compile(content: string, filename: string, format?: unknown, ...rest: unknown[]): unknown
}

/**
 * Appends a line to the source of a CommonJS module that is about to be loaded.
 *
 * @param module - The module.
 * @param line - The line.
 * @returns To be called when it has been loaded: whether the line was compiled. It is not in ES modules, which Node loads in the same way.
 */
export function appendSource(module: CompiledModule, line: string): () => boolean {
  const { _compile: compile } = module
  let isAppended = false
  module._compile = (content, filename, format, ...rest) => {
    isAppended = format !== 'module'
    return compile.call(module, isAppended ? `${content}\n${line}` : content, filename, format, ...rest)
  }
  return () => {
    // The prototype's again.
    Reflect.deleteProperty(module, '_compile')
    return isAppended
  }
}
