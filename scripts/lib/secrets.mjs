// Keeps the secrets of the environment from the programs that the scripts run: compilers, bundlers, install scripts and tests are other
// people's code, and need none. What a script gives a program by name still reaches it.

/** Words that a variable with a secret has in its name, between underscores. */
const SECRET_WORDS =
  /(^|_)(TOKENS?|SECRETS?|PASS|PASSWORD|PASSWD|PASSPHRASE|CREDENTIALS?|AUTH|APIKEY|COOKIE|DSN|PAT|WEBHOOK)(_|$)/i;
const KEY = /(^|_)KEY(_ID|_FILE|_BASE64)?$/i;
/** All variables of cloud providers and of GitHub's runner that lead to credentials, whatever they are called. */
const SECRET_PREFIXES = /^(AWS|AZURE|ACTIONS)_/i;
/** npm's settings, with the login of a registry among them: without it nothing can be installed from there. */
const KEPT = /^npm_config_/i;
/** Proxies and registries whose address may hold a login, without which nothing can be installed. */
const ADDRESSES = /^(https?|all|no|ftp)_proxy$|^(CARGO|RUSTUP|npm_config)_/i;
const LOGIN = /^[a-z][a-z\d+.-]*:\/\/[^/\s@]*:[^/\s@]+@/i;

/** Whether a variable holds a secret, judged by its name, and by its value where that is an address with a password. */
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

/** Takes the secrets out of this process too: some build tools run inside it. */
export function dropSecrets(env = process.env) {
  for (const [name, value] of Object.entries(env)) {
    if (isSecret(name, value)) {
      delete env[name];
    }
  }
}
