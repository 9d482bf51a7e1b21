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
  /** Options that take a value, with the values of a closed list; of any other, shells complete file names. */
  values: [option: string, choices: readonly string[]][]
}

function linesOf(command: Command, words: string[]): Line[] {
  const inner = command.commands.toSorted((one, other) => one.name().localeCompare(other.name()))
  const options = command.options.flatMap(({ long }) => (long ? [long] : []))
  const taking = command.options.filter(({ long, required }) => long && required)
  const choices = command.registeredArguments.flatMap(({ argChoices = [] }) => argChoices)
  return [
    {
      words,
      next: [...inner.map((one) => one.name()), ...choices],
      options: [...options, '--help'],
      values: taking.map(({ long, argChoices = [] }) => [long!, argChoices]),
    },
    ...inner.flatMap((one) => linesOf(one, [...words, one.name()])),
  ]
}

const pathOf = ({ words }: Line): string => words.join('/')
const offeredBy = ({ next, options }: Line): string => [...next, ...options].join(' ')

/**
 * For bash and zsh: finds the command that was typed so far, word by word, and what may follow it, or the option that
 * stands in `previous`.
 */
const finding = (lines: Line[], typed: string): string => `  local at='' word offered='' value=''
  local known=' ${lines.map(pathOf).filter(Boolean).join(' ')} '
  for word in ${typed}; do
    case "$known" in *" $at\${at:+/}$word "*) at="$at\${at:+/}$word" ;; *) break ;; esac
  done
  case "$at" in
${lines.map((line) => `    '${pathOf(line)}') offered='${offeredBy(line)}' ;;`).join('\n')}
  esac
  case "$at $previous" in
${lines.flatMap((line) => line.values.map(([option, choices]) => `    '${pathOf(line)} ${option}') offered='${choices.join(' ')}' value=1 ;;`)).join('\n')}
  esac`

const bash = (lines: Line[]): string => `# Completes arraydrop in bash.
_arraydrop() {
  local current="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD-1]}"
  # --option=value comes as three words.
  if [ "$current" = '=' ]; then current=''
  elif [ "$previous" = '=' ]; then previous="\${COMP_WORDS[COMP_CWORD-2]}"; fi
${finding(lines, `"$\{COMP_WORDS[@]:1:COMP_CWORD-1}"`)}
  COMPREPLY=($(compgen -W "$offered" -- "$current"))
}
complete -o default -F _arraydrop arraydrop
`

const zsh = (lines: Line[]): string => `#compdef arraydrop
_arraydrop() {
  local previous="$\{words[CURRENT-1]}"
  if [[ "$\{words[CURRENT]}" == --*=* ]]; then previous="$\{words[CURRENT]%%=*}"; compset -P '*='; fi
${finding(lines, `"$\{(@)words[2,CURRENT-1]}"`)}
  if [[ -n $value && -z $offered ]]; then _files; else compadd -- \${=offered}; fi
}
if [[ $funcstack[1] == _arraydrop ]]; then _arraydrop; else compdef _arraydrop arraydrop; fi
`

const fish = (lines: Line[]): string => `# Completes arraydrop in fish.
function __arraydrop_at
  set -l known ${lines.map(pathOf).filter(Boolean).join(' ')}
  set -l at
  for word in (commandline -opc)[2..-1]
    contains -- (string join -- / $at $word) $known; or break
    set at (string join -- / $at $word)
  end
  test "$at" = "$argv[1]"
end
${lines.flatMap(fishLines).join('\n')}
`

function fishLines(line: Line): string[] {
  const complete = `complete -c arraydrop -n '__arraydrop_at "${pathOf(line)}"'`
  const values = new Map(line.values)
  const options = line.options.map((option) => {
    const named = `${complete} -l ${option.slice(2)}`
    const choices = values.get(option)
    if (choices === undefined) return named
    return choices.length === 0 ? `${named} -r` : `${named} -x -a '${choices.join(' ')}'`
  })
  return line.next.length === 0 ? options : [`${complete} -f -a '${line.next.join(' ')}'`, ...options]
}

const WRITERS: Record<Shell, (lines: Line[]) => string> = { bash, zsh, fish }
