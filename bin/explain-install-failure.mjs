const NETWORK =
  /^(?:E(?:NOTFOUND|AI_AGAIN|CONN\w+|TIMEDOUT|HOSTUNREACH|NETUNREACH|PROTO)|ERR_SOCKET_TIMEOUT|FETCH_ERROR|\w*CERT\w*|E5\d\d)$/
const REGISTRY = /^E(?:401|403|404|TARGET|NOVERSIONS)$/
const LINES_MAX = 12

/** What went wrong in `npm ci`, by what it printed: which package, and what to do. Never a stack trace. */
export function explainInstallFailure(output, root) {
  const code = /npm (?:error|ERR!) code (\S+)/.exec(output)?.[1] ?? ''
  const what = packageIn(output) ?? 'A package'
  if (NETWORK.test(code)) {
    return `${what} could not be fetched (${code}). Check the network; behind a proxy, set HTTPS_PROXY. Then start again.`
  }
  if (REGISTRY.test(code)) {
    return `${what} is not to be had from the registry that npm uses (${code}). \`npm config get registry\` shows which one that is.`
  }
  if (code === 'ENOSPC') return 'The disk is full: the packages need 1.5 GB. Make room, then start again.'
  if (/^(?:EACCES|EPERM|EROFS)$/.test(code)) {
    return `npm may not write to ${root} (${code}): start as the user who owns this folder.`
  }
  if (code === 'EINTEGRITY') {
    return `${what} arrived damaged (${code}). Run \`npm cache clean --force\`, then start again.`
  }
  const lines = output.split('\n').filter((line) => line.trim() !== '' && !/^(?:npm \S+)?\s+at /.test(line))
  return ['npm could not install the packages:', ...lines.slice(-LINES_MAX)].join('\n')
}

/** The name of the package that npm was about, from a URL of its registry, with its version where it is known. */
function packageIn(output) {
  const archive = /\/((?:@[\w.-]+\/)?[\w.-]+)\/-\/[\w.-]+?-(\d[\w.+-]*)\.tgz/.exec(output)
  if (archive) return `${archive[1]}@${archive[2]}`
  const asked = /https?:\/\/[^\s/]+\/(?:[^\s]*\/)?((?:@[\w.-]+(?:\/|%2f))?[\w.-]+)(?=\s|$)/i.exec(output)
  return asked?.[1].replace(/%2f/i, '/') ?? /No matching version found for (\S+?)\.?\s/.exec(output)?.[1]
}
