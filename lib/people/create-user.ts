import { z } from 'zod'
import type { Role } from '#lib/access/role.ts'
import { SYSTEM } from '#lib/audit/audit.ts'
import { recordAudit } from '#lib/audit/record-audit.ts'
import { generateApiKey } from '#lib/keys/api-key.ts'
import { Problem, parseFields } from '#lib/problem.ts'
import type { Services } from '#lib/services.ts'
import { demandUncommon } from './demand-uncommon.ts'
import { Email, NewPassword } from './user.ts'
import { insertProjectRoles, insertUser } from './users-table.ts'

export interface NewUser {
  email: string
  password: string
  name?: string
  /** In every project; null: only in those of `projectRoles`. */
  role: Role | null
  projectRoles?: readonly { projectId: string; role: Role }[]
}

/** Create a person who may sign in. Throws 400 for what is not valid, and 409 for an address that is taken. */
export async function createUser(
  { db, passwords }: Pick<Services, 'db' | 'passwords'>,
  { name = '', role, projectRoles = [], ...given }: NewUser,
): Promise<{ id: string; email: string }> {
  const { email, password } = parseFields(z.object({ email: Email, password: NewPassword }), given)
  await demandUncommon(passwords, password, 'password')
  const passwordHash = await passwords.hash(password)
  return db.transaction().execute(async (tx) => {
    const user = await insertUser(tx, { email, name, passwordHash, role })
    if (!user) throw new Problem('conflict', 'A person with this email address already exists.')
    await insertProjectRoles(tx, user.id, projectRoles)
    await recordAudit(tx, { by: SYSTEM, action: 'user.create', projectId: null, targets: [user.id] })
    return { id: user.id, email }
  })
}

const CHARACTERS = 24

/** A password of 24 random letters and digits: some 142 bits. */
export const generatePassword = (): string => generateApiKey().key.split('.')[1]!.slice(0, CHARACTERS)
