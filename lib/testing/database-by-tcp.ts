import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import path from 'node:path'
import { createServer as createTlsServer, type TlsOptions } from 'node:tls'

/** Bytes with which a client asks whether the server speaks TLS. */
const TLS_REQUEST_BYTES = 8

export interface DatabaseByTcp {
  /** The same database on 127.0.0.1. */
  url: string
  stop(): Promise<void>
}

/**
 * A test's database, which listens on a socket that only its own user may open, on a port of 127.0.0.1; with `tls` it speaks
 * TLS there, as PostgreSQL does: the client asks first.
 */
export async function databaseByTcp(databaseUrl: string, tls?: TlsOptions): Promise<DatabaseByTcp> {
  const open = new Set<Socket>()
  const keep = (socket: Socket) => {
    open.add(socket)
    socket.on('error', () => socket.destroy()).on('close', () => open.delete(socket))
    return socket
  }
  const passOn = (client: Socket) => {
    const database = keep(dial(new URL(databaseUrl)))
    keep(client).pipe(database).pipe(client)
    client.on('close', () => database.destroy())
    database.on('close', () => client.destroy())
  }
  const secure = tls && createTlsServer(tls, passOn)
  const server = createServer((client) => {
    if (!secure) return passOn(client)
    keep(client).once('readable', () => {
      client.read(TLS_REQUEST_BYTES)
      client.write('S')
      secure.emit('connection', client)
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = new URL(databaseUrl)
  url.searchParams.delete('host')
  url.host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    url: url.href,
    async stop() {
      for (const socket of open) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}

function dial(url: URL): Socket {
  const folder = url.searchParams.get('host')
  const port = Number(url.port || 5432)
  return folder ? connect(path.join(folder, `.s.PGSQL.${port}`)) : connect(port, url.hostname)
}
