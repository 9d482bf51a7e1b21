import type { Command } from 'commander'
import { describe, expect, test } from 'vitest'
import { PARTNER_COMMANDS } from './run-cli.ts'

/** Every command that acts, below a noun or by itself, with the words that call it. */
function actingBelow(command: Command, before: string[] = []): [string, Command][] {
  const words = [...before, command.name()]
  return command.commands.length > 0
    ? command.commands.flatMap((inner) => actingBelow(inner, words))
    : [[words.join(' '), command]]
}

/** What `--help` prints, with the examples that follow the options. */
function helpOf(command: Command): string {
  let printed = ''
  command.configureOutput({ writeOut: (text) => (printed += text) })
  command.outputHelp()
  return printed
}

const nouns = ['sessions', 'samples', 'upload', 'fastqs', 'projects', 'webhooks']
const commands = (await Promise.all(nouns.map((noun) => PARTNER_COMMANDS[noun]!()))).flat()
const acting = commands.flatMap((command) => actingBelow(command))

describe('every command explains itself with an example', () => {
  test.each(acting)('%s', (words, command) => {
    expect(helpOf(command)).toMatch(new RegExp(`Examples?:\\n {2}arraydrop ${words}`))
  })

  test('none of them is missing', () => {
    expect(acting.map(([words]) => words)).toEqual(
      expect.arrayContaining(['sessions advance', 'samples wait', 'fastqs assign', 'webhooks listen']),
    )
  })

  test('how URLs are presigned in three clouds', () => {
    const [, upload] = acting.find(([words]) => words === 'upload')!
    for (const tool of ['aws s3 presign', 'gcloud storage sign-url', 'az storage blob generate-sas'])
      expect(helpOf(upload)).toContain(tool)
  })
})
