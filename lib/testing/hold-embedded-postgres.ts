import { startEmbeddedPostgres } from '#lib/platform/embedded-postgres/start-embedded-postgres.ts'

// Run by tests as a separate process: starts or joins the server, prints the URL, and leaves when stdin ends.
const server = await startEmbeddedPostgres({ dir: process.argv[2]!, log: () => {} })
process.stdout.write(`${server.url}\n`)
process.stdin.resume()
await new Promise((resolve) => process.stdin.once('end', resolve))
await server.stop()
