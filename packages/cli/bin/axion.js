#!/usr/bin/env node
// A file of its own, because package managers link commands at install time, before the workspace is built.
import '../dist/main.js'
