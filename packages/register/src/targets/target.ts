/** What a module exports: its namespace, or `module.exports`. */
export type ModuleExports = Readonly<Record<string, unknown>>

/** How one library is traced. The module that exports it is loaded when the library is, so it must import little; what records calls comes later. */
export interface Target {
  /**
   * Puts wrappers around what one file of the library exports. May throw: the library is then left as it was.
   *
   * @param exports - What the file exports. To be changed through classes and objects in it: bindings of ES modules are read-only.
   * @param file - The file, relative to the library's root.
   * @param bindings - The functions that the registry names, as they stand inside the file; setting a member replaces the function there. Without
   *   those that the file has not, and undefined where none is named.
   * @returns Whether anything was wrapped, now or by an earlier call.
   */
  patch(exports: ModuleExports, file: string, bindings?: Record<string, unknown>): boolean
  /**
   * Puts wrappers around the methods of one client object, for `instrument(client)`.
   *
   * @param client - Any object.
   * @returns Whether it is a client of this library.
   */
  instrument?(client: object): boolean
  /**
   * Puts wrappers around what the library as a whole exports, for `wrap(module)`.
   *
   * @param module - Any module.
   * @returns Whether it is this library.
   */
  wrap?(module: ModuleExports): boolean
}
