import type pg from 'pg'

const IN_USE = '55006'
const TRIES_MAX = 12

/**
 * Drop a database of this role, whatever is connected to it. Connections of the same role are ended first; PostgreSQL
 * itself then stops autovacuum and waits up to 5 s for the rest to go, which is repeated for up to a minute. Rejects
 * when another role stays connected. `WITH (FORCE)` would fail as soon as autovacuum is at work: its worker belongs to
 * the superuser, and only a superuser may terminate it.
 */
export async function dropDatabase(client: pg.Client, name: string): Promise<void> {
  for (let tries = 1; ; tries++) {
    await client.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where datname = $1 and usename = current_user and pid <> pg_backend_pid()`,
      [name],
    )
    try {
      await client.query(`drop database if exists ${client.escapeIdentifier(name)}`)
      return
    } catch (error) {
      if ((error as { code?: unknown }).code !== IN_USE || tries === TRIES_MAX) throw error
    }
  }
}
