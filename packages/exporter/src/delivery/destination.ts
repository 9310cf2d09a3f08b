/** Where spans go, as far as messages need to know. */
export interface Destination {
  /** How people call it. */
  readonly name: string
  /** Scheme, host and port: never a path or credentials. Undefined where there is no such thing. */
  readonly origin: string | undefined
  /** The setting that holds the address. */
  readonly addressSetting: string
  /** The settings that hold the credentials. */
  readonly credentialsSetting: string
  /** The time one delivery may take. */
  readonly timeoutMillis: number
}
