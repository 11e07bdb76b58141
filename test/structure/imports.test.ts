/** The arrows of imports go one way: see the table in docs/architecture.md. */
import { identifiersOf, importsOf, sourcesBelow } from './sources';

interface Rule {
  /** Folders (or files without extension) a file may import from, besides its own folder. */
  readonly allowed: readonly string[];
  /** Folders it may import types from. */
  readonly types?: readonly string[];
}

// The models are plain data: whoever handles a preview may name its type.
const MODELS = ['src/vm-preview/model', 'src/chains/chain'];

const RULES: Readonly<Record<string, Rule>> = {
  'src/index': { allowed: ['src/rpc', 'src/ui', 'src/chains'] },
  'src/rpc': {
    allowed: ['src/chains', 'src/keyring', 'src/store', 'src/ui'],
    types: MODELS,
  },
  'src/store': { allowed: [] },
  'src/keyring': { allowed: [] },
  'src/chains/solana': { allowed: ['src/chains', 'src/vm-preview'] },
  'src/chains/aptos': { allowed: ['src/chains', 'src/vm-preview'] },
  'src/chains/sui': { allowed: ['src/chains', 'src/vm-preview'] },
  'src/chains': { allowed: ['src/vm-preview'] },
  'src/vm-preview/model': { allowed: [], types: ['src/vm-preview/errors'] },
  'src/vm-preview/svm': { allowed: ['src/vm-preview/errors', 'src/vm-preview/host-budget'] },
  'src/vm-preview/move': { allowed: ['src/vm-preview/errors', 'src/vm-preview/host-budget'] },
  'src/vm-preview/move/core': { allowed: ['src/vm-preview/errors'] },
  'src/vm-preview': { allowed: [] },
  // The model's own words for what it holds are said alike in every place that shows it.
  'src/ui': { allowed: ['src/vm-preview/model'], types: MODELS },
  'src/cli': { allowed: ['src/chains', 'src/vm-preview/model'], types: MODELS },
  site: { allowed: ['src/vm-preview', 'src/chains'], types: ['src/rpc/types', ...MODELS] },
};

/** The most particular rule that covers a path. */
function ruleFor(path: string): [string, Rule] {
  const found = Object.entries(RULES)
    .filter(([folder]) => isIn(path, folder))
    .sort(([a], [b]) => b.length - a.length)[0];
  if (found === undefined) throw new Error(`no import rule covers ${path}`);
  return found;
}

function isIn(path: string, folder: string): boolean {
  const bare = path.replace(/\.tsx?$/, '');
  return bare === folder || bare.startsWith(`${folder}/`);
}

const FILES = [...sourcesBelow('src'), ...sourcesBelow('site')];

// Chains share files in src/chains itself, never each other's folders.
const SIBLINGS = ['src/chains/solana', 'src/chains/aptos', 'src/chains/sui'];

describe('import rules', () => {
  it('looks at every part of the project', () => {
    const covered = new Set(FILES.map((file) => ruleFor(file)[0]));
    for (const part of [
      'src/index',
      'src/rpc',
      'src/store',
      'src/keyring',
      'src/ui',
      'src/cli',
      'site',
    ])
      expect(covered).toContain(part);
  });

  it('are kept by every file', () => {
    const broken = FILES.flatMap((file) => {
      const [folder, rule] = ruleFor(file);
      return importsOf(file)
        .filter(({ own }) => own)
        .filter(({ target, typeOnly }) => {
          if (isIn(target, folder)) return false;
          const foreign = SIBLINGS.some((chain) => isIn(target, chain) && !isIn(file, chain));
          if (foreign && SIBLINGS.some((chain) => isIn(file, chain))) return true;
          if (rule.allowed.some((allowed) => isIn(target, allowed))) return false;
          return !(typeOnly && rule.types?.some((allowed) => isIn(target, allowed)));
        })
        .map(({ target }) => `${file} → ${target}`);
    });
    expect(broken).toEqual([]);
  });

  it('catch a VM that imports a chain', () => {
    const [, rule] = ruleFor('src/vm-preview/svm/index.ts');
    expect(rule.allowed.some((allowed) => isIn('src/chains/solana', allowed))).toBe(false);
  });
});

describe('the VMs', () => {
  const AMBIENT = [
    'fetch',
    'XMLHttpRequest',
    'WebSocket',
    'snap',
    'ethereum',
    'Date',
    'performance',
    'crypto',
    'setTimeout',
    'setInterval',
    'process',
    'Buffer',
    'require',
    'localStorage',
    'document',
    'window',
  ];
  const files = sourcesBelow('src/vm-preview');

  it('reach for nothing outside: no network, clock, randomness, snap or Node', () => {
    const reached = files.flatMap((file) => {
      const names = identifiersOf(file);
      return AMBIENT.filter((name) => names.has(name)).map((name) => `${file}: ${name}`);
    });
    expect(reached).toEqual([]);
  });

  it('import only libraries that compute', () => {
    const libraries = new Set(
      files.flatMap((file) =>
        importsOf(file)
          .filter(({ own }) => !own)
          .map(({ target }) => target),
      ),
    );
    const unexpected = [...libraries].filter((name) => !/^@(noble|scure)\//.test(name));
    expect(unexpected).toEqual([]);
  });
});
