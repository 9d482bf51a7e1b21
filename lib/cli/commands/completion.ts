import { Argument, Command } from 'commander'

const SHELLS = ['bash', 'zsh', 'fish'] as const
type Shell = (typeof SHELLS)[number]

/** `arraydrop completion SHELL`: a script that completes commands and options, made from the commands themselves. */
export function completionCommand(): Command {
  return new Command('completion')
    .description('Print a script that completes commands and options in your shell.')
    .addArgument(new Argument('<shell>').choices([...SHELLS]))
    .addHelpText(
      'after',
      `
Examples:
  arraydrop completion bash > ~/.local/share/bash-completion/completions/arraydrop
  arraydrop completion zsh > ~/.zfunc/_arraydrop
  arraydrop completion fish > ~/.config/fish/completions/arraydrop.fish`,
    )
    .action((shell: Shell, _options: object, command: Command) => {
      let root = command
      while (root.parent) root = root.parent
      process.stdout.write(WRITERS[shell](linesOf(root, [])))
    })
}

/** A command by its words, and what may follow them. */
interface Line {
  words: string[]
  next: string[]
  options: string[]
}

function linesOf(command: Command, words: string[]): Line[] {
  const inner = command.commands.toSorted((one, other) => one.name().localeCompare(other.name()))
  const options = command.options.flatMap(({ long }) => (long ? [long] : []))
  return [
    { words, next: inner.map((one) => one.name()), options: [...options, '--help'] },
    ...inner.flatMap((one) => linesOf(one, [...words, one.name()])),
  ]
}

const pathOf = ({ words }: Line): string => words.join('/')
const offeredBy = ({ next, options }: Line): string => [...next, ...options].join(' ')

/** For bash and zsh: finds the command that was typed so far, word by word, and what may follow it. */
const finding = (lines: Line[], typed: string): string => `  local at='' word offered=''
  local known=' ${lines.map(pathOf).filter(Boolean).join(' ')} '
  for word in ${typed}; do
    case "$known" in *" $at\${at:+/}$word "*) at="$at\${at:+/}$word" ;; *) break ;; esac
  done
  case "$at" in
${lines.map((line) => `    '${pathOf(line)}') offered='${offeredBy(line)}' ;;`).join('\n')}
  esac`

const bash = (lines: Line[]): string => `# Completes arraydrop in bash.
_arraydrop() {
${finding(lines, `"$\{COMP_WORDS[@]:1:COMP_CWORD-1}"`)}
  COMPREPLY=($(compgen -W "$offered" -- "\${COMP_WORDS[COMP_CWORD]}"))
}
complete -o default -F _arraydrop arraydrop
`

const zsh = (lines: Line[]): string => `#compdef arraydrop
_arraydrop() {
${finding(lines, `"$\{(@)words[2,CURRENT-1]}"`)}
  compadd -- \${=offered}
}
if [[ $funcstack[1] == _arraydrop ]]; then _arraydrop; else compdef _arraydrop arraydrop; fi
`

const fish = (lines: Line[]): string => `# Completes arraydrop in fish.
function __arraydrop_typed
  string join / (string match -v -- '-*' (commandline -opc)[2..-1])
end
${lines.map((line) => `complete -c arraydrop -n 'test (__arraydrop_typed) = "${pathOf(line)}"' -a '${offeredBy(line)}'`).join('\n')}
`

const WRITERS: Record<Shell, (lines: Line[]) => string> = { bash, zsh, fish }
