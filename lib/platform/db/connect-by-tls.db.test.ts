import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, chownSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { sql } from 'kysely'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { freePort } from '#lib/testing/free-port.ts'
// Plain JavaScript: the runner of the tests uses the same.
import { findProgram } from '../../../bin/testing/find-programs.mjs'
import { ensureCluster } from '../embedded-postgres/cluster.ts'
import { binariesFor, prepareLocation } from '../embedded-postgres/location.ts'
import { PostgresLocker } from '../storage/parts/postgres-locker.ts'
import { checkServer } from './check-server.ts'
import { connect } from './connect.ts'

const openssl = findProgram(['openssl'])
const log = pino({ level: 'silent' })
const KEY = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes']

interface Secured {
  url: string
  stop(): Promise<void>
}

/**
 * A PostgreSQL server of its own that speaks TLS with the key and certificate of `server`, and lets in only who has the
 * password *and* a certificate that `ca.pem` signed. All of them are files in `folder`.
 */
async function startSecured(folder: string): Promise<Secured> {
  const location = prepareLocation(path.join(folder, 'postgres'), () => {})
  const binaries = binariesFor(location, undefined)
  await ensureCluster(location, binaries)
  const own = (name: string, content: string | Buffer) => {
    const file = path.join(location.cluster, name)
    writeFileSync(file, content, { mode: 0o600 })
    if (location.user) chownSync(file, location.user.uid, location.user.gid)
    return file
  }
  const certificate = (name: string) => own(name, readFileSync(path.join(folder, name)))
  const port = await freePort()
  const settings = {
    port,
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    fsync: 'off',
    ssl: 'on',
    ssl_ca_file: certificate('ca.pem'),
    ssl_cert_file: certificate('server.pem'),
    ssl_key_file: certificate('server.key'),
    hba_file: own('only-tls.conf', 'hostssl all all all scram-sha-256 clientcert=verify-ca\n'),
  }
  const options = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const server = spawn(binaries.postgres, ['-D', location.cluster, ...options], {
    ...location.user,
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const gone = once(server, 'exit')
  let output = ''
  const accepting = new Promise<boolean>((resolve) => {
    server.stderr.on('data', (chunk) => {
      output += chunk
      if (output.includes('ready to accept connections')) resolve(true)
    })
    server.once('exit', () => resolve(false))
  })
  if (!(await accepting)) throw new Error(output)
  const password = readFileSync(location.passwordFile, 'utf8')
  return {
    url: `postgres://postgres:${password}@127.0.0.1:${port}/postgres`,
    async stop() {
      server.kill('SIGQUIT')
      await gone
    },
  }
}

describe.skipIf(!openssl)('openssl: a database that speaks TLS only', () => {
  let folder: string
  let secured: Secured
  const at = (name: string) => path.join(folder, name)

  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'arraydrop-database-tls-'))
    chmodSync(folder, 0o755) // as root, the server runs as another user
    makeAuthority('ca')
    makeAuthority('other')
    makeCertificate('server', 'subjectAltName=IP:127.0.0.1')
    makeCertificate('client', 'extendedKeyUsage=clientAuth')
    secured = await startSecured(folder)
  })
  afterAll(async () => {
    await secured?.stop()
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
    const renamed = secured.url.replace('127.0.0.1', 'localhost')
    await expect(check(urlWith(renamed, own()))).rejects.toThrow(
      /is not trusted \(ERR_TLS_CERT_ALTNAME_INVALID\)/,
    )
  })

  test('a client without the certificate that the server asks for does not get in', async () => {
    const { sslmode, sslrootcert } = own()
    const without = check(urlWith(secured.url, { sslmode, sslrootcert }))
    await expect(without).rejects.toThrow(/does not let the role .* in: .*client certificate/)
  })

  test('a certificate that is not where DATABASE_URL says is named at once', async () => {
    const without = check(urlWith(secured.url, { ...own(), sslrootcert: '/nowhere/ca.pem' }))
    await expect(without).rejects.toThrow(
      /^The file \/nowhere\/ca\.pem that DATABASE_URL names .* \(ENOENT\)/,
    )
  })

  test('a client that asks for no TLS does not get in', async () => {
    await expect(check(secured.url)).rejects.toThrow(/does not let the role .* in: .*no encryption/)
  })
})
