import pg from 'pg'
import { expect, test } from 'vitest'
import { unlimitedWritesOf } from './statement-plans.ts'

/** A client that is not connected sends nothing. */
const isUnlimited = async (statement: string): Promise<boolean> =>
  (await unlimitedWritesOf(async () => void new pg.Client().query(statement))).length > 0

test.each([
  'delete from sample where created < app_now()',
  'delete from "sample" where "project_id" = $1',
  'update run set log_removed = true where run.project_id = $1',
  'update run set log_removed = true where state = any($1)',
  "delete from sample where status in ($1, 'failed')",
  'delete from sample where id in (select id from sample where created < app_now())',
  'delete from sample where ctid = any(array(select ctid from sample for update skip locked))',
  'with gone as (delete from run where id = $1 returning sample_id) delete from sample where created < $2',
  'with gone as (delete from sample where created < $2 returning id) delete from run where id = $1',
  'with held as (select from project for update) delete from sample where created < $1',
])('a condition limits no write: %s', async (statement) => {
  expect(await isUnlimited(statement)).toBe(true)
})

test.each([
  'delete from "sample" where "id" = $1',
  'update run set log_removed = true where state = $1 and run.id = any($2::uuid[])',
  'delete from sample where id in ($1, $2)',
  'delete from sample where ctid = any(array(select ctid from sample where created < $1 limit $2 for update skip locked))',
  'with gone as (delete from run where id = $1 returning sample_id) update sample set status = $2 where id = $3',
  'insert into clock values ($1) on conflict do update set now = $1',
  'select from sample for no key update',
  'delete from sweep_failure where step in ($1)',
])('these, one or so many are a limit, as a small table is: %s', async (statement) => {
  expect(await isUnlimited(statement)).toBe(false)
})

test('what the process asks on its own meanwhile is not told of', async () => {
  const begun = Promise.withResolvers<void>()
  const onItsOwn = begun.promise.then(
    () => void new pg.Client().query('delete from sample where created < $1'),
  )
  const told = unlimitedWritesOf(async () => {
    void new pg.Client().query('delete from sample where id = $1')
    begun.resolve()
    await onItsOwn
  })
  expect(await told).toEqual([])
})

test('an act that sends nothing is told of as that', async () => {
  await expect(unlimitedWritesOf(async () => {})).rejects.toThrow('No statement')
})
