import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { sql } from 'kysely'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type DatabaseByTcp, databaseByTcp } from '#lib/testing/database-by-tcp.ts'
import { createTestDatabase, type TestDatabase } from '#lib/testing/test-database.ts'
// Plain JavaScript: the runner of the tests uses the same.
import { findProgram } from '../../../bin/testing/find-programs.mjs'
import { PostgresLocker } from '../storage/parts/postgres-locker.ts'
import { checkServer } from './check-server.ts'
import { connect } from './connect.ts'

const openssl = findProgram(['openssl'])
const log = pino({ level: 'silent' })
const KEY = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes']

describe.skipIf(!openssl)('openssl: a database that speaks TLS only', () => {
  let folder: string
  let database: TestDatabase
  let secured: DatabaseByTcp
  const at = (name: string) => path.join(folder, name)

  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'arraydrop-database-tls-'))
    makeAuthority('ca')
    makeAuthority('other')
    makeCertificate('server', 'subjectAltName=IP:127.0.0.1')
    makeCertificate('elsewhere', 'subjectAltName=DNS:db.internal')
    makeCertificate('client', 'extendedKeyUsage=clientAuth')
    database = await createTestDatabase()
    secured = await databaseByTcp(database.url, servedWith('server'))
  })
  afterAll(async () => {
    await secured?.stop()
    await database?.drop()
    rmSync(folder, { recursive: true, force: true })
  })

  function run(...args: string[]): void {
    const { status, stderr } = spawnSync(openssl!, args, { encoding: 'utf8' })
    expect(status, stderr).toBe(0)
  }
  function makeAuthority(name: string): void {
    run(
      'req',
      '-x509',
      ...KEY,
      '-subj',
      `/CN=${name}`,
      '-keyout',
      at(`${name}.key`),
      '-out',
      at(`${name}.pem`),
    )
  }
  function makeCertificate(name: string, extension: string): void {
    writeFileSync(at('extensions'), extension)
    run(
      'req',
      '-new',
      ...KEY,
      '-subj',
      `/CN=${name}`,
      '-keyout',
      at(`${name}.key`),
      '-out',
      at(`${name}.csr`),
    )
    const authority = ['-CA', at('ca.pem'), '-CAkey', at('ca.key'), '-CAcreateserial', '-days', '2']
    run(
      'x509',
      '-req',
      ...authority,
      '-in',
      at(`${name}.csr`),
      '-extfile',
      at('extensions'),
      '-out',
      at(`${name}.pem`),
    )
  }
  /** A server that lets in only clients with a certificate of its own authority. */
  const servedWith = (name: string) => ({
    key: readFileSync(at(`${name}.key`)),
    cert: readFileSync(at(`${name}.pem`)),
    ca: readFileSync(at('ca.pem')),
    requestCert: true,
    rejectUnauthorized: true,
  })
  const urlWith = (url: string, options: Record<string, string>) => {
    const changed = new URL(url)
    for (const [name, value] of Object.entries(options)) changed.searchParams.set(name, value)
    return changed.href
  }
  const own = () => ({
    sslmode: 'verify-full',
    sslrootcert: at('ca.pem'),
    sslcert: at('client.pem'),
    sslkey: at('client.key'),
  })
  const check = (url: string) => checkServer({ url, log, waitMs: 0 })

  test('with an authority of its own and a certificate for the client, it is used for queries and for locks', async () => {
    const url = urlWith(secured.url, own())
    await check(url)
    const db = connect({ url, log })
    const locker = new PostgresLocker(url)
    try {
      expect((await sql<{ one: number }>`select 1 as one`.execute(db)).rows).toEqual([{ one: 1 }])
      const lock = locker.newLock('a')
      await lock.lock(new AbortController().signal, () => {})
      await lock.unlock()
    } finally {
      await locker.close()
      await db.destroy()
    }
  })

  test('a server of another authority, or with another name, is refused with what to write', async () => {
    const stranger = urlWith(secured.url, { ...own(), sslrootcert: at('other.pem') })
    await expect(check(stranger)).rejects.toThrow(/is not trusted \(.*sslmode=verify-full&sslrootcert=/)
    const renamed = await databaseByTcp(database.url, servedWith('elsewhere'))
    await expect(check(urlWith(renamed.url, own()))).rejects.toThrow(
      /is not trusted \(ERR_TLS_CERT_ALTNAME_INVALID\)/,
    )
    await renamed.stop()
  })

  test('a client without the certificate that the server asks for does not get in', async () => {
    const { sslmode, sslrootcert } = own()
    await expect(check(urlWith(secured.url, { sslmode, sslrootcert }))).rejects.toThrow()
  })
})
