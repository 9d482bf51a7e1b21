import { readFileSync } from 'node:fs'
import { createExportReader } from '#lib/genotype/export-reader.ts'

/** A process that reads the text of one export, every row and every number of its QC, and prints what that cost. */

const PIECE_BYTES = 262_144
const [file] = process.argv.slice(2)
if (!file) throw new Error('Name the text to read')

const before = process.cpuUsage()
const text = readFileSync(file)
const reader = createExportReader({ rowsMin: 300_000 })
for (let at = 0; at < text.length; at += PIECE_BYTES) reader.push(text.subarray(at, at + PIECE_BYTES))
const verdict = reader.end()
const { user, system } = process.cpuUsage(before)
const rows = verdict.ok ? verdict.accepted.summary.rows : 0
console.log(JSON.stringify({ rows, seconds: (user + system) / 1_000_000 }))
