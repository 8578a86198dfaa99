// Keeps the secrets of the environment from the programs that the scripts run: compilers, bundlers, install scripts and tests are
// third-party code, and need none. A variable that a script passes explicitly still reaches its program.

/** Words, separated by underscores, that mark the name of a variable as a secret. */
const SECRET_WORDS =
  /(^|_)(TOKENS?|SECRETS?|PASS|PASSWORD|PASSWD|PASSPHRASE|CREDENTIALS?|AUTH|APIKEY|COOKIE|DSN|PAT|WEBHOOK)(_|$)/i;
const KEY = /(^|_)KEY(_ID|_FILE|_BASE64)?$/i;
/** Prefixes of the variables of cloud providers and of GitHub's runner, any of which may lead to credentials. */
const SECRET_PREFIXES = /^(AWS|AZURE|ACTIONS)_/i;
/** npm's settings. They may contain a registry login, which is needed to install from that registry. */
const KEPT = /^npm_config_/i;
/** Proxies and registries, whose URL may contain a login that installing needs. */
const ADDRESSES = /^(https?|all|no|ftp)_proxy$|^(CARGO|RUSTUP|npm_config)_/i;
const LOGIN = /^[a-z][a-z\d+.-]*:\/\/[^/\s@]*:[^/\s@]+@/i;

/** Whether a variable is a secret, judged by its name, or by its value if that is a URL with a password. */
export function isSecret(name, value = "") {
  if (KEPT.test(name)) {
    return false;
  }
  return (
    SECRET_WORDS.test(name) ||
    KEY.test(name) ||
    SECRET_PREFIXES.test(name) ||
    (LOGIN.test(value) && !ADDRESSES.test(name))
  );
}

/** The environment without its secrets. */
export function withoutSecrets(env) {
  return Object.fromEntries(Object.entries(env).filter(([name, value]) => !isSecret(name, value)));
}

/** Removes the secrets from this process too, since some build tools run inside it. */
export function dropSecrets(env = process.env) {
  for (const [name, value] of Object.entries(env)) {
    if (isSecret(name, value)) {
      delete env[name];
    }
  }
}
