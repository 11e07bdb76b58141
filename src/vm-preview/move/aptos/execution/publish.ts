/** Code that a transaction publishes: checked, initialized, written (aptos_vm.rs, user.rs, publishing.rs). */
import {
  APTOS_FORMAT,
  type CompiledModule,
  decodeModule,
  IncompatibleModuleError,
  requireCompatible,
} from '../../core/format';
import {
  dependencies,
  Loader,
  type ModuleId,
  type MoveFunction,
  moduleId,
} from '../../core/loader';
import { MoveError } from '../../core/runtime';
import { Address } from '../../core/values';
import { verifyLinkage, verifyModule, verifyNoCycles } from '../../core/verifier';
import type { ModuleToPublish } from '../gas';
import type { PublishRequest } from '../natives/context';
import {
  type ChangeSet,
  EMPTY_CHANGE_SET,
  moduleKey,
  type StagedModule,
  StateModules,
  StateView,
  squash,
  stateKeyId,
  WriteOpConverter,
} from '../storage';
import { requireSimpleEnough } from './complexity';
import { FLAG, VERSION } from './flags';
import { isUnstable } from './groups';
import type { Payment } from './payload';
import {
  requireValidEvents,
  requireValidGroups,
  requireValidMetadata,
  selfId,
} from './publish-metadata';
import type { TransactionRun } from './run';
import { type Session, signer, signerReference } from './session';
import { VmError } from './status';

const MAINNET = 1;
const SPECIAL = '0'.repeat(63);

interface NewModule extends StagedModule {
  readonly id: ModuleId;
  /** On the chain under the same name. */
  readonly replaced: CompiledModule | null;
}

/** @returns what the session changed, with the modules @throws VmError, VerificationError, MoveError */
export function finishWithPublishing(
  session: Session,
  request: PublishRequest,
  payment: Payment,
  run: TransactionRun,
): ChangeSet {
  const modules = request.bundle.map((bytes): NewModule => {
    const module = decodeModule(bytes, APTOS_FORMAT);
    const id = selfId(module);
    return { module, bytes, id, replaced: onChain(run, id) };
  });
  const { features } = run.rules;
  const isLazy = features.isEnabled(FLAG.lazyLoading);
  payment.modules?.publish(modules.map((module) => toPay(module, run)));
  if (isLazy) requireFriendsInBundle(modules);
  for (const { module, bytes } of modules) requireSimpleEnough(module, bytes.length);
  requireValid(modules, request, run);
  const staged = new Map(modules.map((module): [string, NewModule] => [module.id.key, module]));
  const source = new StateModules(new StateView(run.state, EMPTY_CHANGE_SET), run.cache, staged);
  requireReplaceable(modules, request, run);
  for (const { module } of modules) {
    verifyModule(module, run.verifier);
    verifyLinkage(module, source);
    if (!isLazy) verifyNoCycles(module, source);
    for (const friend of friendsOf(module))
      if (source.module(friend) == null) throw new MoveError('LINKER_ERROR');
  }
  const loader = new Loader(source, run.vm);
  for (const { id, replaced } of modules)
    if (replaced === null) initialize(session, loader, id, request.destination, payment, run);
  return squash(session.finish().squashed, moduleWrites(modules, run));
}

/** @throws MissingModulesError by way of the loader when it was never loaded */
function onChain(run: TransactionRun, id: ModuleId): CompiledModule | null {
  run.requireModules([id]);
  return run.modules.module(id) ?? null;
}

function toPay({ module, bytes, id, replaced }: NewModule, run: TransactionRun): ModuleToPublish {
  return {
    id,
    size: bytes.length,
    replacedSize: replaced === null ? undefined : run.modules.size(id),
    dependencies: dependencies(module),
    friends: friendsOf(module),
  };
}

function friendsOf(module: CompiledModule): readonly ModuleId[] {
  return module.friends.map(({ address, name }) =>
    moduleId(
      Address.fromBytes(module.addresses[address] ?? new Uint8Array(32)),
      module.identifiers[name] ?? '',
    ),
  );
}

function requireFriendsInBundle(modules: readonly NewModule[]): void {
  const own = new Set(modules.map(({ id }) => id.key));
  for (const { module } of modules)
    for (const friend of friendsOf(module))
      if (!own.has(friend.key)) throw new VmError('FRIEND_NOT_FOUND_IN_MODULE_BUNDLE', friend.key);
}

/** `validate_publish_request`. */
function requireValid(
  modules: readonly NewModule[],
  request: PublishRequest,
  run: TransactionRun,
): void {
  const { features, chainId } = run.rules;
  const compiled = modules.map(({ module }) => module);
  for (const module of compiled)
    if (chainId === MAINNET && isUnstable(module))
      throw new VmError(
        'UNSTABLE_BYTECODE_REJECTED',
        'code marked unstable is not published on mainnet',
      );
  for (const { module, id } of modules)
    for (const { code, isEntry } of module.functionDefinitions)
      if (code === undefined && (isEntry || !id.address.startsWith(SPECIAL)))
        throw new VmError(
          'USER_DEFINED_NATIVE_NOT_ALLOWED',
          'Cannot publish native function to non-special address',
        );
  const expected = new Set(request.expectedModules);
  for (const { module, id } of modules) {
    if (!expected.delete(id.name)) throw mismatch(`unregistered module: '${id.name}'`);
    for (const dependency of dependencies(module))
      if (!isAllowed(dependency, request))
        throw mismatch(`unregistered dependency: '${dependency.key}'`);
    requireValidMetadata(module);
  }
  run.requireModules(compiled.flatMap((module) => dependencies(module)));
  requireValidGroups(compiled, run.modules, features.isEnabled(FLAG.saferResourceGroups));
  requireValidEvents(compiled, run.modules);
  if (expected.size > 0) throw mismatch('not all registered modules published');
}

function isAllowed({ address, name }: ModuleId, { allowedDependencies }: PublishRequest): boolean {
  return (
    allowedDependencies === undefined ||
    allowedDependencies.some(
      (allowed) =>
        allowed.address.hex === address && (allowed.module === '' || allowed.module === name),
    )
  );
}

function mismatch(text: string): VmError {
  return new VmError('CONSTRAINT_NOT_SATISFIED', `metadata and code bundle mismatch: ${text}`);
}

/** Under the publisher's address, once each, and compatible with what is there. */
function requireReplaceable(
  modules: readonly NewModule[],
  { destination }: PublishRequest,
  run: TransactionRun,
): void {
  const seen = new Set<string>();
  const friendLinking = !run.rules.features.isEnabled(FLAG.treatFriendAsPrivate);
  for (const { module, id, replaced } of modules) {
    if (id.address !== destination.hex) throw new VmError('MODULE_ADDRESS_DOES_NOT_MATCH_SENDER');
    if (replaced !== null) {
      try {
        requireCompatible(replaced, module, {
          structLayout: true,
          friendLinking,
          entryAsPublic: true,
        });
      } catch (error) {
        if (!(error instanceof IncompatibleModuleError)) throw error;
        throw new VmError('BACKWARD_INCOMPATIBLE_MODULE_UPDATE', error.reason);
      }
    }
    if (seen.has(id.key)) throw new VmError('DUPLICATE_MODULE_NAME');
    seen.add(id.key);
  }
}

/** `init_module` of a module that was not there before. */
function initialize(
  session: Session,
  loader: Loader,
  id: ModuleId,
  destination: Address,
  { meter }: Payment,
  run: TransactionRun,
): void {
  const declared = loader.module(id).function('init_module');
  if (declared === undefined) return;
  const takesReference = requireInitializer(declared, run.configuration.schedule.version);
  const argument = takesReference ? signerReference(destination) : signer(destination);
  const args = declared.parameters.length === 0 ? [] : [argument];
  session.run(declared.instance([]), args, meter, loader);
}

/** @returns whether it takes the signer by reference */
function requireInitializer(declared: MoveFunction, version: number): boolean {
  const isOld = version < VERSION.initModule;
  const refuse = (text: string): VmError =>
    new VmError(isOld ? 'VERIFICATION_ERROR' : 'INVALID_INIT_MODULE', text);
  if (declared.visibility !== 'private') throw refuse('init_module function must be private');
  if (declared.results.length > 0) throw refuse('init_module function must return 0 values');
  const [parameter, another] = declared.parameters;
  const isSigner = (type: typeof parameter): boolean =>
    type?.kind === 'signer' || (type?.kind === 'reference' && type.to.kind === 'signer');
  if (!isOld && (parameter === undefined || another !== undefined))
    throw refuse('init_module function should have a single signer or &signer parameter');
  if (declared.parameters.some((type) => !isSigner(type)))
    throw refuse('init_module function expects a single signer or &signer parameter');
  if (declared.typeParameterCount > 0)
    throw refuse('init_module function expects 0 type parameters');
  return parameter?.kind === 'reference';
}

function moduleWrites(modules: readonly NewModule[], run: TransactionRun): ChangeSet {
  const converter = new WriteOpConverter(new StateView(run.state, EMPTY_CHANGE_SET), run.rules);
  const writes = new Map(
    modules.map(({ id, bytes }) => {
      const key = moduleKey(id);
      const stateId = stateKeyId(key);
      return [stateId, converter.value(key, stateId, bytes)] as const;
    }),
  );
  return { writes, events: [] };
}
