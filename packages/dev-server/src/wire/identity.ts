/** The one project of a dev-server, under the id that stands in every row. */
export const PROJECT = { id: 'axion-local', name: 'Local Project' } as const

/** The one organization, to which the project belongs. */
export const ORGANIZATION = { id: 'axion-local-org', name: 'Local Org' } as const

/** The version of Langfuse whose API this server speaks; clients decide by it which endpoints to use. */
export const API_VERSION = '4.16.0'
