import type Database from 'libsql'

/** An open libSQL connection. */
export type Db = Database.Database
