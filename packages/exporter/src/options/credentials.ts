/** What it takes to send to Langfuse. */
export interface Credentials {
  readonly publicKey: string
  readonly secretKey: string
  /** Without a slash at the end. */
  readonly baseUrl: string
}
