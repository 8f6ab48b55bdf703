// @ts-check
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/*
 * The door to `npm start` and `npm test` on a machine that may have nothing but Node and npm. Plain JavaScript,
 * no dependency: it installs what is missing, then hands over to the typed programs beside it.
 *
 *   node scripts/bootstrap.mjs start [arguments for scripts/serve.ts]
 *   node scripts/bootstrap.mjs test
 *   node scripts/bootstrap.mjs bench
 */

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const MINIMUM_NODE = [20, 19];
const CHROMIUM = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium';

/**
 * Runs a command in the project's folder and ends this program with its status when it fails.
 * @param {string} command
 * @param {string[]} args
 */
function must(command, args) {
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: 'inherit' });
  if (error) {
    console.error(`${command} could not be started: ${error.message}`);
    process.exit(1);
  }
  if (status !== 0) process.exit(status ?? 1);
}

function requireNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const [wantMajor = 0, wantMinor = 0] = MINIMUM_NODE;
  if (major < wantMajor || (major === wantMajor && minor < wantMinor)) {
    console.error(
      `Gluon Lens needs Node ${MINIMUM_NODE.join('.')} or newer; this is ${process.versions.node}.`,
    );
    process.exit(1);
  }
}

/** Installs exactly what the lockfile says, when that is not what is there. */
function ensurePackages() {
  const installed = join(root, 'node_modules/.package-lock.json');
  const lockfile = join(root, 'package-lock.json');
  if (existsSync(installed) && statSync(installed).mtimeMs >= statSync(lockfile).mtimeMs) return;
  if (existsSync(installed) && sameVersions(installed, lockfile)) return;
  console.log('Installing packages from the lockfile …');
  must('npm', ['ci', '--no-audit', '--no-fund']);
}

/**
 * A fresh checkout has new file times but may have the right packages.
 * @param {string} installed
 * @param {string} lockfile
 */
function sameVersions(installed, lockfile) {
  /** @param {string} file */
  const versions = (file) => {
    const { packages } =
      /** @type {{packages: Record<string, {version?: string, optional?: boolean}>}} */ (
        JSON.parse(readFileSync(file, 'utf8'))
      );
    return Object.entries(packages)
      .filter(([path, { optional }]) => path !== '' && optional !== true)
      .map(([path, { version }]) => `${path}@${version ?? ''}`)
      .sort()
      .join('\n');
  };
  return versions(installed) === versions(lockfile);
}

/** The tests drive the system's Chromium. On Debian and as root it can be installed from here. */
function ensureChromium() {
  if (existsSync(CHROMIUM)) return;
  const canInstall = existsSync('/usr/bin/apt-get') && process.getuid?.() === 0;
  if (!canInstall) {
    console.error(
      `The end-to-end tests need Chromium at ${CHROMIUM}. Install it (Debian: apt-get install chromium) or name it in CHROMIUM_PATH.`,
    );
    process.exit(1);
  }
  console.log('Installing Chromium …');
  must('apt-get', ['update', '-qq']);
  must('env', ['DEBIAN_FRONTEND=noninteractive', 'apt-get', 'install', '-y', '-qq', 'chromium']);
}

/**
 * @param {string} script
 * @param {string[]} args
 */
function typescript(script, args) {
  must(process.execPath, ['--import', 'tsx', join('scripts', script), ...args]);
}

const [command = '', ...rest] = process.argv.slice(2);
requireNode();
ensurePackages();
switch (command) {
  case 'start':
    must('npx', ['vite', 'build', '--logLevel', 'warn']);
    typescript('serve.ts', rest);
    break;
  case 'test':
    ensureChromium();
    typescript('test.ts', rest);
    break;
  case 'bench':
    ensureChromium();
    must('npx', ['vite', 'build', '--logLevel', 'warn']);
    typescript('bench.ts', rest);
    break;
  default:
    console.error(`Unknown command “${command}”. Known: start, test, bench.`);
    process.exit(2);
}
