// Removes the build of the package it is run in: a file that was renamed must not be shipped under its old name too.
import { rmSync } from 'node:fs'

rmSync('dist', { recursive: true, force: true })
