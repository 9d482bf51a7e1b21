import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import path from 'node:path'

export interface DatabaseByTcp {
  /** The same database on 127.0.0.1. */
  url: string
  stop(): Promise<void>
}

/** A test's database, which listens on a socket that only its own user may open, on a port of 127.0.0.1. */
export async function databaseByTcp(databaseUrl: string): Promise<DatabaseByTcp> {
  const open = new Set<Socket>()
  const keep = (socket: Socket) => {
    open.add(socket)
    socket.on('error', () => socket.destroy()).on('close', () => open.delete(socket))
    return socket
  }
  const server = createServer((client) => {
    const database = keep(dial(new URL(databaseUrl)))
    keep(client).pipe(database).pipe(client)
    client.on('close', () => database.destroy())
    database.on('close', () => client.destroy())
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
