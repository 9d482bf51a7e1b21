import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { dataElsewhere, isServiceRunning, noteService } from './running-services.mjs'

let directory: string
beforeEach(() => {
  directory = mkdtempSync(path.join(tmpdir(), 'arraydrop-r-'))
})
afterEach(() => rmSync(directory, { recursive: true, force: true }))

test('a command that was not told which data to use learns that a running service uses other data', () => {
  expect(dataElsewhere({}, directory)).toBeUndefined()
  noteService({ DATA_DIR: '/srv/other' }, directory)
  expect(dataElsewhere({}, directory)).toBe('/srv/other')
  expect(isServiceRunning(directory)).toBe(true)
  expect(dataElsewhere({ DATA_DIR: '/srv/third' }, directory)).toBeUndefined()
  expect(dataElsewhere({ DATABASE_URL: 'postgres://db/a' }, directory)).toBeUndefined()
})

test('a service on the same data raises no question', () => {
  noteService({}, directory)
  expect(dataElsewhere({}, directory)).toBeUndefined()
})

test('the address of a database server, which may hold a password, is not written down', () => {
  noteService({ DATABASE_URL: 'postgres://user:secret@db/a' }, directory)
  expect(dataElsewhere({}, directory)).toBe('DATABASE_URL')
})

test('a service that has ended does not count, and its note is removed', () => {
  const note = { process: '1999999 1', data: '/srv/gone' }
  writeFileSync(path.join(directory, 'running-1999999.json'), JSON.stringify(note))
  expect(isServiceRunning(directory)).toBe(false)
  expect(dataElsewhere({}, directory)).toBeUndefined()
  expect(readdirSync(directory)).toEqual([])
})
