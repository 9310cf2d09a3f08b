/** Which project spans go to: where it is and who it is. */
export interface Project {
  readonly baseUrl: string
  readonly publicKey: string
}
