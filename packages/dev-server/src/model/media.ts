/** A file that an observation or a dataset item refers to. Null stands for "not yet" or "none". */
export interface Media {
  readonly id: string
  /** SHA-256 of the content, base64. */
  readonly sha256Hash: string
  readonly contentType: string
  /** In bytes. */
  readonly contentLength: number
  /** When its sender says it had uploaded it, in milliseconds since the epoch. */
  readonly uploadedAtMillis: number | null
  /** What the sender says the upload was answered with. */
  readonly uploadHttpStatus: number | null
  readonly uploadHttpError: string | null
}
