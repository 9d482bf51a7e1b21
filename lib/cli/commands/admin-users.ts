import { text } from 'node:stream/consumers'
import { Command, InvalidArgumentError, Option } from 'commander'
import { ROLES, type Role } from '#lib/access/role.ts'
import { disableUser } from '#lib/people/change-person.ts'
import { createUser, generatePassword } from '#lib/people/create-user.ts'
import { makeResetLinkByEmail } from '#lib/people/make-sign-in-link.ts'
import { isProblem } from '#lib/problem.ts'
import { findProject } from '#lib/projects/find-project.ts'
import { print } from '../print.ts'
import { withSystem } from '../with-system.ts'

interface NamedRole {
  project: string
  role: Role
}

export function createUserCommand(): Command {
  return new Command('create-user')
    .description('Create a person who may sign in. A generated password is printed once.')
    .argument('<email>', 'their email address')
    .option('--name <name>', 'what to call them', '')
    .addOption(
      new Option(
        '--role <role>',
        'role in every project; by default only the roles of --project-role',
      ).choices([...ROLES]),
    )
    .option(
      '--project-role <project=role>',
      'role in one project, by name or id, such as demo=analyst; may be repeated',
      collectRole,
      [],
    )
    .option('--password-stdin', 'read the password from standard input')
    .option('--if-missing', 'succeed without a change when this person exists already')
    .addOption(new Option('--json', 'print one line of JSON'))
    .action(async (email: string, options: UserOptions) => {
      const given = options.passwordStdin ? (await text(process.stdin)).replace(/\r?\n$/, '') : undefined
      const password = given ?? generatePassword()
      const user = await withSystem(async (services) => {
        const projectRoles: { projectId: string; role: Role }[] = []
        for (const { project, role } of options.projectRole) {
          projectRoles.push({ projectId: (await findProject(services, project)).id, role })
        }
        const { name, role = null } = options
        return createUser(services, { email, password, name, role, projectRoles }).catch((error: unknown) => {
          if (options.ifMissing && isProblem(error) && error.code === 'conflict') return undefined
          throw error
        })
      })
      if (!user) return print({ email, existing: true }, options)
      print(given === undefined ? { ...user, password } : { ...user }, options)
    })
}

interface UserOptions {
  name: string
  role?: Role
  projectRole: NamedRole[]
  passwordStdin?: boolean
  ifMissing?: boolean
  json?: boolean
}

export function disableUserCommand(): Command {
  return new Command('disable-user')
    .description('Disable a person at once: sign-in, tokens and API keys stop working.')
    .argument('<email>', 'their email address')
    .addOption(new Option('--json', 'print one line of JSON'))
    .action(async (email: string, options: { json?: boolean }) => {
      await withSystem((services) => disableUser(services, email))
      print({ email, disabled: true }, options)
    })
}

export function resetLinkCommand(): Command {
  return new Command('reset-link')
    .description('Create a link for a person to choose a new password; it works once, for an hour.')
    .argument('<email>', 'their email address')
    .addOption(new Option('--json', 'print one line of JSON'))
    .action(async (email: string, options: { json?: boolean }) => {
      print({ ...(await withSystem((services) => makeResetLinkByEmail(services, email))) }, options)
    })
}

/** `clinic=analyst`. A name may contain the sign itself, so the last one counts. */
function collectRole(text: string, before: NamedRole[]): NamedRole[] {
  const at = text.lastIndexOf('=')
  const role = ROLES.find((known) => known === text.slice(at + 1))
  if (at < 1 || !role) {
    throw new InvalidArgumentError(`Give a project and one of ${ROLES.join(', ')}, such as demo=analyst.`)
  }
  return [...before, { project: text.slice(0, at), role }]
}
