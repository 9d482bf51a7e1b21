import { expect, test } from 'vitest'
import { createPasswords } from './passwords.ts'

const passwords = createPasswords({ N: 1_024, r: 8, p: 1 })
const PASSWORD = 'correct horse battery staple'

test('The password matches its hash, and no other does', async () => {
  const hash = await passwords.hash(PASSWORD)
  expect(await passwords.matches(PASSWORD, hash)).toBe(true)
  for (const other of [`${PASSWORD} `, PASSWORD.toUpperCase(), '', hash]) {
    expect(await passwords.matches(other, hash)).toBe(false)
  }
})

test('Two hashes of a password differ, and neither holds it', async () => {
  const [one, two] = await Promise.all([passwords.hash(PASSWORD), passwords.hash(PASSWORD)])
  expect(one).not.toBe(two)
  expect(one).not.toContain('horse')
})

test('A hash includes its cost, so a higher setting keeps it usable', async () => {
  const hash = await passwords.hash(PASSWORD)
  const dearer = createPasswords({ N: 2_048, r: 8, p: 1 })
  expect(hash).toMatch(/^scrypt\$1024\$8\$1\$/)
  expect(await dearer.hash(PASSWORD)).toMatch(/^scrypt\$2048\$8\$1\$/)
  expect(await dearer.matches(PASSWORD, hash)).toBe(true)
})

test('The usual cost is 32 MiB and three passes', async () => {
  expect(await createPasswords().hash(PASSWORD)).toMatch(/^scrypt\$32768\$8\$3\$/)
})

test('Without a stored hash, every password is wrong', async () => {
  expect(await passwords.matches(PASSWORD, undefined)).toBe(false)
})

test('The same letters typed as other code points are the same password', async () => {
  const hash = await passwords.hash('Zoe\u0308 on the ﬁeld')
  expect(await passwords.matches('Zoë on the field', hash)).toBe(true)
})

test('More hashes at once than allowed all complete', async () => {
  const hashes = await Promise.all(Array.from({ length: 9 }, (_, n) => passwords.hash(`password ${n}`)))
  const right = await Promise.all(hashes.map((hash, n) => passwords.matches(`password ${n}`, hash)))
  expect(right).toEqual(Array(9).fill(true))
})

test('A flood of hashes is refused beyond a short queue, and those in the queue complete', async () => {
  const flood = await Promise.allSettled(
    Array.from({ length: 100 }, (_, n) => passwords.hash(`password ${n}`)),
  )
  const refused = flood.filter(({ status }) => status === 'rejected')
  expect(refused).toHaveLength(100 - 26)
  for (const { reason } of refused as PromiseRejectedResult[]) {
    expect(reason).toMatchObject({ status: 503, retryAfterSeconds: 5 })
  }
  expect(await passwords.hash(PASSWORD)).toMatch(/^scrypt/)
})

test.each([
  'password1234',
  'passwordpassword',
  'P@ssw0rd1234',
  'qwertyuiop123',
  '123456789012',
  'aaaaaaaaaaaa',
  'abcdefghijkl',
  'iloveyou1234',
  'a'.repeat(256),
])('%s is common', async (password) => {
  expect(await passwords.isCommon(password)).toBe(true)
})

test.each([
  'correct horse battery staple',
  'fjord-lamp-nine-tulip',
  'uQ8#vd02kLw!',
  'x'.repeat(3) + PASSWORD,
])('%s is not', async (password) => {
  expect(await passwords.isCommon(password)).toBe(false)
})
